import Crypto
import Foundation
import Importers
import Matching
import Reconciliation
import Records
import Reports
import Rules
import Validation
import Workspace

/// The workspace as one run finds it: what people said, and what earlier runs found out. With the rules, the exports and the
/// day it is all that a run stands on, so a run can be made again at any later time.
struct Standing {
    let store: WorkspaceStore
    /// Number of the run that looks; what it and later ones found is not seen.
    let run: Int
    let day: String
    /// Name of the workspace's folder at that time, which reports mention.
    let workspace: String
    let moment: Moment
    /// The latest on each pair.
    let decisions: [Decision]
    let overrides: [StoredOverride]
    /// Those that hold on the day.
    let waivers: [Waiver]
    /// How scores are read under the rule book of the run; `nil`: as the model says them.
    let calibration: Calibration?
    private let exclusionsDigest: String

    /// - Parameters:
    ///   - rules: SHA-256 of the rule book that the run works under; `nil`: nothing is matched.
    ///   - moment: as of when words count; nothing that is said later is looked at.
    ///   - assuming: decisions as if somebody had just made them.
    ///   - isOfCells: for the cells of persons that are known: nobody asks for the decisions on pairs, which may be very many.
    init(
        _ store: WorkspaceStore, run: Int, day: String, rules: String?, workspace: String? = nil,
        moment: Moment = .now, assuming: [Decision] = [], isOfCells: Bool = false
    ) throws {
        self.store = store
        self.run = run
        self.day = day
        self.workspace = workspace ?? URL(fileURLWithPath: store.directory).lastPathComponent
        let moment = Moment(
            after: try moment.after ?? store.lastEvent()?.sequence ?? 0, withdrawing: moment.withdrawing)
        self.moment = moment
        let superseded = Set(assuming.map { [$0.a, $0.b] })
        let live = isOfCells ? [] : try store.liveDecisions(at: self.moment)
        decisions = live.filter { !superseded.contains([$0.a, $0.b]) } + assuming
        overrides = try store.liveOverrides(at: self.moment)
        waivers = try store.waivers(on: day, at: self.moment)
        calibration = try rules.flatMap { try store.calibration(rules: $0, at: moment)?.calibration }
        exclusionsDigest = try store.exclusions(at: self.moment, unnamed: []).digest
    }

    /// As a run found it that is stored.
    init(_ store: WorkspaceStore, of run: StoredRun) throws {
        try self.init(
            store, run: run.id, day: run.day, rules: run.rules, workspace: run.workspace,
            moment: Moment(after: run.basis))
    }

    /// The newest event that is known.
    var basis: Int { moment.after ?? 0 }

    /// Of what people said that decides the outputs.
    ///
    /// - Parameter ended: findings whose waivers end now.
    func digest(without ended: Set<UInt64> = []) -> String {
        RunDigest.of(
            decisions.map { "\(Self.name($0.a)) \(Self.name($0.b)) \($0.verdict.rawValue)" }.sorted()
                + waivers.filter { !ended.contains($0.finding) }.map {
                    "\($0.finding) \($0.value) \($0.by) \($0.reason) \($0.until ?? "")"
                } + overrides.map { "\($0.event)" } + [exclusionsDigest]
                + (calibration.map { ["calibration \($0.event)"] } ?? []))
    }

    private static func name(_ key: RecordKey) -> String { "\(key.source):\(key.recordID)#\(key.holder)" }

    /// The records that are used for nothing.
    func exclusions(_ book: RuleBook) throws -> Exclusions {
        try store.exclusions(at: moment, unnamed: book.sourcesWithoutIDs)
    }

    /// The stored records of the rows, for what follows.
    func keys(of records: RecordTable) throws -> StoredKeys { try store.keys(of: records) }

    func known(_ records: RecordTable) throws -> KnownRecords {
        let keys = try keys(of: records)
        return (keys, try store.membership(of: keys, before: run))
    }

    /// What people wrote into cells of persons that have records in the run, by event.
    func overrides(of keys: StoredKeys, schema: Schema) -> [CellOverride] {
        overrides.compactMap { stored in
            let rows = stored.records.compactMap { keys.row(of: $0).map { UInt32($0) } }.sorted()
            guard !rows.isEmpty, let field = schema.index(of: stored.field) else { return nil }
            return CellOverride(
                field: field, rows: rows, text: stored.text, by: stored.by, at: stored.at, reason: stored.reason,
                event: stored.event)
        }
    }

    /// What the run changes in the list of findings.
    ///
    /// - Parameter checks: those that were made; `nil`: all there are.
    func ledger(
        _ findings: [Finding], _ records: RecordTable, _ keys: StoredKeys, checks: [String]? = nil, threads: Int
    ) throws -> LedgerUpdate {
        try store.ledger(
            findings, records: records, keys: keys,
            scope: LedgerScope(run: run, day: day, moment: moment, checks: checks), threads: threads)
    }

