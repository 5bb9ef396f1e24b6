import Foundation
import Importers
import Matching
import Records
import Reports
import Rules
import Validation
import Workspace

/// The ledger of a workspace with the rule book that made it, and the records its findings are about.
struct LedgerReader {
    let store: WorkspaceStore
    let run: StoredRun
    let book: RuleBook
    private let clock: Clock

    /// - Throws: `E-FIND-001` when nothing has run yet.
    init(_ workspace: String, clock: Clock) throws {
        try self.init(try WorkspaceStore.openReadOnly(directory: workspace), clock: clock)
    }

    init(_ store: WorkspaceStore, clock: Clock) throws {
        guard let run = try store.lastRun(nil), let rules = try store.ruleBook(nil) else {
            throw Failure(
                .notDone, code: "E-FIND-001",
                Text(en: "the workspace has no run yet", zh: "工作区中还没有运行记录"), at: Place(file: store.directory))
        }
        // The rules as they stood at the run, whatever became of the file since.
        self.init(store, run, try RuleBook.parse(rules.text, path: rules.path), clock: clock)
    }

    /// - Parameter book: of the run.
    init(_ store: WorkspaceStore, _ run: StoredRun, _ book: RuleBook, clock: Clock) {
        self.store = store
        self.run = run
        self.book = book
        self.clock = clock
    }

    /// A filter nobody can mean is said, not answered with an empty list.
    ///
    /// - Throws: `E-FIND-002`.
    func check(_ request: FindingsRequest) throws {
        func unknown(_ name: String, _ en: String, _ zh: String, _ known: [String]) -> Failure {
            Failure(
                .badInput, code: "E-FIND-002", Text(en: "there is no \(en) “\(name)”", zh: "没有名为“\(name)”的\(zh)"),
                advice: Text(
                    en: "Known are: \(known.joined(separator: ", ")).", zh: "可用的有：\(known.joined(separator: "、"))。"))
        }
        let fields = book.schema.fields.map(\.name)
        for name in request.fields where !fields.contains(name) { throw unknown(name, "field", "字段", fields) }
        for name in request.sources where !book.sourceNames.contains(name) {
            throw unknown(name, "source", "来源", book.sourceNames)
        }
        if request.checks.isEmpty { return }
        let found = Set(try store.findingCounts(on: clock.today).map(\.check))
        let made = Set(Check.all.map(\.name) + ImportCheck.all.map(\.name) + book.conditions.map(\.id))
        for name in request.checks where !found.contains(name) && !made.contains(name) {
            let all = found.union(try exportFindings().map(\.check))
            throw unknown(name, "check", "检查项", all.sorted())
        }
    }

    // MARK: - Counts

    func counts(_ filter: FindingFilter) throws -> [FindingList.Count] {
        try store.findingCounts(filter, on: clock.today).map { count in
            FindingList.Count(
                check: count.check, title: title(count.check), kind: count.kind, severity: count.severity,
                state: count.state, findings: count.findings)
        }.sorted(by: FindingList.Count.isBefore)
    }

    func counts(of findings: [ListedFinding]) -> [FindingList.Count] {
        struct Key: Hashable {
            let check: String
            let kind: Finding.Kind
            let severity: Severity
            let state: Ledger.State
        }
        let groups = Dictionary(grouping: findings) {
            Key(check: $0.check, kind: $0.kind, severity: $0.severity, state: $0.state)
        }
        return groups.map { key, findings in
            FindingList.Count(
                check: key.check, title: title(key.check), kind: key.kind, severity: key.severity, state: key.state,
                findings: findings.count)
        }.sorted(by: FindingList.Count.isBefore)
    }

    private func title(_ check: String) -> Text {
        ImportCheck.all.first { $0.name == check }?.title
            ?? CleaningRun.title(check, book.validation(today: clock.today))
    }

    // MARK: - Findings

    struct Listed {
        fileprivate(set) var findings: [ListedFinding]
        /// Parallel to the findings; `nil` for one whose record is of a source that the rule book has no more.
        let rows: [Int?]
        let records: RecordTable
        /// By stored record.
        let rowOf: [Int64: Int]
    }

