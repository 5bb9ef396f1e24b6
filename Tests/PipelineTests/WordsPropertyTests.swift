import Foundation
import Records
import TestSupport
import Testing
import Workspace

@testable import Matching
@testable import Pipeline
@testable import Reconciliation

/// Ten thousand words said and taken back in any order: what counts is what would count had the others never been said.
struct WordsPropertyTests {
    private enum Said {
        case decision(Decision)
        case override(StoredOverride)
        case withdrawal(of: Int)
    }

    /// The events that count, by the definition: a word counts unless a withdrawal that counts takes it back.
    private static func counting(_ said: [Int: Said]) -> Set<Int> {
        var takenBack: [Int: [Int]] = [:]
        for (event, word) in said {
            if case .withdrawal(let target) = word { takenBack[target, default: []].append(event) }
        }
        func counts(_ event: Int) -> Bool { !(takenBack[event] ?? []).contains(where: counts) }
        return Set(said.keys.filter(counts))
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `state equals replay without what was taken back`(_ seed: UInt64) throws {
        var random = Random(seed)
        let directory = TrailSample.newFolder()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var builder = RecordTableBuilder([Field(name: "name", kind: .personName)])
        builder.add((0..<12).map { ["王\($0)"] }, source: "north")
        let records = builder.table()
        try begin(records, directory)
        let names = (0..<records.count).map { records.key($0) }
        let first = try state(directory, records)
        var said: [Int: Said] = [:]
        for _ in 0..<50 {
            try say(100, &said, &random, names, directory)
            let store = try WorkspaceStore.openReadOnly(directory: directory)
            let live = Self.counting(said)
            var decisions: [[RecordKey]: Decision] = [:]
            var overrides: [Int] = []
            for event in live.sorted() {
                if case .decision(let decision) = said[event] { decisions[[decision.a, decision.b]] = decision }
                if case .override = said[event] { overrides.append(event) }
            }
            let stored = try store.liveDecisions()
            #expect(Set(stored) == Set(decisions.values))
            #expect(stored.count == decisions.count)
            #expect(try store.liveOverrides().map(\.event) == overrides)
            // The same groups, and the same numbers as if they were made at once.
            let groups = Self.groups(stored, records)
            let now = try state(directory, records)
            let (long, short) = (
                PersonIDs.assign(groups: groups, previous: now), PersonIDs.assign(groups: groups, previous: first)
            )
            #expect(long.persons == short.persons)
        }
        #expect(try AuditRun.verify(workspace: directory).problems.isEmpty)
    }

    /// A workspace in which every record is a person.
    private func begin(_ records: RecordTable, _ directory: String) throws {
        let store = try WorkspaceStore.open(directory: directory)
        let assignment = PersonIDs.assign(
            groups: (0..<UInt32(records.count)).map { $0 }, previous: .none(rows: records.count))
        let book = String(repeating: "b", count: 64)
        try TrailCommit.run(store, by: TrailCommit.Author(actor: "wang", rules: book, time: Self.time)) { commit in
            try commit.writer.remember(StoredRuleBook(sha256: book, path: "rules.yaml", text: "registry: 登记"))
            let batch = try commit.writer.importBatch(
                records.sources[0], schema: records.schema, time: Self.time, event: commit.sequence + 1
            ).batch
            try commit.add(
                .batchImported(
                    batch: batch.id, source: batch.source, file: batch.file, digest: batch.digest,
                    records: batch.counts.records, new: batch.counts.new, reassigned: 0,
                    changed: batch.counts.changed, unchanged: batch.counts.unchanged,
                    vanished: batch.counts.vanished))
            try commit.writer.save(assignment, records: records, run: 1)
            try commit.add(.runCompleted(run: 1, batches: [1], counts: [:], digests: [:]))
            try commit.writer.save(
                StoredRun(
                    id: 1, name: "run-1", folder: "outbox/run-1", finishedAt: Self.time, tool: "", rules: book,
                    inputs: book, decisions: book, batches: [1], records: records.count, persons: records.count,
                    basis: 0, day: "2026-11-21", language: .english, event: commit.sequence, outputs: []))
        } sign: { writer, checkpoint in
            let text = checkpoint.note.text
            try writer.save(
                StoredRun.Output(
                    path: Checkpoint.fileName, sha256: RunDigest.of([text]), size: text.utf8.count), of: 1)
        }
    }

    private static let time = "2026-11-21T08:00:00Z"

    private func state(_ directory: String, _ records: RecordTable) throws -> Membership {
        let store = try WorkspaceStore.openReadOnly(directory: directory)
        return try store.membership(of: try store.keys(of: records))
    }

    private static func groups(_ decisions: [Decision], _ records: RecordTable) -> [UInt32] {
        let bindings = Bindings(decisions, records: records)
        return Clustering(
            rows: records.count, edges: [], same: bindings.same, apart: bindings.apart, identities: [], threads: 1
        ).groups
    }

    private func say(
        _ count: Int, _ said: inout [Int: Said], _ random: inout Random, _ names: [RecordKey], _ directory: String
    ) throws {
        let store = try WorkspaceStore.open(directory: directory)
        let author = TrailCommit.Author(actor: "wang", time: Self.time)
        // Only what counts can be taken back; what comes back is known from the next time on.
        var live = Self.counting(said)
        try TrailCommit.run(store, by: author) { commit in
            for _ in 0..<count {
                let event = commit.sequence + 1
                let kind = said.isEmpty ? 0 : Int.random(in: 0..<10, using: &random)
                let (a, b) = (
                    names[Int.random(in: 0..<names.count, using: &random)],
                    names[Int.random(in: 0..<names.count, using: &random)]
                )
                if kind < 4, a != b {
                    let verdict = Decision.Verdict.allCases[Int.random(in: 0..<3, using: &random)]
                    let decision = Decision(a, b, verdict, by: "wang", reason: "\(event)", at: author.time)
                    let id = try commit.writer.record(decision, event: event)
                    try commit.add(.decisionsMade([(id, decision)]))
                    said[event] = .decision(decision)
                } else if kind < 6 || said.isEmpty {
                    let override = StoredOverride(
                        event: event, field: "name", text: "\(event)", by: "wang", reason: "", at: author.time,
                        records: [1])
                    let id = try commit.writer.record(override)
                    try commit.add(
                        .cellsOverridden(
                            [.init(id: id, person: "P00000001", field: "name", after: override.text)], by: "wang",
                            reason: ""))
                    said[event] = .override(override)
                } else {
                    let targets = said.keys.sorted()
                    let target = targets[Int.random(in: 0..<targets.count, using: &random)]
                    // Only what counts can be taken back.
                    guard live.remove(target) != nil else { continue }
                    try commit.add(.withdrawn(event: target, subjects: [], by: "wang", reason: ""))
                    try commit.writer.record(
                        Withdrawal(of: target, by: "wang", reason: "", at: author.time), event: event)
                    said[event] = .withdrawal(of: target)
                }
            }
        }
    }
}
