import Records

/// What people decided, by row.
struct Bindings: Sendable {
    private(set) var same: [RowPair] = []
    /// Different, or not to be merged before somebody decides.
    private(set) var apart: [RowPair] = []
    /// Those of `apart` that are still to be decided.
    private(set) var unsure: Set<RowPair> = []

    init(_ decisions: [Decision], records: RecordTable) {
        guard !decisions.isEmpty else { return }
        let wanted = Set(decisions.flatMap { [$0.a, $0.b] })
        var rows: [RecordKey: UInt32] = [:]
        for row in 0..<records.count {
            let key = records.key(row)
            if wanted.contains(key) { rows[key] = UInt32(row) }
        }
        for decision in decisions {
            guard let a = rows[decision.a], let b = rows[decision.b], a != b else { continue }
            let pair = RowPair(min(a, b), max(a, b))
            switch decision.verdict {
            case .same: same.append(pair)
            case .different: apart.append(pair)
            case .unsure:
                apart.append(pair)
                unsure.insert(pair)
            }
        }
        same.sort { ($0.a, $0.b) < ($1.a, $1.b) }
        apart.sort { ($0.a, $0.b) < ($1.a, $1.b) }
    }
}
