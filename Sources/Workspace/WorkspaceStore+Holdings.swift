import Foundation
import GRDB
package import Records

/// One version of a record as it came.
package struct StoredVersion: Sendable {
    package enum State: Sendable {
        case held
        /// The record was no longer in the export.
        case vanished
        /// Its cells were erased, or their time was over.
        case removed
    }

    package let batch: Batch
    package let state: State
    /// 0 where it is not known.
    package let line: Int
    /// As the office wrote them; empty ones are left out.
    package let cells: [(field: String, header: String, text: String)]
}

/// What people said that concerns a record.
package struct StoredWord: Sendable {
    package enum Kind: String, Sendable {
        case decision, waiver, restriction, override, opinion, withdrawal, approval
    }

    package let kind: Kind
    /// `same`, `waive`, `restrict`, the field that was written into, `granted`, …
    package let word: String
    package let by: String
    package let at: String
    package let reason: String
    /// Decision: the other record. Waiver: its finding.
    package let other: RecordKey?
    package let finding: UInt64?
    /// Override: the value. Withdrawal, approval: `event 12`, what they are of.
    package let note: String
    /// Records of whoever else the reason may speak of.
    package let others: Set<RecordKey>

    fileprivate init(
        _ kind: Kind, _ word: String, by: String, at: String, reason: String, other: RecordKey? = nil,
        finding: UInt64? = nil, note: String = "", others: Set<RecordKey> = []
    ) {
        (self.kind, self.word, self.by, self.at, self.reason) = (kind, word, by, at, reason)
        (self.other, self.finding, self.note) = (other, finding, note)
        self.others = others.union(other.map { [$0] } ?? [])
    }
}

extension WorkspaceStore {
    /// In the order they came.
    package func versions(of record: SubjectRecord) throws -> [StoredVersion] {
        try read { db in
            let batches = Dictionary(
                try BatchTable.all(db, source: record.source).map { (Int64($0.id), $0) }
            ) { first, _ in first }
            return try db.rows(
                sql: "SELECT batch, cells, digest FROM record_version WHERE record = ? ORDER BY id",
                arguments: [record.id]
            ).compactMap { row in
                guard let batch = batches[row["batch"]] else { return nil }
                let (cells, digest): (Data?, Data?) = (row["cells"], row["digest"])
                let entry = RecordOrder.decode(try BatchTable.order(of: batch.id, db))?.first { $0.record == record.id }
                return StoredVersion(
                    batch: batch, state: cells != nil ? .held : digest == nil ? .vanished : .removed,
                    line: Int(entry?.line ?? 0), cells: cells.map { Self.cells(Array($0), batch.layout) } ?? [])
            }
        }
    }

    /// The cells of stored records as the newest exports have them that nobody took back, as the office wrote them; empty
    /// ones are left out. A record that vanished comes with the cells it had last.
    package func newestCells(of records: [Int64]) throws -> [[(field: String, text: String)]] {
        try read { db in
            let newest = try BatchTable.newest(db)
            return try records.map { record -> [(field: String, text: String)] in
                let row = try db.row(
                    sql: """
                        SELECT cells, columns FROM record_version AS version JOIN batch ON batch.id = version.batch
                        JOIN layout ON layout.id = batch.layout
                        WHERE record = ?1 AND cells IS NOT NULL AND batch <= (SELECT max(value) FROM json_each(?2)
                            WHERE key = (SELECT name FROM source JOIN record ON record.source = source.id
                                WHERE record.id = ?1))
                        ORDER BY version.id DESC LIMIT 1
                        """, arguments: [record, newest])
                guard let row else { return [] }
                let cells: Data = row["cells"]
                return Self.cells(Array(cells), RecordLayout(text: row["columns"])).map { ($0.field, $0.text) }
            }
        }
    }

