/// The administrative divisions of GB/T 2260 that were in force at any time since 1980, with their names and successors.
///
/// A code is six digits: province, prefecture, county. Columns are sorted by code; names stay in the embedded table.
package struct Divisions: Sendable {
    package static let shared = Divisions()

    package enum Level: UInt8, Sendable, Comparable, CaseIterable {
        case province
        case prefecture
        case county

        package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// Ascending.
    package let codes: [UInt32]
    let levels: [Level]
    let firstYears: [UInt16]
    /// 0: in force in the newest table.
    let lastYears: [UInt16]
    /// 0: none.
    let successors: [UInt32]
    /// Where the names stand in the bytes of the embedded table.
    let names: [Slice]
    let fullNames: [Slice]
    /// `starts[p]` is the first index whose code begins with the four digits `p`.
    private let starts: [UInt16]

    struct Slice: Sendable {
        let start: UInt32
        let count: UInt32

        init(_ range: Range<Int>) {
            start = UInt32(range.lowerBound)
            count = UInt32(range.count)
        }
    }

    private init() {
        var codes: [UInt32] = []
        var levels: [Level] = []
        var firstYears: [UInt16] = []
        var lastYears: [UInt16] = []
        var successors: [UInt32] = []
        var names: [Slice] = []
        var fullNames: [Slice] = []
        codes.reserveCapacity(7000)
        names.reserveCapacity(7000)
        fullNames.reserveCapacity(7000)
        for row in CSVTable(.divisions) {
            guard let code = row.number(0), (100_000...999_999).contains(code) else { continue }
            precondition(UInt32(code) > codes.last ?? 0, "the table of divisions is sorted by code")
            codes.append(UInt32(code))
            // province, prefecture, county: the second letter tells which.
            let level = row.utf8(2)
            levels.append(level.first == 0x63 ? .county : level.count == 8 ? .province : .prefecture)
            firstYears.append(UInt16(truncatingIfNeeded: row.number(4) ?? 0))
            lastYears.append(UInt16(truncatingIfNeeded: row.number(5) ?? 0))
            successors.append(UInt32(row.number(6) ?? 0))
            names.append(Slice(row.range(1)))
            fullNames.append(Slice(row.range(3)))
        }
        var starts = [UInt16](repeating: 0, count: 10_001)
        for code in codes { starts[Int(code / 100) + 1] += 1 }
        for prefix in 1...10_000 { starts[prefix] += starts[prefix - 1] }
        self.codes = codes
        self.levels = levels
        self.firstYears = firstYears
        self.lastYears = lastYears
        self.successors = successors
        self.names = names
        self.fullNames = fullNames
        self.starts = starts
    }

    /// Six ASCII digits as a number; `nil` for anything else.
    package static func number(_ code: some StringProtocol) -> UInt32? {
        var value: UInt32 = 0
        var count = 0
        for byte in code.utf8 {
            guard byte >= 0x30, byte <= 0x39, count < 6 else { return nil }
            value = value * 10 + UInt32(byte - 0x30)
            count += 1
        }
        return count == 6 ? value : nil
    }

    /// Position in the columns.
    func index(of code: UInt32) -> Int? {
        guard code < 1_000_000 else { return nil }
        let prefix = Int(code / 100)
        for index in Int(starts[prefix])..<Int(starts[prefix + 1]) where codes[index] == code { return index }
        return nil
    }

    /// Was it ever in force?
    package func isKnown(_ code: UInt32) -> Bool { index(of: code) != nil }
    package func isKnown(_ code: String) -> Bool { Self.number(code).map { isKnown($0) } ?? false }

    /// Is it in the newest table?
    package func isInForce(_ code: UInt32) -> Bool { index(of: code).map { lastYears[$0] == 0 } ?? false }
    package func isInForce(_ code: String) -> Bool { Self.number(code).map { isInForce($0) } ?? false }

    /// `nil` for one that is in force or was never known.
    package func lastYear(of code: UInt32) -> Int? {
        guard let index = index(of: code), lastYears[index] != 0 else { return nil }
        return Int(lastYears[index])
    }

    /// The code that took its place, and that one's, up to the newest; itself when there is none.
    package func current(_ code: UInt32) -> UInt32 {
        var code = code
        // A chain of reforms is short; the bound keeps a slip in the table from looping.
        for _ in 0..<16 {
            guard let index = index(of: code), lastYears[index] != 0, successors[index] != 0 else { return code }
            code = successors[index]
        }
        return code
    }
    package func current(_ code: String) -> String {
        guard let number = Self.number(code) else { return code }
        let current = current(number)
        return current == number ? code : String(current)
    }

    /// `青羊区`
    package func name(_ code: UInt32) -> String? { index(of: code).map { text(names[$0]) } }
    package func name(_ code: String) -> String? { Self.number(code).flatMap { name($0) } }

    /// `四川省成都市青羊区`
    package func fullName(_ code: UInt32) -> String? { index(of: code).map { text(fullNames[$0]) } }
    package func fullName(_ code: String) -> String? { Self.number(code).flatMap { fullName($0) } }

    package func level(_ code: UInt32) -> Level? { index(of: code).map { levels[$0] } }
    package func level(_ code: String) -> Level? { Self.number(code).flatMap { level($0) } }

    func text(_ slice: Slice) -> String {
        String(decoding: utf8(slice), as: UTF8.self)
    }

    func utf8(_ slice: Slice) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: CSVTable(.divisions).bytes[Int(slice.start)..<Int(slice.start + slice.count)])
    }
}

/// One division as a value, for those who walk the whole table.
package struct Division: Sendable, Hashable {
    package let code: UInt32
    package let name: String
    package let fullName: String
    package let level: Divisions.Level
    package let firstYear: Int
    /// `nil`: in force.
    package let lastYear: Int?
    /// `nil`: none known.
    package let successor: UInt32?
}

extension Divisions {
    /// All rows, ascending by code.
    package var all: [Division] { codes.indices.map { division(at: $0) } }

    package func division(_ code: UInt32) -> Division? { index(of: code).map { division(at: $0) } }

    private func division(at index: Int) -> Division {
        Division(
            code: codes[index], name: text(names[index]), fullName: text(fullNames[index]), level: levels[index],
            firstYear: Int(firstYears[index]), lastYear: lastYears[index] == 0 ? nil : Int(lastYears[index]),
            successor: successors[index] == 0 ? nil : successors[index])
    }
}
