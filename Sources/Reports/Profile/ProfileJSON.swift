import Records

/// `profile --json`. Values that may be personal are masked unless asked for, as in the text.
package enum ProfileJSON {
    /// Raised when a key changes its meaning or goes away; new keys leave it.
    package static let schemaVersion = 1

    package static func document(_ view: ProfileView) -> JSON {
        .object([
            ("schema", .integer(schemaVersion)), ("masked", .bool(!view.showsValues)),
            ("files", .array(view.profiles.map { file($0, view) })),
        ])
    }

    private static func file(_ profile: FileProfile, _ view: ProfileView) -> JSON {
        let dialect = profile.file.dialect
        return .object([
            ("file", .string(profile.file.path)), ("sha256", .string(profile.file.sha256)),
            ("bytes", .integer(profile.file.size)), ("format", .string(profile.file.format.rawValue)),
            ("encoding", .string(profile.file.encoding)),
            ("record_path", profile.file.recordPath.map(JSON.string) ?? .null),
            ("delimiter", dialect.map { .string($0.delimiter) } ?? .null),
            ("line_ending", dialect.map { .string($0.lineEnding) } ?? .null),
            ("header", dialect.map { .bool($0.hasHeader) } ?? .null), ("records", .integer(profile.records)),
            ("remarks", .array(profile.remarks.map { .string($0(view.language)) })),
            (
                "issues",
                .array(
                    profile.issues.map {
                        .object([
                            ("title", .string($0.title(view.language))), ("severity", .string($0.severity.rawValue)),
                            ("count", .integer($0.count)), ("line", $0.line.map(JSON.integer) ?? .null),
                        ])
                    })
            ),
            ("columns", .array(profile.columns.map { column($0, view) })),
        ])
    }

    private static func column(_ column: ColumnProfile, _ view: ProfileView) -> JSON {
        .object([
            ("column", .string(column.header)), ("type", .string(column.meaning.kind.rawValue)),
            ("reason", .string(column.meaning.reason(view.language))),
            ("record_id", .bool(column.meaning.isRecordID)), ("filled", .integer(column.filled)),
            ("distinct", .integer(column.distinct)), ("once", .integer(column.singles)),
            (
                "lengths",
                column.lengths.map {
                    .object([
                        ("least", .integer($0.least)), ("median", .integer($0.median)), ("most", .integer($0.most)),
                    ])
                } ?? .null
            ),
            ("forms", .integer(column.patternCount)), ("forms_are_general", .bool(column.patternsAreGeneral)),
            (
                "top_forms",
                .array(
                    column.patterns.map {
                        .object([("form", .string($0.form)), ("cells", .integer($0.cells))])
                    })
            ),
            (
                "top_values",
                .array(
                    column.values.map {
                        .object([("value", .string(view.value($0.text, of: column))), ("cells", .integer($0.cells))])
                    })
            ),
            (
                "oddities",
                .array(
                    column.oddities.map { oddity in
                        .object([
                            ("id", .string(oddity.id)), ("title", .string(oddity.title(view.language))),
                            ("cells", .integer(oddity.cells)),
                            ("examples", .array(oddity.examples.map { .string(view.example($0, of: column)) })),
                        ])
                    })
            ),
        ])
    }
}
