import Foundation
import Records
package import Reports
import Rules
import Workspace

/// What somebody asks of `qingku compare`.
package struct CompareRequest: Sendable {
    package var workspace: String
    /// Numbers of two runs; `nil`: the newest and the one before it.
    package var runs: (Int, Int)?
    /// A folder in the outbox of the workspace for the difference as tables.
    package var output: String?

    package init(workspace: String) {
        self.workspace = workspace
    }
}

/// Holds two runs of a workspace against each other. The workspace stays as it is.
///
/// Findings come from the ledger, persons and cells from the files that the runs wrote, which have to be as they were
/// written; data and model from their accounts (`run.json`).
package enum CompareRun {
    /// - Throws: `E-CMP-001` where there are no two runs, `E-CMP-002` for a number that is no clean-up's, `E-CMP-003` when files
    ///   of a run are gone; `E-CMP-004` for
    ///   a folder outside of the outbox; as `StoredTable` for files that were changed.
    package static func run(_ request: CompareRequest) throws -> RunDifference {
        let store = try WorkspaceStore.openReadOnly(directory: request.workspace)
        if let output = request.output, !OutboxPlace.holds(output, of: store.directory) {
            throw Failure(
                .notPermitted, code: "E-CMP-004",
                Text(
                    en: "the tables would hold cells of persons outside of the registry", zh: "表格含有人员数据，不得写到登记库之外"),
                at: Place(file: output),
                advice: Text(
                    en: "Name a folder in its outbox: --out \(store.directory)/outbox/difference",
                    zh: "请指定其 outbox 中的文件夹：--out \(store.directory)/outbox/difference"))
        }
        if let output = request.output { try OutboxPlace.refuseRunFolder(output, store) }
        let (before, after) = try runs(request, store)
        return try difference(before, after, store, output: request.output)
    }

    private static func runs(_ request: CompareRequest, _ store: WorkspaceStore) throws -> (StoredRun, StoredRun) {
        let all = try store.runs(nil).filter { $0.kind == .clean }
        guard let (a, b) = request.runs else {
            guard all.count >= 2 else {
                throw Failure(
                    .notDone, code: "E-CMP-001",
                    Text(
                        en: "the workspace has \(all.count == 1 ? "one run" : "no run yet"); two are needed",
                        zh: all.count == 1 ? "工作区只有一次运行，比较需要两次" : "工作区还没有运行记录，比较需要两次"),
                    at: Place(file: store.directory),
                    advice: Text(
                        en: "Run “qingku clean” with the next exports, then compare.",
                        zh: "请在收到下一批导出文件后运行 qingku clean，再作比较。"))
            }
            return (all[all.count - 2], all[all.count - 1])
        }
        func run(_ number: Int) throws -> StoredRun {
            if let run = all.first(where: { $0.id == number }) { return run }
            let known = all.map { String($0.id) }
            throw Failure(
                .badInput, code: "E-CMP-002",
                Text(
                    en: "\(number) is no clean-up of this workspace; there are \(known.joined(separator: ", "))",
                    zh: "工作区中没有第 \(number) 次清理；已有：\(known.joined(separator: "、"))"),
                at: Place(file: store.directory))
        }
        guard a != b else {
            throw Failure(
                .badInput, code: "E-CMP-002",
                Text(en: "run \(a) is compared with itself", zh: "第 \(a) 次运行不能与自身比较"), at: Place(file: store.directory))
        }
        return (try run(min(a, b)), try run(max(a, b)))
    }

    private static func difference(
        _ before: StoredRun, _ after: StoredRun, _ store: WorkspaceStore, output: String?
    ) throws -> RunDifference {
        let (earlier, later) = (try RunFiles(before, store), try RunFiles(after, store))
        let persons = try MemberDifference.persons(try earlier.table("members"), try later.table("members"))
        let findings = try shifts(before, after, store)
        func difference(_ cells: [CellShift]) throws -> RunDifference {
            var difference = RunDifference(
                before: earlier.side, after: later.side, findings: findings, persons: persons, cells: cells,
                corrections: try corrections(before, after, store))
            if let book = try store.ruleBook(sha256: after.rules) {
                difference.alarms = Alarms.raised(
                    by: AlarmMeasures(difference), try RuleBook.parse(book.text, path: book.path).alarms)
            }
            return difference
        }
        let masters = (try earlier.table("master"), try later.table("master"))
        guard let output else { return try difference(MasterDifference(masters.0, masters.1) { _ in }.shifts) }
        return try DifferenceFiles.write(persons: persons, findings: findings, to: output) { cell in
            try difference(
                MasterDifference(masters.0, masters.1) { try cell($0.person, $0.field, $0.before, $0.after) }.shifts)
        }
    }

    private static func shifts(
        _ before: StoredRun, _ after: StoredRun, _ store: WorkspaceStore
    ) throws -> [FindingShift] {
        var shifts: [FindingShift] = []
        for part in try store.findingShifts(after: before.id, until: after.id) {
            var shift =
                shifts.last.map { last in
                    last.check == part.check && last.kind == part.kind && last.severity == part.severity
                        && last.source == part.source
                } == true
                ? shifts.removeLast()
                : FindingShift(check: part.check, kind: part.kind, severity: part.severity, source: part.source)
            switch (part.wasOpen, part.isOpen) {
            case (nil, true): shift.new += part.count
            case (false, true): shift.returned += part.count
            case (true, true): shift.open += part.count
            case (true, false) where part.hasVanished: shift.vanished += part.count
            case (true, false): shift.healed += part.count
            // Made and healed in between, or gone all the time.
            case (_, false): break
            }
            shifts.append(shift)
        }
        return shifts.filter { $0.new + $0.returned + $0.open + $0.healed + $0.vanished > 0 }
    }

    /// Each correction once, by what became of it in the runs after `before` up to `after`: what was applied, or whose record is
    /// gone, is settled; the others were sent again, so those of the office's newest answer count. Runs whose account is gone
    /// are left out.
    private static func corrections(
        _ before: StoredRun, _ after: StoredRun, _ store: WorkspaceStore
    ) throws -> [CorrectionShift] {
        var counts: [String: [FollowUpStatus: Int]] = [:]
        for run in try store.runs(nil) where run.kind == .clean && run.id > before.id && run.id <= after.id {
            guard let followUp = try? RunFiles(run, store).side.account.followUp else { continue }
            for source in followUp.sources {
                let name = followUp.name(of: source)
                for status in FollowUpStatus.allCases {
                    let answers = followUp.count(status, of: source)
                    switch status {
                    case .applied, .vanished: counts[name, default: [:]][status, default: 0] += answers
                    case .ignored, .contradicted, .unknown: counts[name, default: [:]][status] = answers
                    }
                }
            }
        }
        return counts.sorted { $0.key < $1.key }.map { CorrectionShift(source: $0.key, counts: $0.value) }
    }
}

