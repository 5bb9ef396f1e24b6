import Foundation
import Pipeline
import Records
import Testing
import Workspace

@testable import ReviewDesk

/// Proposals of a check that are accepted together.
struct RepairTests {
    /// A check that proposes at least so much.
    private func check(_ desk: RegistryDesk, least: Int) throws -> (DeskFindingFilter, DeskRepairs) {
        for choice in try desk.session.findings(DeskFindingFilter()).choices[.check] ?? [] {
            var filter = DeskFindingFilter()
            filter.check = choice.value
            let repairs = try desk.session.repairs(filter)
            if repairs.repairs.count >= least { return (filter, repairs) }
        }
        throw CocoaError(.fileNoSuchFile)
    }

    @Test func `repairs of one check are shown with what changes, accepted as one event, and taken back as one`()
        async throws
    {
        let desk = try RegistryDesk()
        let (filter, repairs) = try check(desk, least: 6)
        let name = filter.check ?? ""
        #expect(repairs.changing <= repairs.repairs.count && repairs.total >= repairs.repairs.count)
        #expect(throws: Failure.self) { try desk.session.repairs(DeskFindingFilter()) }
        var li = try await desk.enter("li", [.reviewer])
        #expect(await li.get("/findings?check=\(name)").text.contains("/findings/repairs?check=\(name)"))
        let page = await li.get("/findings/repairs?check=\(name)")
        #expect(page.status == 200)
        let tokens = page.text.matches(of: #/name="repair" value="([^"]+)"/#).map { String($0.1) }
        #expect(tokens == repairs.repairs.map(\.token))
        #expect(page.text.contains("<span class=\"count\">\(repairs.total.grouped)</span>"))
        #expect(page.text.contains("count only when a second person agrees") == (tokens.count > 5))
        let chosen = Array(tokens.prefix(3))
        func form(_ tokens: [String]) -> [(String, String)] {
            tokens.map { ("repair", $0) } + [("reason", "cards seen")]
        }
        #expect(await li.post("/findings/repairs?check=\(name)", form([])).status == 400)
        #expect(await li.post("/findings/repairs?check=\(name)", form([chosen[0] + "0"])).status == 409)
        #expect(await li.post("/findings/repairs?check=\(name)", form(chosen)).status == 303)
        let event = try #require(try desk.events("cell.overridden").last)
        #expect(event.actor == "li" && event.subjects.count { $0.hasPrefix("override:") } == 3)
        #expect(try desk.problems().isEmpty)
        #expect(try desk.session.repairs(filter).settled >= 3)
        let history = await li.get("/history").text
        for repair in repairs.repairs.prefix(3) { #expect(history.contains(repair.person)) }
        // What was accepted is what the master has after the next run.
        try desk.session.reconcile(by: "li", threads: 1, language: .english)
        for repair in repairs.repairs.prefix(3) {
            let cell = try desk.session.person(repair.person).explanation.cells.first { $0.field == repair.field }
            #expect(cell?.value == repair.value)
            guard case .override(let said, _)? = cell?.basis else {
                Issue.record("\(repair.person) \(repair.field) is not somebody's word")
                continue
            }
            #expect(said.by == "li" && said.reason == "cards seen")
        }
        _ = try desk.session.undo(event.sequence, by: "li", reason: "wrong cards")
        #expect(try desk.session.repairs(filter).settled == repairs.settled)
        #expect(try desk.problems().isEmpty)
    }

    @Test func `what somebody wrote is not ticked to be written over`() async throws {
        let desk = try RegistryDesk()
        let (filter, repairs) = try check(desk, least: 6)
        let first = try #require(repairs.repairs.first)
        #expect(!first.isWritten)
        var li = try await desk.enter("li", [.reviewer])
        let place = "/findings/repairs?check=\(filter.check ?? "")"
        func isTicked(_ token: String) async -> Bool? {
            let text = await li.get(place).text
            guard let start = text.range(of: "value=\"\(token)\"") else { return nil }
            return text[start.upperBound...].prefix { $0 != ">" }.hasSuffix("checked")
        }
        #expect(await isTicked(first.token) == (first.former != first.value))
        let written = await li.post(
            "/persons/\(first.person)/override",
            [("field", first.field), ("value", ""), ("reason", "as the card says"), ("confirmed", "1")])
        #expect(written.status == 303)
        let again = try #require(
            try desk.session.repairs(filter).repairs.first { $0.person == first.person && $0.field == first.field })
        #expect(again.isWritten)
        #expect(await isTicked(again.token) == false)
    }

    @Test func `the list goes on page by page to its end, each proposal once`() throws {
        let desk = try RegistryDesk()
        var (largest, all): (Int, [String]) = (0, [])
        for choice in try desk.session.findings(DeskFindingFilter()).choices[.check] ?? [] {
            var filter = DeskFindingFilter()
            filter.check = choice.value
            let first = try desk.session.repairs(filter)
            if first.total <= largest { continue }
            (largest, all) = (first.total, [])
            for start in stride(from: 0, to: first.total, by: ReviewSession.mostRepairs) {
                let page = try desk.session.repairs(filter, from: start)
                #expect(page.total == first.total && page.repairs.count <= ReviewSession.mostRepairs)
                all += page.repairs.map(\.finding)
            }
        }
        #expect(largest > ReviewSession.mostRepairs, "\(largest)")
        #expect(all.count > ReviewSession.mostRepairs && Set(all).count == all.count)
    }

    @Test func `SEC-35: more at once than the rule book lets one person do waits for a second person, not the same`()
        async throws
    {
        let desk = try RegistryDesk()
        let (filter, repairs) = try check(desk, least: 6)
        let tokens = repairs.repairs.prefix(6).map(\.token)
        let said = try desk.session.accept(tokens, by: "li", reason: "cards seen")
        #expect(said.isWaiting)
        let waiting = try #require(try desk.session.waiting().first)
        #expect(waiting.classes == ["bulk"] && waiting.type == "override.proposed")
        #expect(try desk.session.repairs(filter).settled == repairs.settled)
        #expect(throws: Failure.self) {
            try desk.session.approve(waiting.event, isRefused: false, by: "li", reason: "mine")
        }
        try desk.session.approve(waiting.event, isRefused: false, by: "wang", reason: "seen too")
        #expect(try desk.session.repairs(filter).settled == repairs.settled + 6)
        #expect(try desk.problems().isEmpty)
    }
}
