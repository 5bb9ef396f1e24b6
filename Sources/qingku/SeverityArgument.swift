import ArgumentParser
import Records
import Reports

/// `error`, or the word that lists and pages have for it in either language: `note`, `严重`.
extension Severity: ExpressibleByArgument {
    init?(argument: String) {
        let said = argument.lowercased()
        let meant = Self.allCases.first { severity in
            severity.rawValue == said || Language.allCases.contains { SeverityWords.text(severity)($0) == said }
        }
        guard let meant else { return nil }
        self = meant
    }
}
