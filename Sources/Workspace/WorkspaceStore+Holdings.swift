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
        case decision, waiver, restriction
    }

    package let kind: Kind
    /// `same`, `waive`, `restrict`, …
    package let word: String
    package let by: String
    package let at: String
    package let reason: String
    /// Decision: the other record. Waiver: its finding.
    package let other: RecordKey?
    package let finding: UInt64?
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

    /// Decisions, waivers and restrictions that concern the records, in the order they were stored.
    package func words(about records: [SubjectRecord]) throws -> [StoredWord] {
        try read { db in
            var words: [StoredWord] = []
            let keys = Set(records.map(\.key))
            let holders = try IDHolders(db)
            for row in try db.rows(sql: "SELECT * FROM decision ORDER BY id") {
                let decision = try DecisionTable.decision(row, holders)
                let (a, b) = (decision.a, decision.b)
                guard keys.contains(a) || keys.contains(b) else { continue }
                words.append(
                    StoredWord(
                        kind: .decision, word: row["verdict"], by: row["by"], at: row["at"], reason: row["reason"],
                        other: keys.contains(a) ? b : a, finding: nil))
            }
            let list = try JSON.text(records.map(\.id))
            let waivers = try db.rows(
                sql: """
                    SELECT waiver.* FROM waiver JOIN finding ON finding.id = waiver.finding
                    WHERE record IN (SELECT value FROM json_each(:list))
                        OR other_record IN (SELECT value FROM json_each(:list)) ORDER BY waiver.id
                    """, arguments: ["list": list])
            words += waivers.map {
                StoredWord(
                    kind: .waiver, word: $0["word"], by: $0["by"], at: $0["at"], reason: $0["reason"], other: nil,
                    finding: UInt64(bitPattern: $0["finding"]))
            }
            let restrictions = try db.rows(
                sql: "SELECT * FROM restriction WHERE record IN (SELECT value FROM json_each(?)) ORDER BY id",
                arguments: [list])
            words += restrictions.map {
                StoredWord(
                    kind: .restriction, word: $0["word"], by: $0["by"], at: $0["at"], reason: $0["reason"], other: nil,
                    finding: nil)
            }
            return words
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
