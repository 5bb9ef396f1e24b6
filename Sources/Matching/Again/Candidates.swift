import Records

/// The pairs over the lowest line of decision, and what is known of the others.
struct Candidates: Sendable {
    /// By (a, b).
    let pairs: [ScoredCandidate]
    let below: Expected.Below
    let basis: MatchBasis
    let isContinued: Bool
    let columns: MatchColumns
    var prints: RowPrints?
    var reuse: MatchReuse?
}