    /// What the records of life-cycles were in the exports before these.
    func earlierStates(of records: RecordTable, _ book: RuleBook) throws -> [EarlierStates] {
        if book.lifecycles.isEmpty { return [] }
        let before = try records.sources.map { source in
            try store.liveBatches(ofSource: source.source, at: moment).last { $0.file.sha256 != source.file.sha256 }
                .map { try store.sourceTable($0, profile: source.profile, schema: records.schema, isWhole: false) }
        }
        let standing = try store.findings(of: EarlierStates.check, before: run)
        return book.lifecycles.map { lifecycle in
            let name = records.schema.fields[lifecycle.field].name
            let states = standing.filter { $0.field == name }.compactMap { finding in
                EarlierStates.state(in: finding.detail).map { (finding.record, $0) }
            }
            return EarlierStates(
                lifecycle.field, of: records, before: before, standing: Dictionary(states) { first, _ in first })
        }
    }

    /// What offices were sent with the run before, of those whose export is another one now; `nil` when there is none.
    func earlierCorrections(
        _ records: RecordTable, _ book: RuleBook
    ) throws -> (corrections: EarlierCorrections?, warnings: [Text])? {
        guard let before = try store.runs().last(where: { $0.id < run }) else { return nil }
        let batches = try store.batches().filter { before.batches.contains($0.id) }
        let sent = Dictionary(batches.map { ($0.source, $0.file.sha256) }) { _, last in last }
        // An export that is in force again since a later one was taken back is no office's answer.
        let known = Dictionary(
            try store.liveBatches(at: moment).map { ($0.source, $0) }
        ) { _, last in last }
        let answered = records.sources.filter { source in
            guard let file = sent[source.source], file != source.file.sha256 else { return false }
            let newest = known[source.source]
            return newest?.file.sha256 != source.file.sha256 || newest.map { $0.event > before.event } == true
        }.map(\.source)
        guard !answered.isEmpty, let list = before.outputs.first(where: { $0.path == CorrectionsList.name }) else {
            return nil
        }
        let earlier = EarlierCorrections(
            run: before.id, answered: Set(answered), unnamed: book.sourcesWithoutIDs,
            path: store.path(of: before) + "/" + list.path, sha256: list.sha256)
        if earlier.isIntact { return (earlier, []) }
        return (
            nil,
            [
                Text(
                    en:
                        "Whether the corrections of run \(before.id) were applied is not known: \(list.path) of that run is not there as it was written.",
                    zh: "无法得知第 \(before.id) 次运行的更正是否已采纳：该次运行的 \(list.path) 已不在或被改动。")
            ]
        )
    }

    /// What people wrote into cells and the rule book has no place for: fields that it does not have, and values that it would
    /// not take.
    func misfits(_ book: RuleBook) -> [Text] {
        var lost: [String: [Int]] = [:]
        var strange: [String: [Int]] = [:]
        for override in overrides where !override.text.isEmpty {
            guard let field = book.schema.index(of: override.field) else {
                lost[override.field, default: []].append(override.event)
                continue
            }
            let normalizer = Normalizer(for: book.schema.fields[field])
            let values = book.survivorship.lists[field]?.values(override.text) ?? [override.text]
            if values.contains(where: { !normalizer.normalize($0).isWellFormed }) {
                strange[override.field, default: []].append(override.event)
            }
        }
        func list(_ events: [Int]) -> String {
            let shown = events.prefix(5).map { String($0) }.joined(separator: ", ")
            return events.count > 5 ? shown + ", …" : shown
        }
        return lost.sorted { $0.key < $1.key }.map { field, events in
            Text(
                en:
                    "The rule book has no field \(field): what was written into it counts nowhere (event \(list(events))). "
                    + "Name the field so again, or write it into another one with qingku override.",
                zh: "规则文件中没有字段 \(field)，写入其中的值均不生效（事件 \(list(events))）。请恢复该字段名，或用 qingku override 写入其他字段。")
        }
            + strange.sorted { $0.key < $1.key }.map { field, events in
                Text(
                    en:
                        "What was written into \(field) stands, but this rule book would not take it (event \(list(events))). "
                        + "Write it anew with qingku override, or take it back with qingku undo.",
                    zh: "写入 \(field) 的值仍然保留，但不符合现行规则文件（事件 \(list(events))）。请用 qingku override 重新写入，或用 qingku undo 撤销。")
            }
    }

    /// Exports of the run that somebody took back when they were imported before.
    func takenBack(_ records: RecordTable) throws -> [Text] {
        let withdrawn = try store.withdrawnEvents(at: moment)
        if withdrawn.isEmpty { return [] }
        let files = Set(
            try store.batches().filter { withdrawn.contains($0.event) }.map { [$0.source, $0.file.sha256] })
        return records.sources.filter { files.contains([$0.source, $0.file.sha256]) }.map { source in
            Text(
                en: "The export of \(source.source) is one that was taken back; it is in use again.",
                zh: "来源 \(source.source) 的导出曾被撤销，现又被使用。")
        }
    }

    /// What became of the persons of the run before; `nil` in a first run.
    func identityFacts(_ assignment: PersonAssignment) -> RunFacts.IdentityFacts? {
        guard run > 1 else { return nil }
        return RunFacts.IdentityFacts(
            kept: assignment.kept, new: assignment.new.count, returned: assignment.returned.count,
            merged: assignment.merged.count, split: assignment.split.count)
    }
}

/// What the workspace has of a run's records, and whom they stood for.
typealias KnownRecords = (keys: StoredKeys, membership: Membership)

/// The one way in which a run sums up what it stands on: equal digests, equal outputs.
enum RunDigest {
    static func of(_ parts: [String]) -> String {
        Hex.text(SHA256.hash(data: Data(parts.joined(separator: "\u{1F}").utf8)))
    }
}
