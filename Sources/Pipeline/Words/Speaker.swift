import Foundation
import Importers
import Matching
import Reconciliation
import Records
import Rules
import Standards
import Workspace

/// Makes of a word what is to be recorded: finds the persons, records and events that it names.
struct Speaker {
    let store: WorkspaceStore
    let request: WordRequest

    /// More pairs than this are a clean-up, not a decision.
    private static let mostPairs = 10_000

    func speech() throws -> Speech {
        switch request.word {
        case .decide(let first, let second, let verdict): try decide(first, second, verdict)
        case .split(let person, let records, let isCertain): try split(person, records, isCertain)
        case .override(let person, let field, let value): try override(person, field, value)
        case .undo(let targets): try Undoing(speaker: self).speech(targets)
        }
    }

    // MARK: Words

    private func decide(_ first: String, _ second: String, _ verdict: Decision.Verdict) throws -> Speech {
        let (a, b) = (try record(first), try record(second))
        guard a.key != b.key else {
            throw Failure(
                .badInput, code: "E-WRD-003",
                Text(en: "“\(first)” and “\(second)” are one and the same record", zh: "“\(first)”与“\(second)”是同一条记录"))
        }
        let known = try store.liveDecisions().last { Set([$0.a, $0.b]) == [a.name, b.name] }
        if known?.verdict == verdict { return Speech() }
        let said = decision(a.name, b.name, verdict)
        if let waiting = try ApproveRun.proposedDecisions(store).last(where: { $0.decision.isSame(as: said) }) {
            throw Failure(
                .badInput, code: "E-WRD-010",
                Text(
                    en:
                        "\(waiting.decision.by) has proposed that already; it waits for a second person (event \(waiting.event))",
                    zh: "\(waiting.decision.by) 已提出相同的判定，正待第二人批准（第 \(waiting.event) 号事件）"),
                advice: Text(
                    en:
                        "Somebody else has to agree: qingku approve \(waiting.event) --reason … --workspace \(store.directory)",
                    zh: "须由他人批准：qingku approve \(waiting.event) --reason … --workspace \(store.directory)"))
        }
        var speech = Speech()
        speech.decisions = [said]
        speech.meaning = [Self.meaning(verdict, Self.text(a.name), Self.text(b.name))] + (try restrictions([a, b]))
        return speech
    }

    private func split(_ name: String, _ leaving: [String], _ isCertain: Bool) throws -> Speech {
        let (person, members) = try self.members(of: name)
        let parting = try leaving.map { try record($0) }
        for record in parting where !members.contains(record) {
            throw Failure(
                .badInput, code: "E-WRD-004",
                Text(
                    en: "\(Self.text(record.name)) does not stand for \(PersonID.text(person))",
                    zh: "\(Self.text(record.name)) 不属于 \(PersonID.text(person))"),
                advice: Text(
                    en: "Its records are: \(Self.list(members)).", zh: "其记录有：\(Self.list(members))。"))
        }
        let staying = members.filter { !parting.contains($0) }
        guard !staying.isEmpty else {
            throw Failure(
                .badInput, code: "E-WRD-005",
                Text(
                    en: "all records of \(PersonID.text(person)) would leave", zh: "\(PersonID.text(person)) 的全部记录都将离开"),
                advice: Text(en: "Name those that belong to somebody else.", zh: "请只列出属于他人的记录。"))
        }
        return try apart(
            parting, staying, isCertain ? .different : .unsure,
            Text(
                en:
                    "\(PersonID.text(person)) is taken apart: \(Self.list(parting)) on one side, \(Self.list(staying)) on the other",
                zh: "\(PersonID.text(person)) 被拆分：一方为 \(Self.list(parting))，另一方为 \(Self.list(staying))"))
    }

