import Crypto
import Foundation
import GRDB
import Reconciliation
import Records
import TestSupport
import Workspace

@testable import Pipeline

/// A seeded generator (SplitMix64): the same histories and mutations in every run.
struct Random: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A small workspace with a random history: runs, what people say and take back, erasures, retention, backups that are put
/// back, changes of the key.
final class TrailSample {
    let directory: String
    private var random: Random
    private var persons: [UInt32] = []
    private var highest: UInt32 = 0

    /// In memory where there is such a folder: a thousand workspaces are synced.
    static let root =
        FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()

    static func newFolder() -> String { "\(root)/qingku-trail-\(UUID().uuidString)" }

    init(seed: UInt64, commits: Int? = nil) throws {
        directory = Self.newFolder()
        random = Random(seed)
        let count = commits ?? Int.random(in: 1...4, using: &random)
        try run()
        for _ in 1..<max(2, count) { try step() }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    func step() throws {
        switch Int.random(in: 0..<19, using: &random) {
        case 0: try erase()
        case 1: try changeKey(.rotate)
        case 2: try changeKey(.replaceLost(reason: "drive broke"))
        case 3: try waive()
        case 4: try restrict()
        case 5: try eraseRecord()
        case 6: try override()
        case 7, 8: try withdraw()
        case 9: try retain()
        case 10: try backUpAndRestore(withKey: .random(using: &random), older: .random(using: &random))
        case 11: try propose()
        case 12: try account()
        default: try run()
        }
    }

    /// Some of everything, so that no table is empty.
    static func full(seed: UInt64) throws -> TrailSample {
        let sample = try TrailSample(seed: seed, commits: 1)
        // Until two persons have become one.
        for _ in 0..<40 where try sample.count(of: "person_alias") == 0 { try sample.run() }
        try sample.override()
        try sample.waive()
        try sample.withdraw()
        try sample.restrict(isLifted: false)
        try sample.propose()
        try sample.propose()
        try sample.account()
        for _ in 0..<20 where try sample.count(of: "person_floor") == 0 { try sample.backUpAndRestore(older: true) }
        try sample.retain()
        try sample.eraseRecord("north:north2")
        try sample.run()
        return sample
    }

    private func count(of table: String) throws -> Int {
        let database = try DatabaseQueue(path: directory + "/registry.sqlite")
        defer { try? database.close() }
        return try database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") } ?? 0
    }

    private static let fields = [Field(name: "name", kind: .personName), Field(name: "phone", kind: .phone)]

    private func records() -> RecordTable {
        var builder = RecordTableBuilder(Self.fields)
        for source in ["north", "南"] {
            let count = Int.random(in: 3...6, using: &random)
            builder.add(
                (0..<count).map { ["王\($0)", "138\(Int.random(in: 0..<1000, using: &random))"] }, source: source)
        }
        let table = builder.table()
        let sources = table.sources.map { source in
            let sha = (0..<64).map { _ in "0123456789abcdef".randomElement(using: &random).map(String.init) ?? "0" }
            return SourceTable(
                profile: source.profile,
                file: SourceFile(
                    path: source.file.path, format: .csv, sha256: sha.joined(), size: 90, encoding: "gb18030"),
                recordIDs: source.recordIDs, recordIDPool: source.recordIDPool, lines: source.lines,
                offsets: source.offsets, columns: source.columns)
        }
        return RecordTable(schema: table.schema, sources: sources, columns: table.columns)
    }

    private static let time = "2026-11-21T08:00:00Z"
    private static let book = String(repeating: "b", count: 64)

    /// Adds events of one commit.
    private struct Log {
        var chain: EventChain
        var sequence: Int
        let writer: WorkspaceWriter

        init(_ writer: WorkspaceWriter, role: Role = .operator) throws {
            let last = try writer.lastEvent()
            sequence = last?.sequence ?? 0
            chain = EventChain(after: last, actor: "wáng", role: role, tool: "0.1.0", rules: TrailSample.book)
            self.writer = writer
        }

        mutating func add(_ entry: AuditEntry) throws {
            let event = chain.append(entry, time: TrailSample.time, salt: EventChain.randomSalt())
            sequence = event.event.sequence
            try writer.append(event)
        }
    }

    func run() throws {
        let store = try WorkspaceStore.open(directory: directory)
        let signer = try TrailSigner(store)
        let tree = try TrailSigner.standing(store, signedBy: signer.key.verifier)
        let records = records()
        let membership = try store.membership(of: try store.keys(of: records))
        var groups = Array(0..<records.count)
        groups[1] = Int.random(in: 0...1, using: &random)
        let assignment = PersonIDs.assign(groups: groups.map { UInt32($0) }, previous: membership)
        let number = try store.runs(nil).count + 1
        // The first cell of each source is wrong in one way or another.
        let findings = [0, records.count - 1].filter { _ in Bool.random(using: &random) }.map {
            Finding(kind: .error, check: "name-form", severity: .error, row: $0, field: 0)
        }
        let ledger = try store.ledger(
            findings, records: records, keys: try store.keys(of: records),
            scope: LedgerScope(run: number, day: "2026-11-21"))
        let issue = ImportIssue(
            check: "ragged-row", severity: .warning, source: "north", place: Place(file: "north.csv", line: 3),
            recordID: "north2", raw: "王1,", message: Text(en: "one field too few", zh: "少一个字段"))
        let decision = Decision(
            RecordKey(source: "north", recordID: "north1"), RecordKey(source: "南", recordID: "南2"), .different,
            by: "李", reason: "看过\n\"证件\" \(Int.random(in: 0..<1000, using: &random))", at: Self.time)
        let isDecided = Bool.random(using: &random)
        try store.commit { writer in
            var log = try Log(writer)
            if signer.isNew {
                try log.add(.keyCreated(signer.key.verifier, file: signer.file))
                try writer.save(
                    StoredSigningKey(
                        verifier: signer.key.verifier.description, event: log.sequence, file: signer.file))
            }
            try writer.remember(model: "levels: \(number)", sha256: String(repeating: "\(number % 10)", count: 64))
            try writer.remember(StoredRuleBook(sha256: Self.book, path: "rules.yaml", text: "registry: 登记"))
            if isDecided {
                let id = try writer.record(decision, event: log.sequence + 1)
                try log.add(.decisionsMade([(id, decision)]))
            }
            var batches: [Int] = []
            for source in records.sources {
                let batch = try writer.importBatch(
                    source, issues: source.source == "north" ? [issue] : [], schema: records.schema, time: Self.time,
                    event: log.sequence + 1
                ).batch
                batches.append(batch.id)
                try log.add(
                    .batchImported(
                        batch: batch.id, source: batch.source, file: batch.file, digest: batch.digest,
                        records: batch.counts.records, new: batch.counts.new, reassigned: 0,
                        changed: batch.counts.changed, unchanged: batch.counts.unchanged,
                        vanished: batch.counts.vanished))
            }
            let run = try writer.nextRun()
            try writer.save(assignment, records: records, run: run)
            if let entry = AuditEntry.identityChanged(run: run, assignment) { try log.add(entry) }
            try writer.save(ledger, findings: findings, records: records)
            if !ledger.isEmpty {
                try log.add(.findingsChanged(run: run, counts: [:]))
                for (waiver, word) in ledger.endedWaivers {
                    try writer.record(word, on: [waiver], event: log.sequence)
                }
            }
            try log.add(.runCompleted(run: run, batches: batches, counts: ["records": records.count], digests: [:]))
            let folder = "outbox/run-\(run)"
            try writer.save(
                StoredRun(
                    id: run, name: "run-\(run)", folder: folder, finishedAt: Self.time, tool: "0.1.0", rules: Self.book,
                    inputs: Self.book, decisions: Self.book, batches: batches.sorted(), records: records.count,
                    persons: 1, basis: 0, day: "2026-11-21", language: .english, event: log.sequence,
                    outputs: [try self.file("master.csv", "person_id\n", folder)]))
            try log.add(try TrailSigner.seal(writer))
            let checkpoint = try signer.checkpoint(writer, from: tree)
            try writer.save(try self.file(Checkpoint.fileName, checkpoint.note.text, folder), of: run)
        }
    }

    private func file(_ name: String, _ text: String, _ folder: String) throws -> StoredRun.Output {
        let path = directory + "/" + folder
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
        let sha256 = SHA256.hash(data: Data(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return StoredRun.Output(path: name, sha256: sha256, size: text.utf8.count)
    }

    /// Payloads of some events that name persons or files, as an erasure takes them.
    func erase() throws {
        let store = try WorkspaceStore.openReadOnly(directory: directory)
        var candidates: [Int] = []
        try store.forEachEvent { recorded in
            if recorded.payload != nil, ["decision.made", "batch.imported"].contains(recorded.event.type) {
                candidates.append(recorded.event.sequence)
            }
        }
        let chosen = candidates.shuffled(using: &random).prefix(2).sorted()
        if chosen.isEmpty { return }
        try commit { commit in
            try commit.add(
                .erased(records: [], persons: [1], events: chosen, runs: [], counts: [:], reason: "asked for"))
            try commit.writer.erasePayloads(of: chosen)
        }
    }

    private static let clock = Clock(now: time, today: "2026-11-21")

    private func recordName() -> String {
        let number = Int.random(in: 1...3, using: &random)
        return Bool.random(using: &random) ? "north:north\(number)" : "南:南\(number)"
    }

    func restrict(isLifted: Bool? = nil) throws {
        _ = try RestrictionRun.run(
            workspace: directory, names: [recordName()], isLifted: isLifted ?? Bool.random(using: &random),
            reason: "contested",
            actor: "李", clock: Self.clock)
    }

    /// All that is held of a record.
    func eraseRecord(_ name: String? = nil) throws {
        _ = try ErasureRun.run(
            ErasureRun.Request(
                workspace: directory, names: [name ?? recordName()], reason: "asked for", isRehearsal: false,
                actor: "李",
                clock: Self.clock))
    }

    /// Somebody may sign in to the review desk, or may no more.
    func account() throws {
        let account = Account(
            name: "li", roles: [.reviewer], areas: ["3302"], sources: [],
            password: try PasswordHash(of: "four quiet grey stones", cost: 10).text, isDisabled: .random(using: &random)
        )
        try commit { commit in
            let event = try commit.add(.account(account.isDisabled ? .disabled : .added, account))
            try commit.writer.record(account, by: "李", at: Self.time, event: event)
        }
    }

    private func commit(_ body: (inout TrailCommit) throws -> Void) throws {
        try TrailCommit.run(
            try WorkspaceStore.open(directory: directory),
            by: TrailCommit.Author(actor: "李", role: .reviewer, time: Self.time), body)
    }

    func waive() throws {
        let store = try WorkspaceStore.openReadOnly(directory: directory)
        let open = try store.findings(FindingFilter(), on: "2026-11-21").filter { $0.state != .resolved }
        guard let finding = open.randomElement(using: &random) else { return }
        let (name, reason) = ("F" + Hex.text(finding.id), "ab\\\"c \(Int.random(in: 0..<100, using: &random))")
        let isTakenBack = finding.waiver != nil
        let waiver = Waiver(finding: finding.id, by: "李", reason: reason, at: Self.time, until: nil, value: 7)
        try commit { commit in
            let event = try commit.add(
                isTakenBack
                    ? .waiversTakenBack([name], by: "李", reason: reason)
                    : .findingsWaived([name], by: "李", reason: reason, until: nil))
            try commit.writer.record(isTakenBack ? .takeBack : .waive, on: [waiver], event: event)
        }
    }

    func override() throws {
        let store = try WorkspaceStore.openReadOnly(directory: directory)
        let records = try store.subject(recordName())
        guard let first = records.first, let person = first.person else { return }
        try commit { commit in
            let override = StoredOverride(
                event: commit.sequence + 1, field: "name", text: "王五", by: "李", reason: "ID card seen", at: Self.time,
                records: [first.id])
            let id = try commit.writer.record(override)
            try commit.add(
                .cellsOverridden(
                    [.init(id: id, person: PersonID.text(person), field: "name", after: "王五")], by: "李",
                    reason: "ID card seen"))
        }
    }

    /// Something that was said, or taken back.
    func withdraw() throws {
        let store = try WorkspaceStore.openReadOnly(directory: directory)
        let withdrawn = try store.withdrawnEvents()
        var said: [AuditEvent] = []
        try store.forEachEvent { recorded in
            let event = recorded.event
            if Undoing.types[event.type] != nil, !withdrawn.contains(event.sequence) { said.append(event) }
        }
        guard let event = said.randomElement(using: &random) else { return }
        try commit { commit in
            let by = try commit.add(
                .withdrawn(
                    event: event.sequence, subjects: event.subjects.filter { !$0.hasPrefix("event:") }, by: "李",
                    reason: "wrong card"))
            try commit.writer.record(
                Withdrawal(of: event.sequence, by: "李", reason: "wrong card", at: Self.time), event: by)
        }
    }

    /// A decision that needs a second person, and perhaps the answer.
    func propose() throws {
        let decision = Decision(
            RecordKey(source: "north", recordID: "north2"), RecordKey(source: "南", recordID: "南1"), .same, by: "李",
            reason: "both cards", at: Self.time)
        let answer = [Approval.Verdict.granted, .refused, .asked].randomElement(using: &random)
        try commit { commit in
            let id = try commit.writer.record(decision, event: commit.sequence + 1)
            let event = try commit.add(
                .decisionsMade([(id, decision)]), for: ["different_ids"], by: "李", reason: "both cards", at: Self.time)
            guard let answer, answer != .asked else { return }
            let answered = try commit.add(
                .approval(of: event, isGranted: answer == .granted, by: "陈", reason: "so it is"))
            try commit.writer.record(
                Approval(of: event, answer, by: "陈", reason: "so it is", at: Self.time), event: answered)
        }
    }

    /// Versions that a later one took the place of, and files of earlier runs.
    func retain() throws {
        let store = try WorkspaceStore.open(directory: directory)
        let cut = try store.retentionCut(
            RetentionCut.Limits(runs: "2027-01-01", vanished: "2027-01-01", superseded: "2027-01-01", hold: []))
        if cut.isEmpty { return }
        try store.beginErasure()
        try TrailCommit.run(store, by: TrailCommit.Author(actor: "李", time: Self.time)) { commit in
            let event = try commit.add(.retained(runs: cut.runs, counts: ["runs": cut.runs.count], rules: [:]))
            try commit.writer.remove(cut, event: event)
        }
        _ = try store.finishErasure()
    }

    /// - Parameters:
    ///   - withKey: false: the key that signs is elsewhere meanwhile.
    ///   - older: something is said in between, and lost.
    func backUpAndRestore(withKey: Bool = true, older: Bool = false) throws {
        let file = directory + ".backup"
        defer { try? FileManager.default.removeItem(atPath: file) }
        _ = try BackupRun.make(workspace: directory, to: file, isForced: false, actor: "李", clock: Self.clock)
        if older {
            try run()
            try restrict(isLifted: false)
        }
        let key = TrailSigner.path(
            try WorkspaceStore.openReadOnly(directory: directory).signingKeys().last?.file ?? "", directory)
        if !withKey { try FileManager.default.moveItem(atPath: key, toPath: key + ".elsewhere") }
        defer { if !withKey { try? FileManager.default.moveItem(atPath: key + ".elsewhere", toPath: key) } }
        _ = try RestoreRun.restore(
            RestoreRun.Request(
                file: file, workspace: directory, checkpoints: [], isForced: older, actor: "李", clock: Self.clock))
    }

    func changeKey(_ change: TrailRun.KeyChange) throws {
        if case .replaceLost = change {
            let keys = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".key") }
            for key in keys where key.hasPrefix("audit") {
                try FileManager.default.removeItem(atPath: directory + "/" + key)
            }
        }
        _ = try TrailRun.key(workspace: directory, file: nil, change: change, actor: "李", time: Self.time)
    }

    // MARK: Copies

    /// A copy of the whole workspace, or of its database and key alone.
    func copy(withOutbox: Bool = true) throws -> String {
        let copy = Self.newFolder()
        try FileManager.default.copyItem(atPath: directory, toPath: copy)
        if !withOutbox { try? FileManager.default.removeItem(atPath: copy + "/outbox") }
        return copy
    }

    func checkpoint() throws -> String { try TrailRun.checkpoint(workspace: directory) }
}

/// The database behind the tool's back, without its guard rails; they are there again afterwards.
func tamper(_ directory: String, _ body: (Database) throws -> Void) throws {
    let database = try DatabaseQueue(path: directory + "/registry.sqlite")
    try database.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
        let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
        defer { for trigger in triggers { try? db.execute(sql: trigger["sql"] as String) } }
        try body(db)
    }
    try database.close()
}
