import Foundation
import GRDB
package import Records

/// Some stored records as a run saw them: the tables of its exports with these rows alone, in their order, so that what the
/// run found of them can be worked out without the others.
package struct RunRecords: Sendable {
    /// One record of an export.
    package struct Place: Sendable, Hashable {
        /// As the store knows it.
        package let record: Int64
        package let key: RecordKey
        package let batch: Batch
        /// From 1.
        package let line: Int
        /// From 0.
        package let byteOffset: UInt64
        /// From 1, among the records of the export.
        package let ordinal: Int
        /// The export that first brought the record as it is.
        package let since: Batch
    }

    /// One per export of the run, empty ones too, in the order of the profiles.
    package let tables: [SourceTable]
    /// One per row of the tables.
    package let places: [Place]

    /// Stored record → row.
    package var rows: [Int64: Int] {
        Dictionary(places.enumerated().map { ($1.record, $0) }) { first, _ in first }
    }
}

extension WorkspaceStore {
    /// Those of the records that the run had.
    ///
    /// - Parameters:
    ///   - profiles: of the run's sources, as its rule book has them.
    ///   - exclusions: of the run; records that it left out are left out.
    package func records(
        _ wanted: Set<Int64>, of run: StoredRun, profiles: [SourceProfile], schema: Schema, exclusions: Exclusions
    ) throws -> RunRecords {
        try read { db in
            let batches = try memory.batches(db)
            var exports: [RunExport] = []
            for profile in profiles {
                guard let batch = batches.last(where: { $0.source == profile.name && run.batches.contains($0.id) })
                else { continue }
                exports.append(try RunExport(batch, profile, wanted, batches, memory, db))
            }
            let left = exclusions.apply(to: exports.map { $0.table(schema) }, schema: schema).keys
            if !left.isEmpty {
                exports = exports.map { $0.without(left) }
            }
            return RunRecords(
                tables: exports.map { $0.table(schema) }, places: exports.flatMap { $0.picked.map(\.place) })
        }
    }

    /// Records that stood for a person after a run, whether or not the run had them.
    package func records(ofPerson person: UInt32, after run: Int) throws -> [Int64] {
        try read { db in
            try db.values(
                Int64.self,
                sql: """
                    SELECT record FROM membership AS member WHERE person = ?1 AND run =
                        (SELECT max(run) FROM membership WHERE record = member.record AND run <= ?2)
                    ORDER BY record
                    """, arguments: [Int64(person), run])
        }
    }

    /// How a number came to be out of use as of a run, step by step to the one that has its records; empty when it is in use.
    package func retirements(of person: UInt32, after run: Int) throws -> [(person: UInt32, run: Int, into: UInt32)] {
        try read { db in
            var steps: [(person: UInt32, run: Int, into: UInt32)] = []
            var (person, seen) = (person, Set([person]))
            while let row = try db.row(
                sql: """
                    SELECT run, into_person FROM person_alias WHERE person = ? AND run <= ? ORDER BY run DESC LIMIT 1
                    """, arguments: [Int64(person), run])
            {
                guard let number: Int64 = row["into_person"] else { break }
                let into = UInt32(truncatingIfNeeded: number)
                // A circle has no end: `verify` reports it.
                guard seen.insert(into).inserted else { break }
                steps.append((person, row["run"], into))
                person = into
            }
            return steps
        }
    }

    /// The highest number ever given out, those included that only a replaced database had.
    package func highestPerson() throws -> UInt32 {
        try read(PersonTables.highest)
    }

    /// The highest number given out up to a run.
    package func highestPerson(after run: Int) throws -> UInt32 {
        try read { db in
            let number = try db.value(
                Int64.self, sql: "SELECT max(number) FROM person WHERE run <= ?", arguments: [run])
            return UInt32(truncatingIfNeeded: number ?? 0)
        }
    }

    /// A finding about a record, as the store has it now.
    package struct RecordFinding: Sendable {
        package let kind: Finding.Kind
        package let check: String
        package let severity: Severity
        package let record: Int64
        package let other: Int64?
        package let field: String?
        package let suggestion: String
        package let detail: String

        package init(
            kind: Finding.Kind, check: String, severity: Severity, record: Int64, other: Int64?, field: String?,
            suggestion: String, detail: String
        ) {
            self.kind = kind
            self.check = check
            self.severity = severity
            self.record = record
            self.other = other
            self.field = field
            self.suggestion = suggestion
            self.detail = detail
        }
    }

    /// What a run found about the records, by its latest wording.
    package func findings(about records: Set<Int64>, madeIn run: Int) throws -> [RecordFinding] {
        try read { db in
            try db.rows(
                sql: """
                    SELECT kind, "check", severity, record, other_record, field, suggestion, detail FROM finding
                    WHERE record IN (SELECT value FROM json_each(?1)) AND run <= ?2
                        AND coalesce((SELECT change FROM finding_change WHERE finding = finding.id AND run <= ?2
                            ORDER BY run DESC LIMIT 1), 'returned') = 'returned'
                    ORDER BY id
                    """, arguments: [try JSON.text(records.sorted()), run]
            ).map(Self.recordFinding)
        }
    }

