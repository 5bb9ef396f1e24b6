import Estimation
import Foundation
import Records
import Testing
import Workspace

@testable import Pipeline

extension Desk {
    /// Answers the first pairs of the queue.
    ///
    /// - Returns: their numbers.
    @discardableResult
    func answer(_ count: Int, _ verdict: (Int) -> Decision.Verdict) throws -> [Int] {
        try (0..<count).compactMap { place in
            guard let id = try session.first(DeskFilter()) else { return nil }
            _ = try session.answer(
                PairAnswer(
                    pair: id, token: session.pair(id).token, verdict: verdict(place), by: "li", reason: "looked",
                    seen: .open))
            return id
        }
    }

    func answer(_ id: Int, _ verdict: Decision.Verdict) throws {
        let shown = try session.pair(id)
        _ = try session.answer(
            PairAnswer(
                pair: id, token: shown.token, verdict: verdict, by: "li", reason: "looked", seen: shown.pair.state))
    }
}

@Test
func `a calibration that is agreed to counts at once and in the next run, stands on the trail, and can be undone`()
    throws
{
    let desk = try Desk()
    let asked = try desk.answer(60) { $0 % 4 == 0 ? .same : .different }
    let found = try desk.session.recalibration()
    #expect(found.decisions == asked.count && found.current == nil && found.waiting == nil)
    #expect(try desk.session.overview().toLearn == (found.newDecisions >= Recalibration.step ? asked.count : 0))
    #expect(!found.fitted.changesNothing)
    let id = try #require(try desk.session.first(DeskFilter()) ?? asked.first)
    let before = try desk.session.pair(id)
    #expect(before.explanation.calibrated == nil)

    let event = try #require(try desk.session.calibrate(found.fitted, by: "zhao").event)
    let after = try desk.session.pair(id)
    #expect(after.explanation.calibrated?.decisions == found.decisions)
    #expect((after.explanation.probability - found.fitted(before.explanation.probability)).magnitude < 1e-6)
    #expect((after.pair.probability - after.explanation.probability).magnitude < 1e-6)
    let parts = after.explanation.prior + after.explanation.fields.reduce(0) { $0 + $1.weight }
    #expect((parts + (after.explanation.calibrated?.weight ?? 0) - after.explanation.total).magnitude < 1e-6)
    let ranks = try desk.session.queue(DeskFilter(), limit: 1_000).pairs.map(\.pair.rank)
    #expect(ranks == ranks.sorted(by: >))
    // Agreeing a second time says nothing new.
    #expect(try desk.session.calibrate(desk.session.recalibration().fitted, by: "zhao").event == nil)
    #expect(try desk.session.overview().toLearn == 0)

    try desk.session.reconcile(by: "wang", threads: 2, language: .english)
    let folder = desk.sample.workspace + "/outbox/run-0002"
    let run = try String(contentsOfFile: folder + "/run.json", encoding: .utf8)
    #expect(run.contains("\"decisions\": \(found.decisions)") && run.contains("\"event\": \(event)"))
    let report = try String(contentsOfFile: folder + "/report.html", encoding: .utf8)
    #expect(report.contains("Calibrated with \(found.decisions) decisions"))
    let told = try ExplainRun.run(
        ExplainRequest(
            first: "\(after.a.key.source):\(after.a.key.recordID)",
            second: "\(after.b.key.source):\(after.b.key.recordID)", origin: .workspace(desk.sample.workspace),
            threads: 1))
    #expect(told.calibrated?.decisions == found.decisions)
    #expect((told.probability - after.explanation.probability).magnitude < 1e-6)

    #expect(try ReplayRun.run(.init(workspace: desk.sample.workspace, threads: 2)).different.isEmpty)
    #expect(try AuditRun.verify(workspace: desk.sample.workspace).problems.map(\.message.en) == [])

    _ = try desk.session.undo(event, by: "zhao", reason: "too early")
    #expect(try desk.session.recalibration().current == nil)
    #expect(try desk.session.overview().pending > 0)
    #expect(try ReplayRun.run(.init(workspace: desk.sample.workspace, threads: 2)).different.isEmpty)
}

@Test func `who agrees to what was shown before further decisions is told so`() throws {
    let desk = try Desk()
    #expect(throws: Failure.self) { try desk.session.calibrate(.none, by: "zhao") }
    try desk.answer(6) { _ in .different }
    let seen = try desk.session.recalibration().fitted
    try desk.answer(6) { _ in .same }
    let failure = #expect(throws: Failure.self) { try desk.session.calibrate(seen, by: "zhao") }
    #expect(failure?.code == "E-DSK-016")
}

