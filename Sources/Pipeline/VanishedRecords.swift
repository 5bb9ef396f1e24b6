import Importers
import Records
import Workspace

/// Records of the export before that are not in the next one: nothing is deleted, their history stays, and somebody has to know.
enum VanishedRecords {
    static let check = "vanished-record"

    /// Named one by one up to here; the others are counted.
    static let mostNamed = 1_000

    static func issues(_ gone: WorkspaceStore.Gone, in table: SourceTable, _ plan: SourcePlan) -> [ImportIssue] {
        func issue(_ recordID: String, _ message: Text) -> ImportIssue {
            ImportIssue(
                check: check, severity: .info, source: table.source, place: Place(file: table.file.path),
                recordID: recordID, message: message)
        }
        let reason =
            plan.holdsChangesOnly
            ? Text(
                en: "The office has marked this record as deleted: it counts no more, its history stays.",
                zh: "该单位已将此记录标记为删除：不再计入，其历史保留。")
            : Text(
                en: "The export before had this record and this one has not: it counts no more, its history stays.",
                zh: "上次导出有此记录而本次没有：不再计入，其历史保留。")
        let named = gone.first.map { issue($0, reason) }
        let rest = gone.count - gone.reassigned - gone.first.count
        if rest <= 0 { return named }
        return named + [
            issue("", Text(en: "\(rest.grouped) further records have vanished.", zh: "另有 \(rest.grouped) 条记录消失。"))
        ]
    }
}

extension Standing {
    /// The newest export of a source that nobody took back.
    func exportBefore(_ source: String) throws -> Batch? {
        try store.liveBatches(ofSource: source, at: moment).last
    }

    /// The newest of the exports that nobody took back that is this file: of this name and with these bytes.
    func export(_ file: SourceFile, of source: String) throws -> Batch? {
        try store.liveBatches(ofSource: source, at: moment).last {
            $0.file.sha256 == file.sha256 && $0.file.name == file.name
        }
    }
}
