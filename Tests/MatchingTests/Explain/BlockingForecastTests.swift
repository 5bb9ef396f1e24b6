import Foundation
import Records
import TestSupport
import Testing

@testable import Matching

@Suite struct BlockingForecastTests {
    private static let registry = SmallRegistry.shared

    @Test func `pairs of each key are counted as a naive count has them`() {
        let records = Self.registry.records
        let plan = SmallRegistry.plan([[0, 1], [2], [1, 4]])
        let forecast = BlockingForecast(MatchContext(records, plan: plan, threads: 2), threads: 2)
        var pairs = [0, 0, 0]
        var new = pairs
        var only = pairs
        for a in 0..<records.count {
            for b in (a + 1)..<max(a + 1, records.count) {
                let found = plan.keys.indices.filter { key in
                    plan.keys[key].parts.allSatisfy { part in
                        let codes = records.columns[part.field].codes
                        return codes[a] != 0 && codes[a] == codes[b]
                    }
                }
                for key in found { pairs[key] += 1 }
                if let first = found.first { new[first] += 1 }
                if found.count == 1 { only[found[0]] += 1 }
            }
        }
        #expect(forecast.keys.map(\.pairs) == pairs)
        #expect(forecast.keys.map(\.newPairs) == new)
        #expect(forecast.keys.map(\.onlyPairs) == only)
        #expect(forecast.pairs == new.reduce(0, +))
        #expect(forecast.keys[2].key == "surname + city")
    }

    @Test func `only pairs that may be linked are counted`() {
        var builder = RecordTableBuilder([Field(name: "n", kind: .text)])
        builder.add([["x"], ["x"], ["x"], ["y"]], source: "a")
        builder.add([["x"], ["x"], ["y"]], source: "b")
        let records = builder.table()
        let counts = MatchPlan.Link.allCases.map { link in
            let plan = MatchPlan(
                keys: [.init([.init(field: 0)])], comparisons: [.init(field: 0, comparator: "text")], link: link,
                decide: .init(merge: 0.9, review: 0.1))
            return BlockingForecast(MatchContext(records, plan: plan, threads: 1), threads: 1).keys[0].pairs
        }
        #expect(counts == [11, 4, 7])
    }

    /// Keys whose fields agree in matches independently: the share they find is known.
    @Test(arguments: [[0.9, 0.8, 0.85, 0.7], [0.6, 0.6, 0.6, 0.6], [0.97, 0.95, 0.9, 0.99]])
    func `the estimate finds the recall of a case that was made`(_ agree: [Double]) throws {
        var random = SeededRandom(seed: 7)
        let plan = SmallRegistry.plan([[0, 1], [2, 3], [1, 2]])
        let masks = plan.keys.map { $0.mask(among: plan.distinctParts) }
        let fields = plan.distinctParts.map(\.field)
        var catches: [BlockingRecallEstimate.Catch] = []
        let all = 20_000
        for _ in 0..<all {
            var parts: UInt64 = 0
            for (place, field) in fields.enumerated() where Double(random.below(1_000)) < agree[field] * 1_000 {
                parts |= 1 << UInt64(place)
            }
            var keys: UInt64 = 0
            for (key, mask) in masks.enumerated() where mask & ~parts == 0 { keys |= 1 << UInt64(key) }
            if keys != 0 { catches.append(.init(weight: 1, keys: keys, parts: parts)) }
        }
        let estimate = try #require(BlockingRecallEstimate(catches, plan: plan) { _ in .none }.recall)
        let truth = Double(catches.count) / Double(all)
        #expect(abs(estimate.value - truth) < 0.015, "\(estimate) \(truth)")
        #expect(estimate.lower <= estimate.value && estimate.value <= estimate.upper)
    }

    @Test func `the estimate is near the truth where errors were made at random`() throws {
        let plan = SmallRegistry.plan([[0, 1], [2], [1, 4]])
        let context = MatchContext(Self.registry.records, plan: plan, threads: 2)
        let estimate = BlockingRecallEstimate(context, fitted: context.fitted(threads: 2), threads: 2)
        let matches = Self.registry.matches
        let truth = Double(matches.count { context.index.keys($0.a, $0.b) != 0 }) / Double(matches.count)
        let recall = try #require(estimate.recall)
        #expect(abs(recall.value - truth) < 0.03, "\(recall) \(truth)")
    }

    @Test func `too few matches give no estimate`() {
        let catches = [BlockingRecallEstimate.Catch(weight: 1, keys: 1, parts: 3)]
        #expect(BlockingRecallEstimate(catches, plan: SmallRegistry.plan([[0, 1]])) { _ in .none }.recall == nil)
    }

    @Test func `a key over the budget is refined and said`() throws {
        let plan = SmallRegistry.plan([[0, 1], [4]], budget: 20_000)
        let context = MatchContext(Self.registry.records, plan: plan, threads: 2)
        let forecast = BlockingForecast(context, threads: 2)
        #expect(forecast.keys.allSatisfy { $0.pairs <= 20_000 })
        #expect(forecast.remarks.count == 1)
    }
}
