import FuzzyText
import Records
import Standards

extension Comparator {
    /// Resident ids: equal, one digit wrong or two exchanged, two off, same division and birth date (relatives, twins).
    package static let residentID = Comparator(
        "resident_id",
        Text(
            en: "Resident ids: equal, one digit off, two digits off, same division and birth date",
            zh: "公民身份号码：相同、一位之差、两位之差、同地同日出生"),
        role: .person,
        ladder: Ladder(
            ["same division and birth date", "two digits off", "one digit off"], near: ["one digit off"],
            sibling: ["same division and birth date"]),
        isUnique: true
    ) { ResidentIDColumn($0, $1) }

    /// Other numbers given to one person: equal, one character off, two off.
    package static let identifier = Comparator(
        "identifier",
        Text(en: "Numbers of one person: equal, one character off, two off", zh: "个人编号：相同、一位之差、两位之差"),
        role: .person, ladder: Ladder(["two characters off", "one character off"], near: ["one character off"]),
        isUnique: true
    ) { column, _ in DistanceColumn(column, limit: 2) }

    /// Phone numbers: equal, one digit off.
    package static let phone = Comparator(
        "phone", Text(en: "Phone numbers: equal, one digit off", zh: "电话：相同、一位之差"), role: .phone,
        ladder: Ladder(["one digit off"], near: ["one digit off"])
    ) { column, _ in DistanceColumn(column, limit: 1) }

    /// Postal codes: equal, one digit off.
    package static let postcode = Comparator(
        "postcode", Text(en: "Postal codes: equal, one digit off", zh: "邮政编码：相同、一位之差"), role: .address,
        ladder: Ladder(["one digit off"]), isCappedAmongStrangers: false
    ) { column, _ in DistanceColumn(column, limit: 1) }

    /// House numbers: equal, one character off.
    package static let houseNumber = Comparator(
        "house_number", Text(en: "House numbers: equal, one character off", zh: "门牌号：相同、一字之差"), role: .address,
        ladder: Ladder(["one character off"])
    ) { column, _ in DistanceColumn(column, limit: 1) }

    /// Plain numbers: equal, one digit off.
    package static let number = Comparator(
        "number", Text(en: "Numbers: equal, one digit off", zh: "数字：相同、一位之差"), role: .none,
        ladder: Ladder(["one digit off"])
    ) { column, _ in DistanceColumn(column, limit: 1) }

    /// GB/T 2260 division codes: equal, same prefecture, same province. Retired codes count as their successors.
    package static let division = Comparator(
        "division", Text(en: "Divisions: same county, prefecture or province", zh: "区划：同县、同市、同省"),
        role: .address, ladder: Ladder(["same province", "same prefecture"], hasSynonyms: true),
        isCappedAmongStrangers: false
    ) { DivisionColumn($0, $1) }
}

/// Levels by edit distance: `limit` rungs above "else", the nearest highest.
struct DistanceColumn: DistanceLevels {
    let units: UnitColumn
    let limit: Int

    init(_ column: RecordTable.Column, limit: Int) {
        units = UnitColumn(column.values)
        self.limit = limit
    }

    func level(_ a: UInt32, _ b: UInt32, distance: Int) -> UInt8 {
        UInt8(2 + limit - max(1, distance))
    }
}

struct ResidentIDColumn: DistanceLevels {
    let units: UnitColumn
    let limit = 2
    private let rungs: (sameOrigin: UInt8, two: UInt8, one: UInt8)

    init(_ column: RecordTable.Column, _ ladder: Ladder) {
        units = UnitColumn(column.values)
        rungs = (
            ladder.index(of: "same division and birth date"), ladder.index(of: "two digits off"),
            ladder.index(of: "one digit off")
        )
    }

    func level(_ a: UInt32, _ b: UInt32, distance: Int) -> UInt8 {
        let sameOrigin =
            units.count(a) == 18 && units.count(b) == 18 && units.haveCommonPrefix(a, b, of: 14)
        switch distance {
        case 1: return rungs.one
        case 2 where !sameOrigin: return rungs.two
        default: return sameOrigin ? rungs.sameOrigin : 1
        }
    }
}

struct DivisionColumn: PreparedColumn {
    private let codes: [UInt32]
    private let top: UInt8

    init(_ column: RecordTable.Column, _ ladder: Ladder) {
        codes = (0..<column.values.count).map { code in
            Divisions.number(column.values[UInt32(code)]).map { Divisions.shared.current($0) } ?? 0
        }
        top = UInt8(ladder.exact.upperBound)
    }

    func level(_ a: UInt32, _ b: UInt32) -> UInt8 {
        let (x, y) = (codes[Int(a)], codes[Int(b)])
        if x == 0 || y == 0 { return 1 }
        if x == y { return top }
        if x / 100 == y / 100 { return 3 }
        return x / 10_000 == y / 10_000 ? 2 : 1
    }
}
