import Foundation
import GRDB
import Records

/// By which a record under an id that was erased is told from another person's: keyed hashes of what the erased one said of
/// who it was. Offices take an erased record out and give its id to somebody else.
enum ErasedValues {
    private static let kinds: Set<FieldKind> = [
        .personName, .givenName, .surname, .residentID, .identifier, .phone, .email, .address, .street,
    ]

    /// Fields that tell people apart.
    static func fields(of schema: Schema) -> Set<String> {
        let birthDate = schema.birthDate
        return Set(
            schema.fields.indices.filter { kinds.contains(schema.fields[$0].kind) || $0 == birthDate }.map {
                schema.fields[$0].name
            })
    }

    /// Of all versions of a record that have cells, ascending.
    static func all(
        of record: SubjectRecord, fields: Set<String>, _ token: RecordToken, _ db: Database
    ) throws -> [String] {
        if fields.isEmpty { return [] }
        let layouts = Dictionary(
            try BatchTable.all(db, source: record.source).map { (Int64($0.id), $0.layout) }
        ) { first, _ in first }
        var values: Set<String> = []
        try BulkQuery(
            db, "SELECT batch, cells FROM record_version WHERE record = ? AND cells IS NOT NULL", [record.id]
        ).eachRow { row in
            guard let layout = layouts[row.integer(0)] else { return }
            for (field, text) in RecordCells.texts(Array(row.bytes(1)), layout) where fields.contains(field) {
                if let value = value(text, field, source: record.source, token) { values.insert(value) }
            }
        }
        return values.sorted()
    }

    /// Of one record of an export.
    static func all(
        of row: Int, in table: SourceTable, _ schema: Schema, fields: Set<String>, _ token: RecordToken
    ) -> [String] {
        zip(schema.fields, table.columns).compactMap { field, column in
            guard fields.contains(field.name), let column else { return nil }
            return value(column.values[column.codes[row]], field.name, source: table.source, token)
        }
    }

    /// Letters and digits alone: blanks and strokes say nothing. `nil` for what is too short to tell anybody.
    private static func value(_ text: String, _ field: String, source: String, _ token: RecordToken) -> String? {
        let packed = text.lowercased().filter { $0.isLetter || $0.isNumber }
        return packed.count < 2 ? nil : token.value(packed, field: field, source: source)
    }
}
