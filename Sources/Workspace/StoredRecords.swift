import Foundation
import GRDB
package import Records

/// Some stored records as they stand now, made into tables like those of an export, so that a finding can be worded and
/// looked at without reading a million others.
package struct StoredRecords: Sendable {
    /// One per source of the wanted records, in the order of the profiles; records in the order of their keys.
    package let tables: [SourceTable]
    /// Stored record → row of the `RecordTable` that is made of the tables.
    package let rows: [Int64: Int]
}

extension WorkspaceStore {
    /// As the newest exports have them that nobody took back; a record that vanished comes with the cells it had last.
    ///
    /// - Parameters:
    ///   - profiles: of the sources, as the rule book has them; records of others are left out.
    ///   - withLines: say on which line of the export each stood, which takes reading the order of the whole export.
    package func records(
        _ wanted: Set<Int64>, profiles: [SourceProfile], schema: Schema, withLines: Bool = true
    ) throws -> StoredRecords {
        try read { db in
            var tables: [SourceTable] = []
            var rows: [Int64: Int] = [:]
            var start = 0
            let withdrawn = try WithdrawalTable.withdrawn(db)
            let batches = try memory.batches(db)
            for profile in profiles {
                let own = batches.filter { $0.source == profile.name }
                guard let batch = own.last(where: { !withdrawn.contains($0.event) }) else { continue }
                let layouts = Dictionary(own.map { (Int64($0.id), $0.layout) }) { $1 }
                var found: [Picked] = []
                for key in wanted.sorted() where rows[key] == nil {
                    if let record = try Self.record(key, of: batch, layouts, db) { found.append(record) }
                }
                if found.isEmpty { continue }
                let entries = withLines ? try memory.places(of: batch.id, db).find(found.map(\.key)) : []
                let places = Dictionary(entries.map { ($0.entry.record, $0.entry) }) { first, _ in first }
                for (index, record) in found.enumerated() { rows[record.key] = start + index }
                start += found.count
                tables.append(Self.table(found, places, batch, profile, schema))
            }
            return StoredRecords(tables: tables, rows: rows)
        }
    }

    private struct Picked {
        let key: Int64
        let recordID: String
        let holder: Int
        /// Field → the cell as the office wrote it.
        let cells: [String: String]
        let headers: [String: String]
    }

    private static func record(
        _ key: Int64, of batch: Batch, _ layouts: [Int64: RecordLayout], _ db: Database
    ) throws -> Picked? {
        let row = try db.cachedStatement(
            sql: """
                SELECT record_id, occurrence, batch, cells FROM record JOIN record_version ON record_version.record = record.id
                JOIN source ON source.id = record.source
                WHERE record.id = ? AND source.name = ? AND batch <= ? AND cells IS NOT NULL
                ORDER BY batch DESC LIMIT 1
                """
        ).fetchRow([key, batch.source, batch.id])
        guard let row, let layout = layouts[row["batch"]] else { return nil }
        let bytes: [UInt8] = Array(row.bytes("cells"))
        var (cells, headers): ([String: String], [String: String]) = ([:], [:])
        bytes.withUnsafeBufferPointer { bytes in
            guard let parts = RecordCells.decode(bytes, count: layout.columns.count) else { return }
            for (column, part) in zip(layout.columns, parts) {
                cells[column.field] = String(decoding: bytes[part], as: UTF8.self)
                headers[column.field] = column.header
            }
        }
        return Picked(key: key, recordID: row["record_id"], holder: row["occurrence"], cells: cells, headers: headers)
    }

    private static func table(
        _ records: [Picked], _ places: [Int64: RecordOrder.Entry], _ batch: Batch, _ profile: SourceProfile,
        _ schema: Schema
    ) -> SourceTable {
        var ids = TextInterner()
        let recordIDs = records.map { ids.intern($0.recordID) }
        let columns = schema.fields.map { field -> SourceTable.Column? in
            guard let header = records.lazy.compactMap({ $0.headers[field.name] }).first else { return nil }
            var texts = TextInterner()
            let codes = records.map { texts.intern($0.cells[field.name] ?? "") }
            return SourceTable.Column(header: header, codes: codes, values: texts.pool)
        }
        return SourceTable(
            profile: profile, file: batch.file, recordIDs: recordIDs, recordIDPool: ids.pool,
            lines: records.map { UInt32(truncatingIfNeeded: places[$0.key]?.line ?? 0) },
            offsets: records.map { UInt64(bitPattern: places[$0.key]?.offset ?? 0) }, columns: columns,
            holders: SourceTable.holders(records.map(\.holder)))
    }
}

extension Statement {
    fileprivate func fetchRow(_ arguments: StatementArguments) throws -> Row? {
        try Row.fetchOne(self, arguments: arguments)
    }
}

extension Row {
    fileprivate func bytes(_ column: String) -> [UInt8] {
        let data: Data? = self[column]
        return data.map { Array($0) } ?? []
    }
}
