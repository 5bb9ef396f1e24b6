import Foundation
import Pipeline
import Records
import Reports
import Testing
import Workspace

@testable import ReviewDesk

/// What waits for a second person: shown with who it is about, taken back by its proposer, refused with a reason that arrives.
struct ApprovalTests {
    /// Six repairs at once, which the rule book wants two persons for, with the persons they are about.
    private func propose(_ desk: RegistryDesk, by name: String) throws -> (event: Int, repairs: [ProposedRepair]) {
        for choice in try desk.session.findings(DeskFindingFilter()).choices[.check] ?? [] {
            var filter = DeskFindingFilter()
            filter.check = choice.value
            let repairs = Array(try desk.session.repairs(filter).repairs.prefix(6))
            guard repairs.count == 6 else { continue }
            let said = try desk.session.accept(repairs.map(\.token), by: name, reason: "cards seen")
            return (try #require(said.event), repairs)
        }
        throw CocoaError(.fileNoSuchFile)
    }

    @Test func `U25: who approves sees names and links of all that it is about, and a decision leads to its pair`()
        async throws
    {
        let desk = try RegistryDesk()
        let (event, repairs) = try propose(desk, by: "li")
        var wang = try await desk.enter("wang", [.approver])
        let page = await wang.get("/approvals").text
        for repair in repairs {
            let person = try desk.session.person(repair.person)
            #expect(page.contains("/persons/\(repair.person)\""))
            let name = try #require(person.records.first?.name)
            #expect(page.contains(name), "\(name)")
        }
        #expect(page.contains("id=\"event-\(event)\""))
        let pair = try #require(try desk.session.first(DeskFilter()))
        let said = try desk.session.answer(
            PairAnswer(
                pair: pair, token: desk.session.pair(pair).token, verdict: .different, by: "li", reason: "papers",
                seen: .open))
        let about = try desk.session.cases(ofWord: try #require(said.event))
        #expect(about.cases.map(\.pair) == [pair] && about.cases[0].records.count == 2 && about.more == 0)
    }

    @Test func `a proposal is taken back by its proposer, and by nobody else`() async throws {
        let desk = try RegistryDesk()
        let (event, _) = try propose(desk, by: "li")
        var (li, wu) = (try await desk.enter("li", [.reviewer]), try await desk.enter("wu", [.reviewer]))
        let path = "/approvals/\(event)/withdraw"
        #expect(await li.get("/approvals").text.contains("action=\"\(path)\""))
        #expect(!(await wu.get("/approvals").text.contains("action=\"\(path)\"")))
        let foreign = await wu.post(path, [("reason", "not mine")])
        #expect(foreign.status == 403 && foreign.text.contains("E-APR-006"))
        #expect(await li.post(path, [("reason", "")]).status == 400)
        #expect(try desk.session.waiting().map(\.event) == [event])
        #expect(await li.post(path, [("reason", "wrong cards")]).status == 303)
        #expect(try desk.session.waiting().isEmpty)
        let refusal = try #require(try desk.events("approval.refused").last)
        #expect(refusal.actor == "li" && refusal.role == "reviewer")
        // It is no news to who took it back, and cannot be answered any more (SEC-37).
        #expect(try desk.session.refused(of: "li").isEmpty)
        #expect(await li.post(path, [("reason", "again")]).status == 400)
        #expect(throws: Failure.self) {
            try desk.session.approve(event, isRefused: false, by: "wang", reason: "seen")
        }
        #expect(try desk.problems().isEmpty)
    }

    @Test func `a refusal reaches who proposed it, with its reason, and nobody else`() async throws {
        let desk = try RegistryDesk()
        let (event, _) = try propose(desk, by: "li")
        var (li, wu) = (try await desk.enter("li", [.reviewer]), try await desk.enter("wu", [.reviewer]))
        var wang = try await desk.enter("wang", [.approver])
        let form = [("answer", "refuse"), ("reason", "the cards are of another office")]
        #expect(await wang.post("/approvals/\(event)", form).status == 303)
        #expect(try desk.events("approval.refused").last?.role == "approver")
        #expect(await li.get("/").text.contains("/approvals#refused"))
        let page = await li.get("/approvals").text
        #expect(page.contains("the cards are of another office") && page.contains("refused by wang"))
        #expect(await li.get("/history").text.contains("refused by wang: the cards are of another office"))
        for path in ["/", "/approvals"] {
            #expect(!(await wu.get(path).text.contains("#refused")))
            #expect(!(await wu.get(path).text.contains("the cards are of another office")))
        }
        desk.pass(seconds: 15 * 86_400)
        _ = await li.enter("li")
        #expect(!(await li.get("/").text.contains("/approvals#refused")))
    }

    @Test func `a person's page shows what was said of them and is not in the master yet`() async throws {
        let desk = try RegistryDesk()
        let (event, repairs) = try propose(desk, by: "li")
        var wu = try await desk.enter("wu", [.reviewer])
        let path = "/persons/\(repairs[0].person)"
        let waiting = await wu.get(path).text
        #expect(waiting.contains("id=\"pending\"") && waiting.contains("/approvals#event-\(event)"))
        try desk.session.approve(event, isRefused: false, by: "wang", reason: "seen too")
        let said = await wu.get(path).text
        #expect(said.contains("the next run takes it") && !said.contains("/approvals#event-\(event)"))
        try desk.session.reconcile(by: "wu", threads: 1, language: .english)
        #expect(!(await wu.get(path).text.contains("id=\"pending\"")))
    }

    @Test func `SEC-34: who acts as an approver, a reviewer or a proposer stands so in the trail`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        var filter = DeskFindingFilter()
        filter.check = try desk.session.findings(filter).choices[.check]?.first?.value
        let finding = try #require(try desk.session.findings(filter, limit: 1).findings.first?.id)
        let form = [("finding", finding), ("reason", "seen the card"), ("back", "/findings")]
        #expect(await li.post("/findings/waive", form).status == 303)
        #expect(try desk.events("finding.waived").last?.role == "reviewer")
    }

    @Test func `an approver may look at their own work, and sees what all did together`() async throws {
        let desk = try RegistryDesk()
        var wang = try await desk.enter("wang", [.approver])
        let page = await wang.get("/work")
        #expect(page.status == 200 && page.text.contains("All reviewers together"))
        var zhou = try await desk.enter("zhou", [.viewer])
        #expect(await zhou.get("/work").status == 403)
        #expect(!(await zhou.get("/").text.contains("href=\"/work\"")))
    }
}
