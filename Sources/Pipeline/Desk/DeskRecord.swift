import Importers
import Matching
package import Records
import Rules
import Workspace

/// A record as the desk shows it.
package struct DeskRecord: Sendable, Hashable {
    package struct Cell: Sendable, Hashable {
        package let field: String
        package let kind: FieldKind
        /// As the office wrote it.
        package let raw: String
        /// As it is compared; empty when it says nothing.
        package let value: String
        package let isWellFormed: Bool
    }

    /// As the store knows it.
    package let record: Int64
    package let key: RecordKey
    /// The person it stands for; empty where no run has said so.
    package let person: String
    /// In the order of the rule book.
    package let cells: [Cell]

    /// Its name, as far as it has one.
    package var name: String {
        let names = cells.filter { [.personName, .givenName, .surname].contains($0.kind) && !$0.raw.isEmpty }
        return names.map(\.raw).joined(separator: " ")
    }
}

/// A few records by their numbers, with their cells.
struct DeskRecords {
    /// In the order of the table.
    let table: RecordTable
    /// Stored record → row.
    let rows: [Int64: Int]
    private let persons: [Int64: UInt32]

    /// - Throws: as the reading of a store.
    init(_ wanted: Set<Int64>, _ session: ReviewSession, _ desk: DeskRun) throws {
        let book = desk.book
        let stored = try session.store.records(
            wanted, profiles: book.sources.map(\.profile), schema: book.schema, withLines: false)
        table = RecordNormalizer.normalize(schema: book.schema, sources: stored.tables, threads: 1)
        rows = stored.rows
        persons = Dictionary(uniqueKeysWithValues: try wanted.map { ($0, try session.store.person(of: $0)) })
    }

    subscript(record: Int64) -> DeskRecord? {
        guard let row = rows[record] else { return nil }
        let person = persons[record] ?? 0
        return DeskRecord(
            record: record, key: table.key(row), person: person == 0 ? "" : PersonID.text(person),
            cells: table.schema.fields.enumerated().map { index, field in
                DeskRecord.Cell(
                    field: field.name, kind: field.kind, raw: table.raw(row, index), value: table.value(row, index),
                    isWellFormed: table.isWellFormed(row, index))
            })
    }
}