    private static func cells(
        _ bytes: [UInt8], _ layout: RecordLayout
    ) -> [(field: String, header: String, text: String)] {
        bytes.withUnsafeBufferPointer { bytes in
            guard let ranges = RecordCells.decode(bytes, count: layout.columns.count) else { return [] }
            return zip(layout.columns, ranges).filter { !$1.isEmpty }.map { column, range in
                (column.field, column.header, String(decoding: bytes[range], as: UTF8.self))
            }
        }
    }

    /// Findings about the records, or that point to them.
    package func findings(about records: [SubjectRecord], on day: String) throws -> [StoredFinding] {
        let ids = try read { db in
            try db.values(
                Int64.self,
                sql: """
                    WITH wanted AS (SELECT value AS record FROM json_each(?))
                    SELECT id FROM finding WHERE record IN (SELECT record FROM wanted)
                        OR other_record IN (SELECT record FROM wanted) ORDER BY id
                    """, arguments: [try JSON.text(records.map(\.id))])
        }
        return try ids.flatMap { id in
            try findings(ids: UInt64(bitPattern: id)...UInt64(bitPattern: id), on: day, limit: 1)
        }
    }

    /// All that people said that concerns the records, and what was said of these words; each kind in the order it was stored.
    package func words(about records: [SubjectRecord]) throws -> [StoredWord] {
        let (keys, list) = (Set(records.map(\.key)), try JSON.text(records.map(\.id)))
        var events: [Int: Set<RecordKey>] = [:]
        let words = try read { db in
            try Self.decisions(on: keys, &events, db) + Self.waivers(list, &events, db)
                + Self.restrictions(list, &events, db) + Self.overrides(list, &events, db)
        }
        let opinions = try opinions(on: Set(records.map(\.id)), &events)
        return try words + opinions + read { try Self.answers(to: &events, $0) }
    }

    /// - Parameter events: those that said it, with the others that each is of.
    private static func decisions(
        on keys: Set<RecordKey>, _ events: inout [Int: Set<RecordKey>], _ db: Database
    ) throws -> [StoredWord] {
        let holders = try IDHolders(db)
        var words: [StoredWord] = []
        for row in try db.rows(sql: "SELECT * FROM decision ORDER BY id") {
            let decision = try DecisionTable.decision(row, holders)
            guard keys.contains(decision.a) || keys.contains(decision.b) else { continue }
            let other = keys.contains(decision.a) ? decision.b : decision.a
            events[row["event"], default: []].insert(other)
            words.append(
                StoredWord(
                    .decision, row["verdict"], by: decision.by, at: decision.at, reason: decision.reason, other: other))
        }
        return words
    }

    private static func waivers(
        _ list: String, _ events: inout [Int: Set<RecordKey>], _ db: Database
    ) throws -> [StoredWord] {
        try db.rows(
            sql: """
                SELECT waiver.* FROM waiver JOIN finding ON finding.id = waiver.finding
                WHERE record IN (SELECT value FROM json_each(:list))
                    OR other_record IN (SELECT value FROM json_each(:list)) ORDER BY waiver.id
                """, arguments: ["list": list]
        ).map { row in
            events[row["event"], default: []].formUnion([])
            return StoredWord(
                .waiver, row["word"], by: row["by"], at: row["at"], reason: row["reason"],
                finding: UInt64(bitPattern: row["finding"]))
        }
    }

    private static func restrictions(
        _ list: String, _ events: inout [Int: Set<RecordKey>], _ db: Database
    ) throws -> [StoredWord] {
        try db.rows(
            sql: "SELECT * FROM restriction WHERE record IN (SELECT value FROM json_each(?)) ORDER BY id",
            arguments: [list]
        ).map { row in
            events[row["event"], default: []].formUnion([])
            return StoredWord(.restriction, row["word"], by: row["by"], at: row["at"], reason: row["reason"])
        }
    }

