import Records
import Testing

@testable import Matching

@Suite struct ClusteringTests {
    /// Edges as (a, b, evidence); those over 0 may merge groups.
    private func groups(
        _ rows: Int, _ edges: [(UInt32, UInt32, Double)], same: [RowPair] = [], apart: [RowPair] = [],
        identities: [[UInt32]] = []
    ) -> [UInt32] {
        let edges = edges.map { edge in
            Clustering.Edge(
                pair: RowPair(edge.0, edge.1), evidence: edge.2, bar: edge.2 > 0 ? 0 : nil)
        }
        return Clustering(
            rows: rows, edges: edges, same: same, apart: apart, identities: identities, threads: 1
        ).groups
    }

    @Test func pairsThatAgreeBecomeOneGroup() {
        #expect(groups(4, [(0, 1, 5), (1, 2, 4)]) == [0, 0, 0, 3])
    }

    @Test func aChainWhoseEndsContradictEachOtherIsNotClosed() {
        #expect(groups(3, [(0, 1, 5), (1, 2, 4), (0, 2, -9)]) == [0, 0, 2])
    }

    @Test func evidenceOfAllCrossPairsCounts() {
        #expect(groups(4, [(0, 1, 9), (2, 3, 9), (1, 2, 3), (0, 3, -1), (0, 2, -1), (1, 3, -0.5)]) == [0, 0, 0, 0])
        #expect(groups(4, [(0, 1, 9), (2, 3, 9), (1, 2, 3), (0, 3, -2), (0, 2, -1), (1, 3, -1)]) == [0, 0, 2, 2])
    }

    @Test func likelyPairsBelowTheLineMergeOnlyTogether() {
        func groups(_ evidence: [Double]) -> [UInt32] {
            let edges = [
                Clustering.Edge(pair: RowPair(0, 1), evidence: 9, bar: 0),
                Clustering.Edge(pair: RowPair(0, 2), evidence: evidence[0], bar: 2.2),
                Clustering.Edge(pair: RowPair(1, 2), evidence: evidence[1], bar: 2.2),
            ]
            return Clustering(rows: 3, edges: edges, same: [], apart: [], identities: [], threads: 1).groups
        }
        #expect(groups([1.5, 1.5]) == [0, 0, 0])
        #expect(groups([1.5, 0.5]) == [0, 0, 2])
    }

    @Test func aDecisionDifferentHoldsAndHoldsForWholeGroups() {
        #expect(groups(3, [(0, 1, 9), (1, 2, 9), (0, 2, 9)], apart: [RowPair(0, 2)]) == [0, 0, 2])
        #expect(groups(2, [(0, 1, 12)], apart: [RowPair(0, 1)]) == [0, 1])
    }

    @Test func aDecisionSameJoinsWhatNoKeyMet() {
        #expect(groups(2, [], same: [RowPair(0, 1)]) == [0, 0])
        #expect(groups(2, [(0, 1, -9)], same: [RowPair(0, 1)]) == [0, 0])
    }

    @Test func twoValidDifferentIdsAreNotChainedTogether() {
        #expect(groups(3, [(0, 1, 9), (1, 2, 8)], identities: [[7, 0, 8]]) == [0, 0, 2])
        #expect(groups(3, [(0, 1, 9), (1, 2, 8)], identities: [[7, 0, 7]]) == [0, 0, 0])
    }

    @Test func theSameGroupsComeOfAnyNumberOfThreads() {
        var random = SeededRandom(seed: 7)
        let rows = 3_000
        var edges: [Clustering.Edge] = []
        for _ in 0..<6_000 {
            let a = UInt32(random.below(rows - 1))
            let b = a + 1 + UInt32(random.below(min(5, rows - 1 - Int(a))))
            let evidence = Double(random.below(2_400)) / 100 - 12
            edges.append(
                Clustering.Edge(pair: RowPair(a, b), evidence: evidence, bar: evidence > 0 ? 0 : nil))
        }
        let one = Clustering(rows: rows, edges: edges, same: [], apart: [], identities: [], threads: 1)
        let four = Clustering(rows: rows, edges: edges, same: [], apart: [], identities: [], threads: 4)
        #expect(one.groups == four.groups)
    }
}
