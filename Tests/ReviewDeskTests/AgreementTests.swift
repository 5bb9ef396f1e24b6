import Estimation
import Foundation
import Pipeline
import Records
import Testing

@testable import ReviewDesk
@testable import Workspace

/// Answers that measure: second ones, known pairs, and what becomes of two that differ.
struct AgreementTests {
    private func answer(_ pair: Int, _ verdict: String, _ browser: inout Browser, _ desk: RegistryDesk) async throws
        -> DeskResponse
    {
        let page = await browser.get("/pairs/\(pair)").text
        let token = try #require(page.firstMatch(of: #/data-case="([^"]+)"/#)).1
        let seen = try #require(page.firstMatch(of: #/data-state="([^"]+)"/#)).1
        return await browser.post(
            json: #"{"answer":"\#(verdict)","case":"\#(token)","seen":"\#(seen)","why":"compared"}"#,
            to: "/pairs/\(pair)/answer")
    }

    private func after(_ response: DeskResponse) -> Int? {
        response.text.firstMatch(of: #/data-after="\/pairs\/(\d+)/#).flatMap { Int($0.1) }
    }

    /// A pair that li decided as one person, of which wu is asked next.
    private func asked(
        _ desk: RegistryDesk
    ) async throws -> (pair: Int, li: Browser, wu: Browser) {
        var li = try await desk.enter("li", [.reviewer])
        var wu = try await desk.enter("wu", [.reviewer])
        let queue = try desk.session.queue(DeskFilter(), limit: 12).pairs.map(\.pair.id)
        #expect(try await answer(queue[0], "same", &li, desk).status == 200)
        // A known pair is drawn instead where there is one; here is none yet, and the next turn draws again.
        for pair in queue.dropFirst(3) where try desk.session.asked(of: "wu") == nil {
            #expect(try await answer(pair, "different", &wu, desk).status == 200)
        }
        let asked = try #require(try desk.session.asked(of: "wu"))
        #expect(asked == AskedPair(pair: queue[0], kind: .second))
        return (queue[0], li, wu)
    }

    @Test func `U21: a second person sees nothing of the first answer, and theirs changes nothing`() async throws {
        let desk = try RegistryDesk(isMeasured: true)
        var (pair, _, wu) = try await asked(desk)
        // It comes next, like any other.
        let open = try #require(try desk.session.first(DeskFilter()))
        #expect(after(await wu.get("/pairs/\(open)")) == pair)
        let page = await wu.get("/pairs/\(pair)")
        let text = page.text.components(separatedBy: "<main").last ?? ""
        #expect(page.status == 200 && text.contains(#"data-state="open""#) && text.contains("id=\"answer\""))
        for telling in [
            "li ·", "tag same", "class=\"said\"", "bar-sum", "/persons/", "id=\"preview\"", "class=\"held\"",
        ] {
            #expect(!text.contains(telling), "\(telling)")
        }
        // Fetched ahead while the pair before it is still open, it leads on, and what comes next does not lead back.
        let beside = await wu.get("/pairs/\(pair)", [("X-Beside", String(open))])
        let further = try #require(after(beside))
        #expect(further != open && further != pair)
        let behind = await wu.get("/pairs/\(further)", [("X-Beside", String(pair))])
        #expect(try #require(after(behind)) != pair)
        // To others it is decided, as it is.
        var zhou = try await desk.enter("zhou", [.viewer])
        #expect(await zhou.get("/pairs/\(pair)").text.contains(#"data-state="same""#))

        let before = try desk.events("decision.made").count
        #expect(try await answer(pair, "different", &wu, desk).status == 200)
        #expect(try desk.events("decision.made").count == before)
        #expect(try desk.events("opinion.given").map(\.actor) == ["wu"])
        #expect(try desk.session.known(pair)?.state == .same)
        // Undoing does not reach past it to a decision that was not meant.
        let undone = await wu.post(json: "{}", to: "/undo")
        #expect(undone.status == 409 && undone.text.contains("only measures"))
        #expect(try desk.events("word.withdrawn").isEmpty)
        // Nobody is asked a third time.
        #expect(try desk.session.asked(of: "wu")?.pair != pair)
        #expect(try desk.problems().isEmpty)
    }

    @Test func `U21: a third person settles two answers that differ, and what two agree on is then known`() async throws
    {
        let desk = try RegistryDesk(isMeasured: true)
        var (pair, li, wu) = try await asked(desk)
        #expect(try await answer(pair, "different", &wu, desk).status == 200)
        let event = try #require(try desk.events("opinion.given").first).sequence
        // Who gave one of the answers does not say which is right, nor does a reviewer.
        desk.accounts.set("wu", [.reviewer, .approver])
        wu = try await desk.enter("wu", [.reviewer, .approver])
        let own = await wu.get("/agreement")
        #expect(own.text.contains("One of the answers is yours") && !own.text.contains("/agreement/\(event)\""))
        #expect(await wu.post("/agreement/\(event)", [("answer", "same"), ("reason", "mine")]).status == 409)
        #expect(await li.get("/agreement").status == 403)

        var chen = try await desk.enter("chen", [.approver])
        #expect(await chen.get("/").text.contains("/agreement"))
        let page = await chen.get("/agreement")
        #expect(page.text.contains("/agreement/\(event)\"") && page.text.contains("/pairs/\(pair)\""))
        #expect(await chen.post("/agreement/\(event)", [("answer", "different"), ("reason", "papers")]).status == 303)
        #expect(try desk.session.known(pair)?.state == .different)
        // It was said as an approver, and the trail says so.
        #expect(try desk.events("decision.made").last?.role == "approver")
        #expect(try desk.session.agreement(for: "chen").disputes.isEmpty)
        #expect(await chen.post("/agreement/\(event)", [("answer", "same"), ("reason", "again")]).status == 409)

        // Somebody who has not seen the pair is asked about it, and is told first how they did.
        var zhao = try await desk.enter("zhao", [.reviewer])
        for open in try desk.session.queue(DeskFilter(), from: 12, limit: 25).pairs.map(\.pair.id)
        where try desk.session.asked(of: "zhao")?.kind != .known {
            if let other = try desk.session.asked(of: "zhao") {
                #expect(try await answer(other.pair, "same", &zhao, desk).status == 200)
            }
            #expect(try await answer(open, "same", &zhao, desk).status == 200)
        }
        #expect(try desk.session.asked(of: "zhao") == AskedPair(pair: pair, kind: .known))
        #expect(try await answer(pair, "same", &zhao, desk).status == 200)
        #expect(try desk.session.ownMeasure(of: "zhao").known == ErrorRate(errors: 1, size: 1))
        #expect(await zhao.get("/work").text.contains("1 / 1 · 100.00 %"))
        #expect(await li.get("/work").text.contains("Agreement with others"))
        #expect(try desk.session.agreement(for: "chen").known.size == 1)
        #expect(try desk.problems().isEmpty)
    }

    @Test func `a ruling counts as things stand: what was taken back meanwhile is decided again`() async throws {
        let desk = try RegistryDesk(isMeasured: true)
        var (pair, li, wu) = try await asked(desk)
        #expect(try await answer(pair, "different", &wu, desk).status == 200)
        let event = try #require(try desk.events("opinion.given").first).sequence
        #expect(await li.post(json: "{}", to: "/undo").status == 200)
        #expect(try desk.session.known(pair)?.state == .open)
        var chen = try await desk.enter("chen", [.approver])
        #expect(await chen.post("/agreement/\(event)", [("answer", "same"), ("reason", "papers")]).status == 303)
        #expect(try desk.session.known(pair)?.state == .same)
        #expect(try desk.problems().isEmpty)
    }

    @Test func `what is known of answers outlasts the index of the desk`() async throws {
        let desk = try RegistryDesk(isMeasured: true)
        var (pair, _, wu) = try await asked(desk)
        #expect(try await answer(pair, "same", &wu, desk).status == 200)
        let before = try desk.session.agreement(for: "chen")
        DeskIndex.delete(in: desk.workspace)
        let again = try ReviewSession(workspace: desk.workspace, clock: desk.session.clock)
        let after = try again.agreement(for: "chen")
        #expect(after.answers == before.answers && after.answers.agreed == 1)
    }

    @Test func `where the rule book asks for no second answers, nobody is asked`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        var wu = try await desk.enter("wu", [.reviewer])
        let queue = try desk.session.queue(DeskFilter(), limit: 8).pairs.map(\.pair.id)
        #expect(try await answer(queue[0], "same", &li, desk).status == 200)
        for pair in queue.dropFirst(3) { #expect(try await answer(pair, "different", &wu, desk).status == 200) }
        #expect(try desk.session.asked(of: "wu") == nil)
        var chen = try await desk.enter("chen", [.approver])
        #expect(await chen.get("/agreement").text.contains("asks for no second answers"))
    }

    @Test func `U27: κ stands on the page with its interval, and a low one calls for talk about the rules`() {
        let request = DeskRequest(.get, "/agreement")
        let good = AgreementPage.measure(Agreement([[40, 5], [7, 48]]), request)
        #expect(good["kappa"] as? String == "0.76" && good["interval"] as? String == "0.63 – 0.89")
        #expect(good["isLow"] as? Bool == false && good["agreed"] as? String == "88")
        #expect(AgreementPage.measure(Agreement([[10, 9], [9, 10]]), request)["isLow"] as? Bool == true)
        // Of a few answers it says that they are few, and calls for nothing.
        let few = AgreementPage.measure(Agreement([[3, 2], [2, 3]]), request)
        #expect(few["isLow"] as? Bool == false && (few["few"] as? String)?.contains("Under 30 pairs") == true)
        #expect(good["few"] as? String == "")
        #expect(AgreementPage.measure(Agreement([[0, 0], [0, 0]]), request)["kappa"] as? String == "–")
    }

    @Test func `U19: after fifty minutes without a pause the pair's page calls for a break`() async throws {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        let queue = try desk.session.queue(DeskFilter(), limit: 14).pairs.map(\.pair.id)
        #expect(!(await li.get("/pairs/\(queue[13])").text.contains("a break of a few minutes")))
        for pair in queue.prefix(12) {
            #expect(try await answer(pair, "unsure", &li, desk).status == 200)
            desk.pass(seconds: 300)
        }
        #expect(await li.get("/pairs/\(queue[13])").text.contains("a break of a few minutes"))
        desk.pass(seconds: 601)
        _ = await li.enter("li")
        #expect(!(await li.get("/pairs/\(queue[13])").text.contains("a break of a few minutes")))
    }

    @Test func `SEC-36: an answer says what it says and nothing of who, in which role, or that it is approved`()
        async throws
    {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        let pair = try #require(try desk.session.first(DeskFilter()))
        _ = await li.get("/pairs/\(pair)")
        let body = #"""
            {"answer":"same","case":"\#(try desk.token(pair))","seen":"open","why":"compared","by":"wang","role":"admin",
            "approved":true,"event":1,"version":9,"isWaiting":false}
            """#
        #expect(await li.post(json: body, to: "/pairs/\(pair)/answer").status == 200)
        let event = try #require(try desk.events("decision.made").last)
        #expect(event.actor == "li" && event.role == "reviewer")
        let form = [
            ("answer", "different"), ("case", try desk.token(pair)), ("seen", "same"), ("why", "papers"),
            ("by", "wang"), ("role", "approver"), ("approved", "yes"),
        ]
        #expect(await li.post("/pairs/\(pair)", form).status == 303)
        #expect(try desk.events("decision.made").last?.actor == "li")
        #expect(try desk.events("approval.granted").isEmpty)
    }
}
