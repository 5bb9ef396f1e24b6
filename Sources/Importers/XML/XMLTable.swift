import Records

/// The table that records of an XML file go into. Slots are the plan's mappings in order, and last the record id.
struct XMLTable {
    private let plan: SourcePlan
    private let schema: Schema
    private let limits: ImportLimits
    private let mappings: [SourcePlan.Mapping]
    let hasID: Bool
    private(set) var builder: TableBuilder
    private var batch: CellBatch
    /// The first row whose cells are in the batch.
    private var batchStart = 0
    var log: IssueLog
    /// Whether anything in the file matched the slot's path.
    var seen: [Bool]

    init(_ plan: SourcePlan, _ schema: Schema, mappings: [SourcePlan.Mapping], log: IssueLog, limits: ImportLimits) {
        self.plan = plan
        self.schema = schema
        self.mappings = mappings
        self.log = log
        self.limits = limits
        hasID = plan.recordID != nil
        builder = TableBuilder(columns: schema.fields.count)
        batch = CellBatch(columns: mappings.count)
        seen = Array(repeating: false, count: mappings.count + (plan.recordID == nil ? 0 : 1))
    }

    mutating func begin(line: Int, offset: UInt64) {
        if batch.size > 64 << 10 || builder.rows - batchStart > 1024 { flush() }
        builder.begin(line: line, offset: offset)
        guard !hasID else { return }
        var ordinal = String(builder.rows)
        _ = ordinal.withUTF8 { builder.appendID($0, line: line) }
    }

    /// The record id first, which issues name, then the other slots in order.
    mutating func take(_ value: UnsafeBufferPointer<UInt8>, slot: Int, repeats: Int, isCut: Bool, line: Int) {
        guard slot < mappings.count else {
            let added = builder.appendID(UTF8Form.prefix(value, limits.name), line: line)
            log.add(added, line: line, header: plan.recordID ?? "")
            return
        }
        let field = mappings[slot].field
        let name = schema.fields[field].name
        batch.add(copying: value)
        if repeats > 1 {
            log.add(
                "repeated-element", .info, line: line, recordID: builder.ids.last(), field: name, raw: shown(value),
                Text(
                    en: "\(mappings[slot].path) is there \(repeats) times in the record; its values are joined by “;”.",
                    zh: "记录中有 \(repeats) 个 \(mappings[slot].path)，各值以“;”连接。"))
        }
        if isCut {
            log.add(
                "field-too-long", .error, line: line, recordID: builder.ids.last(), field: name,
                Text(
                    en: "The value is longer than \(limits.field) bytes; the rest of it was not read.",
                    zh: "值超过 \(limits.field) 字节，其余部分未读入。"))
        }
    }

    /// All records are there.
    mutating func close() {
        flush()
        for field in schema.fields.indices { builder.fill(field) }
    }

    /// Takes the gathered cells into the table.
    private mutating func flush() {
        var found: [(row: Int, slot: Int, damage: TableBuilder.Damage)] = []
        for (slot, mapping) in mappings.enumerated() {
            let damaged = batch.withTexts(of: slot) { builder.append($0, to: mapping.field) }
            found += damaged.map { ($0.row, slot, $0.damage) }
        }
        batch.removeAll()
        batchStart = builder.rows
        for (row, slot, damage) in found.sorted(by: { ($0.row, $0.slot) < ($1.row, $1.slot) }) {
            let mapping = mappings[slot]
            log.add(
                damage.check, .warning, line: builder.line(row), recordID: builder.ids[row],
                field: schema.fields[mapping.field].name, raw: shown(builder.text(row, mapping.field).utf8),
                damage.message(mapping.path))
        }
    }

    mutating func reportCut(line: Int) {
        log.add(
            "record-too-long", .error, line: line, recordID: builder.ids.last(),
            Text(
                en: "The record holds more than \(limits.record) bytes of text; the rest was not read.",
                zh: "记录文本超过 \(limits.record) 字节，其余部分未读入。"))
    }

    /// Throws when neither the record id nor any field was ever there; a path that was never there is an issue.
    mutating func checkPaths(_ survey: XMLSurvey) throws {
        let paths = survey.paths(underRecord: true)
        let idMissing = hasID && seen.last == false
        let missing = mappings.indices.filter { !seen[$0] }
        if idMissing || (!mappings.isEmpty && missing.count == mappings.count) {
            let wanted = (idMissing ? [plan.recordID ?? ""] : []) + missing.map { mappings[$0].path }
            throw Failure(
                .badInput, code: "E-XML-006",
                Text(
                    en: """
                        No record has \(wanted.prefix(8).joined(separator: ", ")). Records have: \
                        \(paths.prefix(30).joined(separator: ", ")).
                        """,
                    zh:
                        "所有记录都没有 \(wanted.prefix(8).joined(separator: ", "))。记录中有：\(paths.prefix(30).joined(separator: ", "))。"
                ),
                at: Place(file: log.file), advice: survey.namespaceAdvice)
        }
        for slot in missing {
            let path = mappings[slot].path
            let nearest = Nearest.name(to: path, among: paths)
            log.add(
                "missing-column", .error, field: schema.fields[mappings[slot].field].name, raw: path,
                Text(
                    en:
                        "No record has \(path); the field \(schema.fields[mappings[slot].field].name) is not read from this file."
                        + (nearest.map { " Did you mean \($0)?" } ?? ""),
                    zh: "所有记录都没有 \(path)，字段 \(schema.fields[mappings[slot].field].name) 未读入。"
                        + (nearest.map { "是否应为 \($0)？" } ?? "")))
        }
    }

    consuming func finish(_ file: SourceFile) -> ImportedSource {
        var headers = [String?](repeating: nil, count: schema.fields.count)
        for (slot, mapping) in mappings.enumerated() where seen[slot] { headers[mapping.field] = mapping.path }
        return ImportedSource(
            table: builder.table(profile: plan.profile, file: file, headers: headers), issues: log.closed())
    }
}
