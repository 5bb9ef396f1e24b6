import Foundation
import Records
import Reports
import Testing
import Workspace

@testable import Pipeline

/// The shipped sample on the desk.
final class Desk {
    let sample: ProvenanceSample
    let session: ReviewSession

    /// Cleaned once for all tests, which work on copies.
    nonisolated(unsafe) private static let cleaned = Result {
        let sample = try ProvenanceSample(rules: ProvenanceSample.root + "/rules/registry.yaml")
        try sample.clean()
        return sample
    }

    init() throws {
        sample = try ProvenanceSample(rules: ProvenanceSample.root + "/rules/registry.yaml")
        try FileManager.default.copyItem(atPath: Self.cleaned.get().workspace, toPath: sample.workspace)
        session = try ReviewSession(workspace: sample.workspace) { ProvenanceSample.clock }
    }

    /// A session that has to find out everything anew.
    func fresh() throws -> ReviewSession {
        DeskIndex.delete(in: sample.workspace)
        return try ReviewSession(workspace: sample.workspace) { ProvenanceSample.clock }
    }

    /// Every pair with its state.
    static func states(_ session: ReviewSession) throws -> [String] {
        var filter = DeskFilter()
        filter.state = nil
        return try session.queue(filter, limit: 100_000).pairs.map(\.pair).sorted { $0.id < $1.id }.map {
            "\($0.id) \($0.state)"
        }
    }
}

@Test func `the queue holds the pairs that the run left to people, the most consequential first`() throws {
    let desk = try Desk()
    let rows = try desk.sample.table("pairs.csv", run: 1).dropFirst().filter { $0[6] == "review" }
    let queue = try desk.session.queue(DeskFilter(), limit: 1000)
    #expect(queue.pairs.count == rows.count)
    #expect(queue.counts.total == rows.count)
    #expect(queue.pairs.map(\.pair.rank) == queue.pairs.map(\.pair.rank).sorted(by: >))
    let shown = Set(queue.pairs.map { Set([$0.a?.key.recordID ?? "", $0.b?.key.recordID ?? ""]) })
    #expect(shown == Set(rows.map { Set([$0[1], $0[3]]) }))
}

@Test func `a pair is explained as the run scored it`() throws {
    let desk = try Desk()
    let rows = try desk.sample.table("pairs.csv", run: 1).dropFirst()
    let header = try desk.sample.table("pairs.csv", run: 1)[0]
    var filter = DeskFilter()
    filter.state = nil
    for listed in try desk.session.queue(filter, limit: 40).pairs {
        let row = Array(rows)[listed.pair.id - 1]
        let shown = try desk.session.pair(listed.pair.id)
        #expect([shown.a.key.recordID, shown.b.key.recordID] == [row[1], row[3]])
        #expect(abs(shown.explanation.probability - (Double(row[4]) ?? 0)) < 2e-6)
        #expect(abs(shown.explanation.total - (Double(row[5]) ?? 0)) < 2e-3)
        #expect(shown.explanation.fields.map(\.level) == Array(row[9...]))
        #expect(shown.explanation.fields.map(\.field) == Array(header[9...]))
        let differing = shown.explanation.fields.filter { $0.level != "missing" && !$0.level.hasPrefix("exact") }
        #expect(listed.differing == differing.map(\.field))
    }
}

