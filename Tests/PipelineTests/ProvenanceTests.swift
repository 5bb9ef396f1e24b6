import Foundation
import Records
import Testing
import Workspace

@testable import Pipeline

/// Every cell of every person comes from a raw text, or from a named word, check or derivation, and is that of `master.csv`.
struct ProvenanceTests {
    @Test func `who is erased while a run is made again is in no copy of it`() throws {
        let sample = try ProvenanceSample(seed: 3)
        try sample.clean()
        let member = try sample.table("members.csv", run: 1)[1]
        let copy = sample.directory + "/copy"
        var request = ReplayRun.Request(workspace: sample.workspace, output: copy, threads: 1)
        (request.purpose, request.recipient, request.actor) = ("test", "office", "li")
        request.time = ProvenanceSample.clock.now
        let erasure = ErasureRun.Request(
            workspace: sample.workspace, names: ["\(member[0]):\(member[1])"], reason: "file 12", isRehearsal: false,
            actor: "li", clock: ProvenanceSample.clock)
        var erased: ErasureRun.Outcome?
        do {
            _ = try ReplayRun.run(request) { stage in
                if stage == .write { erased = try? ErasureRun.run(erasure) }
            }
            Issue.record("the copy was made")
        } catch let failure as Failure {
            #expect(failure.code == "E-RPL-003")
        }
        #expect(erased?.event != nil)
        #expect(!FileManager.default.fileExists(atPath: copy))
    }

    /// How often each kind of basis was met, so that a test that meets none of a kind does not pass for one.
    private struct Met {
        var bases: [String: Int] = [:]
        var cells = 0
        var conflicts = 0
    }

    private func state(_ sample: ProvenanceSample, run: Int) throws -> RunState {
        let store = try WorkspaceStore.openReadOnly(directory: sample.workspace)
        return try RunState(store, try store.cleanRun(run))
    }

    /// From the person's own records alone.
    private func check(_ sample: ProvenanceSample, run: Int) throws -> Met {
        let state = try state(sample, run: run)
        let rows = try sample.table("master.csv", run: run)
        var met = Met()
        for row in rows.dropFirst() {
            let (number, _) = try state.person(row[0])
            let own = Set(try state.store.records(ofPerson: number, after: run))
            let person = try PersonMaster(number, own, state)
            let tracer = CellTracer(person, state)
            #expect(person.members.count == Int(row[row.count - 2]))
            for (field, wanted) in row[1..<(row.count - 2)].enumerated() {
                let cell = tracer.cell(field)
                #expect(cell.value.utf8.elementsEqual(wanted.utf8), "\(row[0]) \(cell.field)")
                resolve(cell, row[0], &met)
            }
        }
        return met
    }