    /// With value, line and message, which follow from the records as they stand now; of a finding that was resolved, from those
    /// that it was made of.
    ///
    /// - Parameter withLines: as `WorkspaceStore.records`.
    func listed(_ stored: [StoredFinding], withLines: Bool = true) throws -> Listed {
        let found = try store.records(
            wanted(stored), profiles: book.sources.map(\.profile), schema: book.schema, withLines: withLines)
        var listed = listed(stored, in: found.tables, rows: found.rows)
        for (index, finding) in try resolved(stored) { listed.findings[index] = finding }
        return listed
    }

    private func wanted(_ stored: [StoredFinding]) -> Set<Int64> {
        Set(stored.flatMap { [$0.record] + ($0.other.map { [$0] } ?? []) })
    }

    /// Those that were resolved, with what the cells held before; by index.
    private func resolved(_ stored: [StoredFinding]) throws -> [(Int, ListedFinding)] {
        let healed = stored.indices.filter { stored[$0].state == .resolved && !stored[$0].hasVanished }
        if healed.isEmpty { return [] }
        let resolvedBy = try store.resolutions(of: healed.map { stored[$0].id })
        let runs = try store.runs(nil)
        let exclusions = try store.exclusions(unnamed: book.sourcesWithoutIDs)
        let groups = Dictionary(grouping: healed) { resolvedBy[stored[$0].id] ?? 0 }
        return try groups.flatMap { resolution, indices -> [(Int, ListedFinding)] in
            guard let before = runs.last(where: { $0.id < resolution }) else { return [] }
            let own = indices.map { stored[$0] }
            let then = try store.records(
                wanted(own), of: before, profiles: book.sources.map(\.profile), schema: book.schema,
                exclusions: exclusions)
            return Array(zip(indices, listed(own, in: then.tables, rows: then.rows).findings))
        }
    }

    private func listed(_ stored: [StoredFinding], in tables: [SourceTable], rows rowOf: [Int64: Int]) -> Listed {
        let records = RecordNormalizer.normalize(schema: book.schema, sources: tables, threads: 1)
        let plan = book.validation(today: clock.today)
        var findings: [ListedFinding] = []
        var rows: [Int?] = []
        for one in stored {
            let row = rowOf[one.record]
            rows.append(row)
            let finding = row.map { self.finding(one, $0, rowOf) }
            let message = finding.map { finding in
                records.withView { view in
                    Text { CleaningRun.message(finding, view, $0, plan).text }
                }
            }
            let owner = finding.flatMap { $0.owner(in: records) }.map { records.sources[$0].source } ?? ""
            var listed = ListedFinding(
                id: "F" + Hex.text(one.id), kind: one.kind, check: one.check, severity: one.severity,
                source: one.source, recordID: one.recordID, line: line(row, records), field: one.field,
                fieldKind: one.field.flatMap { book.schema.index(of: $0) }.map { book.schema.fields[$0].kind },
                value: value(finding, records), suggestion: one.suggestion,
                message: message ?? title(one.check), state: one.state, hasVanished: one.hasVanished,
                owner: owner, firstRun: one.firstRun, isNew: one.firstRun == run.id,
                waiver: one.waiver)
            listed.answer = finding.flatMap { answer($0, records) }
            findings.append(listed)
        }
        return Listed(findings: findings, rows: rows, records: records, rowOf: rowOf)
    }

    private func finding(_ stored: StoredFinding, _ row: Int, _ rows: [Int64: Int]) -> Finding {
        Finding(
            kind: stored.kind, check: stored.check, severity: stored.severity, row: row,
            field: stored.field.flatMap { book.schema.index(of: $0) }, suggestion: stored.suggestion,
            otherRow: stored.other.flatMap { rows[$0] }, detail: stored.detail)
    }

