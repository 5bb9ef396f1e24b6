/// What matching found: the scored pairs over the review line, the groups, and the model they were scored with.
package struct Matches: Sendable {
    package let comparisons: [ComparedField]
    package let blocking: [BlockingSummary]
    package let model: ModelSummary
    /// Over the review line, or held together or apart by a decision; sorted by (a, b).
    package let pairs: [ScoredPair]
    /// One per row: the smallest row of the group it belongs to.
    package let groups: [UInt32]
    /// Of the candidate pairs under the review line.
    package let letGo: LetGoSample

    package init(
        comparisons: [ComparedField], blocking: [BlockingSummary], model: ModelSummary, pairs: [ScoredPair],
        groups: [UInt32], letGo: LetGoSample = LetGoSample()
    ) {
        self.comparisons = comparisons
        self.blocking = blocking
        self.model = model
        self.pairs = pairs
        self.groups = groups
        self.letGo = letGo
    }
}

/// A field that pairs are compared on, with the ladder of levels of its comparator.
package struct ComparedField: Sendable {
    package let field: String
    package let comparator: String
    /// From 0: `missing`, `else`, …, the best last.
    package let levels: [String]
    /// Match weight of each level in log₂ odds; 0 for missing.
    package let weights: [Double]

    package init(field: String, comparator: String, levels: [String], weights: [Double]) {
        self.field = field
        self.comparator = comparator
        self.levels = levels
        self.weights = weights
    }
}

/// Two records with the evidence for their being one person.
package struct ScoredPair: Sendable {
    package enum Outcome: String, Sendable {
        /// In one group by score.
        case merged
        /// For people to decide: between the lines, over the merge line but refused by the group's evidence, or said to be one
        /// person and held apart by other words.
        case review
        /// In one group because somebody said so.
        case decidedSame = "decided-same"
        /// Apart because somebody said so.
        case decidedDifferent = "decided-different"
        /// Apart because a `never` rule holds, however alike they look.
        case heldApart = "held-apart"
    }

    /// Rows, a < b.
    package let a: UInt32
    package let b: UInt32
    /// Four bits a compared field, the first field lowest; an index into its levels.
    package let levels: UInt64
    /// log₂ of the posterior odds.
    package let weight: Double
    package let probability: Double
    /// Index of the first blocking key that brought the two together.
    package let key: UInt8
    /// Index into `ModelSummary.classes` of the likeliest class.
    package let likeliestClass: UInt8
    package let outcome: Outcome

    package init(
        a: UInt32, b: UInt32, levels: UInt64, weight: Double, probability: Double, key: UInt8, likeliestClass: UInt8,
        outcome: Outcome
    ) {
        self.a = a
        self.b = b
        self.levels = levels
        self.weight = weight
        self.probability = probability
        self.key = key
        self.likeliestClass = likeliestClass
        self.outcome = outcome
    }

    package func level(_ comparison: Int) -> Int {
        Int(levels >> UInt64(comparison * 4) & 15)
    }
}

/// What one blocking key brought.
package struct BlockingSummary: Sendable, Equatable {
    /// As written in the rule book: `name.pinyin + birth_date.year`.
    package let key: String
    /// Pairs the key produces, counted before comparing.
    package let pairs: Int
    /// Pairs that no earlier key had produced.
    package let newPairs: Int
    package let largestBlock: Int
    /// Brings too many pairs for this register, and was not used.
    package let isLeftOut: Bool

    package init(key: String, pairs: Int, newPairs: Int, largestBlock: Int, isLeftOut: Bool = false) {
        self.key = key
        self.pairs = pairs
        self.newPairs = newPairs
        self.largestBlock = largestBlock
        self.isLeftOut = isLeftOut
    }
}

