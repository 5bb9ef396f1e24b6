package import Records

/// Runs every check and the rule book's conditions over a table.
///
/// There are two looks. The first one sees each record by itself and the table as a whole. The second one, after matching,
/// sees the records of one person together: it adds what they contradict each other in and what is missing, and revises
/// what the first look said where another record tells which of two cells is wrong, or what should stand there.
package struct Validator: Sendable {
    let facts: Facts
    let plan: ValidationPlan
    let threads: Int
    private let expressions: [WhereExpression]

    /// Works out what both looks need to know of the table. Throws a `Failure` when a condition of the plan cannot be read.
    package init(_ records: RecordTable, plan: ValidationPlan, threads: Int) throws {
        self.plan = plan
        self.threads = threads
        expressions = try plan.conditions.map { try WhereExpression($0.expression, schema: records.schema) }
        facts = try Facts(records, plan: plan, threads: threads)
    }

    /// The first look alone.
    package static func check(_ records: RecordTable, plan: ValidationPlan, threads: Int) throws -> [Finding] {
        try Validator(records, plan: plan, threads: threads).check()
    }

    static func check(
        _ records: RecordTable, plan: ValidationPlan, threads: Int, rowsPerPiece: Int
    ) throws -> [Finding] {
        try Validator(records, plan: plan, threads: threads).check(rowsPerPiece: rowsPerPiece)
    }

    /// All findings of the first look, sorted by row, field (findings about the record first) and name of the check. The same
    /// for any number of threads. Throws a `Failure` when a condition of the plan cannot be computed.
    package func check() throws -> [Finding] { try check(rowsPerPiece: 32_768) }

    func check(rowsPerPiece: Int) throws -> [Finding] {
        let records = facts.records
        let checks = plan.checks
        let marks = MarkedValues(facts, checks, threads: threads)
        var searches: [(check: Check, search: Check.RowSearch)] = []
        var fromTable: [Finding] = []
        for check in checks {
            switch check.search {
            case .rows(let prepare): searches += prepare(facts).map { (check, $0) }
            case .table(let search): fromTable += search(facts).map { check.finding($0.row, $0.hit) }
            case .values, .rawCells, .linked: break
            }
        }
        fromTable.sort(by: Self.precedes)

        let pieces = (records.count + rowsPerPiece - 1) / rowsPerPiece
        let rowSearches = searches
        let tableFindings = fromTable
        let found = try Parallel.map(pieces, threads: threads) { piece throws -> [Finding] in
            let rows = piece * rowsPerPiece..<min(records.count, (piece + 1) * rowsPerPiece)
            var findings = marks.findings(in: rows)
            for (check, search) in rowSearches {
                for row in rows {
                    if let hit = search(row) { findings.append(check.finding(row, hit)) }
                }
            }
            for (condition, expression) in zip(plan.conditions, expressions) {
                let evaluator = try WhereEvaluator(condition, expression, records)
                for row in rows {
                    guard let hit = try evaluator.hit(row) else { continue }
                    findings.append(condition.finding(row, hit))
                }
            }
            findings +=
                tableFindings[
                    Self.position(
                        of: rows.lowerBound, in: tableFindings)..<Self.position(of: rows.upperBound, in: tableFindings)]
            findings.sort(by: Self.precedes)
            return Explained.left(findings)
        }
        return Array(joining: found)
    }

    /// The sentence for a finding of `check`. `plan` is the one the finding was made with.
    package static func message(of finding: Finding, in records: RecordTable, plan: ValidationPlan) -> Text {
        records.withView { view in Text { message(of: finding, in: view, plan: plan, $0).text } }
    }

    /// The same in one language, for all findings of a table.
    package static func message(
        of finding: Finding, in view: RecordView, plan: ValidationPlan, _ language: Language
    ) -> Phrase {
        let message = ownMessage(of: finding.withoutEvidence, in: view, plan, language)
        let reasons = finding.evidence.phrase(language)
        return reasons.isEmpty ? message : language(en: "\(message) [\(reasons)]", zh: "\(message)〔\(reasons)〕")
    }

    private static func ownMessage(
        of finding: Finding, in view: RecordView, _ plan: ValidationPlan, _ language: Language
    ) -> Phrase {
        if let tell = Check.sentence(of: finding.check) { return tell(finding, view, language) }
        if let condition = plan.conditions.first(where: { $0.id == finding.check }) {
            return Phrase(condition.message(finding, view.records)(language))
        }
        if let expectation = plan.expectations.first(where: { $0.check == finding.check }) {
            return Phrase(expectation.message(finding, view.records)(language))
        }
        return Phrase(finding.check)
    }

    /// Names of the checks that a run makes which knows linked records, or does not; expectations aside.
    package static func checks(of plan: ValidationPlan, linked: Bool) -> [String] {
        plan.checks.filter { linked || !$0.isLinked }.map(\.name) + plan.conditions.map(\.id)
    }

    /// What a check looks for, in a few words; `nil` for a name that is none of the plan's.
    package static func title(of check: String, plan: ValidationPlan) -> Text? {
        if let check = Check.named(check) { return check.title }
        if let condition = plan.conditions.first(where: { $0.id == check }) {
            return Text(en: condition.message ?? check, zh: condition.message ?? check)
        }
        return plan.expectations.first { $0.check == check }?.title
    }

    /// Of the first finding at `row` or after it.
    private static func position(of row: Int, in findings: [Finding]) -> Int {
        var low = 0
        var high = findings.count
        while low < high {
            let middle = (low + high) / 2
            if findings[middle].row < row { low = middle + 1 } else { high = middle }
        }
        return low
    }

    static func precedes(_ left: Finding, _ right: Finding) -> Bool {
        if left.row != right.row { return left.row < right.row }
        let leftField = left.field ?? -1
        let rightField = right.field ?? -1
        if leftField != rightField { return leftField < rightField }
        if left.check != right.check { return left.check < right.check }
        return (left.otherRow ?? -1, left.detail) < (right.otherRow ?? -1, right.detail)
    }
}
