import Encryption
import Foundation
import Reconciliation
import Records
package import Reports
import Workspace

/// Gives tables of a run to somebody outside, and says so in the audit trail: what, to whom, what for.
package enum ExportRun {
    package struct Outcome: Sendable {
        package let written: ExportFile.Written
        /// A key that was made for this export.
        package let newKeyPath: String?
        /// Sequence of the event; `nil` for a folder that belongs to no workspace.
        package let event: Int?
    }

    /// - Throws: `E-EXP-011` without purpose or recipient, `E-EXP-012` for a table that the run does not have, `E-EXP-013` for
    ///   several tables in a format of one, `E-EXP-014` for pseudonyms without key or recipient or a `keep` that names nothing,
    ///   `E-EXP-015` for a run from before a restriction, `E-EXP-016` for a folder of a workspace that is not named, `E-EXP-017` for
    ///   one whose files were erased.
    package static func run(_ request: ExportRequest) throws -> Outcome {
        let origin = try Origin(request.origin)
        try check(request, isInWorkspace: origin.workspace != nil)
        if let run = origin.run, let workspace = origin.workspace {
            try refuseRestricted(run, try WorkspaceStore.openReadOnly(directory: workspace))
        }
        try origin.refuseEmptied()
        let folder = try RunFolder(origin.folder)
        let tables = try chosen(request, folder).map { name in
            try StoredTable(
                name: name, path: folder.path + "/" + name + ".csv", sha256: origin.digest(of: name, in: folder),
                fields: folder.fields)
        }
        var (pseudonyms, newKey, fingerprint) = (Pseudonyms?.none, String?.none, "")
        if request.isPseudonymised, let path = request.keyPath {
            try check(keep: request.keep, tables, folder)
            let (key, isNew) = try PseudonymKey.load(path)
            pseudonyms = Pseudonyms(key: key, recipient: request.recipient, keep: Set(request.keep))
            newKey = isNew ? path : nil
            fingerprint = Pseudonyms.fingerprint(of: key)
        }
        let file = ExportFile(
            format: request.format, tables: tables, fields: folder.fields, pseudonyms: pseudonyms,
            note: ExportNote(title: folder.title, purpose: request.purpose, recipient: request.recipient),
            encryptedTo: request.encryptedTo)
        let name = tables.count == 1 ? tables[0].name : "export"
        var event: Int?
        let ending = request.format.ending + (request.encryptedTo.isEmpty ? "" : AgeFile.ending)
        let written = try file.write(to: request.output ?? name + "." + ending, from: origin.home) { written in
            event = try record(written, request, origin, key: fingerprint)
        }
        return Outcome(written: written, newKeyPath: newKey, event: event)
    }

    // MARK: Where from

    private struct Origin {
        let workspace: String?
        let run: StoredRun?
        let folder: String

        /// Only the user may look into it: the workspace, else the folder that the run's is in.
        var home: String {
            workspace ?? URL(fileURLWithPath: folder).standardizedFileURL.deletingLastPathComponent().path
        }

        /// The folder of a run in a workspace belongs to it however it is named: no way around the trail.
        init(_ origin: ExportRequest.Origin) throws {
            switch origin {
            case .workspace(let directory):
                let store = try WorkspaceStore.openReadOnly(directory: directory)
                guard let last = try store.lastRun() else {
                    throw Failure(
                        .notDone, code: "E-EXP-004",
                        Text(en: "the workspace has no run yet", zh: "工作区中还没有运行记录"), at: Place(file: directory))
                }
                (workspace, run, folder) = (directory, last, store.path(of: last))
            case .folder(let path, let named):
                let place = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath()
                let above = place.deletingLastPathComponent().deletingLastPathComponent().path
                guard let directory = named ?? (WorkspaceStore.exists(at: above) ? above : nil) else {
                    if let registry = try RunFolder(path).registry { throw Self.unnamed(registry, path) }
                    (workspace, run, folder) = (nil, nil, path)
                    return
                }
                let store = try WorkspaceStore.openReadOnly(directory: directory)
                // A folder that was moved, or copied, is known by what it holds.
                let tables = Set(try RunFolder(path).tables.map { [$0.name + ".csv", $0.sha256] })
                let runs = try store.runs(nil)
                let run =
                    runs.last { URL(fileURLWithPath: store.path(of: $0)).resolvingSymlinksInPath().path == place.path }
                    ?? runs.last { !tables.isEmpty && tables.isSubset(of: $0.outputs.map { [$0.path, $0.sha256] }) }
                guard let run else {
                    throw Failure(
                        .badInput, code: "E-EXP-010",
                        Text(en: "the workspace knows no run with this folder", zh: "工作区中没有使用此文件夹的运行"),
                        at: Place(file: path))
                }
                (workspace, self.run, folder) = (directory, run, place.path)
            }
        }

        private static func unnamed(_ registry: String, _ path: String) -> Failure {
            Failure(
                .badInput, code: "E-EXP-016",
                Text(
                    en:
                        "this folder was written by a run of the registry \(registry), whose audit trail keeps its exports",
                    zh: "此文件夹由登记库 \(registry) 的一次运行写出，其导出须记入审计记录"), at: Place(file: path),
                advice: Text(
                    en: "Name its workspace too: --workspace.", zh: "请同时用 --workspace 指明工作区。"))
        }

        /// The files of a run go when records that it had are erased.
        func refuseEmptied() throws {
            guard let workspace else { return }
            try refuseEmptied(WorkspaceStore.openReadOnly(directory: workspace))
        }

        func refuseEmptied(_ store: WorkspaceStore) throws {
            guard let workspace, let run, try store.isEmptied(run) else { return }
            throw Failure(
                .notDone, code: "E-EXP-017",
                Text(
                    en: "the files of run \(run.id) went with an erasure or with retention",
                    zh: "第 \(run.id) 次运行的文件已随删除或按期清理移除"), at: Place(file: folder),
                advice: Text(
                    en: "Make a new run first: qingku reconcile --workspace \(workspace)",
                    zh: "请先重新运行：qingku reconcile --workspace \(workspace)"))
        }

        /// As the workspace knows it, else as the folder's own manifest says.
        func digest(of table: String, in folder: RunFolder) -> String? {
            run?.outputs.first { $0.path == table + ".csv" }?.sha256
                ?? folder.tables.first { $0.name == table }?.sha256
        }
    }

    // MARK: Checks

    private static func check(_ request: ExportRequest, isInWorkspace: Bool) throws {
        if isInWorkspace { try checkPurpose(request.purpose, request.recipient) }
        guard request.isPseudonymised else { return }
        if request.keyPath == nil || request.recipient.allSatisfy(\.isWhitespace) {
            throw Failure(
                .badInput, code: "E-EXP-014",
                Text(
                    en: "--pseudonymise needs --key-file and --recipient: tokens are made for one recipient",
                    zh: "--pseudonymise 需要 --key-file 和 --recipient：代号按接收方生成"))
        }
    }

    static func checkPurpose(_ purpose: String, _ recipient: String) throws {
        guard purpose.allSatisfy(\.isWhitespace) || recipient.allSatisfy(\.isWhitespace) else { return }
        throw Failure(
            .badInput, code: "E-EXP-011",
            Text(
                en: "an export from a workspace needs --purpose and --recipient: the audit trail keeps both",
                zh: "从工作区导出需要 --purpose 和 --recipient：审计记录会保存二者"),
            advice: Text(en: "Say what the data are for and who gets them.", zh: "请写明数据用途和接收方。"))
    }

    /// A run from before a restriction has records that are used for nothing since.
    static func refuseRestricted(_ run: StoredRun, _ store: WorkspaceStore) throws {
        let count = try store.restrictions(after: run.event)
        guard count > 0 else { return }
        throw Failure(
            .notPermitted, code: "E-EXP-015",
            Text(
                en: "\(count) records were restricted after this run, and it may have them",
                zh: "此次运行之后有 \(count) 条记录受到限制，其结果可能含有这些记录"), at: Place(file: store.path(of: run)),
            advice: Text(en: "Make a new run first: qingku clean.", zh: "请先重新运行 qingku clean。"))
    }

    private static func check(keep: [String], _ tables: [StoredTable], _ folder: RunFolder) throws {
        let known = Set(tables.flatMap { $0.columns.map(\.name) } + folder.fields.map(\.name))
        for name in keep where !known.contains(name) {
            throw Failure(
                .badInput, code: "E-EXP-014",
                Text(en: "--keep names no column: “\(name)”", zh: "--keep 中的“\(name)”不是任何列"),
                advice: Text(
                    en: "Columns and fields are: \(known.sorted().joined(separator: ", ")).",
                    zh: "列和字段有：\(known.sorted().joined(separator: "、"))。"))
        }
    }

    private static func chosen(_ request: ExportRequest, _ folder: RunFolder) throws -> [String] {
        let there = folder.tables.map(\.name)
        var chosen: [String] = []
        for name in request.tables.isEmpty ? ["master"] : request.tables {
            guard name == "all" || there.contains(name) else {
                throw Failure(
                    .badInput, code: "E-EXP-012",
                    Text(en: "the run has no table “\(name)”", zh: "此次运行没有表“\(name)”"), at: Place(file: folder.path),
                    advice: Text(
                        en: "Its tables are: \(there.joined(separator: ", ")).",
                        zh: "可用的表：\(there.joined(separator: "、"))。"))
            }
            for table in name == "all" ? there : [name] where !chosen.contains(table) { chosen.append(table) }
        }
        guard chosen.count == 1 || request.format.holdsSeveral else {
            let several = ExportFormat.all.filter(\.holdsSeveral).map(\.name)
            throw Failure(
                .badInput, code: "E-EXP-013",
                Text(
                    en: "one file of format \(request.format.name) holds one table",
                    zh: "\(request.format.name) 格式的一个文件只能有一张表"),
                advice: Text(
                    en: "Export them one by one, or as \(several.joined(separator: " or ")).",
                    zh: "请分别导出，或使用 \(several.joined(separator: "、")) 格式。"))
        }
        return chosen
    }

    // MARK: The trail

    private static func record(
        _ written: ExportFile.Written, _ request: ExportRequest, _ origin: Origin, key: String
    ) throws -> Int? {
        guard let directory = origin.workspace, let run = origin.run else { return nil }
        let store = try WorkspaceStore.open(directory: directory)
        // While the files were read somebody may have been erased or restricted; from here on nobody is.
        try origin.refuseEmptied(store)
        try refuseRestricted(run, store)
        let entry = AuditEntry.exportGiven(
            run: run.id, tables: written.rows.map { ($0.table, $0.rows) }, format: request.format.name,
            file: URL(fileURLWithPath: written.path).lastPathComponent, sha256: written.sha256,
            purpose: request.purpose, recipient: request.recipient,
            pseudonyms: request.isPseudonymised ? (key, request.keep.sorted()) : nil,
            encryptedTo: request.encryptedTo.map(\.description))
        return try TrailCommit.run(store, by: .init(actor: request.actor, time: request.clock.now)) { commit in
            try commit.add(entry)
        }
    }
}
