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

/// Distinct dates as packed numbers `yyyymmdd`; days that do not exist (month 13) keep their shape.
struct DateColumn: PreparedColumn {
    let exactLevels: [UInt8]
    private let packed: [Int32]
    private let rungs: (year: UInt8, digits: UInt8, two: UInt8, near: UInt8)

    init(_ column: RecordTable.Column, _ ladder: Ladder) {
        exactLevels = ladder.exactLevels(of: column)
        packed = (0..<column.values.count).map { DateShape.packed(column.values, UInt32($0)) }
        rungs = (
            ladder.index(of: "same year"), ladder.index(of: "two digits off"), ladder.index(of: "two parts equal"),
            ladder.index(of: "one digit off or exchanged")
        )
    }

    func level(_ a: UInt32, _ b: UInt32) -> UInt8 {
        let (x, y) = (packed[Int(a)], packed[Int(b)])
        if x == 0 || y == 0 { return 1 }
        let (year, month, day) = (x / 10_000, x / 100 % 100, x % 100)
        let (otherYear, otherMonth, otherDay) = (y / 10_000, y / 100 % 100, y % 100)
        let equal = (year == otherYear ? 1 : 0) + (month == otherMonth ? 1 : 0) + (day == otherDay ? 1 : 0)
        if year == otherYear, month == otherDay, day == otherMonth { return rungs.near }
        let (digits, isTurned) = difference(x, y)
        if digits == 1 || isTurned { return rungs.near }
        if equal == 2 { return rungs.two }
        if digits == 2 { return rungs.digits }
        return year == otherYear ? rungs.year : 1
    }

    /// How many of the eight digits differ, and whether they are two neighbours in each other's place.
    private func difference(_ x: Int32, _ y: Int32) -> (digits: Int, isTurned: Bool) {
        var (left, right) = (x, y)
        var digits = 0
        var isTurned = false
        var (before, otherBefore): (Int32, Int32) = (0, 0)
        for _ in 0..<8 {
            let (digit, other) = (left % 10, right % 10)
            if digit != other {
                digits += 1
                if digits > 2 { return (digits, false) }
                isTurned = digits == 2 && before != otherBefore && before == other && otherBefore == digit
            }
            (before, otherBefore) = (digit, other)
            left /= 10
            right /= 10
        }
        return (digits, isTurned)
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
