import Importers
import Matching
import Records
import Rules
import Validation
import Workspace

/// Tells when an office gave the id of one person to another: the record is then a new one, so that nothing that is known of
/// the one, or was said of them, is taken for the other's.
enum ReusedIDs {
    static let reused = "record-id-reused"
    static let inDoubt = "record-id-in-doubt"
    static let checks: Set<String> = [reused, inDoubt]

    /// Named one by one up to here; the others are counted.
    private static let mostNamed = 1_000

    /// The export with the holder of each id.
    ///
    /// - Parameters:
    ///   - before: the export in force.
    ///   - register: of the export's source.
    static func settle(
        _ source: ImportedSource, before: Batch, _ register: RecordRegister, _ standing: Standing, _ schema: Schema,
        threads: Int
    ) throws -> ImportedSource {
        let table = source.table
        let birthDate = RecordRoles.of(schema).birthDate
        let fields = PersonContrast.fields(of: schema, birthDate: birthDate)
        let known = try standing.store.knownHolders(
            of: table, before: before, register, schema: schema, fields: fields)
        var holders = known.settled
        if known.candidates.isEmpty { return ImportedSource(table: table.held(by: holders), issues: source.issues) }
        let now = table.picked(known.candidates.map(\.row), fields: fields)
        let records = RecordNormalizer.normalize(schema: schema, sources: [known.cells, now], threads: threads)
        let contrast = PersonContrast(records, birthDate: birthDate)
        var (others, doubtful): ([Int], [Int]) = ([], [])
        var start = 0
        while start < known.candidates.count {
            let row = known.candidates[start].row
            let end = known.candidates[start...].firstIndex { $0.row != row } ?? known.candidates.count
            let verdicts = (start..<end).map { contrast.verdict($0, now.count + $0) }
            let choice = choice(Array(known.candidates[start..<end]), verdicts)
            if let choice, choice > 0 { holders[row] = choice }
            if choice == nil {
                holders[row] = known.candidates[start].latest + 1
                others.append(row)
            } else if verdicts[0] == .doubtful, choice == known.candidates[start].number {
                doubtful.append(row)
            }
            start = end
        }
        return ImportedSource(
            table: table.held(by: holders),
            issues: source.issues + issues(reused, others, in: table) + issues(inDoubt, doubtful, in: table))
    }

    /// Whose record it is: of who has the id, unless it is clearly somebody else's; then of who had it before, if it is clearly
    /// theirs; else nobody's yet.
    private static func choice(
        _ candidates: [KnownHolders.Candidate], _ verdicts: [PersonContrast.Verdict]
    ) -> Int? {
        if verdicts[0] != .other { return candidates[0].number }
        return zip(candidates, verdicts).dropFirst().first { $1 == .same }?.0.number
    }

    private static func issues(_ check: String, _ rows: [Int], in table: SourceTable) -> [ImportIssue] {
        func issue(_ row: Int?, _ message: Text) -> ImportIssue {
            ImportIssue(
                check: check, severity: .warning, source: table.source,
                place: Place(file: table.file.path, line: row.map { Int(table.lines[$0]) }),
                recordID: row.map { table.recordIDPool[table.recordIDs[$0]] } ?? "", message: message)
        }
        let rows = rows.sorted()
        let message = check == reused ? reusedMessage : doubtMessage
        let rest = rows.count - mostNamed
        return rows.prefix(mostNamed).map { issue($0, message) }
            + (rest > 0
                ? [issue(nil, Text(en: "\(rest.grouped) further record ids alike.", zh: "另有 \(rest.grouped) 个记录编号同此。"))]
                : [])
    }

    private static let reusedMessage = Text(
        en:
            "The office has given this record id to somebody else: name, birth date and more are not those it had before. The record counts as a new one; numbers, values and decisions of who had the id stay with them.",
        zh: "该单位已将此记录编号改给他人：姓名、出生日期等均与此前不同。本条按新记录处理；原持有人的人员编号、人工值和判定仍归原持有人。")
    private static let doubtMessage = Text(
        en:
            "Name and birth date are not those this record id had before, and nothing else says for certain whether it is somebody else: it still counts as the same record. Ask the office; “qingku split” parts it from its person.",
        zh: "姓名和出生日期与该记录编号此前的不同，但尚不能确定已改归他人，暂按同一记录处理。请向该单位核实；可用 qingku split 将其与原人员分开。")
}
