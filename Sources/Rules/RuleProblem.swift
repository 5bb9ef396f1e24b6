package import Records

/// One thing wrong with a rule book: where it stands, and what would be right.
package struct RuleProblem: Sendable, Hashable {
    /// Stable and searchable.
    package enum Code: String, Sendable, CaseIterable {
        case unreadable = "E-RULES-001"
        case notText = "E-RULES-002"
        case syntax = "E-RULES-003"
        case reference = "E-RULES-004"
        case tooDeep = "E-RULES-005"
        case duplicateKey = "E-RULES-006"
        case unknownKey = "E-RULES-007"
        case missingKey = "E-RULES-008"
        case wrongShape = "E-RULES-009"
        case notAllowed = "E-RULES-010"
        case outOfRange = "E-RULES-011"
        case unknownField = "E-RULES-012"
        case badName = "E-RULES-013"
        case unknownTransform = "E-RULES-014"
        case doesNotFit = "E-RULES-015"
        case badPath = "E-RULES-016"
        case wrongFormat = "E-RULES-017"
        case badCodes = "E-RULES-018"
        case repeated = "E-RULES-019"
        case badDate = "E-RULES-020"
        case linesCrossed = "E-RULES-021"
        case badNever = "E-RULES-022"
        case sensitive = "E-RULES-023"
        case badCondition = "E-RULES-024"
        /// The book can be used, but something in it has no effect or weakens the result.
        case unusedField = "W-RULES-001"
        case noPersonField = "W-RULES-002"
        case noReference = "W-RULES-003"
    }

    package let code: Code
    package let place: Place
    package let message: Text
    /// The known key, field or name that was probably meant.
    package let nearest: String?

    package init(_ code: Code, at place: Place, _ message: Text, nearest: String? = nil) {
        self.code = code
        self.place = place
        self.nearest = nearest
        guard let nearest else {
            self.message = message
            return
        }
        self.message = Text(
            en: "\(message.en) Did you mean \"\(nearest)\"?", zh: "\(message.zh)是不是“\(nearest)”？")
    }

    package var failure: Failure {
        Failure(.badInput, code: code.rawValue, message, at: place)
    }
}

/// Everything wrong with a rule book, in the order of its lines.
package struct RuleBookErrors: Error, Sendable {
    /// Problems beyond this number are counted, not listed.
    package static let limit = 50

    package let path: String
    package let problems: [RuleProblem]
    /// How many more there were.
    package let unlisted: Int

    package init(path: String, _ problems: [RuleProblem]) {
        self.path = path
        let sorted = problems.enumerated().sorted { left, right in
            let a = left.element.place
            let b = right.element.place
            return (a.line ?? 0, a.column ?? 0, left.offset) < (b.line ?? 0, b.column ?? 0, right.offset)
        }
        self.problems = sorted.prefix(Self.limit).map(\.element)
        self.unlisted = max(0, sorted.count - Self.limit)
    }
}
