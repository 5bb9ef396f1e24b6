package import Records

/// What matching found, with what the next run can go on from.
package struct MatchOutcome: Sendable {
    package let matches: Matches
    /// Why the model that it went on with does not fit any more; `nil`: it does, or it was fitted here.
    package let drift: ModelDrift?
    private let candidates: Candidates
    private let records: RecordTable
    private let plan: MatchPlan

    init(matches: Matches, drift: ModelDrift?, candidates: Candidates, records: RecordTable, plan: MatchPlan) {
        self.matches = matches
        self.drift = drift
        self.candidates = candidates
        self.records = records
        self.plan = plan
    }

    /// How much was compared; `nil`: everything.
    package var reuse: MatchReuse? { candidates.reuse }

    /// For the next run.
    package func kept(threads: Int) -> KeptMatching {
        let prints =
            candidates.prints
            ?? RowPrints(
                candidates.columns, candidates.copies, records: records, plan: plan, threads: threads)
        return KeptMatching(
            prints: prints.prints,
            pairs: candidates.pairs.map { .init(a: $0.pair.a, b: $0.pair.b, pattern: $0.pattern, key: $0.key) })
    }
}
