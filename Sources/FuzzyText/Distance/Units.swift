/// Turns text into 16-bit units, one per Unicode scalar: the form in which every distance reads it.
///
/// A scalar of the basic plane is its own unit. Scalars beyond it (rare Han characters) and of the private use area
/// get units of their own from the surrogate and private ranges, in order of appearance, so texts can be compared
/// when the same `Units` made both. There are 8,448 of them; later newcomers share the last one.
package struct Units: Sendable {
    private static let surrogates: Range<UInt32> = 0xD800..<0xE000
    private static let privateUse: Range<UInt32> = 0xE000..<0xF900

    private var assigned: [UInt32: UInt16] = [:]

    package init() {}

    /// Appends the units of a UTF-8 text; a broken sequence becomes U+FFFD.
    package mutating func append(_ text: UnsafeBufferPointer<UInt8>, to units: inout [UInt16]) {
        var index = 0
        while index < text.count, text[index] < 0x80 {
            units.append(UInt16(text[index]))
            index &+= 1
        }
        if index == text.count { return }
        var rest = UnsafeBufferPointer(rebasing: text[index...]).makeIterator()
        var decoder = UTF8()
        while true {
            switch decoder.decode(&rest) {
            case .scalarValue(let scalar): units.append(unit(of: scalar.value))
            case .error: units.append(0xFFFD)
            case .emptyInput: return
            }
        }
    }

    package mutating func units(of text: some StringProtocol) -> [UInt16] {
        var units: [UInt16] = []
        for scalar in text.unicodeScalars { units.append(unit(of: scalar.value)) }
        return units
    }

    package mutating func unit(of scalar: UInt32) -> UInt16 {
        if scalar < Self.surrogates.lowerBound || (scalar >= Self.privateUse.upperBound && scalar <= 0xFFFF) {
            return UInt16(truncatingIfNeeded: scalar)
        }
        if let known = assigned[scalar] { return known }
        let room = UInt32(Self.surrogates.count + Self.privateUse.count)
        let next = Self.surrogates.lowerBound + min(UInt32(assigned.count), room - 1)
        let unit = UInt16(truncatingIfNeeded: next)
        assigned[scalar] = unit
        return unit
    }
}
