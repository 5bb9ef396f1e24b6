import Estimation
import Records
import Testing

@Suite struct ChapmanTests {
    static func counts(n1: Int, n2: Int, m: Int) -> ListCounts {
        ListCounts(lists: 2, cells: [0, n1 - m, n2 - m, m])
    }

    @Test(arguments: [
        (9000, 5000, 4500, 9999.89, 33.32), (100, 80, 40, 198.54, 16.68), (50, 50, 50, 50.0, 0.0),
    ])
    func `estimate and standard error are the published ones`(
        _ n1: Int, _ n2: Int, _ m: Int, _ value: Double, _ error: Double
    ) throws {
        let result = try #require(PopulationEstimator.estimate(Self.counts(n1: n1, n2: n2, m: m)))
        #expect((result.linked.value - value).magnitude < 0.005)
        #expect((result.linked.standardError - error).magnitude < 0.005)
        #expect(result.corrected == nil && result.models.isEmpty)
    }

    @Test func `with a large overlap the interval is the normal one`() throws {
        let result = try #require(PopulationEstimator.estimate(Self.counts(n1: 9000, n2: 5000, m: 4500)))
        #expect((result.linked.lower - 9934.6).magnitude < 0.05)
        #expect((result.linked.upper - 10065.2).magnitude < 0.05)
    }

    @Test func `with a small overlap the interval is longer upwards and lies over the persons listed`() throws {
        let interval = try #require(PopulationEstimator.estimate(Self.counts(n1: 100, n2: 80, m: 40))).linked
        #expect(interval.lower > 140)
        #expect(interval.upper - interval.value > interval.value - interval.lower)
    }

    @Test func `under ten shared persons there is no estimate`() {
        #expect(PopulationEstimator.estimate(Self.counts(n1: 100, n2: 80, m: 9)) == nil)
        #expect(PopulationEstimator.estimate(Self.counts(n1: 100, n2: 80, m: 10)) != nil)
        #expect(PopulationEstimator.estimate(ListCounts(lists: 2, cells: [0, 0, 0, 0])) == nil)
    }

    @Test(arguments: [(1, 31, 38, 32), (2, 23, 19, 26), (3, 13, 13, 16)] as [(UInt64, Int, Int, Int)])
    func `the interval holds the truth in 93 to 97 of 100 imaginary registries`(
        _ seed: UInt64, _ words: Int, _ first: Int, _ second: Int
    ) throws {
        var random = SeededRandom(state: seed)
        let persons = Double(words * 64)
        var held = 0
        for _ in 0..<1000 {
            let register = Register(words: words, lists: 2, first: first, second: (second, second), third: 0, &random)
            let counts = ListCounts(lists: 2, cells: register.cells)
            let interval = try #require(PopulationEstimator.estimate(counts)).linked
            if interval.lower <= persons, persons <= interval.upper { held += 1 }
        }
        #expect((930...970).contains(held), "\(held) of 1000")
    }
}
