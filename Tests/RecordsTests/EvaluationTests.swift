import Testing

@testable import Records

@Suite struct EvaluationTests {
    @Test func aWorkedExample() {
        // True persons {1,2,3} {4,5}; found {1,2} {3,4,5}.
        let score = Evaluation(found: ["a", "a", "b", "b", "b"], truth: ["x", "x", "x", "y", "y"])
        #expect(score.truePairs == 4 && score.foundPairs == 4 && score.rightPairs == 2)
        #expect(score.pairwise.precision == 0.5 && score.pairwise.recall == 0.5)
        // Precision of each record: 1, 1, 1/3, 2/3, 2/3; recall: 2/3, 2/3, 1/3, 1, 1.
        #expect(abs(score.bCubed.precision - 11.0 / 15) < 1e-12)
        #expect(abs(score.bCubed.recall - 11.0 / 15) < 1e-12)
        #expect(score.falseMergesPer1000 == 500)
    }

    @Test func nothingFoundAndNothingThereIsPerfect() {
        let score = Evaluation(found: ["a", "b"], truth: ["x", "y"])
        #expect(score.pairwise.f1 == 1 && score.bCubed.f1 == 1 && score.falseMergesPer1000 == 0)
        #expect(Evaluation(found: [], truth: []).pairwise.f1 == 1)
    }
}
