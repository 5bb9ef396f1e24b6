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

    /// Records of each pair the last decision, one event each, unless it is what holds already or waits already. What needs a
    /// second person is recorded as a proposal.
    ///
    /// - Returns: the events that wait for a second person because of it, those of an earlier reading among them.
    static func record(
        _ given: [Decision], in store: WorkspaceStore, by author: TrailCommit.Author, _ dangers: Dangers
    ) throws -> [Int] {
        let proposed = try ApproveRun.proposedDecisions(store)
        let given = try given.map { decision in
            let keys = try store.current([decision.a, decision.b])
            return Decision(
                keys[0], keys[1], decision.verdict, by: decision.by, reason: decision.reason, at: decision.at)
        }
        let live = Dictionary(try store.liveDecisions().map { ([$0.a, $0.b], $0.verdict) }) { _, last in last }
        let last = Dictionary(given.enumerated().map { ([$0.element.a, $0.element.b], $0.offset) }) { _, last in last }
        let different = given.enumerated().filter { index, decision in
            let pair = [decision.a, decision.b]
            return last[pair] == index && live[pair] != decision.verdict
        }.map(\.element)
        func waiting(_ decision: Decision) -> Int? {
            proposed.last { $0.decision.isSame(as: decision) }?.event
        }
        let new = different.filter { waiting($0) == nil }
        var waits = different.compactMap(waiting)
        if new.isEmpty { return waits }
        let classes = try new.map { try dangers.of([$0], count: new.count) }
        try TrailCommit.run(store, by: author) { commit in
            for (decision, classes) in zip(new, classes) {
                let id = try commit.writer.record(decision, event: commit.sequence + 1)
                let event = try commit.add(
                    .decisionsMade([(id, decision)]), for: classes, by: decision.by, reason: decision.reason,
                    at: author.time)
                if !classes.isEmpty { waits.append(event) }
            }
        }
        return waits
    }

    /// Before anything of it is recorded.
    ///
    /// - Throws: `E-DEC-001` to `E-DEC-005` with the line of the first row that cannot be meant; its advice names the others.
    static func check(_ request: CleaningRequest, _ book: RuleBook, _ inputs: Inputs) throws {
        guard let path = request.decisionsPath else { return }
        let table = try FlatTable(path: path, columns: columns)
        let sources = book.sources.map(\.profile.name)
        var bad: [BadRow] = []
        var unknown: [(key: RecordKey, line: Int)] = []
        let directory = RunStore.directory(request, book: book, inputs: inputs)
        let store = WorkspaceStore.exists(at: directory) ? try WorkspaceStore.openReadOnly(directory: directory) : nil
        for (row, line) in zip(table.rows, table.lines) {
            guard let decision = decision(row, request) else {
                bad.append(.noVerdict(row[4], line))
                continue
            }
            for key in [decision.a, decision.b] {
                if !sources.contains(key.source) {
                    bad.append(.noSource(key.source, line, sources))
                } else if try store?.records(named: key.recordID, source: key.source).isEmpty ?? true {
                    unknown.append((key, line))
                }
            }
            if decision.a == decision.b { bad.append(.sameRecord(decision.a, line)) }
            if decision.reason.allSatisfy(\.isWhitespace) { bad.append(.noReason(line)) }
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
    static func read(_ path: String, _ request: CleaningRequest) throws -> [Decision] {
        let table = try FlatTable(path: path, columns: columns)
        return try zip(table.rows, table.lines).map { row, line in
            guard let decision = decision(row, request) else { throw BadRow.noVerdict(row[4], line).failure(path) }
            return decision
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