    /// Every record of the one part held apart from every record of the other.
    func apart(
        _ parting: [WorkspaceStore.KnownRecord], _ staying: [WorkspaceStore.KnownRecord], _ verdict: Decision.Verdict,
        _ meaning: Text
    ) throws -> Speech {
        guard parting.count * staying.count <= Self.mostPairs else {
            throw Failure(
                .badInput, code: "E-WRD-006",
                Text(
                    en: "that would decide \(parting.count * staying.count) pairs at once",
                    zh: "这将一次判定 \(parting.count * staying.count) 对记录"),
                advice: Text(
                    en: "At most \(Self.mostPairs) are possible; change the rules, or take it apart in steps.",
                    zh: "一次最多 \(Self.mostPairs) 对；请修改规则或分步进行。"))
        }
        var speech = Speech()
        speech.decisions = parting.flatMap { a in staying.map { decision(a.name, $0.name, verdict) } }
        speech.meaning = [meaning] + (try restrictions(parting + staying))
        return speech
    }

    /// What is said of restricted records waits until they are used again.
    private func restrictions(_ records: [WorkspaceStore.KnownRecord]) throws -> [Text] {
        let restricted = Set(try store.subjects(ids: records.map(\.key)).filter(\.isRestricted).map(\.id))
        let named = records.filter { restricted.contains($0.key) }
        if named.isEmpty { return [] }
        return [
            Text(
                en:
                    "Mind that \(Self.list(named)) \(named.count == 1 ? "is" : "are") restricted: this counts once the restriction is lifted",
                zh: "请注意：\(Self.list(named)) 受限制，解除限制后此判定方才生效")
        ]
    }

    private func override(_ name: String, _ fieldName: String, _ value: String) throws -> Speech {
        let (person, members) = try self.members(of: name)
        let schema = try book().schema
        guard let field = schema.index(of: fieldName) else {
            throw Self.noField(fieldName, schema)
        }
        let text = try shown(value, field, try book())
        let keys = members.map(\.key).sorted()
        let known = try store.liveOverrides().last { override in
            override.field == fieldName && !Set(override.records).isDisjoint(with: keys)
        }
        if known?.text == text, known?.records == keys { return Speech() }
        var speech = Speech()
        speech.overrides = [
            (
                person,
                StoredOverride(
                    event: 0, field: fieldName, text: text, by: request.by, reason: request.reason,
                    at: request.clock.now, records: keys)
            )
        ]
        let former = try former(person, Set(keys), field)
        let shown = former.map { $0.isEmpty ? Text(en: "empty", zh: "空") : Text(en: "“\($0)”", zh: "“\($0)”") }
        speech.meaning = [
            Text(
                en: "\(fieldName) of \(PersonID.text(person)) is “\(text)”"
                    + (shown.map { ", so far \($0.en)" } ?? ""),
                zh: "\(PersonID.text(person)) 的 \(fieldName) 为“\(text)”" + (shown.map { "，此前为\($0.zh)" } ?? ""))
        ]
        if let doubt = doubt(of: text, field, schema) {
            speech.meaning.append(Text(en: "Mind that \(doubt.en)", zh: "请注意：\(doubt.zh)"))
        }
        return speech
    }

    /// What speaks against a value, though it is of the right form; `nil` when nothing does.
    func doubt(of text: String, _ field: Int, _ schema: Schema) -> Text? {
        let today = request.clock.today
        if schema.fields[field].kind == .residentID, let id = ResidentID(text) {
            if !id.isValid {
                return Text(
                    en:
                        "“\(text)” is no valid resident id: its check character, birth date or division does not fit",
                    zh: "“\(text)”不是有效的身份证号，其校验码、出生日期或区划不符")
            }
            if let day = CivilDate(iso: today), !id.isValid(asOf: day) {
                return Text(
                    en: "the birth date in “\(text)” is in the future, or more than 130 years ago",
                    zh: "“\(text)”中的出生日期在将来，或早于 130 年前")
            }
        }
        if schema.namesBirth(field), schema.fields[field].kind == .date, text > today {
            return Text(en: "“\(text)” is in the future", zh: "“\(text)”在将来")
        }
        return nil
    }

