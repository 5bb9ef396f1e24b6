package import Records

/// A report for machines: its tables, row by row, with the columns' ids as keys.
package enum ReportJSON {
    /// Raised when a key changes its meaning or goes away; new keys leave it.
    package static let schemaVersion = 1

    /// - Parameter files: what is written beside it.
    package static func document(
        _ numbers: ReportNumbers, _ language: Language, files: [OutputFile] = []
    ) -> JSON {
        .object([
            ("schema", .integer(schemaVersion)),
            ("kind", .string(numbers.kind(language))),
            ("title", .string(numbers.title)),
            ("purpose", .string(numbers.purpose)),
            ("language", .string(language.rawValue)),
            ("origin", .object(numbers.origin.map { ($0.id, cell($0.value, language)) })),
            ("sections", .array(numbers.sections.map { section($0, language) })),
            (
                "outputs",
                .array(files.map { .object([("file", .string($0.name)), ("sha256", .string($0.sha256))]) })
            ),
        ])
    }

    private static func section(_ section: ReportNumbers.Section, _ language: Language) -> JSON {
        .object([
            ("id", .string(section.id)), ("title", .string(section.title(language))),
            ("lead", section.lead.map { .string($0(language)) } ?? .null),
            (
                "tables",
                .array(
                    section.tables.map { table in
                        .object([
                            ("id", .string(table.id)), ("title", .string(table.title(language))),
                            ("columns", .object(table.columns.map { ($0.id, .string($0.title(language))) })),
                            (
                                "rows",
                                .array(
                                    table.rows.map { row in
                                        .object(zip(table.columns, row).map { ($0.id, cell($1, language)) })
                                    })
                            ), ("note", table.note.map { .string($0(language)) } ?? .null),
                        ])
                    })
            ),
        ])
    }

    /// A withheld number is the text `withheld`, what is not there is `null`.
    private static func cell(_ cell: ReportCell, _ language: Language) -> JSON {
        switch cell {
        case .words(let text): .string(text(language))
        case .name(let text), .code(let text): .string(text)
        case .count(let count), .change(let count), .stars(let count): .integer(count)
        case .number(let number, let places): .decimal(number, places: places)
        case .share(let share): .decimal(share, places: 6)
        case .rate(let rate): self.rate(rate)
        case .colour(let colour): .string(colour.rawValue)
        case .severity(let severity): .string(severity.rawValue)
        case .withheld: .string("withheld")
        case .none: .null
        }
    }

    private static func rate(_ rate: ReportRate) -> JSON {
        var members: [(String, JSON)] = [
            ("numerator", .integer(rate.rate.part)), ("denominator", .integer(rate.rate.whole)),
            ("rate", rate.rate.share.map { .decimal($0, places: 6) } ?? .null),
            ("lower", rate.interval.map { .decimal($0.lowerBound, places: 6) } ?? .null),
            ("upper", rate.interval.map { .decimal($0.upperBound, places: 6) } ?? .null),
        ]
        if let colour = rate.colour { members.append(("colour", .string(colour.rawValue))) }
        if !rate.earlier.isEmpty {
            members.append(
                ("earlier", .array(rate.earlier.map { $0?.share.map { .decimal($0, places: 6) } ?? .null })))
        }
        return .object(members)
    }
}
