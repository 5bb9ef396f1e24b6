/// Why two records are taken for one person or for two: everything the score is made of, the keys, and what binds.
///
/// Weights are log₂ odds. `prior`, the weights of the fields, and that of the calibration add up to `total`.
package struct PairExplanation: Sendable {
    package let a: RecordKey
    package let b: RecordKey
    /// Before any field is looked at: how common matches are among the pairs that keys bring together.
    package let prior: Double
    /// In the order of the rule book.
    package let fields: [FieldWeight]
    /// What decided pairs make of the sum of the others; `nil` where the model is taken as it is.
    package let calibrated: Calibrated?
    package let total: Double
    package let probability: Double
    /// Probability from which pairs are merged; `nil`: never without a person.
    package let mergeLine: Double?
    package let reviewLine: Double
    /// Likeliest first; their shares add up to 1.
    package let classes: [ClassShare]
    /// In the order of the rule book.
    package let keys: [KeyVerdict]
    /// `false` where the rule book links only records within, or only between, sources and these are not such.
    package let isLinked: Bool
    /// Rules of the rule book that keep the two apart.
    package let never: [NeverRule]
    /// What a person decided about the two, if anybody did.
    package let decision: Decision?
    package let outcome: Outcome
    /// Records of the group that holds them both; 0 where they are apart.
    package let groupSize: Int
    /// The smallest changes that would turn the score over the line, best first; empty where up to two fields cannot.
    package let changes: [Change]

    package struct Calibrated: Sendable, Hashable {
        /// Decided pairs that it comes from.
        package let decisions: Int
        package let weight: Double

        package init(decisions: Int, weight: Double) {
            self.decisions = decisions
            self.weight = weight
        }
    }

    package struct FieldWeight: Sendable {
        package let field: String
        /// A level of the field's comparator: `missing`, `else`, …
        package let level: String
        /// As compared; empty when missing.
        package let a: String
        package let b: String
        /// As the office wrote them.
        package let rawA: String
        package let rawB: String
        /// The values are not written there but follow from the resident id.
        package let isInferredA: Bool
        package let isInferredB: Bool
        package let weight: Double
        /// The part of `weight` that comes from how common the agreed value is; `nil` where that plays no part.
        package let frequency: Double?

        package init(
            field: String, level: String, a: String, b: String, rawA: String, rawB: String, isInferredA: Bool,
            isInferredB: Bool, weight: Double, frequency: Double?
        ) {
            self.field = field
            self.level = level
            self.a = a
            self.b = b
            self.rawA = rawA
            self.rawB = rawB
            self.isInferredA = isInferredA
            self.isInferredB = isInferredB
            self.weight = weight
            self.frequency = frequency
        }
    }

    package struct ClassShare: Sendable {
        /// As in `ModelSummary.Class`.
        package let name: String
        package let isMatch: Bool
        package let share: Double

        package init(name: String, isMatch: Bool, share: Double) {
            self.name = name
            self.isMatch = isMatch
            self.share = share
        }
    }

    /// What one blocking key makes of the two.
    package struct KeyVerdict: Sendable {
        /// As the rule book writes it.
        package let key: String
        package let parts: [Part]

        package var bringsTogether: Bool { parts.allSatisfy(\.agrees) }

        package struct Part: Sendable {
            package let name: String
            /// What the record has there, two values joined for two fields taken together; empty when missing.
            package let a: String
            package let b: String
            package let agrees: Bool

            package init(name: String, a: String, b: String, agrees: Bool) {
                self.name = name
                self.a = a
                self.b = b
                self.agrees = agrees
            }
        }

        package init(key: String, parts: [Part]) {
            self.key = key
            self.parts = parts
        }
    }

    /// A `never` rule that the two break.
    package struct NeverRule: Sendable {
        package let field: String
        package let condition: String
        package let a: String
        package let b: String

        package init(field: String, condition: String, a: String, b: String) {
            self.field = field
            self.condition = condition
            self.a = a
            self.b = b
        }
    }

    package enum Outcome: String, Sendable {
        case merged
        /// In one group although this pair alone does not reach the merge line: other records join them.
        case mergedThroughOthers = "merged-through-others"
        case review
        case heldApart = "held-apart"
        case decidedSame = "decided-same"
        case decidedDifferent = "decided-different"
        case apart
        /// No key brings them together, and no other record joins them.
        case notCompared = "not-compared"
    }

    /// If these fields had these levels, the probability would be that.
    package struct Change: Sendable {
        package let fields: [Step]
        package let probability: Double

        package struct Step: Sendable {
            package let field: String
            package let from: String
            package let to: String

            package init(field: String, from: String, to: String) {
                self.field = field
                self.from = from
                self.to = to
            }
        }

        package init(fields: [Step], probability: Double) {
            self.fields = fields
            self.probability = probability
        }
    }

    package init(
        a: RecordKey, b: RecordKey, prior: Double, fields: [FieldWeight], calibrated: Calibrated? = nil,
        total: Double, probability: Double, mergeLine: Double?, reviewLine: Double, classes: [ClassShare],
        keys: [KeyVerdict], isLinked: Bool, never: [NeverRule], decision: Decision?, outcome: Outcome, groupSize: Int,
        changes: [Change]
    ) {
        self.a = a
        self.b = b
        self.prior = prior
        self.fields = fields
        self.calibrated = calibrated
        self.total = total
        self.probability = probability
        self.mergeLine = mergeLine
        self.reviewLine = reviewLine
        self.classes = classes
        self.keys = keys
        self.isLinked = isLinked
        self.never = never
        self.decision = decision
        self.outcome = outcome
        self.groupSize = groupSize
        self.changes = changes
    }
}
