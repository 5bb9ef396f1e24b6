import Estimation
import Records
import Testing

@Suite struct LinkageErrorTests {
    static func quality(_ precision: Double, _ recall: Double) -> PopulationEstimate.LinkageQuality {
        PopulationEstimate.LinkageQuality(precision: precision, recall: recall)
    }

    @Test func `perfect links need no correction`() throws {
        for cells in [[0, 60, 40, 40], [0, 310, 250, 120, 400, 150, 90, 60]] {
            let counts = ListCounts(lists: cells.count == 4 ? 2 : 3, cells: cells)
            let result = try #require(PopulationEstimator.estimate(counts, linkage: Self.quality(1, 1)))
            let corrected = try #require(result.corrected)
            #expect((corrected.value - result.linked.value).magnitude < 1e-6)
            #expect((corrected.standardError - result.linked.standardError).magnitude < 1e-6)
        }
    }

    /// 10,000 persons, lists of 9,000 and 5,000, overlap 4,500; one link in ten is missed, so 450 persons count twice.
    @Test func `missed links make too many persons, and the correction takes them back`() throws {
        let counts = ListCounts(lists: 2, cells: [0, 4500 + 450, 500 + 450, 4050])
        let result = try #require(PopulationEstimator.estimate(counts, linkage: Self.quality(1, 0.9)))
        #expect(result.linked.lower > 11_000)
        let corrected = try #require(result.corrected)
        #expect((corrected.value - 9999.89).magnitude < 0.01)
        #expect(corrected.standardError > 33.32)
    }

    @Test func `wrong links make too few`() throws {
        // 4,500 right links and 180 wrong ones between persons of one list each.
        let counts = ListCounts(lists: 2, cells: [0, 4500 - 180, 500 - 180, 4680])
        let result = try #require(PopulationEstimator.estimate(counts, linkage: Self.quality(4500.0 / 4680, 1)))
        #expect(result.linked.upper < 9700)
        #expect((try #require(result.corrected).value - 9999.89).magnitude < 0.01)
    }

    @Test func `what is not known of the links widens the interval`() throws {
        let counts = ListCounts(lists: 2, cells: [0, 4950, 950, 4050])
        let sure = PopulationEstimate.LinkageQuality(precision: 1, recall: 0.9)
        let unsure = PopulationEstimate.LinkageQuality(
            precision: 1, precisionMargin: 0.01, recall: 0.9, recallMargin: 0.02)
        let narrow = try #require(PopulationEstimator.estimate(counts, linkage: sure)?.corrected)
        let wide = try #require(PopulationEstimator.estimate(counts, linkage: unsure)?.corrected)
        #expect(narrow.value == wide.value)
        #expect(wide.standardError > 2 * narrow.standardError)
    }

    @Test func `doubles of one list that were not linked are taken out`() throws {
        // 200 of the records of the first list are doubles; nine of ten were linked, the rest count as persons.
        let counts = ListCounts(lists: 2, cells: [0, 4500 + 20, 500, 4500], extra: [180, 0])
        let plain = ListCounts(lists: 2, cells: [0, 4500, 500, 4500])
        let one = try #require(PopulationEstimator.estimate(counts, linkage: Self.quality(1, 0.9))?.corrected)
        let other = try #require(PopulationEstimator.estimate(plain, linkage: Self.quality(1, 0.9))?.corrected)
        #expect((one.value - other.value).magnitude < 0.01)
    }

    /// Persons are put on lists, linked with misses and mistakes, and counted as a run would count them.
    @Test(arguments: [(11, 2, 0.6, 0.5), (12, 3, 0.6, 0.5)] as [(UInt64, Int, Double, Double)])
    func `the corrected interval holds the truth in 93 to 97 of 100 registries linked with errors`(
        _ seed: UInt64, _ lists: Int, _ first: Double, _ second: Double
    ) throws {
        var random = SeededRandom(state: seed)
        let (persons, precision, recall) = (2000, 0.97, 0.95)
        var (held, heldUncorrected) = (0, 0)
        for _ in 0..<1000 {
            let counts = Self.linked(persons, [first, second, 0.4], lists, precision, recall, &random)
            let result = try #require(
                PopulationEstimator.estimate(counts, linkage: Self.quality(precision, recall)))
            let interval = try #require(result.corrected)
            if interval.lower <= Double(persons), Double(persons) <= interval.upper { held += 1 }
            if result.linked.lower <= Double(persons), Double(persons) <= result.linked.upper { heldUncorrected += 1 }
        }
        #expect((930...970).contains(held), "\(held) of 1000")
        #expect(heldUncorrected < 900, "\(heldUncorrected) of 1000")
    }

    private static func linked(
        _ persons: Int, _ shares: [Double], _ lists: Int, _ precision: Double, _ recall: Double,
        _ random: inout SeededRandom
    ) -> ListCounts {
        var seen: [Int] = []
        for _ in 0..<persons {
            let on = (0..<lists).filter { random.draw(shares[$0]) }
            var parts = on.map { 1 << $0 }
            for (index, a) in on.enumerated() {
                for b in on.dropFirst(index + 1) where random.draw(recall) {
                    guard let left = parts.firstIndex(where: { $0 >> a & 1 == 1 }),
                        let right = parts.firstIndex(where: { $0 >> b & 1 == 1 }), left != right
                    else { continue }
                    parts[left] |= parts[right]
                    parts.remove(at: right)
                }
            }
            seen += parts
        }
        for a in 0..<lists {
            for b in (a + 1)..<max(lists, a + 1) {
                let pairs = seen.count { $0 >> a & $0 >> b & 1 == 1 }
                var wrong = 0
                for _ in 0..<pairs where random.draw((1 - precision) / precision) { wrong += 1 }
                while wrong > 0 {
                    let left = Int(random.next() % UInt64(seen.count))
                    let right = Int(random.next() % UInt64(seen.count))
                    guard seen[left] >> a & 1 == 1, seen[left] >> b & 1 == 0, seen[right] >> b & 1 == 1,
                        seen[right] >> a & 1 == 0
                    else { continue }
                    seen[left] |= seen[right]
                    seen[right] = 0
                    wrong -= 1
                }
            }
        }
        var cells = [Int](repeating: 0, count: 1 << lists)
        for cell in seen { cells[cell] += 1 }
        return ListCounts(lists: lists, cells: cells)
    }
}
