import Records
import Standards

extension Comparator {
    /// Dates: equal, one digit wrong or day and month exchanged, two of year, month and day equal, same year.
    package static let date = Comparator(
        "date",
        Text(
            en: "Dates: equal, one digit off or day and month exchanged, two of three parts equal, same year",
            zh: "日期：相同、一位之差或月日互换、两项相同、同年"),
        role: .person,
        ladder: Ladder(
            ["same year", "two parts equal", "one digit off or exchanged"],
            near: ["two parts equal", "one digit off or exchanged"])
    ) { DateColumn($0, $1) }
}

/// Distinct dates as packed numbers `yyyymmdd`; days that do not exist (month 13) keep their shape.
struct DateColumn: PreparedColumn {
    let exactLevels: [UInt8]
    private let packed: [Int32]
    private let rungs: (year: UInt8, two: UInt8, near: UInt8)

    init(_ column: RecordTable.Column, _ ladder: Ladder) {
        exactLevels = ladder.exactLevels(of: column)
        packed = (0..<column.values.count).map { DateShape.packed(column.values, UInt32($0)) }
        rungs = (
            ladder.index(of: "same year"), ladder.index(of: "two parts equal"),
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
        if isOneEdit(x, y) { return rungs.near }
        if equal == 2 { return rungs.two }
        return year == otherYear ? rungs.year : 1
    }

    /// One of eight digits differs, or two neighbours are exchanged.
    private func isOneEdit(_ x: Int32, _ y: Int32) -> Bool {
        var (left, right) = (x, y)
        var places: [Int] = []
        var (digitsLeft, digitsRight): ([Int32], [Int32]) = ([], [])
        for place in 0..<8 {
            if left % 10 != right % 10 {
                if places.count == 2 { return false }
                places.append(place)
                digitsLeft.append(left % 10)
                digitsRight.append(right % 10)
            }
            left /= 10
            right /= 10
        }
        if places.count == 1 { return true }
        return places.count == 2 && places[1] == places[0] + 1 && digitsLeft[0] == digitsRight[1]
            && digitsLeft[1] == digitsRight[0]
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
