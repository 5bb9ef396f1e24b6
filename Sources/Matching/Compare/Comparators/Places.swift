import FuzzyText
import Records
import Standards

extension Comparator {
    /// Chinese addresses by the parts that agree, from the county down to the door; others by likeness.
    package static let address = Comparator(
        "address",
        Text(
            en: "Addresses: same door, building, road or village, township, county",
            zh: "地址：同户、同楼、同路或同村、同乡镇、同县"),
        role: .address,
        ladder: Ladder(
            ["same county", "same township", "same road or village", "same building", "nearly equal", "same door"],
            near: ["same door", "nearly equal"])
    ) { AddressColumn($0, $1) }

    /// Streets with their number, in letters: likeness by Jaro-Winkler, or the same words.
    package static let street = Comparator(
        "street", Text(en: "Streets: equal, nearly equal, alike", zh: "街道：相同、很像、相像"), role: .address,
        ladder: Ladder(["alike", "nearly equal"])
    ) { column, _ in LikenessColumn(column) }

    /// Towns and suburbs.
    package static let city = Comparator(
        "city", Text(en: "Towns: equal, nearly equal, alike", zh: "城市：相同、很像、相像"), role: .address,
        ladder: Ladder(["alike", "nearly equal"]), isCappedAmongStrangers: false
    ) { column, _ in LikenessColumn(column) }

    /// Free text.
    package static let text = Comparator(
        "text", Text(en: "Free text: equal, nearly equal, alike", zh: "文字：相同、很像、相像"), role: .none,
        ladder: Ladder(["alike", "nearly equal"])
    ) { column, _ in LikenessColumn(column) }

    /// E-mail addresses: equal, nearly equal, same name before the @.
    package static let email = Comparator(
        "email", Text(en: "E-mail: equal, nearly equal, same name before the @", zh: "邮箱：相同、很像、@前相同"),
        role: .person, ladder: Ladder(["same name", "nearly equal"], near: ["same name", "nearly equal"])
    ) { column, _ in EmailColumn(column) }

    /// Codes of a list: equal or not.
    package static let code = Comparator(
        "code", Text(en: "Codes: equal or not", zh: "代码：是否相同"), role: .none, ladder: Ladder([])
    ) { _, _ in ExactColumn() }

    /// Any value: equal or not, by how common the value is.
    package static let exact = Comparator(
        "exact", Text(en: "Any value: equal or not, by frequency", zh: "任意值：是否相同，按频次分级"), role: .none,
        ladder: Ladder([], byFrequency: true)
    ) { _, _ in ExactColumn() }
}

/// Equal codes or nothing.
struct ExactColumn: PreparedColumn {
    func level(_ a: UInt32, _ b: UInt32) -> UInt8 { 1 }
}

/// Two rungs of Jaro-Winkler likeness: 0.92 and 0.85.
struct LikenessColumn: LikenessLevels {
    let isDear = true
    let units: UnitColumn
    let steps = NameLikeness.upperSteps

    init(_ column: RecordTable.Column) {
        units = UnitColumn(column.values)
    }

    func level(_ a: UInt32, _ b: UInt32, rung: UInt8) -> UInt8 { rung + 1 }
}

struct EmailColumn: PreparedColumn {
    let isDear = true
    private let units: UnitColumn
    private let localParts: [UInt32]
    /// Before the @: namesakes are told apart by them, `li.wei82` and `li.wei7`.
    private let digits: [[UInt16]]

    init(_ column: RecordTable.Column) {
        units = UnitColumn(column.values)
        var interner = TextInterner()
        let names = (0..<column.values.count).map { column.values[UInt32($0)].prefix { $0 != "@" } }
        localParts = names.map { interner.intern(String($0)) }
        digits = names.map { $0.utf16.filter { (0x30...0x39).contains($0) } }
    }

    func level(_ a: UInt32, _ b: UInt32) -> UInt8 {
        if units.rung(a, b, NameLikeness.upperSteps) == 2, hasNearDigits(a, b) { return 3 }
        return localParts[Int(a)] != 0 && localParts[Int(a)] == localParts[Int(b)] ? 2 : 1
    }

    /// At most one digit is wrong, missing or moved.
    private func hasNearDigits(_ a: UInt32, _ b: UInt32) -> Bool {
        let (left, right) = (digits[Int(a)], digits[Int(b)])
        // A page in the cell is no address, and not worth the time.
        if left.count > 64 || right.count > 64 { return left == right }
        return left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { OSA.distance(left, $0, atMost: 1) != nil }
        }
    }
}
