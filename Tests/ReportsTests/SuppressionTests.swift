import Records
import Testing

@testable import Reports

struct SuppressionTests {
    @Test(
        arguments: [
            ([50, 60], [], false), ([0, 60, 70], [], false), ([5, 60, 70], [0, 1], false),
            ([5, 6, 70], [0, 1], false),
            ([5, 3, 70, 80], [0, 1, 2], false), ([5], [0], true), ([5, 0], [0], true), ([10, 9, 11], [0, 1], false),
            ([], [], false),
        ] as [([Int], [Int], Bool)])
    func `small counts go, with so many others that none can be worked out`(
        counts: [Int], hidden: [Int], hidesTotal: Bool
    ) {
        let result = Suppression.apply(counts, below: 10)
        #expect(result.hidden.indices.filter { result.hidden[$0] } == hidden)
        #expect(result.hidesTotal == hidesTotal)
    }

    @Test func `no subtraction gives a small count back`() {
        var generator = SplitMix(state: 42)
        for _ in 0..<2_000 {
            let counts = (0..<Int.random(in: 1...6, using: &generator)).map { index in
                let persons = Int.random(in: 0...40, using: &generator)
                return AreaTable.Count(
                    code: "\(index)", name: "", persons: persons,
                    withErrors: Int.random(in: 0...persons, using: &generator))
            }
            let table = AreaTable(field: "area", digits: 6, counts: counts, unknown: nil, suppressBelow: 10)
            func check(_ shown: [Int?], _ total: Int?, _ all: [Int]) {
                for count in shown.compactMap({ $0 }) { #expect(count == 0 || count >= 10) }
                let hidden = zip(shown, all).filter { $0.0 == nil }.map(\.1)
                if total != nil, !hidden.isEmpty {
                    #expect(hidden.count > 1)
                    #expect(hidden.reduce(0, +) >= 10)
                }
            }
            check(table.rows.map(\.persons), table.total.persons, counts.map(\.persons))
            check(table.rows.map(\.withErrors), table.total.withErrors, counts.map(\.withErrors))
            let rest = table.rows.map { row in row.persons.flatMap { persons in row.withErrors.map { persons - $0 } } }
            let total = table.total.persons.flatMap { persons in table.total.withErrors.map { persons - $0 } }
            check(rest, total, counts.map { $0.persons - $0.withErrors })
        }
    }

    @Test(arguments: [
        ("51010419850307123X", FieldKind.residentID, "51••••••••••••••3X"), ("张三丰", .personName, "张••"),
        ("张三", .personName, "张•"),
        ("1985-03-07", .date, "1985-••-••"), ("13800138000", .phone, "13•••••••00"), ("510104", .division, "510104"),
        ("", .text, ""),
        ("四川省成都市锦江区1号", .address, "四川省成都市•••••"), ("ab", .identifier, "••"),
    ])
    func `values are masked by kind`(value: String, kind: FieldKind, shown: String) {
        #expect(masked(value, kind) == shown)
    }

    @Test(arguments: [("R000412", "R000412"), ("51010419850307123X", "5101••••••••••123X"), ("", "")])
    func `record ids stay unless they are numbers of persons`(id: String, shown: String) {
        #expect(maskedRecordID(id) == shown)
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
