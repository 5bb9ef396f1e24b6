import Foundation
import GRDB
package import Records

/// Record ids that an office gave to several records of one export, called `N005` and `N005#2` after their order. The order may
/// be another one next time: a record that is as it was keeps the name it had.
package struct SharedIDs: Sendable {
    /// Row → its name, where that is not the one that its place gives it.
    package private(set) var renamed: [Int: String] = [:]

    private struct Group {
        /// In the order of the export.
        var rows: [(row: Int, id: String)] = []
        /// What the workspace has under these names, as the export in force has it.
        var cells: [String: [UInt8]] = [:]
    }

    /// - Parameter before: the export in force.
    init(_ table: SourceTable, before: Batch, schema: Schema, _ db: Database) throws {
        var groups: [String: Group] = [:]
        let known = try String.fetchAll(
            db,
            sql: """
                SELECT record_id FROM record JOIN source ON source.id = record.source
                WHERE source.name = ? AND instr(record_id, '#') > 0
                """, arguments: [table.source])
        let marked = table.recordIDPool.bytes.contains(0x23) ? Self.marked(table.recordIDPool) : []
        for base in (known + marked).compactMap(Self.base) { groups[base] = Group() }
        if groups.isEmpty { return }
        for (row, code) in table.recordIDs.enumerated() {
            let id = table.recordIDPool[code]
            let base = groups[id] == nil ? Self.base(id) ?? id : id
            groups[base]?.rows.append((row, id))
        }
        let layout = RecordLayout(table, schema).digest
        let names = Dictionary(grouping: known) { Self.base($0) ?? $0 }
        try VersionWriter.with(table, layout: layout) { writer in
            for (base, group) in groups where !group.rows.isEmpty {
                var group = group
                for id in Set([base] + (names[base] ?? []) + group.rows.map(\.id)) {
                    group.cells[id] = try Self.cells(id, table.source, before, layout, db)
                }
                let cells = group.rows.map { row in
                    writer.write(row.row)
                    return [UInt8](writer.cells)
                }
                for (row, id) in Self.names(group, cells) where id != group.rows[row].id {
                    renamed[group.rows[row].row] = id
                }
            }
        }
    }

    /// - Parameter cells: of its rows.
    private static func names(_ group: Group, _ cells: [[UInt8]]) -> [Int: String] {
        var names: [Int: String] = [:]
        var taken: Set<String> = []
        func give(_ id: String, to place: Int) {
            names[place] = id
            taken.insert(id)
        }
        for (place, row) in group.rows.enumerated() where group.cells[row.id] == cells[place] {
            give(row.id, to: place)
        }
        let known = group.cells.keys.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        for place in group.rows.indices where names[place] == nil {
            let id = known.first { !taken.contains($0) && group.cells[$0] == cells[place] }
            if let id { give(id, to: place) }
        }
        for place in group.rows.indices where names[place] == nil {
            let own = group.rows[place].id
            let free = taken.contains(own) ? group.rows.map(\.id).first { !taken.contains($0) } : own
            if let free { give(free, to: place) }
        }
        return names
    }

    /// `N005` of `N005#2`.
    private static func base(_ id: String) -> String? {
        guard let mark = id.lastIndex(of: "#"), mark > id.startIndex else { return nil }
        let number = id[id.index(after: mark)...]
        return !number.isEmpty && number.allSatisfy { $0.isASCII && $0.isNumber } ? String(id[..<mark]) : nil
    }

    private static func marked(_ pool: TextPool) -> [String] {
        (0..<UInt32(pool.count)).filter { code in pool.withUTF8(code) { $0.contains(0x23) } }.map { pool[$0] }
    }

    private static func cells(
        _ id: String, _ source: String, _ before: Batch, _ layout: [UInt8], _ db: Database
    ) throws -> [UInt8]? {
        let row = try db.row(
            sql: """
                SELECT cells, layout.digest FROM source JOIN record ON record.source = source.id
                JOIN record_version AS version ON version.record = record.id
                JOIN batch ON batch.id = version.batch JOIN layout ON layout.id = batch.layout
                WHERE source.name = ? AND record_id = ? AND version.batch <= ? AND version.digest IS NOT NULL
                ORDER BY version.id DESC LIMIT 1
                """, arguments: [source, id, before.id])
        guard let row, let cells: Data = row["cells"], let digest: Data = row["digest"], Array(digest) == layout else {
            return nil
        }
        return Array(cells)
    }
}

extension WorkspaceStore {
    /// - Parameter before: the export in force.
    package func sharedIDs(of table: SourceTable, before: Batch, schema: Schema) throws -> SharedIDs {
        try read { try SharedIDs(table, before: before, schema: schema, $0) }
    }
}
