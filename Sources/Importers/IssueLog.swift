import Records

/// Gathers the issues of one file, at most so many of a kind; what is over is counted and told in one closing issue.
struct IssueLog {
    let source: String
    let file: String
    let limit: Int
    private var issues: [ImportIssue] = []
    private var counts: [String: (total: Int, worst: Severity)] = [:]

    init(source: String, file: String, limit: Int = ImportLimits.standard.issues) {
        self.source = source
        self.file = file
        self.limit = limit
    }

    /// `raw` and `message` are only made when the issue is kept.
    mutating func add(
        _ check: String, _ severity: Severity, line: Int? = nil, column: Int? = nil, recordID: String = "",
        field: String? = nil, raw: @autoclosure () -> String = "", _ message: @autoclosure () -> Text
    ) {
        let (total, worst) = counts[check] ?? (0, .info)
        counts[check] = (total + 1, max(worst, severity))
        guard total < limit else { return }
        issues.append(
            ImportIssue(
                check: check, severity: severity, source: source, place: Place(file: file, line: line, column: column),
                recordID: recordID, field: field, raw: raw(), message: message()))
    }

    func count(of check: String) -> Int { counts[check]?.total ?? 0 }

    /// All issues by line, those about the whole file behind, and last one for every check that was cut short.
    func closed() -> [ImportIssue] {
        var all = issues.enumerated().sorted {
            ($0.element.place.line ?? .max, $0.offset) < ($1.element.place.line ?? .max, $1.offset)
        }.map(\.element)
        for (check, (total, worst)) in counts.sorted(by: { $0.key < $1.key }) where total > limit {
            let rest = total - limit
            all.append(
                ImportIssue(
                    check: check, severity: worst, source: source, place: Place(file: file),
                    message: Text(
                        en: "\(rest) more rows have the same fault (\(check)); only the first \(limit) are listed.",
                        zh: "另有 \(rest) 处同类问题（\(check)），只列出前 \(limit) 处。")))
        }
        return all
    }
}
