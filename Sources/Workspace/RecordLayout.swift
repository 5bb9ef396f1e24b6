import Crypto
import Records

/// Which fields the stored cells of a batch belong to, and the office's own name of each column.
struct RecordLayout: Sendable, Hashable {
    struct Column: Sendable, Hashable, Codable {
        let field: String
        let header: String
    }

    let columns: [Column]

    init(_ source: SourceTable, _ schema: Schema) {
        columns = zip(schema.fields, source.columns).compactMap { field, column in
            column.map { Column(field: field.name, header: $0.header) }
        }
    }

    init(text: String) {
        columns = JSON.value([Column].self, text) ?? []
    }

    var text: String { (try? JSON.text(columns)) ?? "[]" }

    /// Of the fields and their order; another header over the same column makes no other layout.
    var digest: [UInt8] {
        var hash = SHA256()
        hash.update(data: Array("qingku/layout/v1".utf8))
        for column in columns {
            var name: [UInt8] = []
            name.append(varint: UInt64(column.field.utf8.count))
            hash.update(data: name + Array(column.field.utf8))
        }
        return Array(hash.finalize())
    }
}