/// A run and the files that it wrote.
struct RunFiles {
    let side: RunDifference.Side
    /// `run.json` as it lies there.
    let account: [UInt8]
    private let run: StoredRun
    private let folder: String

    init(_ run: StoredRun, _ store: WorkspaceStore) throws {
        folder = run.folder(in: store.directory)
        self.run = run
        guard let data = FileManager.default.contents(atPath: folder + "/" + Outbox.manifestName),
            let account = try? JSONDecoder().decode(RunNumbers.self, from: data),
            // A folder that two runs wrote to has the files of the later one.
            Set(account.outputs.map { [$0.file, $0.sha256] }).isSubset(of: run.outputs.map { [$0.path, $0.sha256] })
        else { throw Self.gone(run, folder + "/" + Outbox.manifestName, store.directory) }
        self.account = Array(data)
        side = RunDifference.Side(
            run: run.id, finishedAt: run.finishedAt, rules: run.rules, tool: run.tool, account: account)
    }

    /// A file of the run; `nil` where it is not there as it was written.
    func file(_ name: String) -> [UInt8]? {
        guard let output = run.outputs.first(where: { $0.path == name }),
            FileDigest(ofFile: folder + "/" + name)?.sha256 == output.sha256
        else { return nil }
        return FileManager.default.contents(atPath: folder + "/" + name).map(Array.init)
    }

    func table(_ name: String) throws -> StoredTable {
        let path = folder + "/" + name + ".csv"
        guard let output = run.outputs.first(where: { $0.path == name + ".csv" }),
            FileManager.default.fileExists(atPath: path)
        else { throw Self.gone(run, path, nil) }
        return try StoredTable(name: name, path: path, sha256: output.sha256, fields: [])
    }

    private static func gone(_ run: StoredRun, _ path: String, _ workspace: String?) -> Failure {
        let place = workspace.map { " --workspace \($0)" } ?? ""
        return Failure(
            .notDone, code: "E-CMP-003",
            Text(
                en: "the files of run \(run.id) are not there as it wrote them", zh: "第 \(run.id) 次运行的文件已不在或被改动"),
            at: Place(file: path),
            advice: Text(
                en: "Write them again: qingku master --as-of \(run.id)\(place) --out \(run.folder)",
                zh: "请重新写出：qingku master --as-of \(run.id)\(place) --out \(run.folder)"))
    }
}
