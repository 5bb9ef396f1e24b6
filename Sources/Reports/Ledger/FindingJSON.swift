package import Records

/// Findings for machines: JSON, and CSV with the columns of `findings.csv`. Values are as the offices wrote them.
package enum FindingJSON {
    package static func document(_ list: FindingList, _ language: Language) -> JSON {
        .object([
            ("schema", .integer(1)), ("run", .integer(list.run)), ("total", .integer(list.total)),
            (
                "counts",
                .array(
                    list.counts.map { count in
                        .object([
                            ("check", .string(count.check)), ("title", .string(count.title(language))),
                            ("kind", .string(count.kind.rawValue)), ("severity", .string(count.severity.rawValue)),
                            ("state", .string(count.state.rawValue)), ("count", .integer(count.findings)),
                        ])
                    })
            ),
            ("findings", .array(list.findings.map { .object(members($0, language)) })),
        ])
    }

    package static func document(_ story: FindingStory, _ language: Language) -> JSON {
        .object([
            ("schema", .integer(1)), ("finding", .object(members(story.finding, language))),
            (
                "record",
                .array(
                    story.cells.map { cell in
                        .object([
                            ("field", .string(cell.field)), ("value", .string(cell.value)),
                            ("other", cell.other.map(JSON.string) ?? .null),
                        ])
                    })
            ),
            (
                "history",
                .array(
                    story.history.map { event in
                        .object([
                            ("what", .string(event.what.rawValue)), ("at", .string(event.at)),
                            ("run", event.run.map(JSON.integer) ?? .null), ("by", event.by.map(JSON.string) ?? .null),
                            ("reason", event.reason.map(JSON.string) ?? .null),
                            ("until", event.until.map(JSON.string) ?? .null),
                        ])
                    })
            ),
        ])
    }

    private static func members(_ finding: ListedFinding, _ language: Language) -> [(String, JSON)] {
        [
            ("id", .string(finding.id)), ("kind", .string(finding.kind.rawValue)), ("check", .string(finding.check)),
            ("severity", .string(finding.severity.rawValue)), ("source", .string(finding.source)),
            ("record_id", .string(finding.recordID)), ("line", finding.line.map(JSON.integer) ?? .null),
            ("field", finding.field.map(JSON.string) ?? .null), ("value", .string(finding.value)),
            ("suggestion", .string(finding.suggestion)), ("message", .string(finding.message(language))),
            ("state", .string(finding.state.rawValue)), ("vanished", .bool(finding.hasVanished)),
            ("owner", .string(finding.owner)), ("first_run", .integer(finding.firstRun)),
            ("new", .bool(finding.isNew)),
            (
                "waiver",
                finding.waiver.map { waiver in
                    .object([
                        ("by", .string(waiver.by)), ("reason", .string(waiver.reason)), ("at", .string(waiver.at)),
                        ("until", waiver.until.map(JSON.string) ?? .null),
                    ])
                } ?? .null
            ),
        ]
    }

    /// A header and a line per finding, each ending in LF.
    package static func csv(_ list: FindingList, _ language: Language) -> String {
        var lines = [FindingsFile.columns]
        for finding in list.findings {
            lines.append([
                finding.id, finding.kind.rawValue, finding.check, finding.severity.rawValue, finding.source,
                finding.recordID, finding.line.map(String.init) ?? "", finding.field ?? "", finding.value,
                finding.suggestion, finding.message(language), finding.state.rawValue, finding.owner,
                String(finding.firstRun), finding.waiver?.by ?? "", finding.waiver?.reason ?? "",
                finding.waiver?.until ?? "",
            ])
        }
        return lines.map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
    }

    private static func quoted(_ cell: String) -> String {
        let isSpecial = cell.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        return isSpecial ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }
}
