package import Records

/// Compares the corrections an office was sent with its next export.
package struct CorrectionFollowUp: Sendable {
    /// What is there now.
    package struct Outcome: Sendable, Hashable {
        package let status: FollowUpStatus
        /// Row of the record; `nil` where it is gone or is to be added.
        package let row: Int?
        /// The cell as the office writes it now; empty for a whole record.
        package let now: String

        package init(status: FollowUpStatus, row: Int? = nil, now: String = "") {
            self.status = status
            self.row = row
            self.now = now
        }
    }

    private let records: RecordTable
    private let master: Master
    private let sources: [String: Int]
    private let unnamed: Set<String>
    /// Of source and record id → row, one of those with that hash.
    private let rows: [UInt64: UInt32]

    /// - Parameters:
    ///   - records: the table of the new exports.
    ///   - master: whose records are whose now, to see whether a record was added.
    ///   - unnamed: sources whose records are called after their place, which says nothing of the next export.
    ///   - among: sources whose records are looked for; `nil`: all.
    package init(
        _ records: RecordTable, master: Master, unnamed: Set<String> = [], among: Set<String>? = nil
    ) {
        self.records = records
        self.master = master
        self.unnamed = unnamed
        sources = Dictionary(records.sources.enumerated().map { ($1.source, $0) }) { first, _ in first }
        var rows: [UInt64: UInt32] = [:]
        records.withView { view in
            for (index, source) in records.sources.enumerated() where among?.contains(source.source) != false {
                rows.reserveCapacity(rows.count + source.count)
                for row in records.starts[index]..<records.starts[index + 1] {
                    var hash = StableHash()
                    hash.combine(source.source)
                    hash.combine(view.recordID(row))
                    // Of two records with one id the first counts, as everywhere.
                    if rows[hash.value] == nil { rows[hash.value] = UInt32(row) }
                }
            }
        }
        self.rows = rows
    }

    package func outcome(of given: GivenCorrection) -> Outcome {
        let names =
            switch given.action {
            case .change, .fill: [RecordKey(source: given.source, recordID: given.recordID)]
            case .merge: [given.before, given.after].map { RecordKey(source: given.source, recordID: $0) }
            case .add: [given.witness].compactMap { $0 }
            }
        if names.contains(where: { unnamed.contains($0.source) || RecordKey.isPlace($0.recordID) }) {
            return Outcome(status: .unknown)
        }
        return switch given.action {
        case .change, .fill: cell(given)
        case .merge: merge(given)
        case .add: addition(given)
        }
    }

    private func cell(_ given: GivenCorrection) -> Outcome {
        guard let row = row(given.source, given.recordID) else { return Outcome(status: .vanished) }
        guard let field = records.schema.index(of: given.field), records.isMapped(row, field) else {
            return Outcome(status: .ignored, row: row)
        }
        let (now, value) = (records.raw(row, field), records.value(row, field))
        let status: FollowUpStatus
        if now == given.after || now.withoutGuard == given.after
            || value == given.valueAfter && (!value.isEmpty || given.after.isEmpty)
        {
            status = .applied
        } else if now == given.before || value == given.valueBefore {
            // A notation that changed around the same value is no answer.
            status = .ignored
        } else {
            status = .contradicted
        }
        return Outcome(status: status, row: row, now: now)
    }

    /// Which of the two the office kept is its own affair.
    private func merge(_ given: GivenCorrection) -> Outcome {
        let (merged, kept) = (row(given.source, given.before), row(given.source, given.after))
        switch (merged, kept) {
        case (nil, nil): return Outcome(status: .vanished)
        case (let row?, _?): return Outcome(status: .ignored, row: row)
        case (nil, let row?), (let row?, nil): return Outcome(status: .applied, row: row)
        }
    }

    /// Applied when the person that the record was asked for has one in the source now.
    private func addition(_ given: GivenCorrection) -> Outcome {
        guard let witness = given.witness, let row = row(witness.source, witness.recordID),
            let source = sources[given.source]
        else { return Outcome(status: .vanished) }
        let range = records.starts[source]..<records.starts[source + 1]
        let added = master.members(of: Int(master.personOf[row])).first { range.contains(Int($0)) }
        return Outcome(status: added == nil ? .ignored : .applied, row: added.map(Int.init))
    }

    private func row(_ source: String, _ recordID: String) -> Int? {
        var hash = StableHash()
        hash.combine(source)
        hash.combine(recordID)
        guard let row = rows[hash.value].map(Int.init), records.recordID(row) == recordID,
            records.key(row).source == source
        else { return nil }
        return row
    }
}
