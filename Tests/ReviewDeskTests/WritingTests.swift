import Estimation
import Foundation
import Pipeline
import Records
import Testing
import Workspace

@testable import ReviewDesk

/// Values that people write into cells, answers that they take back, and the figures of their own work.
struct WritingTests {
    private func person(_ desk: RegistryDesk) throws -> String {
        try #require(try desk.session.search("wang").first { !$0.person.isEmpty }).person
    }

    @Test(
        "a value that something speaks against is asked about once more, with what was typed, and then says so in the trail",
        arguments: [
            ("id_number", "110101198503078710", "no valid resident id"), ("birth_date", "2031-01-01", "in the future"),
        ])
    func doubtful(field: String, value: String, why: String) async throws {
        let desk = try RegistryDesk()
        let path = "/persons/\(try person(desk))/override"
        var li = try await desk.enter("li", [.reviewer])
        let before = try desk.lastEvent()?.sequence
        let form = [("field", field), ("value", value), ("reason", "birth certificate 7")]
        let asked = await li.post(path, form)
        #expect(asked.status == 400 && asked.text.contains("E-WRD-011") == false && asked.text.contains(why))
        #expect(asked.text.contains("name=\"confirmed\"") && asked.text.contains("value=\"\(value)\""))
        #expect(asked.text.contains("value=\"birth certificate 7\""))
        #expect(try desk.lastEvent()?.sequence == before)
        #expect(await li.post(path, form + [("confirmed", "1")]).status == 303)
        let said = try #require(try desk.session.words(by: "li", last: 1).first)
        #expect(said.told.reason.hasPrefix("birth certificate 7 (confirmed although the"))
        #expect(!said.told.reason.contains(value))
        #expect(try desk.problems().isEmpty)
    }

    @Test func `what is not well formed is refused on the page, with what was typed`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        let refused = await li.post(
            "/persons/\(try person(desk))/override",
            [("field", "birth_date"), ("value", "soon <b>"), ("reason", "card")])
        #expect(refused.status == 400 && refused.text.contains("value=\"soon &lt;b&gt;\""))
        #expect(!refused.text.contains("name=\"confirmed\""))
    }

    @Test func `U20: undoing leads back to the pair that was answered`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        let queue = try desk.session.queue(DeskFilter(), limit: 2).pairs.map(\.pair.id)
        for pair in queue {
            let body = #"{"answer":"different","case":"\#(try desk.token(pair))","seen":"open"}"#
            #expect(await li.post(json: body, to: "/pairs/\(pair)/answer").status == 200)
        }
        #expect(await li.post(json: "{}", to: "/undo").text.contains("\"pair\":\(queue[1])"))
        #expect(await li.post(json: "{}", to: "/undo").text.contains("\"pair\":\(queue[0])"))
        #expect(try desk.session.known(queue[0])?.state == .open)
    }

    @Test func `what Z takes back is the last answer, also one that waits for a second person`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        let pair = try #require(try desk.session.first(DeskFilter()))
        let body = #"{"answer":"different","case":"\#(try desk.token(pair))","seen":"open"}"#
        #expect(await li.post(json: body, to: "/pairs/\(pair)/answer").status == 200)
        let counted = try #require(try desk.session.lastDecision(by: "li"))
        let group = try #require(try desk.session.clusters(leastRecords: 4).clusters.first)
        let leaving = group.records.prefix(group.records.count / 2).map { ("record", String($0.record)) }
        let path = "/persons/\(PersonID.text(group.cluster.person))/split"
        #expect(await li.post(path, leaving + [("reason", "two families")]).status == 303)
        let proposed = try #require(try desk.session.lastDecision(by: "li"))
        #expect(!counted.isWaiting && proposed.isWaiting)
        #expect(await li.post(json: "{}", to: "/undo").text.contains("Event \(proposed.event) is taken back."))
        #expect(try desk.session.waiting().isEmpty)
        #expect(try desk.session.lastDecision(by: "li")?.event == counted.event)
    }

    @Test func `a person that was taken apart says so until the next run does it`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        let groups = try desk.session.clusters(leastRecords: 2, limit: 500).clusters
        let group = try #require(groups.first { $0.records.count == 2 })
        let path = "/persons/\(PersonID.text(group.cluster.person))"
        let form = [("record", String(group.records[0].record)), ("reason", "two families")]
        #expect(await !li.get(path).text.contains("id=\"pending\""))
        #expect(await li.post(path + "/split", form).status == 303)
        let page = await li.get(path).text
        #expect(page.contains("id=\"pending\"") && page.contains("stay apart until") && page.contains("two families"))
        _ = try desk.session.undo(try #require(try desk.session.lastDecision(by: "li")).event, by: "li", reason: "no")
        #expect(await !li.get(path).text.contains("id=\"pending\""))
    }

    @Test func `at the terminal an account does no more than its roles say`() throws {
        let desk = try RegistryDesk()
        try desk.register("vera", [.viewer])
        try desk.register("li", [.reviewer])
        let failure = #expect(throws: Failure.self) {
            try DeskAccounts.checkMayPropose("Vera", workspace: desk.workspace)
        }
        #expect(failure?.code == "E-DSK-020")
        try DeskAccounts.checkMayPropose("li", workspace: desk.workspace)
        try DeskAccounts.checkMayPropose("whoever", workspace: desk.workspace)
    }

    @Test func `U27: my work counts each answer once, and says what became of them`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        let queue = try desk.session.queue(DeskFilter(), limit: 5).pairs.map(\.pair.id)
        for (pair, verdict) in zip(queue, ["same", "different", "different", "unsure", "same"]) {
            let body = #"{"answer":"\#(verdict)","case":"\#(try desk.token(pair))","seen":"open"}"#
            #expect(await li.post(json: body, to: "/pairs/\(pair)/answer").status == 200)
        }
        #expect(await li.post(json: "{}", to: "/undo").status == 200)
        // A group taken apart is one answer, however many pairs it decides; so many pairs wait for a second person here.
        let group = try #require(try desk.session.clusters(leastRecords: 4).clusters.first)
        let person = PersonID.text(group.cluster.person)
        let leaving = group.records.prefix(group.records.count / 2).map { ("record", String($0.record)) }
        #expect(await li.post("/persons/\(person)/split", leaving + [("reason", "two families")]).status == 303)
        let work = try desk.session.work(of: "li", withAll: false)
        #expect(work.own.answers == 6 && work.groups == 1 && work.takenBack == 1)
        #expect(work.verdicts == ["same": 2, "different": 2, "unsure": 1])
        #expect(work.verdicts.values.reduce(work.groups, +) == work.own.answers)
        let pairs = (group.records.count / 2) * (group.records.count - group.records.count / 2)
        #expect(work.waiting == (pairs > 5 ? 1 : 0))
        let page = await li.get("/work").text
        #expect(page.contains("id=\"became\"") && page.contains("taken back"))
    }
}