    static func recordFinding(_ row: Row) -> RecordFinding {
        RecordFinding(
            kind: Finding.Kind(rawValue: row["kind"]) ?? .error, check: row["check"],
            severity: Severity(rawValue: row["severity"]) ?? .info, record: row["record"],
            other: row["other_record"], field: row["field"], suggestion: row["suggestion"],
            detail: row["detail"])
    }

    /// Whether another record of the same source has the id of one of these: what is found of the two has one name.
    package func haveNamesakes(_ records: Set<Int64>) throws -> Bool {
        try read { db in
            try db.value(
                Bool.self,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM record AS a JOIN record AS b
                        ON b.source = a.source AND b.record_id = a.record_id AND b.id <> a.id
                    WHERE a.id IN (SELECT value FROM json_each(?)))
                    """, arguments: [try JSON.text(records.sorted())]) ?? false
        }
    }

    /// Events of what people said of pairs of these records, of each pair and verdict the latest; taken back or not.
    package func decisionEvents(among keys: Set<RecordKey>, at moment: Moment) throws -> [Decision: Int] {
        try read { db in
            let withdrawn = try WithdrawalTable.withdrawn(at: moment, db)
            let ids = try JSON.text(Set(keys.map(\.recordID)).sorted())
            var events: [Decision: Int] = [:]
            for row in try db.rows(
                sql: """
                    SELECT * FROM decision WHERE event <= ?1 AND a_record IN (SELECT value FROM json_each(?2))
                        AND b_record IN (SELECT value FROM json_each(?2)) ORDER BY id
                    """, arguments: [moment.after ?? .max, ids])
            where !withdrawn.contains(row["event"]) {
                let decision = Decision(
                    RecordKey(source: row["a_source"], recordID: row["a_record"]),
                    RecordKey(source: row["b_source"], recordID: row["b_record"]),
                    Decision.Verdict(rawValue: row["verdict"]) ?? .unsure, by: row["by"], reason: row["reason"],
                    at: row["at"])
                if keys.contains(decision.a), keys.contains(decision.b) { events[decision] = row["event"] }
            }
            return events
        }
    }
}

/// What is wanted of one export of a run.
private struct RunExport {
    struct Picked {
        let place: RunRecords.Place
        /// Parallel to the columns of the batch's layout.
        let cells: [String]
    }

    let batch: Batch
    let profile: SourceProfile
    private(set) var picked: [Picked] = []

    init(
        _ batch: Batch, _ profile: SourceProfile, _ wanted: Set<Int64>, _ batches: [Batch], _ memory: StoreMemory,
        _ db: Database
    ) throws {
        self.batch = batch
        self.profile = profile
        let names = try db.rows(
            sql: """
                -- CROSS: the few records first, not all of the source.
                SELECT record.id, record_id FROM json_each(?) AS wanted CROSS JOIN record ON record.id = wanted.value
                    JOIN source ON source.id = record.source
                WHERE source.name = ?
                """, arguments: [try JSON.text(wanted.sorted()), batch.source])
        if names.isEmpty { return }
        let recordIDs = Dictionary(names.map { ($0["id"] as Int64, $0["record_id"] as String) }) { first, _ in first }
        for (index, entry) in try memory.places(of: batch.id, db).find(recordIDs.keys) {
            guard let recordID = recordIDs[entry.record],
                let version = try db.row(
                    sql: """
                        SELECT batch, cells FROM record_version WHERE record = ? AND batch <= ?
                        ORDER BY batch DESC LIMIT 1
                        """, arguments: [entry.record, batch.id]),
                let data: Data = version["cells"],
                let cells = Self.cells(Array(data), count: batch.layout.columns.count)
            else { continue }
            let brought: Int = version["batch"]
            let place = RunRecords.Place(
                record: entry.record, key: RecordKey(source: batch.source, recordID: recordID), batch: batch,
                line: Int(entry.line), byteOffset: UInt64(bitPattern: entry.offset), ordinal: index + 1,
                since: batches.first { $0.id == brought } ?? batch)
            picked.append(Picked(place: place, cells: cells))
        }
    }

    private static func cells(_ bytes: [UInt8], count: Int) -> [String]? {
        bytes.withUnsafeBufferPointer { bytes in
            RecordCells.decode(bytes, count: count)?.map { String(decoding: bytes[$0], as: UTF8.self) }
        }
    }

    func without(_ keys: Set<RecordKey>) -> RunExport {
        var export = self
        export.picked.removeAll { keys.contains($0.place.key) }
        return export
    }

    func table(_ schema: Schema) -> SourceTable {
        var ids = TextInterner()
        let recordIDs = picked.map { ids.intern($0.place.key.recordID) }
        let columns = schema.fields.map { field -> SourceTable.Column? in
            guard let index = batch.layout.columns.firstIndex(where: { $0.field == field.name }) else { return nil }
            var texts = TextInterner()
            let codes = picked.map { texts.intern($0.cells[index]) }
            return SourceTable.Column(
                header: batch.layout.columns[index].header, codes: codes, values: texts.pool)
        }
        return SourceTable(
            profile: profile, file: batch.file, recordIDs: recordIDs, recordIDPool: ids.pool,
            lines: picked.map { UInt32(truncatingIfNeeded: $0.place.line) },
            offsets: picked.map(\.place.byteOffset), columns: columns)
    }
}
