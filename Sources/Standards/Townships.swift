/// The township-level divisions (street offices, towns, townships) of 2023, by county. Loaded on first use, about 41,000.
package struct Townships: Sendable {
    package static let shared = Townships()

    /// Nine digits, ascending.
    package let codes: [UInt32]
    let names: [Divisions.Slice]

    private init() {
        var codes: [UInt32] = []
        var names: [Divisions.Slice] = []
        codes.reserveCapacity(42_000)
        names.reserveCapacity(42_000)
        for row in CSVTable(.townships) {
            guard let code = row.number(0) else { continue }
            precondition(UInt32(code) > codes.last ?? 0, "the table of townships is sorted by code")
            codes.append(UInt32(code))
            names.append(Divisions.Slice(row.range(1)))
        }
        self.codes = codes
        self.names = names
    }

    /// Positions of a county's townships in `codes`; empty for a county of other years or one without any.
    package func range(of county: UInt32) -> Range<Int> {
        guard county < 1_000_000 else { return 0..<0 }
        return lowerBound(county * 1000)..<lowerBound((county + 1) * 1000)
    }

    /// Positions of the townships of a province, a prefecture or a county.
    func range(within division: UInt32) -> Range<Int> {
        guard division < 1_000_000 else { return 0..<0 }
        let width: UInt32 = division % 10000 == 0 ? 10000 : division % 100 == 0 ? 100 : 1
        return lowerBound(division * 1000)..<lowerBound((division + width) * 1000)
    }

    /// The township named in a normalised address, nine digits; 0: none, or one the table of 2023 does not have.
    package static func code(inAddress text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        AddressHead(text).townshipCode
    }

    /// `西御河街道`; `nil` for a code the table of 2023 does not have.
    package func name(_ code: UInt32) -> String? {
        let index = lowerBound(code)
        return index < codes.count && codes[index] == code ? name(at: index) : nil
    }

    /// Names of a county's townships, in the order of their codes.
    package func names(of county: UInt32) -> [String] {
        range(of: county).map { name(at: $0) }
    }

    /// `index`: a position in `codes`.
    package func name(at index: Int) -> String {
        String(decoding: utf8(at: index), as: UTF8.self)
    }

    func utf8(at index: Int) -> UnsafeBufferPointer<UInt8> {
        let slice = names[index]
        return UnsafeBufferPointer(
            rebasing: CSVTable(.townships).bytes[Int(slice.start)..<Int(slice.start + slice.count)])
    }

    private func lowerBound(_ code: UInt32) -> Int {
        var low = 0
        var high = codes.count
        while low < high {
            let middle = (low + high) / 2
            if codes[middle] < code { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