    private static func overrides(
        _ list: String, _ events: inout [Int: Set<RecordKey>], _ db: Database
    ) throws -> [StoredWord] {
        try db.rows(
            sql: """
                SELECT * FROM cell_override WHERE id IN (
                    SELECT override FROM cell_override_record WHERE record IN (SELECT value FROM json_each(?)))
                ORDER BY id
                """, arguments: [list]
        ).map { row in
            events[row["event"], default: []].formUnion([])
            return StoredWord(
                .override, row["field"], by: row["by"], at: row["at"], reason: row["reason"], note: row["text"])
        }
    }

    private func opinions(
        on records: Set<Int64>, _ events: inout [Int: Set<RecordKey>]
    ) throws -> [StoredWord] {
        let given = try opinions().filter { records.contains($0.a) || records.contains($0.b) }
        let names = try names(of: Set(given.flatMap { [$0.a, $0.b] }))
        return given.map { opinion in
            let other = names[records.contains(opinion.a) ? opinion.b : opinion.a]
            events[opinion.event] = other.map { [$0] } ?? []
            return StoredWord(
                .opinion, opinion.verdict.rawValue, by: opinion.by, at: opinion.at, reason: "", other: other)
        }
    }

    /// What takes words back, and what a second person said of them.
    private static func answers(
        to events: inout [Int: Set<RecordKey>], _ db: Database
    ) throws -> [StoredWord] {
        var words: [StoredWord] = []
        for row in try db.rows(sql: "SELECT * FROM withdrawal ORDER BY event") {
            guard let others = events[row["target"]] else { continue }
            events[row["event"]] = others
            words.append(
                StoredWord(
                    .withdrawal, "withdrawn", by: row["by"], at: row["at"], reason: row["reason"],
                    note: "event \(row["target"] as Int)", others: others))
        }
        for row in try db.rows(sql: "SELECT * FROM approval ORDER BY event") {
            guard let others = events[row["target"]] else { continue }
            words.append(
                StoredWord(
                    .approval, row["verdict"], by: row["by"], at: row["at"], reason: row["reason"],
                    note: "event \(row["target"] as Int)", others: others))
        }
        return words
    }

    /// Which persons the records stood for from which run on.
    package func personsOverTime(of records: [SubjectRecord]) throws -> [(record: Int64, run: Int, person: UInt32)] {
        try read { db in
            try db.rows(
                sql: """
                    SELECT record, run, person FROM membership
                    WHERE record IN (SELECT value FROM json_each(?)) ORDER BY record, run
                    """, arguments: [try JSON.text(records.map(\.id))]
            ).map { ($0["record"], $0["run"], UInt32(truncatingIfNeeded: $0["person"] as Int64)) }
        }
    }

    /// Retired numbers whose records this person has now, ascending.
    package func formerNumbers(of person: UInt32) throws -> [UInt32] {
        try aliases().filter { $0.value == person }.keys.sorted()
    }

    /// Runs that worked on exports which had, or may have had, one of the records, ascending.
    package func runs(since records: [SubjectRecord]) throws -> [StoredRun] {
        let ids = try read { db in
            try db.values(
                Int.self,
                sql: """
                    SELECT DISTINCT run FROM run_batch WHERE batch >= (
                        SELECT min(batch) FROM record_version WHERE record IN (SELECT value FROM json_each(?)))
                    """, arguments: [try JSON.text(records.map(\.id))])
        }
        return try runs(nil).filter { ids.contains($0.id) }
    }

    /// Values by which somebody could be known of a record, to take them out of what is shown to another: its id, and the
    /// texts of all its versions with at least three letters.
    package func tellingTexts(of key: RecordKey) throws -> [String] {
        let found = try read { db in
            try Self.records(
                "source.name = ? AND record_id = ? AND occurrence = ?", [key.source, key.recordID, key.holder], db)
        }
        let cells = try found.flatMap { try versions(of: $0) }.flatMap(\.cells).map(\.text)
        return Set(([key.recordID] + cells).filter { $0.unicodeScalars.count > 1 }).sorted {
            ($1.count, $0) < ($0.count, $1)
        }
    }
}