@Test func `an answer is on the trail, leaves the queue, and can be taken back`() throws {
    let desk = try Desk()
    let before = try Desk.states(desk.session)
    let id = try #require(try desk.session.first(DeskFilter()))
    let answer = try desk.session.answer(
        PairAnswer(
            pair: id, token: desk.session.pair(id).token, verdict: .different, by: "li", reason: "two cards",
            seen: .open))
    let event = try #require(answer.event)
    #expect(try desk.session.pair(id).pair.state == .different)
    #expect(try desk.session.first(DeskFilter()) != id)
    #expect(try desk.session.pair(id).history.map(\.holds) == [true])
    let recorded = try #require(try WorkspaceStore.openReadOnly(directory: desk.sample.workspace).event(event))
    #expect(recorded.event.type == "decision.made" && recorded.event.actor == "li" && recorded.event.role == "reviewer")
    #expect(try !desk.session.concernsExports(event))
    let imported = try #require(try desk.session.words(last: 100).last)
    #expect(try imported.type == "batch.imported" && desk.session.concernsExports(imported.event))
    _ = try desk.session.undo(event, by: "li", reason: "wrong card")
    #expect(try Desk.states(desk.session) == before)
    #expect(try desk.session.pair(id).history.map(\.holds) == [false])
}

@Test func `who answers late is told, and nothing is written (REL-9)`() throws {
    let desk = try Desk()
    let id = try #require(try desk.session.first(DeskFilter()))
    let other = try ReviewSession(workspace: desk.sample.workspace) { ProvenanceSample.clock }
    let token = try desk.session.pair(id).token
    _ = try desk.session.answer(
        PairAnswer(pair: id, token: token, verdict: .same, by: "li", reason: "one card", seen: .open))
    let trail = try WorkspaceStore.openReadOnly(directory: desk.sample.workspace).lastEvent()?.sequence
    let failure = #expect(throws: Failure.self) {
        try other.answer(
            PairAnswer(pair: id, token: token, verdict: .different, by: "wang", reason: "two cards", seen: .open))
    }
    #expect(failure?.code == "E-DSK-003")
    #expect(failure?.message.en.contains("li: same") == true)
    #expect(try WorkspaceStore.openReadOnly(directory: desk.sample.workspace).lastEvent()?.sequence == trail)
}

@Test func `an answer to a pair of an earlier run, or to another pair under its number, is refused`() throws {
    let desk = try Desk()
    let two = try desk.session.queue(DeskFilter(), limit: 2).pairs.map(\.pair)
    func code(_ token: CaseToken) -> String? {
        let answer = PairAnswer(
            pair: two[0].id, token: token, verdict: .same, by: "li", reason: "one card", seen: two[0].state)
        let failure = #expect(throws: Failure.self) { try desk.session.answer(answer) }
        return failure?.code
    }
    let token = try desk.session.pair(two[0].id).token
    #expect(CaseToken(token.text) == token && CaseToken("1-2") == nil && CaseToken("1-2-x") == nil)
    let other = try desk.session.pair(two[1].id).token
    #expect(code(other) == "E-DSK-003")
    try desk.answer(two[1].id, .unsure)
    try desk.session.reconcile(by: "li", threads: 1, language: .english)
    #expect(try desk.session.run() > token.run)
    #expect(code(token) == "E-DSK-003")
    #expect(throws: Failure.self) { try desk.session.check(token, is: two[0]) }
    #expect(try Desk.states(desk.session).allSatisfy { !$0.hasSuffix(" same") })
}

@Test func `after any words the index is what a new one would be`() throws {
    let desk = try Desk()
    var random = Random(7)
    var events: [Int] = []
    var filter = DeskFilter()
    filter.state = nil
    let pairs = try desk.session.queue(filter, limit: 1000).pairs.map(\.pair.id)
    for _ in 0..<40 {
        if !events.isEmpty, Int.random(in: 0..<3, using: &random) == 0 {
            let event = events.remove(at: Int.random(in: events.indices, using: &random))
            _ = try? desk.session.undo(event, by: "li", reason: "taken back")
        } else if let id = pairs.randomElement(using: &random),
            let verdict = Decision.Verdict.allCases.randomElement(using: &random)
        {
            let shown = try desk.session.pair(id)
            let answer = try desk.session.answer(
                PairAnswer(
                    pair: id, token: shown.token, verdict: verdict, by: "li", reason: "looked", seen: shown.pair.state)
            )
            if let event = answer.event { events.append(event) }
        }
    }
    let states = try Desk.states(desk.session)
    #expect(try Desk.states(desk.fresh()) == states)
    #expect(Set(states.map { $0.split(separator: " ")[1] }).isSuperset(of: ["same", "different", "merged"]))
}

