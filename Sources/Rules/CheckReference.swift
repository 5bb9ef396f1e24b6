package import Records
import Validation

/// The built-in checks as people see them: for lists on the terminal and the table in README.
package struct CheckReference: Sendable {
    package let name: String
    package let kind: Finding.Kind
    package let severity: Severity
    package let title: Text
    /// The number the check goes by and what it counts; `nil`: none.
    package let limit: (value: Int, unit: Text)?

    package static let all = Check.all.map { check in
        CheckReference(
            name: check.name, kind: check.kind, severity: check.severity, title: check.title,
            limit: check.limit.map { ($0.value, $0.unit) })
    }

    /// The rows of README, which a test holds against it.
    package static var markdown: String {
        let rows = all.map { check in
            let limit = check.limit.map {
                ("; `limit: \($0.value)` \($0.unit.en)", "；`limit: \($0.value)` \($0.unit.zh)")
            }
            return "| `\(check.name)` | \(check.severity.rawValue) | \(check.title.en)\(limit?.0 ?? "") | "
                + "\(check.title.zh)\(limit?.1 ?? "") |"
        }
        return (["| check | severity | found | 含义 |", "| --- | --- | --- | --- |"] + rows).joined(separator: "\n")
    }
}
