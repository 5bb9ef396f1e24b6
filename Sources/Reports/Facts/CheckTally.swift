package import Records

/// All findings of one check that count, with a few to look at, and how many somebody has waived.
package struct CheckTally: Sendable {
    package let check: String
    package let title: Text
    package let kind: Finding.Kind
    /// The gravest among its findings; of waived ones where all are waived.
    package let severity: Severity
    package let count: Int
    /// Findings beside these that somebody accepts.
    package var waived = 0
    /// Different records concerned; 0 where they are not known.
    package let records: Int
    /// Findings that bring the right value with them.
    package let withSuggestion: Int
    /// Parallel to `RunFacts.sources`.
    package let bySource: [Int]
    /// Name of a field and findings on it, most first.
    package let byField: [FieldCount]
    /// The first of each source, at most `exampleLimit` in all.
    package let examples: [Example]

    package static let exampleLimit = 4

    package struct FieldCount: Sendable, Hashable {
        package let field: String
        package let count: Int

        package init(field: String, count: Int) {
            self.field = field
            self.count = count
        }
    }

    /// A record to look up. Values are masked; the full ones are in `findings.csv`.
    package struct Example: Sendable, Hashable {
        package let source: String
        package let recordID: String
        package let line: Int?
        package let field: String?
        package let value: String

        package init(source: String, recordID: String, line: Int?, field: String?, value: String) {
            self.source = source
            self.recordID = recordID
            self.line = line
            self.field = field
            self.value = value
        }
    }

    package init(
        check: String, title: Text, kind: Finding.Kind, severity: Severity, count: Int, records: Int,
        withSuggestion: Int, bySource: [Int], byField: [FieldCount], examples: [Example], waived: Int = 0
    ) {
        self.check = check
        self.title = title
        self.kind = kind
        self.severity = severity
        self.count = count
        self.records = records
        self.withSuggestion = withSuggestion
        self.bySource = bySource
        self.byField = byField
        self.examples = examples
        self.waived = waived
    }

    static func isBefore(_ left: CheckTally, _ right: CheckTally) -> Bool {
        if (left.count == 0) != (right.count == 0) { return right.count == 0 }
        if left.severity != right.severity { return left.severity > right.severity }
        if left.count != right.count { return left.count > right.count }
        return left.check < right.check
    }
}

extension RunFacts {
    /// Findings by check, and the records of each source that contradict themselves. After `take(_: RecordTable)`.
    ///
    /// - Parameters:
    ///   - ledger: of these findings; waived ones are counted apart.
    ///   - title: a check's name → what it looks for, in a few words.
    package mutating func take(
        _ findings: [Finding], ledger: Ledger? = nil, _ records: RecordTable, title: (String) -> Text
    ) {
        var tallies: [String: RunningTally] = [:]
        var contradictory = [Bool](repeating: false, count: records.count)
        for (index, finding) in findings.enumerated() {
            if let ledger, ledger.states[index] == .waived {
                tallies[finding.check, default: RunningTally(finding, records)].waive(finding)
                continue
            }
            tallies[finding.check, default: RunningTally(finding, records)].add(finding, index, records)
            let isWritten = finding.field.map { records.isWellFormed(finding.row, $0) } ?? true
            if finding.kind == .error, isWritten { contradictory[finding.row] = true }
        }
        ledgerChanges = ledger?.changes
        checks = tallies.map { $1.closed(check: $0, title: title($0), findings, records) }.sorted(
            by: CheckTally.isBefore)
        for index in sources.indices {
            let rows = records.starts[index]..<records.starts[index + 1]
            sources[index].contradictoryRecords = contradictory[rows].lazy.filter { $0 }.count
        }
    }

