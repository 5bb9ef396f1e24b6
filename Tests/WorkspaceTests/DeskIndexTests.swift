import Foundation
import Records
import Testing

@testable import Workspace

/// The index of the desk over made pairs: what it counts in memory is what the database counts, and lists have no gaps.
struct DeskIndexTests {
    fileprivate static func pair(_ id: Int, _ random: inout SplitMix) -> DeskPair {
        let reasons: [DeskPair.Reason] = [.score, .group, .merged, .decided]
        let states: [DeskPair.State] = [.open, .open, .open, .merged, .held]
        func one<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
        return DeskPair(
            // With gaps, as records that are gone leave them.
            id: id * 3 - Int.random(in: 0...2, using: &random), a: Int64(id * 2), b: Int64(id * 2 + 1),
            aPerson: UInt32(id % 40 + 1), bPerson: UInt32(id % 37 + 50), aSource: one(["south", "north", "né"]),
            bSource: one(["south", "north"]), probability: one([0.2, 0.5, 0.8]), weight: 1, key: "name",
            likeliest: "same", levels: 0, differs: UInt64.random(in: 0..<16, using: &random), reason: one(reasons),
            area: one(["", "510104", "510105", "110101", "51"]), size: one([2, 3, 7]),
            // Few ranks, so that many pairs share one.
            rank: one([0, 0.5, 2]), state: one(states))
    }

    private static func index(pairs count: Int, seed: UInt64) throws -> (DeskIndex, String) {
        let folder = NSTemporaryDirectory() + "/qingku-index-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let index = try DeskIndex(directory: folder)
        var random = SplitMix(seed: seed)
        try index.build(["run": "1"]) { builder in
            for id in 1...count { try builder.add(pair(id, &random)) }
        }
        return (index, folder)
    }

    fileprivate static func filter(_ random: inout SplitMix) -> DeskFilter {
        func maybe<Value>(_ values: [Value]) -> Value? {
            Bool.random(using: &random) ? nil : values[Int.random(in: 0..<values.count, using: &random)]
        }
        var filter = DeskFilter()
        filter.state = maybe([.open, .same, .merged])
        filter.reason = maybe([.score, .group, .never])
        filter.source = maybe(["south", "né", "ne\u{301}", "nowhere"])
        filter.area = maybe(["510104", "", "9"])
        filter.differs = maybe([0, 3])
        filter.probability = maybe([0.3...0.6, 0.5...1])
        filter.leastSize = maybe([3, 8])
        filter.sources = maybe([["north"], ["né", "north"], ["nowhere"]]) ?? []
        filter.areas = maybe([["51"], ["5101", "11"], ["9"]]) ?? []
        filter.assigned = maybe(["li", ""])
        return filter
    }

    @Test func `what is counted in memory is what the database counts, whatever is narrowed and said`() throws {
        let (index, folder) = try Self.index(pairs: 400, seed: 3)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let assigned = (1...20).map { (number: Int) -> (a: Int64, b: Int64, account: String) in
            (Int64(number * 2), Int64(number * 2 + 1), number < 12 ? "li" : "wu")
        }
        try index.takeAssignments(assigned, upTo: 1)
        var random = SplitMix(seed: 8)
        for round in 0..<200 {
            if round.isMultiple(of: 5) {
                let id = Int.random(in: 1...400, using: &random)
                let verdict: Decision.Verdict = [.same, .different, .unsure][round % 3]
                let said = DeskIndex.Said(
                    a: Int64(id * 2), b: Int64(id * 2 + 1), aPerson: UInt32(id % 40 + 1), bPerson: UInt32(id % 37 + 50),
                    verdict: verdict)
                try index.say(said, as: ("event", String(round + 1)))
            }
            if round == 100 { try index.settle([], as: ("event", "0")) }
            let filter = Self.filter(&random)
            let fields = round.isMultiple(of: 2) ? 4 : 0
            let counted = try index.read { try DeskIndex.counts(filter, fields: fields, $0) }
            #expect(try index.counts(filter, fields: fields) == counted, "\(filter)")
        }
    }

    @Test func `going from pair to pair passes all of a list once, there and back`() throws {
        let (index, folder) = try Self.index(pairs: 300, seed: 5)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let filter = DeskFilter()
        let list = try index.pairs(filter, limit: 1_000)
        #expect(list.count > 100 && Set(list.map(\.rank)).count == 3)
        for (place, pair) in list.enumerated() {
            let (before, after) = try index.neighbours(of: pair, filter)
            #expect(before == (place == 0 ? nil : list[place - 1].id))
            #expect(after == (place == list.count - 1 ? nil : list[place + 1].id))
        }
        #expect(try index.pairs(filter, from: 40, limit: 7).map(\.id) == list[40..<47].map(\.id))
    }

    @Test func `pages of findings follow each other without gap or double, and what one dimension leaves is counted`()
        throws
    {
        let (index, folder) = try Self.index(pairs: 1, seed: 1)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var random = SplitMix(seed: 2)
        var all: [(UInt64, DeskFacet)] = []
        for number in 1...500 {
            func one<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }
            let facet = DeskFacet(
                check: one(["a", "b", "c"]), kind: one([.error, .omission]), severity: one([.error, .info]),
                source: one(["s", "t"]), area: one(["1", "2", "22"]), field: one(["", "f"]))
            all.append((UInt64(number), facet))
        }
        try index.takeFindings { add in for (id, facet) in all { try add(id, 1, facet, id % 2 == 0) } }
        let choice = try index.facets().choose([.check: "b", .source: "s"]) { $0 != .area || $1.hasPrefix("2") }
        func count(_ lets: (DeskFacet) -> Bool) -> Int { all.count { $0.1.area.hasPrefix("2") && lets($0.1) } }
        #expect(choice.total == count { $0.check == "b" && $0.source == "s" })
        #expect(choice.values[.check]?["c"] == count { $0.check == "c" && $0.source == "s" })
        #expect(choice.values[.source]?["t"] == count { $0.check == "b" && $0.source == "t" })
        #expect(
            choice.values[.severity]?["info"] == count { $0.check == "b" && $0.source == "s" && $0.severity == .info })
        #expect(choice.values[.area]?["1"] == nil)
        let whole = try index.findings(ofFacets: choice.facets, limit: 1_000)
        #expect(whole.count == choice.total && Set(whole).count == whole.count)
        for start in stride(from: 0, to: choice.total + 10, by: 7) {
            let page = try index.findings(ofFacets: choice.facets, from: start, limit: 7)
            #expect(page == Array(whole.dropFirst(start).prefix(7)))
        }
        // Those that propose something, page by page, without what is settled.
        let settled = Set(whole.filter { $0 % 6 == 0 })
        let open = whole.filter { $0 % 2 == 0 && !settled.contains($0) }
        let facets = choice.facets.map(\.id)
        for start in stride(from: 0, to: open.count + 10, by: 7) {
            let page = try index.proposals(ofFacets: facets, without: settled, from: start, limit: 7)
            #expect(page.findings == Array(open.dropFirst(start).prefix(7)))
            #expect(page.total == open.count && page.settled == settled.count)
        }
        // What is taken out is counted no more.
        try index.remove(findings: Array(whole.prefix(5)))
        #expect(
            try index.facets().choose([.check: "b", .source: "s"]) { $0 != .area || $1.hasPrefix("2") }.total
                == choice.total - 5)
        let gone = whole.prefix(5).count { open.contains($0) }
        #expect(try index.proposals(ofFacets: facets, without: settled, limit: 7).total == open.count - gone)
    }
}

/// A seeded source of numbers.
private struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
