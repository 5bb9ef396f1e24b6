import Estimation
import Records
import Testing

@Suite struct LogLinearTests {
    /// Expected counts where the second list depends on the first, the third on none: bit 0, 1, 2 are the lists.
    static func cells(_ persons: Double, first: Double, secondIf: (Double, Double), third: Double) -> [Int] {
        (0..<8).map { cell in
            let a = cell & 1 == 1 ? first : 1 - first
            let share = cell & 1 == 1 ? secondIf.0 : secondIf.1
            let b = cell & 2 == 2 ? share : 1 - share
            let c = cell & 4 == 4 ? third : 1 - third
            return Int((persons * a * b * c).rounded())
        }
    }

    @Test func `independent lists are taken as independent`() throws {
        let counts = ListCounts(lists: 3, cells: Self.cells(10_000, first: 0.6, secondIf: (0.5, 0.5), third: 0.4))
        let result = try #require(PopulationEstimator.estimate(counts))
        #expect(result.models.count == 8)
        #expect(result.models[0].isChosen && result.models[0].interactions.isEmpty)
        #expect(result.models[0].freedom == 3)
        #expect((result.linked.value - 10_000).magnitude < 5)
    }

    @Test func `lists that depend on each other are found, and two of them alone would be wrong`() throws {
        let cells = Self.cells(10_000, first: 0.6, secondIf: (0.7, 0.3), third: 0.4)
        let result = try #require(PopulationEstimator.estimate(ListCounts(lists: 3, cells: cells)))
        #expect(result.models[0].interactions == [[0, 1]])
        #expect((result.linked.value - 10_000).magnitude < 5)
        let two = ListCounts(lists: 2, cells: [0, 1, 2, 3].map { cells[$0] + cells[$0 + 4] })
        #expect(try #require(PopulationEstimator.estimate(two)).linked.upper < 9_000)
    }

    /// With all three interactions the missing cell is the ratio of odd and even cells (Fienberg 1972).
    @Test func `the saturated model has its closed form`() throws {
        let cells = [0, 310, 250, 120, 400, 150, 90, 60]
        let result = try #require(PopulationEstimator.estimate(ListCounts(lists: 3, cells: cells)))
        let model = try #require(result.models.first { $0.freedom == 0 })
        let missing = 310.0 * 250 * 400 * 60 / (120 * 150 * 90)
        #expect((model.estimate.value - 1380 - missing).magnitude < 0.01)
        #expect(model.deviance < 1e-6)
        let inverse = [310.0, 250, 120, 400, 150, 90, 60].reduce(0) { $0 + 1 / $1 }
        let error = (missing * missing * inverse + missing).squareRoot()
        #expect((model.estimate.standardError - error).magnitude < 0.01)
    }

    @Test func `weights of the models sum to one`() throws {
        let counts = ListCounts(lists: 3, cells: [0, 310, 250, 120, 400, 150, 90, 60])
        let result = try #require(PopulationEstimator.estimate(counts))
        #expect((result.models.reduce(0) { $0 + $1.weight } - 1).magnitude < 1e-9)
    }

    @Test(arguments: [
        [0, 100, 100, 9, 100, 50, 50, 0], [0, 0, 0, 0, 0, 0, 0, 0], [0, 100, 100, 100, 0, 0, 0, 0],
    ])
    func `where two lists hardly overlap there is no estimate`(_ cells: [Int]) {
        let counts = ListCounts(lists: 3, cells: cells)
        #expect(counts.thinPair != nil)
        #expect(PopulationEstimator.estimate(counts) == nil)
    }

    @Test(arguments: [
        [0, 0, 0, 0, 0, 0, 0, 500], [0, 0, 0, 100, 0, 100, 100, 0], [0, 5, 0, 20, 0, 20, 20, 0],
        [0, 1_000_000_000, 0, 10, 3, 10, 10, 0], [0, 1, 1, 10, 1, 10, 10, 0], [0, 2, 4, 2, 2, 0, 7, 11],
    ])
    func `empty cells leave a finite estimate or none`(_ cells: [Int]) {
        let counts = ListCounts(lists: 3, cells: cells)
        guard let result = PopulationEstimator.estimate(counts) else { return }
        for model in result.models {
            #expect(model.estimate.value.isFinite && model.estimate.value >= counts.listed)
            #expect(model.estimate.standardError <= model.estimate.value)
        }
        #expect(result.linked.upper < 20 * counts.listed)
    }

    @Test func `where wrong links leave too small an overlap there is no estimate`() throws {
        let counts = ListCounts(lists: 2, cells: [0, 60, 50, 11])
        #expect(PopulationEstimator.estimate(counts) != nil)
        let linkage = PopulationEstimate.LinkageQuality(precision: 0.8, precisionMargin: 0, recall: 1, recallMargin: 0)
        #expect(PopulationEstimator.corrected(counts, for: linkage).thinPair != nil)
        #expect(PopulationEstimator.estimate(counts, linkage: linkage) == nil)
    }

    @Test(arguments: [(4, 32, 32), (5, 45, 26)] as [(UInt64, Int, Int)])
    func `the interval holds the truth in 93 to 97 of 100 imaginary registries`(
        _ seed: UInt64, _ secondIfFirst: Int, _ secondElse: Int
    ) throws {
        var random = SeededRandom(state: seed)
        let persons = 31.0 * 64
        var held = 0
        for _ in 0..<1000 {
            let register = Register(
                words: 31, lists: 3, first: 38, second: (secondIfFirst, secondElse), third: 26, &random)
            let counts = ListCounts(lists: 3, cells: register.cells)
            let interval = try #require(PopulationEstimator.estimate(counts)).linked
            if interval.lower <= persons, persons <= interval.upper { held += 1 }
        }
        #expect((930...970).contains(held), "\(held) of 1000")
    }
}
