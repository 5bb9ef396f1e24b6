import Estimation
import Foundation
import Pipeline
import Records
import Synchronization
import Testing
import Workspace

@testable import ReviewDesk

/// The shipped sample behind the pages.
private final class Pages {
    let folder: String
    let session: ReviewSession
    let accounts = SampleAccounts()
    let desk: ReviewDesk.Desk
    private static let clock = Clock(now: "2026-11-21T08:00:00Z", today: "2026-11-21")

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("blind-\(UUID().uuidString)").path
        _ = try CleaningRun.run(
            CleaningRequest(
                rulesPath: root + "/rules/registry.yaml", workspace: folder + "/w", threads: 2, language: .english,
                actor: "wang", clock: Self.clock))
        session = try ReviewSession(workspace: folder + "/w") { Pages.clock }
        // No session runs out while a slow machine is at it.
        let start = ContinuousClock.now
        desk = ReviewDesk.Desk(
            gate: Gate(accounts: accounts.book, starter: "starter", isSecure: false),
            requestGuard: RequestGuard(names: ["127.0.0.1"], isSecure: false), routes: ReviewRoutes.all(session),
            now: { start })
        desk.listen(on: 8_787)
        accounts.set("li", [.reviewer])
        accounts.set("zhao", [.approver])
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}

/// What a page says of scores.
private func scores(_ text: String) -> [String] {
    let main = text.components(separatedBy: "<main").last ?? ""
    return main.matches(of: #/\d %|>[+−]\d+\.\d|bar-(?:for|against|sum)/#).map { String($0.output) }
}

@Test func `who hides scores finds none on any page of pairs, for this session alone, until they show them again`()
    async throws
{
    let pages = try Pages()
    let id = try #require(try pages.session.first(.init()))
    var (browser, other) = (Browser(desk: pages.desk), Browser(desk: pages.desk))
    #expect(await browser.enter("li").status == 303)
    #expect(await other.enter("li").status == 303)
    let pair = try pages.session.pair(id)
    let paths = ["/pairs", "/pairs/\(id)", "/persons/\(pair.a.person)", "/pairs?least=0.1&most=0.9&reason=score"]
    for path in paths.prefix(2) { #expect(await !scores(browser.get(path).text).isEmpty, "\(path)") }
    // By score and by the size of the group the list is narrowed on the page, not only by its address.
    let open = await browser.get("/pairs").text
    #expect(open.contains("least=0.2&amp;most=0.5") && open.contains("size=3"))
    let scored = await browser.get("/pairs?least=0.2&most=0.5").text
    #expect(scored.contains("href=\"/pairs\" aria-current=\"true\">20 – 50 %"))
    #expect(await browser.post("/blind", [("hide", "yes"), ("back", "/pairs")]).header("Location") == "/pairs")
    #expect(await !browser.get("/pairs").text.contains("least=0.2"))
    for path in paths {
        let response = await browser.get(path)
        #expect(response.status == 200)
        #expect(scores(response.text) == [], "\(path)")
    }
    // The list cannot be narrowed by what is hidden.
    let all = await browser.get("/pairs").text.matches(of: #/href="\/pairs\/(\d+)/#).map { String($0.output.1) }
    let narrowed = await browser.get("/pairs?least=0.99").text.matches(of: #/href="\/pairs\/(\d+)/#)
    #expect(Set(narrowed.map { String($0.output.1) }) == Set(all))
    #expect(await !scores(other.get("/pairs").text).isEmpty)
    _ = await browser.post("/blind", [("hide", "no"), ("back", "https://elsewhere/")])
    #expect(await !scores(browser.get("/pairs").text).isEmpty)
}

@Test func `pairs of the audit sample are shown without scores, and the pages of learning say what they found`()
    async throws
{
    let pages = try Pages()
    var browser = Browser(desk: pages.desk)
    #expect(await browser.enter("li").status == 303)
    let start = try #require(
        await browser.get("/sample").text.firstMatch(of: #/href="(\/pairs\/\d+\?sample=over-400)"/#))
    let path = String(start.output.1)
    let page = await browser.get(path).text
    #expect(scores(page) == [] && !page.contains("<p class=\"small\"><span class=\"tag"))
    let token = try #require(page.firstMatch(of: #/name="case" value="([^"]+)"/#)).output.1
    let next = await browser.post(
        path, [("answer", "different"), ("case", String(token)), ("seen", "merged"), ("why", "compared")])
    #expect(next.status == 303 && next.header("Location")?.contains("sample=over-400") == true)
    #expect(try pages.session.auditSample().over.found.size == 1)
    for path in ["/sample", "/learning", "/work"] {
        for language in ["en", "zh"] {
            _ = await browser.get(path + "?language=\(language)")
            let response = await browser.get(path)
            let main = response.text.components(separatedBy: "<main").last ?? ""
            // Every place of a text is filled.
            #expect(response.status == 200 && !main.contains("{"), "\(path)")
        }
    }
    // A reviewer sees what decisions say of the scores; to agree takes another role.
    #expect(await !browser.get("/learning").text.contains("action=\"/learning\""))
    #expect(await browser.post("/learning", []).status == 403)
    var approver = Browser(desk: pages.desk)
    #expect(await approver.enter("zhao").status == 303)
    let learning = await approver.get("/learning").text
    func field(_ name: String) throws -> String {
        let pattern = try Regex("name=\"\(name)\" value=\"([^\"]*)\"")
        return String(try #require(learning.firstMatch(of: pattern)?.output[1].substring))
    }
    let form = try ["shift", "slope", "decisions"].map { ($0, try field($0)) }
    #expect(await approver.post("/learning", form).header("Location")?.hasPrefix("/learning?saved=") == true)
    let current = try #require(try pages.session.recalibration().current)
    #expect(current.decisions == 1)
    // To take it back takes that role too.
    _ = await browser.get("/history?who=all")
    #expect(await browser.post("/history/\(current.event)/undo", []).status == 403)
}

@Test func `the terminal shows a pair without its score, and with the same lines, when scores are hidden`() throws {
    let pages = try Pages()
    let pair = try pages.session.pair(#require(try pages.session.first(.init())))
    var screen = TerminalScreen(columns: 80, rows: 24, language: .english, isStyled: false)
    let open = screen.lines(pair, message: "", isFolded: false)
    screen.isBlind = true
    let blind = screen.lines(pair, message: "", isFolded: false)
    #expect(open[0].contains(" %") && !blind.joined().contains(" %"))
    #expect(blind.count == 24 && blind[2...10] == open[2...10])
}
