import FuzzyText
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
    /// Where it lies: beginning with one of an account's areas, it is of that account; empty where nobody knows.
    package let area: String
    /// In the order of the rule book.
    package let cells: [Cell]

    /// Its name, as far as it has one.
    package var name: String {
        nameCells.map(\.raw).joined(separator: " ")
    }

    /// By which its name is sorted: pinyin with surnames in their own readings, or Latin letters.
    package var sound: String {
        nameCells.map { ChineseName.pinyinKey($0.value) }.joined(separator: " ")
    }

    /// The person's own: the first full name, or given name and surname; other names in a record are of relatives.
    private var nameCells: [Cell] {
        let full = cells.filter { $0.kind == .personName && !$0.raw.isEmpty }
        if let first = full.first { return [first] }
        return cells.filter { ($0.kind == .givenName || $0.kind == .surname) && !$0.raw.isEmpty }
    }
}

/// A few records by their numbers, with their cells.
struct DeskRecords {
    /// In the order of the table.
    let table: RecordTable
    /// Stored record → row.
    let rows: [Int64: Int]
    private let persons: [Int64: UInt32]
    private let desk: DeskRun

    /// - Throws: as the reading of a store.
    init(_ wanted: Set<Int64>, _ session: ReviewSession, _ desk: DeskRun) throws {
        self.desk = desk
        let book = desk.book
        let stored = try session.store.records(
            wanted, profiles: book.sources.map(\.profile), schema: book.schema, withLines: false)
        table = RecordNormalizer.normalize(schema: book.schema, sources: stored.tables, threads: 1)
        rows = stored.rows
        persons = try session.store.persons(of: wanted)
    }

    subscript(record: Int64) -> DeskRecord? {
        guard let row = rows[record] else { return nil }
        let person = persons[record] ?? 0
        return DeskRecord(
            record: record, key: table.key(row), person: person == 0 ? "" : PersonID.text(person), area: area(row),
            cells: table.schema.fields.enumerated().map { index, field in
                DeskRecord.Cell(
                    field: field.name, kind: field.kind, raw: table.raw(row, index), value: table.value(row, index),
                    isWellFormed: table.isWellFormed(row, index))
            })
    }

    private func area(_ row: Int) -> String {
        guard let field = desk.book.report.areas, table.isWellFormed(row, field) else { return "" }
        return desk.area(table.value(row, field))
    }
}
