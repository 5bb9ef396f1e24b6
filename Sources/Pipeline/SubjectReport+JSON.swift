package import Records
package import Reports

extension SubjectReport {
    /// For machines: the same as the text, whole.
    package func document(_ language: Language) -> JSON {
        func cells(_ cells: [(column: String, text: String)]) -> JSON {
            .object(cells.map { ($0.column, .string($0.text)) })
        }
        return .object([
            ("schema", .integer(1)),
            ("person_id", person.map(JSON.string) ?? .null),
            ("former_person_ids", .array(formerNumbers.map(JSON.string))),
            ("records", .array(records.map(Self.document))),
            ("master", cells(master)),
            (
                "persons",
                .array(
                    persons.map {
                        .object([
                            ("record", .string($0.record)), ("run", .integer($0.run)),
                            ("person_id", .string($0.person)),
                        ])
                    })
            ),
            (
                "findings",
                .array(
                    findings.map {
                        .object([
                            ("id", .string($0.id)), ("check", .string($0.check)),
                            ("title", .string($0.title(language))),
                            ("severity", .string($0.severity)), ("state", .string($0.state)),
                            ("record", .string($0.record)), ("field", .string($0.field)),
                            ("suggestion", .string($0.suggestion)),
                        ])
                    })
            ),
            (
                "decisions",
                .array(
                    words.map {
                        .object([
                            ("kind", .string($0.kind)), ("word", .string($0.word)),
                            ("about", .string($0.about(language))),
                            ("by", .string($0.by)), ("at", .string($0.at)), ("reason", .string($0.reason)),
                        ])
                    })
            ),
            (
                "corrections",
                .array(corrections.map { .object([("run", .integer($0.run)), ("correction", cells($0.cells))]) })
            ),
            (
                "exports",
                .array(
                    exports.map {
                        .object([
                            ("event", .integer($0.event)), ("time", .string($0.time)),
                            ("recipient", .string($0.recipient)),
                            ("purpose", .string($0.purpose)), ("file", .string($0.file)),
                            ("tables", .array($0.tables.map(JSON.string))),
                            ("pseudonymised", .bool($0.isPseudonymised)),
                        ])
                    })
            ),
            (
                "accesses",
                .array(
                    accesses.map {
                        .object([
                            ("event", .integer($0.event)), ("time", .string($0.time)), ("type", .string($0.type)),
                            ("by", .string($0.actor)),
                        ])
                    })
            ),
            ("event", .integer(event)),
        ])
    }

    private static func document(_ record: Record) -> JSON {
        .object([
            ("source", .string(record.source)), ("record_id", .string(record.recordID)),
            ("restricted", .bool(record.isRestricted)), ("erased", .bool(record.isErased)),
            (
                "versions",
                .array(
                    record.versions.map { version in
                        .object([
                            ("state", .string(version.state)), ("imported_at", .string(version.importedAt)),
                            ("file", .string(version.file)), ("line", .integer(version.line)),
                            (
                                "cells",
                                .array(
                                    version.cells.map {
                                        .object([
                                            ("field", .string($0.field)), ("header", .string($0.header)),
                                            ("text", .string($0.text)),
                                        ])
                                    })
                            ),
                        ])
                    })
            ),
        ])
    }
}
