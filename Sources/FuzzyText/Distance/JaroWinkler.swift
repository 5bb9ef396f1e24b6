/// Jaro's similarity raised for a common beginning (Winkler 1990): a tenth of what is missing to 1 for each of the
/// first four equal letters, when Jaro's value is at least 0.7.
package enum JaroWinkler {
    package static func similarity(_ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>) -> Double {
        if a.isEmpty || b.isEmpty { return a.count == b.count ? 1 : 0 }
        let prefix = CommonAffix.prefix(a, b)
        return Jaro.fraction(a, b, commonPrefix: prefix).jaroWinkler(commonPrefix: prefix)
    }
}