    /// What the master of the newest run has in the cell; `nil` when that cannot be said any more.
    ///
    /// - Throws: `E-WRD-012` for a person of whom no record is in force.
    func former(_ person: UInt32, _ records: Set<Int64>, _ field: Int) throws -> String? {
        guard let run = try store.lastRun(), let state = try? RunState(store, run),
            let master = try? PersonMaster(person, records, state)
        else { return nil }
        guard !master.members.isEmpty else { throw withoutRecords(person) }
        return master.cells.indices.contains(field) ? master.cells[field] : nil
    }

    private func withoutRecords(_ person: UInt32) -> Failure {
        Failure(
            .badInput, code: "E-WRD-012",
            Text(
                en: "\(PersonID.text(person)) is not in the newest master: no record of it is in force",
                zh: "最新主数据中没有 \(PersonID.text(person))：其记录均未生效"),
            advice: Text(
                en: "Its records were restricted or erased, or are no longer in the exports in force.",
                zh: "其记录已被限制或删除，或已不在生效的导出中。"))
    }

    /// As the master shows it: of a field that keeps all values each of them.
    ///
    /// - Parameter isOfRecord: a cell of an export, of which the records' value counts; else what somebody typed.
    /// - Throws: `E-WRD-008` for what the field cannot hold.
    func shown(_ value: String, _ field: Int, _ book: RuleBook, isOfRecord: Bool = false) throws -> String {
        let kind = book.schema.fields[field]
        let isNumber = [.phone, .email, .residentID].contains(kind.kind)
        guard let notation = book.survivorship.lists[field], !isOfRecord else {
            if isNumber, !isOfRecord { try checkIsOne(value, kind) }
            return try shown(value, kind)
        }
        var values: [String] = []
        for part in notation.values(value).flatMap({ isNumber ? Self.parts($0) : [$0] }) {
            let text = try shown(part, kind)
            if !text.isEmpty, !values.contains(text) { values.append(text) }
        }
        return notation.text(values)
    }

    private static func parts(_ value: String) -> [String] {
        value.split(whereSeparator: severalMarks.contains).map(String.init)
    }

    private func checkIsOne(_ value: String, _ field: Field) throws {
        let normalizer = Normalizer(for: field)
        let parts = Self.parts(value).map { normalizer.normalize($0) }
        guard Set(parts.filter(\.isWellFormed).map(\.value)).count > 1 else { return }
        throw Failure(
            .badInput, code: "E-WRD-008",
            Text(en: "“\(value)” is more than one value", zh: "“\(value)”包含多个值"),
            advice: Text(
                en: "A cell of \(field.name) holds one; `keep: all` under survivorship: lets it hold several.",
                zh: "\(field.name) 的单元格只保存一个值；在 survivorship: 下写 `keep: all` 可保存多个。"))
    }

    private static let severalMarks: Set<Character> = [";", "；", ",", "，", "、", "/", "|"]

    /// As the master shows one value.
    private func shown(_ value: String, _ field: Field) throws -> String {
        let value = value.trimmingCharacters(in: .whitespacesAndNewlines)
        if value.isEmpty { return "" }
        let normal = Normalizer(for: field).normalize(value)
        guard normal.isWellFormed else {
            throw Failure(
                .badInput, code: "E-WRD-008",
                Text(
                    en: "“\(value)” is not well formed as \(field.kind.rawValue)",
                    zh: "“\(value)”不是合规的 \(field.kind.rawValue)"),
                advice: Text(
                    en: "The master holds well-formed values only; an empty value empties the cell.",
                    zh: "主数据只保存合规的值；空值表示清空该单元格。"))
        }
        return field.kind.isShownAsSpelt ? value : normal.value
    }

    // MARK: Names

    func decision(_ a: RecordKey, _ b: RecordKey, _ verdict: Decision.Verdict) -> Decision {
        Decision(a, b, verdict, by: request.by, reason: request.reason, at: request.clock.now)
    }

