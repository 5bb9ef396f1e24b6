import Importers
import Reconciliation
package import Records

/// Findings that no check makes: what reading, comparing and matching exports and settling their values find. For the lists
/// of people, beside `CheckReference`.
package struct FindingReference: Sendable {
    package let name: String
    package let severity: Severity
    package let title: Text

    package static let all: [FindingReference] =
        ImportCheck.all.map { FindingReference(name: $0.name, severity: $0.severity, title: $0.title) } + [
            matched(DuplicateFindings.sameSource, .warning), matched(DuplicateFindings.possible, .info),
            matched(DuplicateFindings.contradictory, .warning),
            FindingReference(name: Conflicts.check, severity: .warning, title: Conflicts.title),
            matched(ContradictionFindings.check, .warning), matched(OverrideFindings.unowned, .warning),
            matched(OverrideFindings.contradicted, .warning),
            FindingReference(
                name: Finding.absentPrefix + "…", severity: .error,
                title: Text(
                    en: "Not in a source where `expect:` wants the person; `severity:` there changes it",
                    zh: "未见于 `expect:` 要求的来源；其 `severity:` 可改")),
        ]

    package static let heading = Text(
        en: "Found by reading and matching the exports; `checks:` does not change these:",
        zh: "读取、比对导出文件时发现的问题，不能用 `checks:` 更改：")

    /// The heading and the rows of README, which a test holds against it.
    package static var markdown: String {
        let rows = all.map { "| `\($0.name)` | \($0.severity.rawValue) | \($0.title.en) | \($0.title.zh) |" }
        return ([heading.en, "", "| finding | severity | means | 含义 |", "| --- | --- | --- | --- |"] + rows)
            .joined(separator: "\n")
    }

    private static func matched(_ name: String, _ severity: Severity) -> FindingReference {
        let title =
            DuplicateFindings.title(name) ?? ContradictionFindings.title(name) ?? OverrideFindings.title(name)
        return FindingReference(name: name, severity: severity, title: title ?? Text(en: name, zh: name))
    }
}