    /// What somebody can say that settles the finding.
    private func answer(_ finding: Finding, _ records: RecordTable) -> ListedFinding.Answer? {
        switch finding.check {
        case DuplicateFindings.possible, DuplicateFindings.contradictory:
            guard let other = finding.otherRow else { return nil }
            let names = [finding.row, other].map { Speaker.text(records.key($0)).shellWord }.joined(separator: " ")
            return .init("decide same \(names)", instead: ["different", "unsure"])
        case ContradictionFindings.check:
            let events = finding.detail.split(separator: " ").map(String.init)
            return events.first.map { .init("undo \($0)", instead: Array(events.dropFirst())) }
        case OverrideFindings.unowned:
            guard let field = finding.field, let said = OverrideFindings.unownedParts(finding) else { return nil }
            return .init(
                "override \(said.persons[0]) \(book.schema.fields[field].name) \(said.text.shellWord)",
                instead: Array(said.persons.dropFirst()))
        default: return nil
        }
    }

    /// Of a finding about two records, the other record, as `findings.csv` has it.
    private func value(_ finding: Finding?, _ records: RecordTable) -> String {
        guard let finding else { return "" }
        if let field = finding.field { return records.raw(finding.row, field) }
        return finding.otherRow.map { records.key($0) }.map { "\($0.source) \($0.recordID)" } ?? ""
    }

    private func line(_ row: Int?, _ records: RecordTable) -> Int? {
        guard let row else { return nil }
        let line = records.origin(row).line
        return line > 0 ? line : nil
    }

    /// What a waiver of these findings is given for, with them.
    func accepted(_ stored: [StoredFinding]) throws -> [(finding: StoredFinding, value: UInt64)] {
        let listed = try listed(stored)
        return listed.records.withView { view in
            zip(stored, listed.rows).compactMap { one, row in
                row.map { (one, finding(one, $0, listed.rowOf).accepted(in: view)) }
            }
        }
    }

    // MARK: - Ids

    /// - Throws: `E-FIND-004` for what is no id, `E-FIND-005` when there is no such finding or several begin like this.
    func finding(_ name: String) throws -> StoredFinding {
        let digits = name.lowercased().dropFirst()
        let isID = name.lowercased().hasPrefix("f") && (4...16).contains(digits.count)
        guard isID, let low = UInt64(digits + String(repeating: "0", count: 16 - digits.count), radix: 16),
            let high = UInt64(digits + String(repeating: "f", count: 16 - digits.count), radix: 16)
        else {
            let isIssue = name.hasPrefix("I") && name.utf8.count == 17
            throw Failure(
                .badInput, code: "E-FIND-004",
                isIssue
                    ? Text(
                        en: "\(name) is trouble with a row or a file, which the next export settles",
                        zh: "\(name) 是行或文件的问题，应在下次导出时解决")
                    : Text(en: "“\(name)” is no id of a finding", zh: "“\(name)”不是发现的编号"),
                advice: Text(
                    en: "Ids are those of findings.csv, F and sixteen digits; the first four or more are enough.",
                    zh: "编号见 findings.csv，为 F 加十六位；写出前四位以上即可。"))
        }
        let found = try store.findings(ids: low...high, on: clock.today, limit: 2)
        guard let first = found.first else { throw Self.unknown(name) }
        guard found.count == 1 else {
            throw Failure(
                .badInput, code: "E-FIND-005",
                Text(en: "several findings begin with \(name)", zh: "有多个发现以 \(name) 开头"),
                advice: Text(en: "Write more of the id.", zh: "请写出更多位。"))
        }
        return first
    }

    static func unknown(_ name: String) -> Failure {
        Failure(
            .badInput, code: "E-FIND-005", Text(en: "there is no finding \(name)", zh: "没有编号为 \(name) 的发现"),
            advice: Text(en: "“qingku findings” lists them.", zh: "可用 qingku findings 列出。"))
    }

    /// 510000 → 51, 510100 → 5101: a province or a prefecture stands for all within it.
    static func divisionPrefix(_ code: String) -> String {
        guard code.utf8.count == 6 else { return code }
        if code.hasSuffix("0000") { return String(code.prefix(2)) }
        return code.hasSuffix("00") ? String(code.prefix(4)) : code
    }
}
