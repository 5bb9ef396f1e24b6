import Pipeline
import Records
import Testing
import Workspace

@testable import ReviewDesk

/// Where a page leads: to all choices of a facet, and to the other language.
struct PlaceTests {
    @Test func `of many choices the first are shown and the chosen one, with a link to all`() throws {
        let all = (0..<40).map { "c\($0)" }
        var request = DeskRequest(.get, "/findings")
        request.query = Fields([("check", "c30"), ("page", "2")])
        func texts(_ request: DeskRequest) -> [String] {
            Facet.choices(all, of: "check", request) {
                $0 == request.query["check"]
            } _: {
                ["text": $0]
            }.map {
                $0["text"] as? String ?? ""
            }
        }
        #expect(texts(request) == Array(all.prefix(12)) + ["c30", "all 40 …"])
        let more = Facet.choices(all, of: "check", request) { _ in
            false
        } _: {
            ["text": $0]
        }.last
        #expect(more?["path"] as? String == "/findings?check=c30&page=2&all=check")
        request.query.append("all", "check")
        #expect(texts(request) == all)
        request.query = Fields([("all", "area")])
        #expect(texts(request) == Array(all.prefix(12)) + ["all 40 …"])
        #expect(
            Facet.choices(Array(all.prefix(12)), of: "x", request) { _ in
                false
            } _: {
                ["text": $0]
            }.count == 12)
    }

    @Test(arguments: ["en", "zh"])
    func `without a script too the page after a form says what was done, and nothing else`(_ language: String)
        async throws
    {
        let desk = try RegistryDesk()
        var li = try await desk.enter("li", [.reviewer])
        let pair = try #require(try desk.session.first(.init()))
        _ = await li.get("/pairs/\(pair)?language=\(language)")
        let text = await li.get("/pairs/\(pair)").text
        func value(_ name: String) throws -> String {
            String(
                try #require(text.firstMatch(of: try Regex("name=\"\(name)\" value=\"([^\"]*)\"")))[1].substring ?? "")
        }
        let said = await li.post(
            "/pairs/\(pair)",
            [("answer", "different"), ("case", try value("case")), ("seen", try value("seen")), ("why", "compared")])
        let place = try #require(said.header("Location"))
        #expect(said.status == 303 && place.contains("done=answered"))
        let words = Catalogue.text("done-answered", language == "zh" ? .chinese : .english)
        #expect(await li.get(place).text.contains("role=\"status\" aria-live=\"polite\">\(words)</div>"))
        #expect(await li.get("/pairs?done=hello").text.contains("aria-live=\"polite\"></div>"))
        for done in Done.allCases { #expect(Catalogue.all["done-\(done.rawValue)"] != nil) }
    }

    @Test func `the reply to a form is left for the page that shows it`() async throws {
        let desk = try RegistryDesk()
        let pair = try #require(try desk.session.first(.init()))
        var li = try await desk.enter("li", [.reviewer])
        for (path, page) in [
            ("/pairs/\(pair)", "/pairs/\(pair)"), ("/persons/P00000001/split", "/persons/P00000001"),
            ("/findings/waive", "/findings"), ("/history/1/undo", "/history"),
        ] {
            let refused = await li.post(path, [("reason", "")])
            #expect(refused.status >= 400, "\(path) \(refused.status)")
            #expect(refused.text.contains("href=\"\(page)?language=zh\""), "\(path)")
            let answer = await li.get(page)
            #expect(answer.status == 200, "\(page)")
        }
    }
}
