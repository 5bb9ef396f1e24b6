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

    @Test func `no subtraction gives a small count of an area back`() {
        var generator = SplitMix(state: 42)
        for _ in 0..<1_000 {
            let codes = Set(
                (0..<Int.random(in: 1...12, using: &generator)).map { _ -> UInt32 in
                    let county = 510_000 + UInt32.random(in: 0...2, using: &generator) * 100
                    let code = county + UInt32.random(in: 0...3, using: &generator)
                    return code % 100 == 0 ? code * 1_000 : code * 1_000 + UInt32.random(in: 0...3, using: &generator)
                }
            ).sorted()
            let counts = codes.map { _ -> QualityCounts in
                var counts = QualityCounts()
                counts.persons = Int.random(in: 0...60, using: &generator)
                counts.records = counts.persons
                counts[.consistency] = Rate(
                    Int.random(in: 0...counts.persons, using: &generator), of: counts.persons)
                return counts
            }
            let leaves = AreaLeaves(field: 0, codes: codes, hasTownships: true)
            func rows(_ below: Int) -> [QualityAreas.Area] {
                QualityAreas(field: "", leaves: leaves, counts: counts, hasPersons: true, suppressBelow: below).rows
            }
            let (shown, all) = (rows(10), rows(0))
            #expect(shown.map(\.code) == all.map(\.code))
            for index in shown.indices {
                if let persons = shown[index].row.persons { #expect(persons == 0 || persons >= 10) }
                if let rate = shown[index].row.rate(.consistency) {
                    #expect(rate.part == 0 || rate.part >= 10)
                    #expect(rate.part == rate.whole || rate.whole - rate.part >= 10)
                }
                // What is withheld within an area that is shown is two or more, and too many to tell.
                let within = children(of: index, all)
                let hidden = within.filter { shown[$0].row.persons == nil && all[$0].row.persons != 0 }
                if shown[index].row.persons == nil {
                    #expect(hidden.count == within.filter { all[$0].row.persons != 0 }.count)
                } else if !hidden.isEmpty {
                    #expect(hidden.count > 1)
                    #expect(hidden.reduce(0) { $0 + (all[$1].row.persons ?? 0) } >= 10)
                }
                let hiddenRates = within.filter {
                    shown[$0].row.rate(.consistency) == nil && all[$0].row.rate(.consistency) != nil
                }
                if shown[index].row.rate(.consistency) != nil { #expect(hiddenRates.count != 1) }
            }
        }
    }

    private func children(of index: Int, _ rows: [QualityAreas.Area]) -> [Int] {
        let depth = QualityAreas.depth(rows[index].level)
        let end = rows[(index + 1)...].firstIndex { QualityAreas.depth($0.level) <= depth } ?? rows.count
        return (index + 1..<end).filter { QualityAreas.depth(rows[$0].level) == depth + 1 }
    }

    @Test func `areas stand in their order, the unplaced rest of one among its parts`() {
        var one = QualityCounts()
        (one.records, one.persons) = (1, 1)
        let codes: [UInt32] = [0, 510_000_000, 510_100_000, 510_104_000, 510_104_017, 510_105_000, 110_101_000]
        let areas = QualityAreas(
            field: "a", leaves: AreaLeaves(field: 0, codes: codes, hasTownships: true),
            counts: codes.map { _ in one }, hasPersons: true, suppressBelow: 0)
        #expect(
            areas.rows.map { "\($0.level.rawValue) \($0.code) \($0.name)\($0.isRest ? "*" : "")" } == [
                "province  *", "province 110000 北京市", "prefecture 110100 ", "county 110101 东城区",
                "province 510000 四川省", "prefecture 510000 *", "prefecture 510100 成都市", "county 510100 *",
                "county 510104 锦江区", "township 510104 *", "township 510104017 锦官驿街道", "county 510105 青羊区",
            ])
        #expect(areas.rows(atMost: 7).map(\.code) == ["", "110000", "110100", "510000", "510000", "510100"])
        #expect(!areas.hasMoreTops(than: 7))
    }

    @Test func `of areas side by side the page has those with the most errors, withheld ones last`() {
        let areas = QualityAreas(
            field: "postcode", suppressBelow: 10,
            rows: [20, 40, 10, nil, 40, 30].enumerated().map { place, errors in
                QualityAreas.Area(
                    level: .area, code: "", name: String(place), isRest: false,
                    row: QualityRow(records: 100, persons: 100, personsWithErrors: errors, grades: [], rates: []))
            })
        #expect(areas.rows(atMost: 4).map(\.name) == ["1", "4", "5", "0"])
        #expect(areas.hasMoreTops(than: 4))
        #expect(areas.rows(atMost: 5).map(\.name) == ["1", "4", "5", "0", "2"])
        #expect(areas.rows(atMost: 6).map(\.name) == ["0", "1", "2", "3", "4", "5"])
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
