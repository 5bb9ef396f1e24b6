package import Records

/// A column of a table that is exported: its name, and what stands in it.
package struct ExportColumn: Sendable, Hashable {
    package enum Content: Sendable, Hashable {
        /// A field of the registry.
        case field(FieldKind, isBirth: Bool)
        /// Names a person or a record: `person_id`, `record_id`.
        case key
        /// The source of a record.
        case source
        /// A value of the field that another column of the row names.
        case valueOfField
        /// A number of the tool's own: `records`, `probability`.
        case count
        /// A word of the tool's own: a check, a rule, a grade.
        case word
        /// The name of a field.
        case fieldName
        /// Words about a record, which may repeat its values; and columns that are not known.
        case prose
    }

    package let name: String
    package let content: Content

    package init(name: String, content: Content) {
        self.name = name
        self.content = content
    }

    /// By the name, as the files of a run have it; a field of the registry goes first.
    init(_ name: String, fields: [FieldFacts]) {
        self.name = name
        if let field = fields.first(where: { $0.name == name }) {
            content = .field(
                field.kind, isBirth: field.kind == .date && Schema([Field(name: name, kind: .date)]).namesBirth(0))
        } else {
            content = Self.known[name] ?? .prose
        }
    }

    private static let known: [String: Content] = [
        "person_id": .key, "record_id": .key, "a_record_id": .key, "b_record_id": .key, "id": .key, "finding": .key,
        "source": .source, "a_source": .source, "b_source": .source,
        "value": .valueOfField, "suggestion": .valueOfField, "before": .valueOfField, "after": .valueOfField,
        "records": .count, "probability": .count, "weight": .count,
        "field": .fieldName,
        "grade": .word, "kind": .word, "check": .word, "severity": .word, "decision": .word, "class": .word,
        "key": .word, "rule": .word, "action": .word, "status": .word, "state": .word,
    ]
}
