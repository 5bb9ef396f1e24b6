import Records
import Validation

extension Matches {
    /// Pairs that may be one person and were left apart: for people to decide, or held apart by a rule.
    var unmerged: [UnmergedPair] {
        pairs.compactMap { pair in
            switch pair.outcome {
            case .review, .heldApart: UnmergedPair(a: pair.a, b: pair.b, probability: pair.probability)
            case .merged, .decidedSame, .decidedDifferent: nil
            }
        }
    }
}
