import Importers
import Reconciliation
import Records
import Rules
import Workspace

/// Decisions that people made elsewhere, as a CSV file: one row per pair of records.
enum DecisionsFile {
    private static let columns = [
        "a_source", "a_record_id", "b_source", "b_record_id", "decision", "reason", "by",
    ]

    /// A row of the file.
    struct Row {
        let line: Int
        let decision: Decision
        /// Says who decided; else whoever reads the file in.
        let namesAuthor: Bool

        /// Whether it was taken in before, in whatever run.
        func wasSaid(as said: Decision) -> Bool {
            decision.isSame(as: said) && decision.reason == said.reason && (!namesAuthor || decision.by == said.by)
        }
    }

    /// What became of a file.
    struct Taken {
        /// Events that wait for a second person because of it, those of an earlier reading among them.
        var waiting: [Int] = []
        /// Lines that were taken before, and of whose records people have said something else since.
        var passed: [Int] = []
        /// Lines that name a record that was erased; nothing of them is recorded.
        var erased: [Int] = []

        func notices(_ path: String) -> [Text] {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            func said(_ lines: [Int], _ text: (String) -> Text) -> [Text] {
                if lines.isEmpty { return [] }
                return [
                    text(lines.prefix(10).map(String.init).joined(separator: ", ") + (lines.count > 10 ? ", …" : ""))
                ]
            }
            return said(passed) { lines in
                Text(
                    en: """
                        \(name): \(counted(passed.count, "row")) (\(passed.count == 1 ? "line" : "lines") \(lines)) of an \
                        earlier reading not said again: people have taken it back or said something else since, which \
                        stands. Who means it anew says so with “qingku decide”, or in a row with another reason.
                        """,
                    zh: """
                        \(name)：有 \(passed.count) 行（第 \(lines) 行）此前已读入，之后有人撤销或另作判定，以后者为准，不再重复记录。\
                        如确需重新判定，请用 qingku decide，或在文件中换一个理由。
                        """)
            }
                + said(erased) { lines in
                    Text(
                        en: """
                            \(name): \(counted(erased.count, "row")) (\(erased.count == 1 ? "line" : "lines") \(lines)) about \
                            records that were erased: nothing of it was recorded. Take the rows out of the file.
                            """,
                        zh: "\(name)：有 \(erased.count) 行（第 \(lines) 行）涉及已删除的记录，未作任何记录。请从文件中删去这些行。")
                }
        }
    }

    /// Records of each pair the last decision, one event each, unless it is what holds already, waits already, or was said
    /// before: a file that is given again does not overrule what people said since. What needs a second person is recorded
    /// as a proposal.
    static func record(
        _ rows: [Row], in store: WorkspaceStore, by author: TrailCommit.Author, _ dangers: Dangers
    ) throws -> Taken {
        let proposed = try ApproveRun.proposedDecisions(store)
        let live = Dictionary(try store.liveDecisions().map { ([$0.a, $0.b], $0.verdict) }) { _, last in last }
        let said = Dictionary(grouping: try store.allDecisions()) { [$0.a, $0.b] }
        var taken = Taken()
        let exclusions = try store.exclusions(unnamed: [])
        let rows = try rows.compactMap { row -> Row? in
            if try isErased(row.decision, store, exclusions) {
                taken.erased.append(row.line)
                return nil
            }
            let keys = try store.current([row.decision.a, row.decision.b])
            let given = row.decision
            return Row(
                line: row.line,
                decision: Decision(
                    keys[0], keys[1], given.verdict, by: given.by, reason: given.reason, at: given.at),
                namesAuthor: row.namesAuthor)
        }
        var new: [Row] = []
        for (pair, rows) in Dictionary(grouping: rows, by: { [$0.decision.a, $0.decision.b] }) {
            guard let row = rows.last, live[pair] != row.decision.verdict else { continue }
            if let waiting = proposed.last(where: { $0.decision.isSame(as: row.decision) }) {
                taken.waiting.append(waiting.event)
            } else if (said[pair] ?? []).contains(where: row.wasSaid) {
                taken.passed.append(row.line)
            } else {
                new.append(row)
            }
        }
        taken.waiting.sort()
        taken.passed.sort()
        try record(new.sorted { $0.line < $1.line }.map(\.decision), in: store, by: author, dangers, &taken)
        return taken
    }

    /// Whether a record of it was erased, and nobody has its id since.
    private static func isErased(_ decision: Decision, _ store: WorkspaceStore, _ exclusions: Exclusions) throws -> Bool
    {
        try [decision.a, decision.b].contains { key in
            try exclusions.wasErased(key.recordID, of: key.source)
                && store.records(named: key.recordID, source: key.source).isEmpty
        }
    }

