import Records
import Standards

extension Comparator {
    /// Dates: equal, one digit wrong or day and month exchanged, two of year, month and day equal, two digits wrong, same
    /// year.
    package static let date = Comparator(
        "date",
        Text(
            en:
                "Dates: equal, one digit off or day and month exchanged, two of three parts equal, two digits off, same year",
            zh: "日期：相同、一位之差或月日互换、两项相同、两位之差、同年"),
        role: .person,
        ladder: Ladder(
            ["same year", "two digits off", "two parts equal", "one digit off or exchanged"],
            near: ["two digits off", "two parts equal", "one digit off or exchanged"])
    ) { DateColumn($0, $1) }
}

/// Distinct dates as eight decimal digits of four bits each, `yyyymmdd`; days that do not exist (month 13) keep their
/// shape. Two dates are compared by the digits in which they differ.
struct DateColumn: PreparedColumn {
    private let digits: [UInt32]
    private let rungs: (year: UInt8, digits: UInt8, two: UInt8, near: UInt8)

    init(_ column: RecordTable.Column, _ ladder: Ladder) {
        digits = (0..<column.values.count).map { Self.digits(DateShape.packed(column.values, UInt32($0))) }
        rungs = (
            ladder.index(of: "same year"), ladder.index(of: "two digits off"), ladder.index(of: "two parts equal"),
            ladder.index(of: "one digit off or exchanged")
        )
    }

    func level(_ a: UInt32, _ b: UInt32) -> UInt8 {
        let (x, y) = (digits[Int(a)], digits[Int(b)])
        if x == 0 || y == 0 { return 1 }
        let difference = x ^ y
        let isSameYear = difference >> 16 == 0
        if isSameYear, x >> 8 & 0xFF == y & 0xFF, y >> 8 & 0xFF == x & 0xFF { return rungs.near }
        // The lowest bit of each digit that differs; taking the lowest digit away twice leaves nothing of two.
        let differing = (difference | difference >> 1 | difference >> 2 | difference >> 3) & 0x1111_1111
        let rest = differing & (differing &- 1)
        if rest == 0 || Self.isTurned(x, y, at: differing, rest) { return rungs.near }
        let isSameMonth = difference & 0xFF00 == 0
        let isSameDay = difference & 0xFF == 0
        if isSameMonth && isSameDay || isSameYear && (isSameMonth || isSameDay) { return rungs.two }
        if rest & (rest &- 1) == 0 { return rungs.digits }
        return isSameYear ? rungs.year : 1
    }

    /// Two neighbouring digits stand in each other's place.
    @inline(__always)
    private static func isTurned(_ x: UInt32, _ y: UInt32, at differing: UInt32, _ rest: UInt32) -> Bool {
        let place = UInt32(truncatingIfNeeded: differing.trailingZeroBitCount)
        guard place < 28, rest == 1 << (place + 4) else { return false }
        return x >> place & 15 == y >> (place + 4) & 15 && x >> (place + 4) & 15 == y >> place & 15
    }

    private static func digits(_ packed: Int32) -> UInt32 {
        var (rest, digits) = (UInt32(packed), UInt32(0))
        for place in 0..<UInt32(8) {
            digits |= (rest % 10) << (place * 4)
            rest /= 10
        }
        return digits
    }
}

/// `1985-03-07` as 19850307 without asking whether there is such a day; 0 for any other form.
enum DateShape {
    static func packed(_ values: TextPool, _ code: UInt32) -> Int32 {
        values.withUTF8(code) { bytes in
            guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return 0 }
            var number: Int32 = 0
            for (index, byte) in bytes.enumerated() where index != 4 && index != 7 {
                guard byte >= 0x30, byte <= 0x39 else { return 0 }
                number = number * 10 + Int32(byte - 0x30)
            }
            return number
        }
    }
}