@Test func `where a change of rules needs two people, so does a calibration, and one person's does not count`() throws {
    let sample = try ProvenanceSample(seed: 5, persons: 60)
    let rules = sample.directory + "/rules.yaml"
    let text = try String(contentsOfFile: rules, encoding: .utf8) + "\napprovals: { two_people: [rule_change] }\n"
    try text.write(toFile: rules, atomically: true, encoding: .utf8)
    try sample.clean()
    let session = try ReviewSession(workspace: sample.workspace) { ProvenanceSample.clock }
    var filter = DeskFilter()
    filter.state = nil
    for listed in try session.queue(filter, limit: 8).pairs {
        _ = try session.answer(
            PairAnswer(
                pair: listed.pair.id, token: session.pair(listed.pair.id).token, verdict: .different, by: "li",
                reason: "looked", seen: listed.pair.state))
    }
    let found = try session.recalibration()
    let said = try session.calibrate(found.fitted, by: "zhao")
    let event = try #require(said.event)
    #expect(said.isWaiting)
    #expect(try session.recalibration().current == nil && session.recalibration().waiting == event)
    let second = #expect(throws: Failure.self) { try session.calibrate(found.fitted, by: "qian") }
    #expect(second?.code == "E-DSK-017")
    #expect(try session.waiting().map(\.classes) == [["rule_change"]])
    #expect(throws: Failure.self) { try session.approve(event, isRefused: false, by: "Zhao", reason: "good") }
    try session.approve(event, isRefused: false, by: "sun", reason: "good")
    #expect(try session.recalibration().current?.event == event)
    #expect(try AuditRun.verify(workspace: sample.workspace).problems.map(\.message.en) == [])
}

@Test func `the audit sample is the same for everybody, and its answers count in the order of the draw`() throws {
    let desk = try Desk()
    let all = try desk.session.auditSample(size: 30)
    let merged = try desk.sample.table("pairs.csv", run: 1).dropFirst().filter { $0[6] == "merged" }
    #expect(all.over.pairs == merged.count)
    #expect(all.over.wanted == min(30, merged.count) && all.over.found.size == 0)
    #expect(all.falseMerges.errors == 0 && all.falseMerges.interval.upperBound == Double(all.over.pairs))
    var ids: [Int] = []
    for verdict in [Decision.Verdict.same, .unsure, .different, .same] {
        let id = try #require(try desk.session.auditSample(size: 30).over.next)
        ids.append(id)
        try desk.answer(id, verdict)
    }
    let found = try desk.session.auditSample(size: 30)
    #expect(found.over.found == ErrorRate(errors: 1, size: 3) && found.over.unsure == 1)
    #expect((found.falseMerges.errors - Double(found.over.pairs) / 3).magnitude < 1e-9)

    // A pair that is decided out of turn does not count before its turn has come.
    var filter = DeskFilter()
    filter.sample = DeskSample(stratum: "over", size: 30)
    let rest = try desk.session.queue(filter, limit: 100).pairs.map(\.pair.id)
    #expect(rest.count == 26 && rest.first == found.over.next && Set(rest).isDisjoint(with: ids))
    try desk.answer(rest[5], .different)
    #expect(try desk.session.auditSample(size: 30).over.found == found.over.found)
    #expect(try desk.session.pair(rest[0], in: filter).after == rest[1])

    let fresh = try desk.fresh()
    #expect(try fresh.auditSample(size: 30).over.found == found.over.found)
    #expect(try fresh.queue(filter, limit: 100).pairs.map(\.pair.id) == rest.filter { $0 != rest[5] })
}

@Test func `pairs under the review line are drawn too, and show what was missed`() throws {
    let desk = try Desk()
    let rows = try desk.sample.table("sample.csv", run: 1).dropFirst()
    let listed = try desk.sample.table("pairs.csv", run: 1).dropFirst()
    let known = Set(listed.map { Array($0[0..<4]) })
    #expect(!rows.isEmpty && rows.allSatisfy { !known.contains(Array($0[0..<4])) })
    for stratum in LetGoSample.Stratum.allCases {
        let own = rows.filter { $0[4] == stratum.rawValue }
        if let first = own.first { #expect(own.count == min(LetGoSample.most, Int(first[5]) ?? 0)) }
    }
    let part = try #require(try desk.session.auditSample(size: 10).under.first { $0.next != nil })
    for verdict in [Decision.Verdict.same, .different] {
        let now = try desk.session.auditSample(size: 10).under.first { $0.stratum == part.stratum }
        try desk.answer(try #require(now?.next), verdict)
    }
    let found = try #require(try desk.session.auditSample(size: 10).under.first { $0.stratum == part.stratum })
    #expect(found.found.errors == 1 && found.found.size >= 2)
    #expect(try desk.session.auditSample(size: 10).missed.errors > 0)
    // The next run makes one person of what was missed; that it was missed remains, and nothing new was learned.
    let learned = try desk.session.recalibration()
    try desk.session.reconcile(by: "wang", threads: 2, language: .english)
    let later = try #require(try desk.session.auditSample(size: 10).under.first { $0.stratum == part.stratum })
    #expect(later.found.errors == 1 && later.found.size >= 2)
    let again = try desk.session.recalibration()
    #expect(again.same == learned.same && again.different == learned.different)
    // They are no cases that wait in the queue.
    #expect(try desk.session.queue(DeskFilter(), limit: 1_000).pairs.allSatisfy { $0.pair.reason != .sample })
}