    private static func record(
        _ new: [Decision], in store: WorkspaceStore, by author: TrailCommit.Author, _ dangers: Dangers,
        _ taken: inout Taken
    ) throws {
        if new.isEmpty { return }
        let joined = try dangers.joined(by: new)
        let classes = try new.map { try dangers.of([$0], count: new.count, joined: joined) }
        taken.waiting += try TrailCommit.run(store, by: author) { commit in
            try zip(new, classes).compactMap { decision, classes in
                let id = try commit.writer.record(decision, event: commit.sequence + 1)
                let event = try commit.add(
                    .decisionsMade([(id, decision)]), for: classes, by: decision.by, reason: decision.reason,
                    at: author.time)
                return classes.isEmpty ? nil : event
            }
        }
    }

    /// Before anything of it is recorded.
    ///
    /// - Throws: `E-DEC-001` to `E-DEC-006` with the line of the first row that cannot be meant; its advice names the others.
    static func check(_ request: CleaningRequest, _ book: RuleBook, _ inputs: Inputs) throws {
        guard let path = request.decisionsPath else { return }
        let table = try FlatTable(path: path, columns: columns)
        let sources = book.sources.map(\.profile.name)
        var bad: [BadRow] = []
        var first: [[RecordKey]: (verdict: Decision.Verdict, line: Int)] = [:]
        var unknown: [(key: RecordKey, line: Int)] = []
        let directory = RunStore.directory(request, book: book, inputs: inputs)
        let store = WorkspaceStore.exists(at: directory) ? try WorkspaceStore.openReadOnly(directory: directory) : nil
        let exclusions = try store?.exclusions(unnamed: []) ?? .none
        for (row, line) in zip(table.rows, table.lines) {
            guard let decision = decision(row, request) else {
                bad.append(.noVerdict(row[4], line))
                continue
            }
            if let store, try isErased(decision, store, exclusions) { continue }
            for key in [decision.a, decision.b] {
                if !sources.contains(key.source) {
                    bad.append(.noSource(key.source, line, sources))
                } else if try store?.records(named: key.recordID, source: key.source).isEmpty ?? true {
                    unknown.append((key, line))
                }
            }
            if decision.a == decision.b { bad.append(.sameRecord(decision.a, line)) }
            if decision.reason.allSatisfy(\.isWhitespace) { bad.append(.noReason(line)) }
            let earlier = first[[decision.a, decision.b]]
            if let earlier, earlier.verdict != decision.verdict {
                bad.append(.contradicts(earlier, decision.verdict, line))
            }
            if earlier == nil { first[[decision.a, decision.b]] = (decision.verdict, line) }
        }
        bad += try new(unknown, book, inputs)
        if let refusal = BadRow.refusal(of: bad, path) { throw refusal }
    }

    /// Records that the workspace does not know may stand in the exports that are about to be read; the others are named.
    private static func new(
        _ unknown: [(key: RecordKey, line: Int)], _ book: RuleBook, _ inputs: Inputs
    ) throws -> [BadRow] {
        if unknown.isEmpty { return [] }
        var names: [String: Set<String>] = [:]
        for input in inputs.inputs where input.batch == nil {
            let source = input.plan.profile.name
            guard unknown.contains(where: { $0.key.source == source }) else { continue }
            let pool = try Importer.read(input.plan, path: input.path, schema: book.schema).table.recordIDPool
            names[source] = Set((0..<pool.count).map { pool[UInt32($0)] })
        }
        return unknown.filter { names[$0.key.source]?.contains($0.key.recordID) != true }.map {
            .noRecord($0.key, $0.line)
        }
    }

    /// - Throws: `E-DEC-001`.
    static func read(_ path: String, _ request: CleaningRequest) throws -> [Row] {
        let table = try FlatTable(path: path, columns: columns)
        return try zip(table.rows, table.lines).map { row, line in
            guard let decision = decision(row, request) else { throw BadRow.noVerdict(row[4], line).failure(path) }
            return Row(line: line, decision: decision, namesAuthor: !row[6].isEmpty)
        }
    }

    /// `nil` where the row has no verdict.
    private static func decision(_ row: [String], _ request: CleaningRequest) -> Decision? {
        Decision.Verdict(rawValue: row[4]).map { verdict in
            Decision(
                RecordKey(source: row[0], recordID: row[1]), RecordKey(source: row[2], recordID: row[3]), verdict,
                by: row[6].isEmpty ? request.actor : row[6], reason: row[5], at: request.clock.now)
        }
    }
}

