import Foundation
import Records
import Testing

@testable import Matching

/// A test of truth: pairs drawn from known m, u and λ, and the estimate finds them again.
@Suite struct MixtureModelTests {
    @Test func theEstimateFindsTheParametersThePairsWereDrawnFrom() {
        let fields = 4
        let m: [[Double]] = Array(repeating: [0, 0.05, 0.15, 0.8], count: fields)
        let u: [[Double]] = Array(repeating: [0, 0.85, 0.10, 0.05], count: fields)
        let share = 0.2
        var random = SeededRandom(seed: 3)
        func draw(_ levels: [Double]) -> UInt64 {
            var rest = Double(random.below(1 << 30)) / Double(1 << 30)
            for (level, probability) in levels.enumerated() {
                rest -= probability
                if rest < 0 { return UInt64(level) }
            }
            return UInt64(levels.count - 1)
        }
        var table: [UInt64: Int] = [:]
        for pair in 0..<200_000 {
            let source = Double(pair) < share * 200_000 ? m : u
            var pattern: UInt64 = 0
            for field in 0..<fields { pattern |= draw(source[field]) << UInt64(field * 4) }
            table[pattern, default: 0] += 1
        }
        let patterns = table.keys.sorted()
        let none: [[Double]?] = Array(repeating: nil, count: fields)
        let start = { (top: Double) in Array(repeating: [0, 1 - top - 0.1, 0.1, top], count: fields) }
        let classes = [
            ModelClass(
                kind: .match, name: "match", start: start(0.6), caps: none, floors: [0, 0, 0, 0], strength: 1, share: 0.3),
            ModelClass(
                kind: .key(0), name: "key", start: start(0.1), caps: none, floors: [0, 0, 0, 0], strength: 1, share: 0.7),
        ]
        let model = MixtureModel(
            classes: classes, patterns: patterns, counts: patterns.map { table[$0] ?? 0 },
            ladders: Array(repeating: Ladder(["near"]), count: fields),
            roles: Array(repeating: .none, count: fields), threads: 2)
        #expect(model.converged)
        #expect(abs(model.classes[0].share - share) < 0.01)
        for field in 0..<fields {
            for level in 1...3 {
                #expect(abs(model.classes[0].levels[field][level] - m[field][level]) < 0.02)
                #expect(abs(model.classes[1].levels[field][level] - u[field][level]) < 0.02)
            }
        }
    }
}
