import Importers
import Matching
import Reconciliation
import Records
import Rules
import Validation
import Workspace

/// One person of a run, made again from its own records and what was found of them: the same cells as when the whole register
/// was reconciled, since nothing that decides a cell looks at other persons' records.
struct PersonMaster {
    /// The person's records, and those that findings and words point to beside them.
    let records: RecordTable
    /// One per row.
    let places: [RunRecords.Place]
    /// Rows of the person, ascending.
    let members: [UInt32]
    let master: Master
    /// As it would be if nobody had written into a cell.
    let unsaid: Master
    /// The person in both.
    let index: Int
    let findings: [Finding]
    /// Of the findings.
    let ledger: Ledger
    let lost: LostValues

    /// From what the store has of the records and of the findings about them.
    init(_ person: UInt32, _ own: Set<Int64>, _ state: RunState) throws {
        let found = PersonFound(try state.store.findings(about: own, madeIn: state.run.id), isOrdered: false)
        try self.init(person, own, state.run, state.book, state.standing, found)
    }

    /// - Parameters:
    ///   - own: stored records of the person.
    ///   - found: about these records.
    ///   - exclusions: of the standing, when they are known.
    init(
        _ person: UInt32, _ own: Set<Int64>, _ run: StoredRun, _ book: RuleBook, _ standing: Standing,
        _ found: PersonFound, exclusions: Exclusions? = nil
    ) throws {
        let overrides = standing.overrides.filter { !own.isDisjoint(with: $0.records) }
        let wanted = own.union(found.findings.compactMap(\.other)).union(overrides.flatMap(\.records))
        let stored = try standing.store.records(
            wanted, of: run, profiles: book.sources.map(\.profile), schema: book.schema,
            exclusions: try exclusions ?? standing.exclusions(book))
        let records = RecordNormalizer.normalize(schema: book.schema, sources: stored.tables, threads: 1)
        let rows = stored.rows
        let members = stored.places.indices.filter { own.contains(stored.places[$0].record) }.map { UInt32($0) }
        let findings = Self.findings(found, rows, book.schema)
        let ledger = Ledger(findings, accepting: standing.waivers, in: records)
        let (counting, accepted) = (ledger.standing(findings), ledger.accepted(findings, in: records))
        let assignment = PersonAssignment(
            persons: stored.places.map { own.contains($0.record) ? person : 0 }, new: [], returned: [], merged: [],
            split: [], kept: 0, highest: person)
        let said = overrides.compactMap { override -> CellOverride? in
            let rows = override.records.compactMap { rows[$0].map { UInt32($0) } }.sorted()
            guard !rows.isEmpty, let field = book.schema.index(of: override.field) else { return nil }
            return CellOverride(
                field: field, rows: rows, text: override.text, by: override.by, at: override.at,
                reason: override.reason, event: override.event)
        }
        func settled(_ overrides: [CellOverride]) throws -> Master {
            try Reconciler.master(
                records: records, assignment: assignment, plan: book.survivorship, findings: counting,
                accepted: accepted, overrides: overrides)
        }
        master = try settled(said)
        unsaid = said.isEmpty ? master : try settled([])
        lost = try LostValues(
            records: records, assignment: assignment, plan: book.survivorship, findings: counting, accepted: accepted)
        index = master.personIDs.firstIndex(of: PersonID.text(person)) ?? 0
        self.records = records
        self.places = stored.places
        self.members = members
        self.findings = findings
        self.ledger = ledger
    }

    private static func findings(
        _ found: PersonFound, _ rows: [Int64: Int], _ schema: Schema
    ) -> [Finding] {
        let findings = found.findings.compactMap { one -> Finding? in
            // What no rule settles is found afterwards.
            guard one.check != Conflicts.check, let row = rows[one.record] else { return nil }
            return Finding(
                kind: one.kind, check: one.check, severity: one.severity, row: row,
                field: one.field.flatMap { schema.index(of: $0) }, suggestion: one.suggestion,
                otherRow: one.other.flatMap { rows[$0] }, detail: one.detail)
        }
        if found.isOrdered { return findings }
        // As the validator sorts them, which matters where two of them know a value for one cell.
        return findings.sorted { left, right in
            let (a, b) = (left.field ?? -1, right.field ?? -1)
            if left.row != right.row { return left.row < right.row }
            if a != b { return a < b }
            if left.check != right.check { return left.check < right.check }
            return (left.otherRow ?? -1, left.detail) < (right.otherRow ?? -1, right.detail)
        }
    }

    /// As in `master.csv`.
    var cells: [String] {
        records.schema.fields.indices.map { master.value(index, $0, in: records) }
    }
}
