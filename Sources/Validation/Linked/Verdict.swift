import Records

/// What the evidence says of a cell that contradicts a linked record.
struct Verdict: Sendable {
    enum Outcome: Sendable {
        /// The cell is the wrong one.
        case culprit
        /// One of the two is wrong.
        case undecided
        /// An older value as likely as a wrong one: people move.
        case changed
        /// No mistake: the same in another script or another form.
        case writtenDifferently
    }

    let row: Int
    let field: Int
    let outcome: Outcome
    /// A row with the other value.
    let other: Int
    /// The other value is certain enough to be written into the cell.
    let isRepair: Bool
    let reasons: [Evidence.Reason]
}

/// The value that a person's records speak for.
struct Settled: Sendable {
    /// A row that has it.
    let row: Int
    /// That it is right, by the evidence of the linked records.
    let probability: Double
    /// How many records have it.
    let support: Int
}

/// Lines of probability above which something is said.
enum Certainty {
    /// A cell is called wrong.
    static let blame = 0.95
    /// A value is proposed.
    static let repair = 0.99
}

extension Verdict {
    /// As a check says it: with the other record, the reasons and, where it is certain, the value.
    func hit(_ facts: Facts) -> Hit {
        let value = isRepair ? facts.records.value(other, field) : ""
        return Hit(
            field: field, suggestion: value, detail: Finding.detail("", Evidence(reasons)), otherRow: other)
    }
}