@Test func `facets count what lists hold, and an accepted finding leaves both`() throws {
    let desk = try Desk()
    let all = try desk.session.findings(DeskFindingFilter(), limit: 10)
    let open = try desk.sample.table("findings.csv", run: 1).dropFirst().filter { $0[0].hasPrefix("F") }
    #expect(all.total == open.count)
    for (dimension, choices) in all.choices where dimension != .area {
        #expect(choices.reduce(0) { $0 + $1.findings } == all.total, "\(dimension)")
    }
    var filter = DeskFindingFilter()
    filter.check = all.choices[.check]?.first?.value
    let some = try desk.session.findings(filter, limit: 500)
    #expect(some.total == all.choices[.check]?.first?.findings)
    #expect(some.findings.allSatisfy { $0.check == filter.check })
    try desk.session.waive([some.findings[0].id], by: "li", reason: "seen on the card")
    #expect(try desk.session.findings(filter).total == some.total - 1)
    #expect(try desk.fresh().findings(filter).total == some.total - 1)
    // Taken back elsewhere, it is there again.
    let waiver = try #require(try desk.session.words(last: 5).first { $0.type == "finding.waived" })
    let other = try ReviewSession(workspace: desk.sample.workspace) { ProvenanceSample.clock }
    _ = try other.undo(waiver.event, by: "wang", reason: "not the card")
    #expect(try other.findings(filter).total == some.total)
}

@Test func `a record is found by characters, sound, initials and number`() throws {
    let desk = try Desk()
    let rows = try desk.sample.table("master.csv", run: 1)
    let name = try #require(rows[0].firstIndex(of: "name"))
    let person = try #require(rows.dropFirst().first { $0[name].hasPrefix("王") && $0[name].count == 3 })
    func finds(_ text: String) throws -> Bool {
        try desk.session.search(text, limit: 1000).contains { $0.person == person[0] }
    }
    #expect(try finds(person[name]))
    #expect(try finds("wang"))
    #expect(try finds(person[0]))
    #expect(try !finds("no such person"))
}

@Test func `what is erased is found at no desk, not even an open one`() throws {
    let desk = try Desk()
    let row = try #require(try desk.sample.table("members.csv", run: 1).dropFirst().first)
    #expect(try !desk.session.search(row[1]).isEmpty)
    _ = try ErasureRun.run(
        ErasureRun.Request(
            workspace: desk.sample.workspace, names: [row[0] + ":" + row[1]], reason: "asked for it",
            isRehearsal: false,
            actor: "li", clock: ProvenanceSample.clock))
    _ = try CleaningRun.run(
        CleaningRequest(
            rulesPath: ProvenanceSample.root + "/rules/registry.yaml", workspace: desk.sample.workspace, threads: 1,
            language: .english, actor: "li", clock: ProvenanceSample.clock))
    #expect(try desk.session.search(row[1]).isEmpty)
    #expect(!FileManager.default.fileExists(atPath: DeskIndex.path(in: desk.sample.workspace)))
}

@Test func `a person on the desk is the person that explain tells of`() throws {
    let desk = try Desk()
    for row in try desk.sample.table("master.csv", run: 1).dropFirst().prefix(20) {
        let shown = try desk.session.person(row[0])
        let told = try ProvenanceRun.run(
            ProvenanceRequest(workspace: desk.sample.workspace, person: row[0], threads: 1))
        #expect(shown.explanation.cells.map(\.value) == told.cells.map(\.value))
        #expect(shown.explanation.cells.map(\.rule) == told.cells.map(\.rule))
        #expect(shown.explanation.members.map(\.key) == told.members.map(\.key))
    }
}