/// The fitted model, enough to show and to use again.
package struct ModelSummary: Sendable {
    package struct Class: Sendable {
        /// `match`, `match, moved`, `housemate`, `twin`, `namesake: name + birth_date`.
        package let name: String
        package let isMatch: Bool
        package let share: Double
        /// Probability of each level of each compared field within the class.
        package let levels: [[Double]]

        package init(name: String, isMatch: Bool, share: Double, levels: [[Double]]) {
            self.name = name
            self.isMatch = isMatch
            self.share = share
            self.levels = levels
        }

        /// A name in words; one that is not known stays.
        package static func title(_ name: String) -> Text {
            if let text = titles[name] { return text }
            guard name.hasPrefix("namesake: ") else { return Text(en: name, zh: name) }
            let key = name.dropFirst("namesake: ".count)
            return Text(en: "others met by \(key)", zh: "因 \(key) 相同而比较的其他人")
        }

        private static let titles: [String: Text] = [
            "match": Text(en: "same person", zh: "同一人"),
            "match, moved": Text(en: "same person, moved", zh: "同一人，已迁居"),
            "housemate": Text(en: "two of one household", zh: "同住者"),
            "twin": Text(en: "twins", zh: "双胞胎"),
            "junior": Text(en: "parent and child of one name", zh: "同名父子或母女"),
            "relative's number": Text(en: "relative's number", zh: "借用亲属号码者"),
        ]
    }

    package let classes: [Class]
    package let iterations: Int
    package let converged: Bool
    /// Taken from an earlier run, not fitted in this one.
    package let isPinned: Bool
    /// What was counted when the model was fitted.
    package let basis: MatchBasis?
    /// Fitted by an earlier run of the workspace, as are the counts of candidate pairs and keys.
    package let isContinued: Bool
    package let candidatePairs: Int
    /// Candidate pairs that were let go half compared, as nothing could bring them over the review line.
    package let cutShort: Int
    package let patterns: Int
    /// `nil`: nothing is merged without a person.
    package let mergeLine: Double?
    package let reviewLine: Double
    /// A share with half of its 95 % interval.
    package typealias Share = (value: Double, margin: Double)
    /// Of the pairs over the merge line, the share that is expected to be right; `nil` where there are none.
    package let expectedPrecision: Share?
    /// Of the matches among the candidate pairs, the share expected over the merge line; `nil` where none is expected.
    package let expectedRecall: Share?
    /// What lines of decision cost, by falling line.
    package let lines: [LineCost]
    /// How probabilities are read since people decided; `nil`: as the model says them.
    package let calibration: Calibration?
    /// What the user has to know of the model: too few pairs, a class without support, a field without information.
    package let warnings: [Text]

    package init(
        classes: [Class], iterations: Int, converged: Bool, isPinned: Bool = false,
        basis: MatchBasis? = nil, isContinued: Bool = false, candidatePairs: Int, cutShort: Int = 0, patterns: Int,
        mergeLine: Double?, reviewLine: Double, expectedPrecision: Share?,
        expectedRecall: Share?, lines: [LineCost] = [], calibration: Calibration? = nil, warnings: [Text]
    ) {
        self.classes = classes
        self.iterations = iterations
        self.converged = converged
        self.isPinned = isPinned
        self.basis = basis
        self.isContinued = isContinued
        self.candidatePairs = candidatePairs
        self.cutShort = cutShort
        self.patterns = patterns
        self.mergeLine = mergeLine
        self.reviewLine = reviewLine
        self.expectedPrecision = expectedPrecision
        self.expectedRecall = expectedRecall
        self.lines = lines
        self.calibration = calibration
        self.warnings = warnings
    }
}

/// What it costs to merge without a person from a line on, as far as the model knows.
package struct LineCost: Sendable, Hashable {
    package let line: Double
    /// The run merged from this line.
    package let isChosen: Bool
    /// Of 1,000 persons, how many are expected to hold records of somebody else.
    package let falseMergesPer1000: Double
    /// Matches among the candidate pairs that are expected below the line.
    package let missedMatches: Double
    /// Pairs between the review line and this one, and the time they take.
    package let pairsToReview: Int
    package let reviewHours: Double

    package init(
        line: Double, isChosen: Bool, falseMergesPer1000: Double, missedMatches: Double, pairsToReview: Int,
        reviewHours: Double
    ) {
        self.line = line
        self.isChosen = isChosen
        self.falseMergesPer1000 = falseMergesPer1000
        self.missedMatches = missedMatches
        self.pairsToReview = pairsToReview
        self.reviewHours = reviewHours
    }
}
