import FuzzyText
import Testing

/// Every fast distance against the slow one of `Reference`, on seeded random pairs; 100,000 for each distance.
struct DistancesAgainstReferenceTests {
    static let seeds = Array(UInt64(1)...10)
    static let pairsPerSeed = 10_000

    /// Records the pairs on which `holds` is false. `#expect` on each of a million values would take minutes.
    private func expect(seed: UInt64, pairs: Int = pairsPerSeed, _ holds: ([UInt16], [UInt16]) -> Bool) {
        var random = RandomTexts(seed: seed)
        for _ in 0..<pairs {
            let (a, b) = random.pair()
            if !holds(a, b) {
                Issue.record("\(a) and \(b)")
                return
            }
        }
    }

    @Test("Levenshtein agrees with the matrix, in both orders and under every limit", arguments: seeds)
    func levenshtein(seed: UInt64) {
        expect(seed: seed) { a, b in
            let truth = Naive.levenshtein(a, b)
            return on(a, b, Levenshtein.distance) == truth && on(b, a, Levenshtein.distance) == truth
                && (0...4).allSatisfy { limit in
                    on(a, b) { Levenshtein.distance($0, $1, atMost: limit) } == (truth <= limit ? truth : nil)
                }
        }
    }

    @Test("OSA agrees with the matrix, in both orders and under every limit", arguments: seeds)
    func osa(seed: UInt64) {
        expect(seed: seed &+ 100) { a, b in
            let truth = Naive.osa(a, b)
            return on(a, b, OSA.distance) == truth && on(b, a, OSA.distance) == truth
                && (0...4).allSatisfy { limit in
                    on(a, b) { OSA.distance($0, $1, atMost: limit) } == (truth <= limit ? truth : nil)
                }
        }
    }

    @Test("Jaro and Jaro-Winkler agree with the definition, in both orders", arguments: seeds)
    func jaro(seed: UInt64) {
        expect(seed: seed &+ 200) { a, b in
            let truth = Naive.jaroWinkler(a, b)
            let value = on(a, b, JaroWinkler.similarity)
            return abs(on(a, b, Jaro.similarity) - Naive.jaro(a, b)) < 1e-12 && abs(value - truth) < 1e-12
                && on(b, a, JaroWinkler.similarity) == value && (0...1).contains(value)
        }
    }

    @Test("Dice's coefficient agrees with counted q-grams", arguments: seeds, [1, 2, 3, 4, 5])
    func dice(seed: UInt64, q: Int) {
        var random = RandomTexts(seed: seed &+ 400)
        for _ in 0..<500 {
            let (a, b) = random.pair()
            let value = on(a, b) { QGrams.dice($0, $1, q: q) }
            #expect(value == Naive.dice(a, b, q: q), "\(a) and \(b)")
        }
    }

    @Test("Signatures never promise less than the distances give", arguments: seeds)
    func signatures(seed: UInt64) {
        expect(seed: seed &+ 500, pairs: 2_000) { a, b in
            let (x, y) = on(a, b) { (CharacterSignature($0), CharacterSignature($1)) }
            let prefix = zip(a, b).prefix { $0 == $1 }.count
            let bound = x.jaroWinklerAtMost(y, count: a.count, otherCount: b.count, commonPrefix: prefix)
            return x.editsAtLeast(y) <= on(a, b, OSA.distance)
                && bound >= on(a, b, JaroWinkler.similarity) - 1e-12
        }
    }
}
