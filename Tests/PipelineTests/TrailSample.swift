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

/// A small workspace with a random history: runs, decisions, merges, erasures, changes of the key.
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
        switch Int.random(in: 0..<10, using: &random) {
        case 0: try erase()
        case 1: try changeKey(.rotate)
        case 2: try changeKey(.replaceLost(reason: "drive broke"))
        case 3: try waive()
        case 4: try restrict()
        case 5: try eraseRecord()
        default: try run()
        }
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
        let records = records()
        let membership = try store.membership(of: try store.keys(of: records))
        var groups = Array(0..<records.count)
        groups[1] = Int.random(in: 0...1, using: &random)
        let assignment = PersonIDs.assign(groups: groups.map { UInt32($0) }, previous: membership)
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
            try writer.remember(StoredRuleBook(sha256: Self.book, path: "rules.yaml", text: "registry: 登记"))
            if isDecided {
                let id = try writer.record(decision, event: log.sequence + 1)
                try log.add(.decisionsMade([(id, decision)]))
            }
            var batches: [Int] = []
            for source in records.sources {
                let batch = try writer.importBatch(
                    source, schema: records.schema, time: Self.time, event: log.sequence + 1
                ).batch
                batches.append(batch.id)
                try log.add(
                    .batchImported(
                        batch: batch.id, source: batch.source, file: batch.file, digest: batch.digest,
                        records: batch.counts.records, new: batch.counts.new, changed: batch.counts.changed,
                        unchanged: batch.counts.unchanged, vanished: batch.counts.vanished))
            }
            let run = try writer.nextRun()
            try writer.save(assignment, records: records, run: run)
            if let entry = AuditEntry.identityChanged(run: run, assignment) { try log.add(entry) }
            try log.add(.runCompleted(run: run, batches: batches, counts: ["records": records.count], digests: [:]))
            let folder = "outbox/run-\(run)"
            try writer.save(
                StoredRun(
                    id: run, name: "run-\(run)", folder: folder, finishedAt: Self.time, tool: "0.1.0", rules: Self.book,
                    inputs: Self.book, decisions: Self.book, batches: batches.sorted(), records: records.count,
                    persons: 1, basis: 0, day: "2026-11-21", language: .english, event: log.sequence,
                    outputs: [try self.file("master.csv", "person_id\n", folder)]))
            try log.add(try TrailSigner.seal(writer))
            let checkpoint = try signer.checkpoint(writer)
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
        let store = try WorkspaceStore.open(directory: directory)
        let signer = try TrailSigner(store)
        var candidates: [Int] = []
        try store.forEachEvent { recorded in
            if recorded.payload != nil, ["decision.made", "batch.imported"].contains(recorded.event.type) {
                candidates.append(recorded.event.sequence)
            }
        }
        let chosen = candidates.shuffled(using: &random).prefix(2).sorted()
        if chosen.isEmpty { return }
        try store.commit { writer in
            var log = try Log(writer, role: .approver)
            try log.add(.payloadsErased(events: chosen, subjects: ["person:P00000001"], reason: "asked for"))
            try writer.erasePayloads(of: chosen)
            _ = try signer.checkpoint(writer)
        }
    }

    private static let clock = Clock(now: time, today: "2026-11-21")

    private func recordName() -> String {
        let number = Int.random(in: 1...3, using: &random)
        return Bool.random(using: &random) ? "north:north\(number)" : "南:南\(number)"
    }

    func restrict() throws {
        _ = try RestrictionRun.run(
            workspace: directory, names: [recordName()], isLifted: Bool.random(using: &random), reason: "contested",
            actor: "李", clock: Self.clock)
    }

    /// All that is held of a record.
    func eraseRecord() throws {
        _ = try ErasureRun.run(
            ErasureRun.Request(
                workspace: directory, names: [recordName()], reason: "asked for", isRehearsal: false, actor: "李",
                clock: Self.clock))
    }

    /// An event that no checkpoint is made for yet.
    func waive() throws {
        let store = try WorkspaceStore.open(directory: directory)
        try store.commit { writer in
            var log = try Log(writer, role: .reviewer)
            try log.add(AuditEntry(type: "finding.waived", subjects: ["finding:ab\\\"c"], payload: ["reason": "known"]))
        }
    }

    func changeKey(_ change: TrailRun.KeyChange) throws {
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