    private func resolve(_ cell: CellProvenance, _ person: String, _ met: inout Met) {
        met.cells += 1
        if cell.isConflict { met.conflicts += 1 }
        let kind: String
        switch cell.basis {
        case .nothing:
            kind = "nothing"
            #expect(cell.value.isEmpty && cell.sources.isEmpty)
            // A value that is not taken went with its record, which lost on the fields that belong together.
            #expect(cell.against.allSatisfy { $0.reason != .override && $0.reason != .derived })
        case .record:
            kind = "record"
            #expect(cell.sources.allSatisfy { !$0.raw.isEmpty || $0.repair != nil }, "\(person) \(cell.field)")
            #expect(cell.sources.first?.value == cell.value)
        case .list:
            kind = "list"
            #expect(cell.sources.count > 1)
            #expect(cell.sources.allSatisfy { cell.value.contains($0.value) })
        case .repair(let check, let title):
            kind = "repair"
            #expect(!check.isEmpty && !title.en.isEmpty && cell.sources.first?.repair?.text == cell.value)
        case .derived(let field, _):
            kind = "derived"
            #expect(!cell.sources.isEmpty && field != cell.field)
        case .presence(let source, _):
            kind = "presence"
            #expect(!source.isEmpty && !cell.value.isEmpty)
        case .override(let override, _):
            kind = "override"
            #expect(override.event > 0 && !override.by.isEmpty && override.text == cell.value)
        }
        met.bases[kind, default: 0] += 1
        for other in cell.against {
            met.bases["against", default: 0] += 1
            #expect(!other.given.isEmpty)
            if case .rule(let name, let summary) = other.reason { #expect(!name.isEmpty && !summary.zh.isEmpty) }
        }
        for given in cell.sources + cell.against.flatMap(\.given) {
            let end = given.steps.last?.text ?? given.raw
            #expect(end.utf8.elementsEqual(given.normalized.utf8))
        }
    }

    @Test func `every cell of the shipped sample resolves`() throws {
        let sample = try ProvenanceSample(rules: ProvenanceSample.root + "/rules/registry.yaml")
        try sample.clean()
        let met = try check(sample, run: 1)
        #expect(met.cells > 5_000)
        for kind in ["record", "repair", "derived", "presence", "nothing", "against"] {
            #expect(met.bases[kind] != nil, "\(kind) \(met.bases)")
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `every cell of a random register resolves, with words of people, after every run`(_ seed: UInt64) throws {
        let sample = try ProvenanceSample(seed: seed)
        try sample.clean()
        try sample.say(40, run: 1)
        try sample.clean()
        try sample.writeExports(45)
        try sample.say(20, run: 2)
        try sample.clean()
        let met = try check(sample, run: 3)
        for kind in ["record", "list", "derived", "presence", "override", "nothing", "against"] {
            #expect(met.bases[kind] != nil, "\(kind) \(met.bases)")
        }
        #expect(met.conflicts > 0)
        try whole(sample, runs: [1, 2, 3])
    }

    /// The command's own way, by the files of the run: what it says of any run is what that run's master has.
    private func whole(_ sample: ProvenanceSample, runs: [Int]) throws {
        for run in runs {
            let rows = try sample.table("master.csv", run: run)
            for row in rows.dropFirst() where run == 3 || row[0].hasSuffix("3") {
                let person = try ProvenanceRun.run(
                    ProvenanceRequest(workspace: sample.workspace, person: row[0], run: run, threads: 1))
                #expect(person.person == row[0])
                #expect(person.cells.map(\.value) == Array(row[1..<(row.count - 2)]), "\(row[0]) run \(run)")
                #expect(person.notes.allSatisfy { !$0.en.contains("Made again") })
                try atTheirPlaces(person, sample, isCurrent: run == 3)
                var met = Met()
                for cell in person.cells { resolve(cell, row[0], &met) }
            }
        }
    }

    /// The raw text stands on the line of the file that is named.
    private func atTheirPlaces(_ person: PersonExplanation, _ sample: ProvenanceSample, isCurrent: Bool) throws {
        #expect(Set(person.members.map(\.number)).count == person.members.count)
        guard isCurrent else { return }
        for cell in person.cells {
            for given in cell.sources where !given.raw.isEmpty {
                let member = person.members[given.member]
                let text = try String(contentsOfFile: sample.directory + "/" + member.delivery.file, encoding: .utf8)
                let line = text.split(separator: "\n")[member.line - 1]
                #expect(line.hasPrefix(member.key.recordID + ","))
                let start = Array(text.utf8.dropFirst(Int(member.byteOffset)).prefix(member.key.recordID.utf8.count))
                #expect(start == Array(member.key.recordID.utf8))
                #expect(line.contains(given.raw.replacing("\"", with: "\"\"")))
            }
        }
    }

    @Test func `files that are gone or changed are made up for by the whole run`() throws {
        let sample = try ProvenanceSample(seed: 4)
        try sample.clean()
        let rows = try sample.table("master.csv", run: 1)
        let before = try explain(sample, rows[5][0])
        let path = sample.workspace + "/outbox/run-0001/master.csv"
        try "person_id\n".write(toFile: path, atomically: true, encoding: .utf8)
        let after = try explain(sample, rows[5][0])
        #expect(after.cells.map(\.value) == Array(rows[5][1..<(rows[5].count - 2)]))
        #expect(before.notes.isEmpty)
        #expect(after.notes.contains { $0.en.contains("the run was made again") })
        #expect(after.cells.map(\.against) == before.cells.map(\.against))
        #expect(after.cells.map(\.sources) == before.cells.map(\.sources))
        #expect(after.joins.map { [$0.a, $0.b] } == before.joins.map { [$0.a, $0.b] })
    }

    private func explain(_ sample: ProvenanceSample, _ person: String) throws -> PersonExplanation {
        try ProvenanceRun.run(ProvenanceRequest(workspace: sample.workspace, person: person, threads: 1))
    }
}
