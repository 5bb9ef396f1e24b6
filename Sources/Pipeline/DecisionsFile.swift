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
    /// - Throws: `E-DEC-001` to `E-DEC-004` for a row that cannot be meant, with its line.
    static func check(_ request: CleaningRequest, _ book: RuleBook, _ inputs: Inputs) throws {
        guard let path = request.decisionsPath else { return }
        let table = try FlatTable(path: path, columns: columns)
        let sources = book.sources.map(\.profile.name)
        var unknown: [(key: RecordKey, line: Int)] = []
        let directory = RunStore.directory(request, book: book, inputs: inputs)
        let store = WorkspaceStore.exists(at: directory) ? try WorkspaceStore.openReadOnly(directory: directory) : nil
        for (decision, line) in zip(try read(path, request), table.lines) {
            for key in [decision.a, decision.b] {
                guard sources.contains(key.source) else {
                    throw Failure(
                        .badInput, code: "E-DEC-002",
                        Text(en: "there is no source “\(key.source)”", zh: "没有来源“\(key.source)”"),
                        at: Place(file: path, line: line),
                        advice: Text(
                            en: "The rule book's sources are: \(sources.joined(separator: ", ")).",
                            zh: "规则文件中的来源有：\(sources.joined(separator: "、"))。"))
                }
                if try store?.records(named: key.recordID, source: key.source).isEmpty ?? true {
                    unknown.append((key, line))
                }
            }
            if decision.reason.allSatisfy(\.isWhitespace) {
                throw Failure(
                    .badInput, code: "E-DEC-004", Text(en: "the reason is empty", zh: "理由为空"),
                    at: Place(file: path, line: line),
                    advice: Text(en: "Say why; the audit trail keeps it.", zh: "请说明理由；审计记录会保留。"))
            }
        }
        try checkNew(unknown, book, inputs, path)
    }

    /// Records that the workspace does not know may stand in the exports that are about to be read.
    private static func checkNew(
        _ unknown: [(key: RecordKey, line: Int)], _ book: RuleBook, _ inputs: Inputs, _ path: String
    ) throws {
        if unknown.isEmpty { return }
        var names: [String: Set<String>] = [:]
        for input in inputs.inputs where input.batch == nil {
            let source = input.plan.profile.name
            guard unknown.contains(where: { $0.key.source == source }) else { continue }
            let pool = try Importer.read(input.plan, path: input.path, schema: book.schema).table.recordIDPool
            names[source] = Set((0..<pool.count).map { pool[UInt32($0)] })
        }
        for (key, line) in unknown where names[key.source]?.contains(key.recordID) != true {
            throw Failure(
                .badInput, code: "E-DEC-003",
                Text(
                    en: "there is no record “\(key.recordID)” of \(key.source)",
                    zh: "来源 \(key.source) 中没有记录“\(key.recordID)”"),
                at: Place(file: path, line: line),
                advice: Text(
                    en: "Name it by its id in the office's export; nothing of the file was recorded.",
                    zh: "请使用该单位导出文件中的记录编号；该文件的内容均未记录。"))
        }
    }

    static func read(_ path: String, _ request: CleaningRequest) throws -> [Decision] {
        let table = try FlatTable(path: path, columns: columns)
        return try zip(table.rows, table.lines).map { row, line in
            guard let verdict = Decision.Verdict(rawValue: row[4]) else {
                let found = String(row[4].prefix(12))
                throw Failure(
                    .badInput, code: "E-DEC-001",
                    Text(
                        en: "the decision is “\(found)”, expected same, different or unsure",
                        zh: "判定为“\(found)”，应为 same、different 或 unsure"), at: Place(file: path, line: line))
            }
            return Decision(
                RecordKey(source: row[0], recordID: row[1]), RecordKey(source: row[2], recordID: row[3]), verdict,
                by: row[6].isEmpty ? request.actor : row[6], reason: row[5], at: request.clock.now)
        }
    }
}

extension Decision {
    /// Whether it says the same of the same two records, whoever says it.
    func isSame(as other: Decision) -> Bool { a == other.a && b == other.b && verdict == other.verdict }
}
