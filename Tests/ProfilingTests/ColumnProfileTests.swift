import Profiling
import Records
import Testing

@Suite struct ColumnProfileTests {
    @Test func `cells, values and lengths are counted`() {
        let profile = profiled(["b", "", "a", "b", "ccc", "", "d"])
        #expect(profile.filled == 5)
        #expect(profile.distinct == 4)
        #expect(profile.singles == 3)
        #expect(profile.lengths == ColumnProfile.Lengths(least: 1, median: 1, most: 3))
        #expect(profile.values.map(\.text) == ["b", "a", "ccc", "d"])
        #expect(profile.values.map(\.cells) == [2, 1, 1, 1])
    }

    @Test func `the most frequent values come first, and among equals those first in the file`() {
        let cells = ["x", "y", "z", "y", "z", "w", "w", "w"]
        #expect(profiled(cells, top: 3).values.map(\.text) == ["w", "y", "z"])
        #expect(profiled(cells, top: 0).values.isEmpty)
    }

    @Test func `a column of different values has no frequent ones`() {
        #expect(profiled(["1", "2", "3"]).values.isEmpty)
    }

    @Test func `an empty column, and none at all, are no trouble`() {
        for cells in [[], ["", ""]] as [[String]] {
            let profile = profiled(cells)
            #expect(profile.filled == 0 && profile.distinct == 0 && profile.lengths == nil && profile.patterns.isEmpty)
            #expect(profile.oddities.map(\.id) == ["empty-column"])
        }
    }
}
