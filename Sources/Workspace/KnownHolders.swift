import Foundation
import GRDB
package import Records

/// What the workspace has under the ids of an export that came: where an id is not held as it was, who had it.
package struct KnownHolders: Sendable {
    /// Somebody whose record it may be.
    package struct Candidate: Sendable, Hashable {
        /// Of the export.
        package let row: Int
        /// Which holder of the id.
        package let number: Int
        /// The number of its latest holder so far.
        package let latest: Int
    }

    /// Rows that are of a later holder than the first, and as he had them.
    package fileprivate(set) var settled: [Int: Int] = [:]
    /// Row by row: first who has the id by the export before, then the others from the latest on.
    package let candidates: [Candidate]
    /// What each candidate had under the id last, one row each.
    package let cells: SourceTable

    /// - Parameters:
    ///   - before: the export in force.
    ///   - register: of the export's source.
    ///   - fields: those that are wanted.
    init(
        _ table: SourceTable, before: Batch, _ register: RecordRegister, schema: Schema, fields: Set<Int>,
        _ db: Database
    ) throws {
        var register = register
        let rows = register.rows(of: table)
        let held = try Self.held(table, before: before, schema, register, rows, db)
        var positions: [Int: [Int]] = [:]
        var (settled, candidates, versions): ([Int: Int], [Candidate], [Int64]) = ([:], [], [])
        for position in rows.indices where rows[position] >= 0 {
            // One holder, with the cells he had: nearly always.
            let isPlain = register.holder(at: position) == 0 && held[position].isEqual
            if !isPlain || register.hasSeveral(at: position) { positions[rows[position], default: []].append(position) }
        }
        for (row, positions) in positions.sorted(by: { $0.key < $1.key }) {
            let ordered = positions.sorted { held[$0].rank(before.id) > held[$1].rank(before.id) }
            guard let current = ordered.first else { continue }
            let number = register.holder(at: current)
            if held[current].isEqual || held[current].version == 0 || RecordKey.isPlace(register.recordID(at: current))
            {
                if number > 0 { settled[row] = number }
                continue
            }
            let latest = positions.map { register.holder(at: $0) }.max() ?? 0
            for position in ordered where held[position].version != 0 {
                candidates.append(Candidate(row: row, number: register.holder(at: position), latest: latest))
                versions.append(held[position].version)
            }
        }
        self.settled = settled
        self.candidates = candidates
        cells = try Self.cells(versions, like: table, schema, fields, db)
    }

    /// The last version of a record that has cells.
    private struct Held {
        var batch = 0
        var version: Int64 = 0
        /// Of the cells that the export has under its id.
        var isEqual = false

        /// What counts first: what exports up to the one in force brought, and of that the latest.
        func rank(_ before: Int) -> (Int, Int) { batch > 0 && batch <= before ? (1, batch) : (0, batch) }
    }

    /// One per record of the register.
    private static func held(
        _ table: SourceTable, before: Batch, _ schema: Schema, _ register: RecordRegister, _ rows: [Int],
        _ db: Database
    ) throws -> [Held] {
        var held = [Held](repeating: Held(), count: rows.count)
        let layout = RecordLayout(table, schema).digest
        let layouts = Dictionary(
            try BatchTable.all(db, source: table.source).map { (Int64($0.id), $0.layout.digest) }
        ) { first, _ in first }
        try VersionWriter.with(table, layout: layout) { writer in
            try BulkQuery(
                db,
                """
                SELECT record, batch, version.id, cells FROM record_version AS version
                WHERE batch IN (SELECT batch.id FROM batch JOIN source ON source.id = batch.source WHERE source.name = ?)
                    AND digest IS NOT NULL ORDER BY version.id
                """, [table.source]
            ).eachRow { row in
                guard let position = register.position(of: row.integer(0)), rows[position] >= 0 else { return }
                let batch = Int(row.integer(1))
                if batch > before.id, held[position].batch > 0, held[position].batch <= before.id { return }
                let isGone = row.isNull(3)
                var isEqual = false
                if !isGone, layouts[row.integer(1)] == layout {
                    writer.write(rows[position])
                    isEqual = Self.holdSame(writer.cells, UnsafeRawBufferPointer(row.bytes(3)))
                }
                held[position] = Held(batch: batch, version: isGone ? 0 : row.integer(2), isEqual: isEqual)
            }
        }
        return held
    }

    private static func holdSame(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count, let from = left.baseAddress, let to = right.baseAddress else {
            return left.isEmpty && right.isEmpty
        }
        return memcmp(from, to, left.count) == 0
    }

    private static func cells(
        _ versions: [Int64], like table: SourceTable, _ schema: Schema, _ fields: Set<Int>, _ db: Database
    ) throws -> SourceTable {
        let layouts = Dictionary(
            try BatchTable.all(db, source: table.source).map { (Int64($0.id), $0.layout) }
        ) { first, _ in first }
        var columns = schema.fields.map { _ in (texts: TextInterner(), codes: [UInt32]()) }
        let statement = try db.cachedStatement(sql: "SELECT batch, cells FROM record_version WHERE id = ?")
        for version in versions {
            let row = try Row.fetchOne(statement, arguments: [version])
            let cells: [UInt8] = (row?["cells"] as Data?).map { Array($0) } ?? []
            let layout = (row?["batch"] as Int64?).flatMap { layouts[$0] }
            let texts = layout.map { RecordCells.texts(cells, $0) } ?? [:]
            for field in fields {
                columns[field].codes.append(columns[field].texts.intern(texts[schema.fields[field].name] ?? ""))
            }
        }
        return SourceTable(
            profile: table.profile, file: table.file, recordIDs: versions.map { _ in 0 }, recordIDPool: TextPool(),
            lines: versions.map { _ in 0 }, offsets: versions.map { _ in 0 },
            columns: schema.fields.indices.map { field in
                fields.contains(field)
                    ? SourceTable.Column(
                        header: schema.fields[field].name, codes: columns[field].codes,
                        values: columns[field].texts.pool) : nil
            })
    }
}

extension WorkspaceStore {
    /// The export with the holders that the records of these ids are of in a stored one.
    package func held(_ table: SourceTable, by batch: Batch) throws -> SourceTable {
        let later = try read { db in
            try db.rows(
                sql: """
                    SELECT record.id, record_id, occurrence FROM record JOIN source ON source.id = record.source
                    WHERE occurrence > 0 AND source.name = ?
                    """, arguments: [batch.source])
        }
        if later.isEmpty { return table }
        let inForce = Set(try read { RecordOrder.decode(try BatchTable.order(of: batch.id, $0)) ?? [] }.map(\.record))
        let holders: [String: Int] = Dictionary(
            later.filter { inForce.contains($0["id"]) }.map { ($0["record_id"], $0["occurrence"]) }
        ) { first, _ in first }
        return table.held(by: SourceTable.holders(table.recordIDs.map { holders[table.recordIDPool[$0]] ?? 0 }))
    }

    /// - Parameters:
    ///   - before: the export in force.
    ///   - register: of the export's source.
    ///   - fields: of the schema, those that tell one person from another.
    package func knownHolders(
        of table: SourceTable, before: Batch, _ register: RecordRegister, schema: Schema, fields: Set<Int>
    ) throws -> KnownHolders {
        try read { try KnownHolders(table, before: before, register, schema: schema, fields: fields, $0) }
    }

    /// The records that are known of a source.
    package func register(ofSource source: String) throws -> RecordRegister {
        try read { try RecordTables.register(ofSource: source, $0) }
    }
}
