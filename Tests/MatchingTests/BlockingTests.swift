import Records
import TestSupport
import Testing

@testable import Matching

@Suite struct BlockingTests {
    private let people: RecordTable = {
        var builder = RecordTableBuilder([
            Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
            Field(name: "birth_date", kind: .date),
        ])
        builder.add([
            ["anna", "berg", "1980-01-02"], ["anna", "berg", "1980-02-01"], ["berg", "anna", "1980-01-02"],
            ["otto", "meier", ""], ["anna", "", "1980-01-02"],
        ])
        return builder.table()
    }()

    private func pairs(_ keys: [MatchPlan.Key], link: MatchPlan.Link = .all, records: RecordTable? = nil) -> [RowPair] {
        let records = records ?? people
        let columns = MatchColumns(records)
        let plan = MatchPlan(
            keys: keys, comparisons: [.init(field: 0, comparator: "given_name")], link: link,
            decide: .init(merge: 0.5, review: 0.1))
        let parts = KeyParts(plan, columns: columns, threads: 2)
        let index = BlockingIndex(
            plan.keys.map { Runs(parts.values(of: $0.parts)) }, rows: columns.count, threads: 2)
        let walk = CandidateWalk(index, columns: columns, link: link)
        var pairs: [RowPair] = []
        for unit in walk.units { walk.forEachPair(in: unit) { pairs.append($0) } }
        let among = walk.pairs(among: (0..<UInt32(columns.count)).map { $0 })
        #expect(among == pairs.sorted { ($0.a, $0.b) < ($1.a, $1.b) })
        return pairs
    }

    @Test func aRecordWithoutAPartIsNotInTheKey() {
        #expect(pairs([.init([.init(field: 0), .init(field: 1)])]) == [RowPair(0, 1)])
    }

    @Test func aPairIsTakenAtTheFirstKeyThatFindsIt() {
        let found = pairs([
            .init([.init(field: 0), .init(field: 1)]), .init([.init(field: 0)]), .init([.init(field: 2)]),
        ])
        #expect(Set(found).count == found.count)
        #expect(Set(found) == [RowPair(0, 1), RowPair(0, 4), RowPair(1, 4), RowPair(0, 2), RowPair(2, 4)])
    }

    @Test func namesInEachOthersFieldMeet() {
        #expect(pairs([.init([.init(field: 0, partner: 1)])]).contains(RowPair(0, 2)))
    }

    @Test func dayAndMonthInEitherOrderMeet() {
        #expect(pairs([.init([.init(field: 2, transform: "unordered")])]).contains(RowPair(0, 1)))
    }

    @Test func linkingBetweenSourcesLeavesPairsWithinOut() {
        var builder = RecordTableBuilder([Field(name: "given_name", kind: .givenName)])
        builder.add([["anna"], ["anna"]], source: "a")
        builder.add([["anna"]], source: "b")
        let records = builder.table()
        let key = MatchPlan.Key([.init(field: 0)])
        #expect(Set(pairs([key], link: .between, records: records)) == [RowPair(0, 2), RowPair(1, 2)])
        #expect(pairs([key], link: .within, records: records) == [RowPair(0, 1)])
        #expect(pairs([key], link: .all, records: records).count == 3)
    }

    @Test func oneLargeBlockIsCutIntoPiecesAndNoPairIsLost() {
        var builder = RecordTableBuilder([Field(name: "given_name", kind: .givenName)])
        builder.add(Array(repeating: ["anna"], count: 1_200))
        let found = pairs([.init([.init(field: 0)])], records: builder.table())
        #expect(found.count == 1_200 * 1_199 / 2)
        #expect(Set(found).count == found.count)
    }

    @Test func aStreetIsKnownByItsNumberAndTheSoundOfItsName() {
        #expect(StreetDoor.key("58 Church Rd.") != nil)
        #expect(StreetDoor.key("58 Church Rd.") == StreetDoor.key("58 Churk Street"))
        #expect(StreetDoor.key("59 Church Rd.") != StreetDoor.key("58 church road"))
        #expect(StreetDoor.key("59") != nil)
        #expect(StreetDoor.key("") == nil)
        #expect(StreetDoor.key("rd.") == nil)
    }

    @Test(arguments: KeyTransform.all)
    func everyTransformHasAUniqueNameAndBothLanguages(_ transform: KeyTransform) {
        #expect(KeyTransform.all.count { $0.name == transform.name } == 1)
        #expect(!transform.summary.en.isEmpty && !transform.summary.zh.isEmpty && !transform.kinds.isEmpty)
    }

    @Test(arguments: [0, 1, 2, 511, 512, 5_000])
    func radixSortEqualsTheStandardSort(_ count: Int) {
        var random = SeededRandom(seed: UInt64(count))
        let words = (0..<count).map { (random.next() >> UInt64(random.below(20))) << 31 | UInt64($0) }
        var sorted = words
        RadixSort.sort(&sorted)
        #expect(sorted == words.sorted())
    }
}
