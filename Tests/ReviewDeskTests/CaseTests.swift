import Foundation
import Pipeline
import Records
import Testing
import Workspace

@testable import ReviewDesk

/// Whose a case is: held while somebody looks at it, assigned, and refused to others.
struct CaseTests {
    private func first(_ desk: RegistryDesk) throws -> Int { try #require(try desk.session.first(DeskFilter())) }

    private func next(_ response: DeskResponse) -> String? {
        response.text.firstMatch(of: #/data-after="\/pairs\/(\d+)/#).map { String($0.1) }
    }

    @Test
    func `U19, SEC-37: who opens a case has it for ten minutes; others read it, cannot answer, nor once more after`()
        async throws
    {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        var wang = try await desk.enter("wang", [.reviewer])
        let id = try first(desk)
        #expect(await li.get("/pairs/\(id)").text.contains("id=\"answer\""))
        let read = await wang.get("/pairs/\(id)")
        #expect(read.status == 200 && read.text.contains("li has this case until"))
        #expect(!read.text.contains("id=\"answer\""))
        let token = try desk.token(id)
        let form = [
            ("answer", "same"), ("case", token), ("seen", "open"), ("why", "papers"), ("comment", "seen <b>both</b>"),
        ]
        let refused = await wang.post("/pairs/\(id)", form)
        #expect(refused.status == 409 && refused.text.contains("li has this case until"))
        let json = await wang.post(
            json: #"{"answer":"same","case":"\#(token)","seen":"open"}"#, to: "/pairs/\(id)/answer")
        #expect(json.status == 409 && json.text.contains("E-DSK-007"))
        #expect(try desk.session.known(id)?.state == .open)
        let answered = await li.post("/pairs/\(id)", form)
        #expect(answered.status == 303)
        // The first answer wins, and the second sees it.
        let late = await wang.post("/pairs/\(id)", [("answer", "different"), ("case", token), ("seen", "open")])
        #expect(late.status == 409 && late.text.contains("li: same"))
        #expect(try desk.events("decision.made").count == 1)
    }

    @Test func `in Chinese the same is said`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        var wang = try await desk.enter("wang", [.reviewer])
        let id = try first(desk)
        _ = await li.get("/pairs/\(id)")
        _ = await wang.get("/pairs/\(id)?language=zh")
        #expect(await wang.get("/pairs/\(id)").text.contains("li 正在处理这一对，至"))
    }

    @Test func `a case that somebody has is nobody else's next one, and is free after ten minutes without a touch`()
        async throws
    {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        var wang = try await desk.enter("wang", [.reviewer])
        let queue = try desk.session.queue(DeskFilter(), limit: 3).pairs.map(\.pair.id)
        _ = await li.get("/pairs/\(queue[1])")
        #expect(next(await wang.get("/pairs/\(queue[0])")) == String(queue[2]))
        #expect(await wang.get("/pairs").text.contains("li has this case until"))
        desk.pass(seconds: 500)
        #expect(await li.post(json: "{}", to: "/pairs/\(queue[1])/hold").text.contains(#""held":true"#))
        // Somebody who is away is signed out, which is another matter.
        _ = await wang.get("/pairs")
        desk.pass(seconds: 500)
        _ = await li.get("/pairs")
        #expect(await wang.post(json: "{}", to: "/pairs/\(queue[1])/hold").text.contains(#""held":false"#))
        desk.pass(seconds: 101)
        #expect(await wang.get("/pairs/\(queue[1])").text.contains("id=\"answer\""))
        #expect(!(await li.get("/pairs/\(queue[1])").text.contains("id=\"answer\"")))
        #expect(await wang.post("/pairs/\(queue[1])/release", []).status == 303)
        #expect(await li.get("/pairs/\(queue[1])").text.contains("id=\"answer\""))
        // Reading takes nothing, and browsing on leaves what is behind.
        var auditor = try await desk.enter("zhou", [.viewer])
        _ = await auditor.get("/pairs/\(queue[2])")
        #expect(try desk.session.hold(of: queue[2]) == nil)
        for id in try desk.session.queue(DeskFilter(), limit: 12).pairs.map(\.pair.id) {
            _ = await wang.get("/pairs/\(id)")
        }
        #expect(try desk.session.holds(butOf: "li").count <= 3)
    }

    @Test func `a filter's first cases are assigned, listed as mine, and the trail says so`() async throws {
        let desk = try RegistryDesk()
        try desk.register("li", [.reviewer])
        try desk.register("zhou", [.viewer])
        var li = try await desk.enter("li", [.reviewer])
        var chen = try await desk.enter("chen", [.operator])
        let queue = try desk.session.queue(DeskFilter(), limit: 6).pairs.map(\.pair.id)
        #expect(await li.post("/pairs/assign", [("count", "5"), ("account", "li")]).status == 403)
        for (count, account) in [("5", "zhou"), ("5", "nobody"), ("0", "li"), ("9999", "li"), ("x", "li")] {
            #expect(await chen.post("/pairs/assign", [("count", count), ("account", account)]).status == 400)
        }
        #expect(try desk.events("cases.assigned").isEmpty)
        #expect(await chen.post("/pairs/assign", [("count", "5"), ("account", "li")]).status == 303)
        var filter = DeskFilter()
        filter.assigned = "li"
        #expect(try desk.session.queue(filter).pairs.map(\.pair.id) == Array(queue.prefix(5)))
        #expect(await li.get("/pairs?assigned=me").text.contains("<span class=\"count\">5</span>"))
        // A new index knows it from the trail, and the last word holds.
        #expect(await chen.post("/pairs/assign?assigned=to-li", [("count", "2"), ("account", "")]).status == 303)
        DeskIndex.delete(in: desk.workspace)
        let other = try ReviewSession(workspace: desk.workspace, clock: desk.session.clock)
        #expect(try other.queue(filter).pairs.map(\.pair.id) == Array(queue[2..<5]))
        filter.assigned = ""
        #expect(try !other.queue(filter, limit: 10_000).pairs.contains { queue[2..<5].contains($0.pair.id) })
        let event = try #require(try desk.events("cases.assigned").first)
        #expect(event.actor == "chen" && event.role == "operator")
        #expect(try desk.problems().isEmpty)
    }

    @Test
    func `while a run has the workspace an answer waits, is refused as busy with what was typed, and readers go on`()
        async throws
    {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        var wang = try await desk.enter("wang", [.reviewer])
        let id = try first(desk)
        _ = await li.get("/pairs/\(id)")
        let token = try desk.token(id)
        let run = try WorkspaceStore.open(directory: desk.workspace)
        let start = ContinuousClock.now
        let answering = Task { [li] in
            var li = li
            return await li.post(
                "/pairs/\(id)",
                [
                    ("answer", "same"), ("case", token), ("seen", "open"), ("why", "papers"), ("comment", "both cards"),
                ])
        }
        var slowest = Duration.zero
        for _ in 0..<5 {
            let begun = ContinuousClock.now
            #expect(await wang.get("/pairs").status == 200)
            slowest = max(slowest, ContinuousClock.now - begun)
        }
        let busy = await answering.value
        #expect(ContinuousClock.now - start > .seconds(9))
        #expect(slowest < .seconds(8))
        #expect(busy.status == 503 && busy.header("Retry-After") == "10")
        #expect(busy.text.contains("the workspace is in use by") && busy.text.contains("value=\"both cards\""))
        #expect(busy.text.contains("<option value=\"papers\" selected>"))
        _ = run.directory
    }
}