    /// Trouble with rows and files, by kind. After `take(_: RecordTable)`.
    package mutating func take(_ issues: [ImportIssue], title: (String) -> Text) {
        let byCheck = Dictionary(grouping: issues, by: \.check)
        self.issues = byCheck.map { check, issues in
            let ordered = issues.sorted {
                ($0.source, $0.place.line ?? 0, $0.place.column ?? 0, $0.raw)
                    < ($1.source, $1.place.line ?? 0, $1.place.column ?? 0, $1.raw)
            }
            let fields = Dictionary(grouping: ordered.compactMap(\.field), by: { $0 }).mapValues(\.count)
            return CheckTally(
                check: check, title: title(check), kind: .error, severity: issues.map(\.severity).max() ?? .info,
                count: issues.count,
                records: Set(issues.lazy.filter { !$0.recordID.isEmpty }.map { [$0.source, $0.recordID] }).count,
                withSuggestion: 0,
                bySource: sources.map { source in issues.lazy.filter { $0.source == source.name }.count },
                byField: CheckTally.FieldCount.sorted(fields),
                examples: ordered.prefix(CheckTally.exampleLimit).map { issue in
                    CheckTally.Example(
                        source: issue.source, recordID: maskedRecordID(issue.recordID), line: issue.place.line,
                        field: issue.field, value: "")
                })
        }.sorted(by: CheckTally.isBefore)
    }
}

extension CheckTally.FieldCount {
    fileprivate static func sorted(_ counts: [String: Int]) -> [Self] {
        counts.map { Self(field: $0, count: $1) }.sorted { ($1.count, $0.field) < ($0.count, $1.field) }
    }
}

private struct RunningTally {
    private let kind: Finding.Kind
    private var severity: Severity
    private var count = 0
    private var waived = 0
    private var withSuggestion = 0
    /// One flag per row of the table.
    private var seen: [Bool]
    private var bySource: [Int]
    private var byField: [Int]
    /// Indices of the findings with the smallest rows of each source.
    private var first: [[Int]]

    init(_ finding: Finding, _ records: RecordTable) {
        kind = finding.kind
        severity = finding.severity
        seen = Array(repeating: false, count: records.count)
        bySource = Array(repeating: 0, count: records.sources.count)
        byField = Array(repeating: 0, count: records.schema.fields.count)
        first = Array(repeating: [], count: records.sources.count)
    }

    mutating func add(_ finding: Finding, _ index: Int, _ records: RecordTable) {
        let source = records.sourceIndex(of: finding.row)
        severity = count == 0 ? finding.severity : max(severity, finding.severity)
        count += 1
        if !finding.suggestion.isEmpty { withSuggestion += 1 }
        seen[finding.row] = true
        bySource[source] += 1
        if let field = finding.field { byField[field] += 1 }
        if first[source].count < CheckTally.exampleLimit { first[source].append(index) }
    }

    mutating func waive(_ finding: Finding) {
        if count == 0 { severity = max(severity, finding.severity) }
        waived += 1
    }

    func closed(check: String, title: Text, _ findings: [Finding], _ records: RecordTable) -> CheckTally {
        var chosen: [Int] = []
        for rank in 0..<CheckTally.exampleLimit {
            for source in first where rank < source.count && chosen.count < CheckTally.exampleLimit {
                chosen.append(source[rank])
            }
        }
        let fields = Dictionary(
            uniqueKeysWithValues: byField.enumerated().filter { $1 > 0 }.map { (records.schema.fields[$0].name, $1) })
        return CheckTally(
            check: check, title: title, kind: kind, severity: severity, count: count,
            records: seen.lazy.filter { $0 }.count,
            withSuggestion: withSuggestion, bySource: bySource, byField: CheckTally.FieldCount.sorted(fields),
            examples: chosen.sorted { findings[$0].row < findings[$1].row }.map { findings[$0].example(in: records) },
            waived: waived)
    }
}

extension Finding {
    fileprivate func example(in records: RecordTable) -> CheckTally.Example {
        let key = records.key(row)
        let field = field.map { records.schema.fields[$0] }
        let raw = self.field.map { records.raw(row, $0) } ?? ""
        return CheckTally.Example(
            source: key.source, recordID: maskedRecordID(key.recordID), line: records.line(row), field: field?.name,
            value: field.map { masked(raw, $0.kind) } ?? "")
    }
}