/// A row of a file of decisions that cannot be meant.
private struct BadRow {
    let line: Int
    let code: String
    let message: Text
    var advice: Text?

    static func noVerdict(_ found: String, _ line: Int) -> BadRow {
        let found = String(found.prefix(12))
        return BadRow(
            line: line, code: "E-DEC-001",
            message: Text(
                en: "the decision is “\(found)”, expected same, different or unsure",
                zh: "判定为“\(found)”，应为 same、different 或 unsure"))
    }

    static func noSource(_ name: String, _ line: Int, _ sources: [String]) -> BadRow {
        BadRow(
            line: line, code: "E-DEC-002", message: Text(en: "there is no source “\(name)”", zh: "没有来源“\(name)”"),
            advice: Text(
                en: "The rule book's sources are: \(sources.joined(separator: ", ")).",
                zh: "规则文件中的来源有：\(sources.joined(separator: "、"))。"))
    }

    static func noRecord(_ key: RecordKey, _ line: Int) -> BadRow {
        BadRow(
            line: line, code: "E-DEC-003",
            message: Text(
                en: "there is no record “\(key.recordID)” of \(key.source)",
                zh: "来源 \(key.source) 中没有记录“\(key.recordID)”"),
            advice: Text(
                en: "Name it by its id in the office's export; nothing of the file was recorded.",
                zh: "请使用该单位导出文件中的记录编号；该文件的内容均未记录。"))
    }

    static func noReason(_ line: Int) -> BadRow {
        BadRow(
            line: line, code: "E-DEC-004", message: Text(en: "the reason is empty", zh: "理由为空"),
            advice: Text(en: "Say why; the audit trail keeps it.", zh: "请说明理由；审计记录会保留。"))
    }

    static func sameRecord(_ key: RecordKey, _ line: Int) -> BadRow {
        BadRow(
            line: line, code: "E-DEC-005",
            message: Text(
                en: "the row names the same record twice: \(key.source) \(key.recordID)",
                zh: "该行中同一记录出现两次：\(key.source) \(key.recordID)"),
            advice: Text(en: "A decision is on two records.", zh: "一条判定针对两条记录。"))
    }

    static func contradicts(
        _ earlier: (verdict: Decision.Verdict, line: Int), _ verdict: Decision.Verdict, _ line: Int
    ) -> BadRow {
        BadRow(
            line: line, code: "E-DEC-006",
            message: Text(
                en:
                    "line \(earlier.line) says “\(earlier.verdict.rawValue)” and line \(line) “\(verdict.rawValue)” of the same two records",
                zh: "对同两条记录，第 \(earlier.line) 行判定为“\(earlier.verdict.rawValue)”，第 \(line) 行判定为“\(verdict.rawValue)”"),
            advice: Text(
                en: "Keep the row that is meant and take the other one out; nothing of the file was recorded.",
                zh: "请保留正确的一行并删去另一行；该文件的内容均未记录。"))
    }

    func failure(_ path: String) -> Failure {
        Failure(.badInput, code: code, message, at: Place(file: path, line: line), advice: advice)
    }

    /// The first, with the others in its advice, ten at most; `nil` where there is none.
    static func refusal(of rows: [BadRow], _ path: String) -> Failure? {
        let ordered = rows.sorted { ($0.line, $0.code) < ($1.line, $1.code) }
        guard let first = ordered.first else { return nil }
        let others = ordered.dropFirst()
        if others.isEmpty { return first.failure(path) }
        let named = others.prefix(10)
        let rest = others.count - named.count
        let more = Text(
            en: named.map { "line \($0.line): \($0.message.en) [\($0.code)]" }.joined(separator: "; ")
                + (rest > 0 ? "; and \(rest) more" : ""),
            zh: named.map { "第 \($0.line) 行：\($0.message.zh) [\($0.code)]" }.joined(separator: "；")
                + (rest > 0 ? "；另有 \(rest) 处" : ""))
        let advice = first.advice.map { Text(en: $0.en + " ", zh: $0.zh) } ?? Text(en: "", zh: "")
        return Failure(
            .badInput, code: first.code, first.message, at: Place(file: path, line: first.line),
            advice: Text(en: advice.en + "Also \(more.en).", zh: advice.zh + "另外，\(more.zh)。"))
    }
}

extension Decision {
    /// Whether it says the same of the same two records, whoever says it.
    func isSame(as other: Decision) -> Bool { a == other.a && b == other.b && verdict == other.verdict }
}