    func book() throws -> RuleBook {
        guard let rules = try store.ruleBook() else { throw Self.noRun(store) }
        return try .parse(rules.text, path: rules.path)
    }

    /// - Throws: `E-WRD-001` for a record nobody knows, or that several sources have.
    func record(_ text: String) throws -> WorkspaceStore.KnownRecord { try Self.record(text, in: store) }

    static func record(_ text: String, in store: WorkspaceStore) throws -> WorkspaceStore.KnownRecord {
        var found = try store.records(named: text)
        if found.isEmpty, let colon = text.firstIndex(of: ":") {
            found = try store.records(
                named: String(text[text.index(after: colon)...]), source: String(text[..<colon]))
        }
        if found.count == 1 { return found[0] }
        let names = found.map { Speaker.text($0.name) }
        throw Failure(
            .badInput, code: "E-WRD-001",
            found.isEmpty
                ? Text(en: "there is no record “\(text)”", zh: "没有记录“\(text)”")
                : Text(en: "“\(text)” is the id of \(found.count) records", zh: "“\(text)”是 \(found.count) 条记录的编号"),
            advice: found.isEmpty
                ? Text(en: "Name it by its record id, or SOURCE:ID.", zh: "请用记录编号或 来源:编号 指定。")
                : Text(en: "Name one: \(names.joined(separator: ", ")).", zh: "请指定其一：\(names.joined(separator: "、"))。"))
    }

    /// Of a retired person those of the one it was merged into.
    ///
    /// - Throws: `E-WRD-002` for a person nobody knows.
    func members(of text: String) throws -> (person: UInt32, records: [WorkspaceStore.KnownRecord]) {
        guard let number = PersonID.given(text) else { throw unknown(text) }
        let person = try store.aliases()[number] ?? number
        let records = try store.records(ofPerson: person)
        guard !records.isEmpty else { throw unknown(text) }
        return (person, records)
    }

    func unknown(_ person: String) -> Failure {
        Failure(
            .badInput, code: "E-WRD-002", Text(en: "there is no person “\(person)”", zh: "没有人员“\(person)”"),
            advice: Text(
                en: "Person ids look like P00000012; master.csv has them.", zh: "人员编号形如 P00000012，见 master.csv。"))
    }

    static func noField(_ name: String, _ schema: Schema) -> Failure {
        Failure(
            .badInput, code: "E-WRD-007",
            Text(en: "there is no field “\(name)”", zh: "没有名为“\(name)”的字段"),
            advice: Text(
                en: "Fields: \(schema.fields.map(\.name).joined(separator: ", ")).",
                zh: "可用的字段：\(schema.fields.map(\.name).joined(separator: "、"))。"))
    }

    static func noRun(_ store: WorkspaceStore) -> Failure {
        Failure(
            .notDone, code: "E-RUN-007",
            Text(en: "the workspace has no run yet", zh: "工作区中还没有运行记录"), at: Place(file: store.directory),
            advice: Text(en: "Run “qingku clean” first.", zh: "请先运行 qingku clean。"))
    }

    static func text(_ key: RecordKey) -> String { "\(key.source):\(key.recordID)" }

    static func list(_ records: [WorkspaceStore.KnownRecord]) -> String {
        let names = records.prefix(8).map { text($0.name) }.joined(separator: ", ")
        return records.count > 8 ? names + ", …" : names
    }

    static func meaning(_ verdict: Decision.Verdict, _ a: String, _ b: String) -> Text {
        switch verdict {
        case .same: Text(en: "\(a) and \(b) are one person", zh: "\(a) 与 \(b) 是同一个人")
        case .different: Text(en: "\(a) and \(b) are different persons", zh: "\(a) 与 \(b) 是不同的人")
        case .unsure: Text(en: "\(a) and \(b) stay apart until somebody decides", zh: "\(a) 与 \(b) 在判定之前保持分开")
        }
    }
}
