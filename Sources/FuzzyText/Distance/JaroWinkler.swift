/// Jaro's similarity raised for a common beginning (Winkler 1990): a tenth of what is missing to 1 for each of the
/// first four equal letters, when Jaro's value is above 0.7.
package enum JaroWinkler {
    package static func similarity(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Double {
        let prefix = CommonAffix.prefix(a, b)
        return raised(Jaro.similarity(a, b, commonPrefix: prefix), commonPrefix: prefix)
    }

    @inline(__always)
    static func raised(_ jaro: Double, commonPrefix: Int) -> Double {
        jaro > 0.7 ? jaro + Double(min(commonPrefix, 4)) * 0.1 * (1 - jaro) : jaro
    }
}
