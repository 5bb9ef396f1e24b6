/// What is compared with what, and what follows from a score: the typed form of a rule book's `match:` section.
package struct MatchPlan: Sendable, Hashable {
    /// Pairs are compared when any of these keys agrees.
    package private(set) var keys: [Key]
    package let comparisons: [Comparison]
    package let link: Link
    package let decide: Decide
    package let never: [Never]
    package private(set) var model: Model
    package private(set) var levels: Levels
    /// `run.json` of an earlier run, or a saved model, whose parameters are used as they are; `nil`: they are fitted.
    package let modelPath: String?
    package let retrain: Retrain
    /// A pair's key is kept in one byte.
    package static let mostKeys = 64
    /// A pair's pattern of levels is kept in one 64-bit word, four bits a field.
    package static let mostComparisons = 16

    /// Most pairs one key may bring; a key that brings more is refined with a part of another key, or left out, and
    /// the run says so. `nil`: 200 a record, and 200 million in any case.
    package private(set) var pairBudget: Int?

    /// All parts have to agree; a record in which a part is missing is not in the key.
    package struct Key: Sendable, Hashable {
        package let parts: [Part]
        /// Pairs per record over which the key is left out; `nil`: it is used however many it brings.
        ///
        /// A loose key finds what the others lose in a small register, and cannot be afforded in a large one.
        package let atMost: Int?

        package init(_ parts: [Part], atMost: Int? = nil) {
            self.parts = parts
            self.atMost = atMost
        }
    }

    /// `name.pinyin`: a field, and the name of a transform in `KeyTransform.all`; `nil`: the whole value.
    ///
    /// `given_name <> surname` takes two fields together in any order: it finds names that were exchanged.
    package struct Part: Sendable, Hashable {
        package let field: Int
        package let transform: String?
        /// The other field of an unordered two.
        package let partner: Int?

        package init(field: Int, transform: String? = nil, partner: Int? = nil) {
            self.field = field
            self.transform = transform
            self.partner = partner
        }
    }

    package struct Comparison: Sendable, Hashable {
        package let field: Int
        /// A name in `Comparator.all`.
        package let comparator: String
        /// `nil`: the comparator's own.
        package let role: Role?

        package init(field: Int, comparator: String, role: Role? = nil) {
            self.field = field
            self.comparator = comparator
            self.role = role
        }
    }

    /// Who shares a value: guards the model against taking relatives for one person.
    package enum Role: String, Sendable, CaseIterable {
        case person
        case family
        case address
        case phone
        case none
    }

    package enum Model: String, Sendable, CaseIterable {
        /// One class of strangers for each key, housemates, twins, and two classes of matches (MODEL §3).
        case mixture
        /// Two classes with independent fields, for comparison: λ from strict rules, u from random pairs, m by EM.
        case fellegiSunter = "fellegi-sunter"
    }

    package enum Levels: String, Sendable, CaseIterable {
        /// Each comparator's own.
        case full
        /// Equal, one and two edits, for every field that has more than "equal or not": shows what the others bring.
        case plain
    }

    package enum Link: String, Sendable, CaseIterable {
        case all
        case within
        case between
    }

    package struct Decide: Sendable, Hashable {
        /// Probability from which records are merged; `nil`: never without a person.
        package let merge: Double?
        /// Probability from which a pair is shown to people.
        package let review: Double
        /// Sets the lines from the scores instead.
        package let budget: Budget?
        /// What a person needs for one doubtful pair.
        package let secondsPerPair: Double

        package static let usualSecondsPerPair = 45.0

        package init(
            merge: Double?, review: Double, budget: Budget? = nil, secondsPerPair: Double = usualSecondsPerPair
        ) {
            self.merge = merge
            self.review = review
            self.budget = budget
            self.secondsPerPair = secondsPerPair
        }

        /// What people are ready to spend; what is `nil` leaves its line as it is.
        package struct Budget: Sendable, Hashable {
            /// Of 1,000 persons of the result, how many may hold records of somebody else.
            package let falseMergesPer1000: Double?
            /// Time for looking at doubtful pairs.
            package let reviewHours: Double?

            package init(falseMergesPer1000: Double?, reviewHours: Double?) {
                self.falseMergesPer1000 = falseMergesPer1000
                self.reviewHours = reviewHours
            }
        }
    }

    /// A rule under which two records are never merged: `both id_number valid and different`.
    package struct Never: Sendable, Hashable {
        package enum Condition: String, Sendable, CaseIterable {
            case validAndDifferent = "valid and different"
            case different
        }

        package let field: Int
        package let condition: Condition

        package init(field: Int, condition: Condition) {
            self.field = field
            self.condition = condition
        }
    }

    /// When a run of a workspace fits a model of its own instead of going on with that of the run before.
    package enum Retrain: String, Sendable, CaseIterable {
        /// When somebody asks for it, or the model does not fit the records any more.
        case drift
        case always
        /// Only when somebody asks for it.
        case never
    }

    package init(
        keys: [Key], comparisons: [Comparison], link: Link = .all, decide: Decide, never: [Never] = [],
        model: Model = .mixture, levels: Levels = .full, modelPath: String? = nil, retrain: Retrain = .drift,
        pairBudget: Int? = nil
    ) {
        self.keys = keys
        self.comparisons = comparisons
        self.link = link
        self.decide = decide
        self.never = never
        self.model = model
        self.levels = levels
        self.modelPath = modelPath
        self.retrain = retrain
        self.pairBudget = pairBudget
    }

    /// The same plan with another model or plainer levels, for comparison.
    package func with(model: Model? = nil, levels: Levels? = nil) -> MatchPlan {
        var plan = self
        plan.model = model ?? self.model
        plan.levels = levels ?? self.levels
        return plan
    }

    /// The same plan with other keys.
    func blocking(on keys: [Key]) -> MatchPlan {
        var plan = self
        plan.keys = keys
        return plan
    }

    /// The same plan with just these keys, however many pairs they bring.
    func blockingOnly(on keys: [Key]) -> MatchPlan {
        var plan = blocking(on: keys.map { Key($0.parts) })
        plan.pairBudget = .max
        return plan
    }
}

extension MatchPlan {
    /// Parallel to `comparisons`, with the levels that are compared on.
    var comparators: [Comparator] {
        comparisons.map { comparison in
            guard let named = Comparator.named(comparison.comparator) else {
                preconditionFailure("the rule book reader lets only known comparators through")
            }
            return levels == .plain ? named.plain : named
        }
    }

    /// Fields that are compared or blocked on.
    var usedFields: Set<Int> { Set(comparisons.map(\.field) + keys.flatMap(\.parts).flatMap(\.fields)) }
}
