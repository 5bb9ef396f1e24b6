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

    /// Persons are put on lists, linked with misses (3 of 64) and mistakes (2 of 64 for each right link), and counted as
    /// a run would count them.
    @Test(arguments: [(11, 2, 1000), (12, 3, 400)] as [(UInt64, Int, Int)])
    func `the corrected interval holds the truth in 93 to 97 of 100 registries linked with errors`(
        _ seed: UInt64, _ lists: Int, _ registers: Int
    ) throws {
        var random = SeededRandom(state: seed)
        let persons = 31.0 * 64
        let quality = Self.quality(64.0 / 66, 61.0 / 64)
        var (held, heldUncorrected) = (0, 0)
        for _ in 0..<registers {
            let counts = ListCounts(lists: lists, cells: Self.linked(31, lists, &random))
            let result = try #require(PopulationEstimator.estimate(counts, linkage: quality))
            let interval = try #require(result.corrected)
            if interval.lower <= persons, persons <= interval.upper { held += 1 }
            if result.linked.lower <= persons, persons <= result.linked.upper { heldUncorrected += 1 }
        }
        let share = Double(held) / Double(registers)
        #expect((0.93...0.97).contains(share), "\(share)")
        #expect(Double(heldUncorrected) < 0.9 * Double(registers), "\(heldUncorrected) of \(registers)")
    }

    /// Cells as they are seen.
    private static func linked(_ words: Int, _ lists: Int, _ random: inout SeededRandom) -> [Int] {
        var cells = [Int](repeating: 0, count: 1 << lists)
        for _ in 0..<words {
            var on = Register.persons(lists, 38, (32, 32), 26, &random)
            if lists == 2 { on.append(0) }
            let (a, b, c) = (on[0], on[1], on[2])
            let (ab, ac, bc) = (random.draws(61) & a & b, random.draws(61) & a & c, random.draws(61) & b & c)
            // Held together by any two links, else by one, else apart.
            let whole = ab & ac | ab & bc | ac & bc
            let pairs = [3: ab & ~whole, 5: ac & ~whole, 6: bc & ~whole]
            if lists == 3 { cells[7] += whole.nonzeroBitCount }
            for (cell, mask) in pairs where cell < cells.count { cells[cell] += mask.nonzeroBitCount }
            cells[1] += (a & ~whole & ~ab & ~ac).nonzeroBitCount
            cells[2] += (b & ~whole & ~ab & ~bc).nonzeroBitCount
            if lists == 3 { cells[4] += (c & ~whole & ~ac & ~bc).nonzeroBitCount }
        }
        for a in 0..<lists {
            for b in (a + 1)..<max(lists, a + 1) {
                let right = cells.indices.reduce(0) { $0 + ($1 >> a & $1 >> b & 1 == 1 ? cells[$1] : 0) }
                for _ in 0..<random.count(2, of: right) { join(a, b, &cells, &random) }
            }
        }
        return cells
    }

    /// Two persons, one on list `a` and not on `b`, the other the other way round, become one.
    private static func join(_ a: Int, _ b: Int, _ cells: inout [Int], _ random: inout SeededRandom) {
        func pick(_ on: Int, _ off: Int) -> Int? {
            let there = cells.indices.filter { $0 >> on & 1 == 1 && $0 >> off & 1 == 0 }
            let all = there.reduce(0) { $0 + cells[$1] }
            guard all > 0 else { return nil }
            var place = Int(random.next() % UInt64(all))
            return there.first { cell in
                place -= cells[cell]
                return place < 0
            }
        }
        guard let left = pick(a, b), let right = pick(b, a) else { return }
        cells[left] -= 1
        cells[right] -= 1
        cells[left | right] += 1
    }
}
