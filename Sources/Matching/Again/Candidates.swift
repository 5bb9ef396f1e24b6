import Records

/// The pairs over the lowest line of decision, and what is known of the others.
struct Candidates: Sendable {
    /// By (a, b), without those of spares.
    let pairs: [ScoredCandidate]
    let below: Expected.Below
    let basis: MatchBasis
    let isContinued: Bool
    let columns: MatchColumns
    let copies: Copies
    var prints: RowPrints?
    var reuse: MatchReuse?
}
