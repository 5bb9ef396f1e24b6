import Foundation
import Pipeline
import Records
import Synchronization
import Testing

@testable import ReviewDesk

/// Coming in, staying, and going out.
struct SessionTests {
    private static func isIn(_ browser: inout Browser) async -> Bool {
        await browser.get("/demo/signedIn/1").status == 200
    }

    @Test func `SEC-7: the printed link signs in once`() async throws {
        let sample = SampleDesk()
        let secret = sample.desk.gate.link.make(at: sample.clock.now)
        var (first, second) = (sample.browser(), sample.browser())
        let response = await first.get("/open/\(secret)")
        #expect(response.status == 303 && response.header("Location") == "/")
        #expect(await Self.isIn(&first))
        #expect(await second.get("/open/\(secret)").status == 401)
        #expect(await !Self.isIn(&second))
        #expect(
            sample.accounts.recorded == [
                .opened(name: "starter", roles: Policy.starter, address: "127.0.0.1"),
                .refused(account: "", address: "127.0.0.1"),
            ])
    }

    @Test func `SEC-7: the printed link is good for five minutes, and until the next is printed`() async throws {
        let sample = SampleDesk()
        var browser = sample.browser()
        let old = sample.desk.gate.link.make(at: sample.clock.now)
        sample.clock.pass(.seconds(300))
        #expect(await browser.get("/open/\(old)").status == 401)
        let replaced = sample.desk.gate.link.make(at: sample.clock.now)
        let good = sample.desk.gate.link.make(at: sample.clock.now)
        #expect(await browser.get("/open/\(replaced)").status == 401)
        sample.clock.pass(.seconds(299))
        #expect(await browser.get("/open/\(good)").status == 303)
    }

    @Test func `looking at a link does not use it up`() async throws {
        let sample = SampleDesk()
        var browser = sample.browser()
        let secret = sample.desk.gate.link.make(at: sample.clock.now)
        _ = await sample.desk.answer(browser.wire("HEAD", "/open/\(secret)")) { _ in [] }
        #expect(await browser.get("/open/\(secret)").status == 303)
    }

    @Test func `where there are accounts no link opens anything, and a session that one opened ends`() async throws {
        let sample = SampleDesk()
        var (before, after) = (sample.browser(), sample.browser())
        _ = await before.get("/open/\(sample.desk.gate.link.make(at: sample.clock.now))")
        #expect(await Self.isIn(&before))
        sample.accounts.set("li", [.viewer])
        #expect(await !Self.isIn(&before))
        #expect(await after.get("/open/\(sample.desk.gate.link.make(at: sample.clock.now))").status == 401)
    }

    @Test func `SEC-10: signing in gives a new id`() async throws {
        let sample = SampleDesk()
        sample.accounts.set("li", [.viewer])
        var browser = sample.browser()
        _ = await browser.get("/sign-in")
        let before = browser.cookies["qingku-8787"]
        _ = await browser.enter("li")
        let after = browser.cookies["qingku-8787"]
        #expect(before != nil && after != nil && before != after)
        // The id from before opens nothing.
        browser.cookies["qingku-8787"] = before
        #expect(await !Self.isIn(&browser))
    }

    @Test func `SEC-11: a session id is 256 random bits`() {
        let ids = (0..<1_000).map { _ in Secret.make() }
        #expect(Set(ids).count == 1_000)
        #expect(ids.allSatisfy { $0.utf8.count == 43 })
        // Every character of 64 comes about as often: 42,000 of them, each 656 times.
        let counts = Dictionary(grouping: ids.flatMap { $0.dropLast() }) { $0 }.mapValues(\.count)
        #expect(counts.count == 64 && counts.values.allSatisfy { (500...830).contains($0) })
    }

    @Test func `SEC-14: a session ends after fifteen minutes without a request`() async throws {
        let sample = SampleDesk()
        sample.accounts.set("li", [.viewer])
        var browser = sample.browser()
        _ = await browser.enter("li")
        sample.clock.pass(.seconds(899))
        #expect(await Self.isIn(&browser))
        sample.clock.pass(.seconds(899))
        #expect(await Self.isIn(&browser))
        sample.clock.pass(.seconds(900))
        #expect(await !Self.isIn(&browser))
    }

    @Test func `SEC-14: a session ends after ten hours whatever is done`() async throws {
        let sample = SampleDesk()
        sample.accounts.set("li", [.viewer])
        var browser = sample.browser()
        _ = await browser.enter("li")
        for _ in 0..<59 {
            sample.clock.pass(.seconds(600))
            #expect(await Self.isIn(&browser))
        }
        sample.clock.pass(.seconds(601))
        #expect(await !Self.isIn(&browser))
    }

    @Test func `SEC-14: asking how long it lasts does not make it last; extending does`() async throws {
        let sample = SampleDesk()
        sample.accounts.set("li", [.viewer])
        var browser = sample.browser()
        _ = await browser.enter("li")
        sample.clock.pass(.seconds(800))
        #expect(await browser.get("/session").text.contains(#""left":100"#))
        #expect(await browser.get("/session").text.contains(#""left":100"#))
        let wire = browser.wire(
            "POST", "/session",
            [("Sec-Fetch-Site", "same-origin"), ("Content-Type", "application/json"), ("X-Page-Token", browser.token)])
        let reply = await sample.desk.answer(wire) { _ in Array("{}".utf8) }
        #expect(reply.text.contains(#""left":900"#))
        sample.clock.pass(.seconds(901))
        let over = await browser.get("/session")
        #expect(over.status == 401 && over.text.contains("E-WEB-401"))
    }

    @Test(
        "SEC-15: what ends an account's rights ends its sessions", arguments: ["out", "disabled", "roles", "password"])
    func ended(how: String) async throws {
        let sample = SampleDesk()
        sample.accounts.set("li", [.viewer, .reviewer])
        var browser = sample.browser()
        _ = await browser.enter("li")
        #expect(await Self.isIn(&browser))
        switch how {
        case "out":
            let cookies = browser.cookies
            #expect(await browser.post("/sign-out", []).status == 303)
            browser.cookies = cookies
        case "disabled": sample.accounts.set("li", [.viewer, .reviewer], isDisabled: true)
        case "roles": sample.accounts.set("li", [.viewer])
        default: sample.accounts.set("li", [.viewer, .reviewer])
        }
        #expect(await !Self.isIn(&browser))
        if how == "out" { #expect(sample.accounts.recorded.last == .ended(name: "li")) }
    }

    @Test func `SEC-16: cookies say what keeps them from others`() async throws {
        let plain = await SampleDesk().browser().desk.answer(SampleDesk().browser().wire("GET", "/sign-in")) { _ in [] }
        let cookie = try #require(plain.header("Set-Cookie"))
        #expect(cookie.hasPrefix("qingku-8787=") && cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Strict"))
        let sample = SampleDesk(isSecure: true)
        let secure = await sample.desk.answer(sample.browser().wire("GET", "/sign-in")) { _ in [] }
        let other = try #require(secure.header("Set-Cookie"))
        #expect(other.hasPrefix("__Host-qingku-8787=") && other.hasSuffix("; HttpOnly; SameSite=Strict; Secure"))
        #expect(!other.contains("Domain"))
        #expect(secure.header("Strict-Transport-Security") != nil && plain.header("Strict-Transport-Security") == nil)
    }

    @Test func `SEC-16: the cookie without the page's token changes nothing, nor with another session's`() async throws
    {
        let sample = SampleDesk()
        sample.accounts.set("li", [.reviewer])
        sample.accounts.set("chen", [.reviewer])
        var (li, chen) = (sample.browser(), sample.browser())
        _ = await li.enter("li")
        _ = await chen.enter("chen")
        #expect(await li.post("/demo/propose/1", [], token: "").status == 403)
        #expect(await li.post("/demo/propose/1", [], token: chen.token).status == 403)
        #expect(await li.post("/demo/propose/1", [("text", "x")]).status == 303)
        #expect(sample.routes.done == ["propose x"])
    }

    @Test func `SEC-8: ten wrong passwords make the account wait, longer each time, and no other account`() async throws
    {
        let sample = SampleDesk()
        sample.accounts.set("li", [.viewer])
        sample.accounts.set("chen", [.viewer])
        var browser = sample.browser()
        _ = await browser.get("/sign-in")
        func wrong() async -> DeskResponse {
            await browser.post("/sign-in", [("name", "li"), ("password", "no")])
        }
        for _ in 0..<10 { #expect(await wrong().status == 401) }
        let held = await wrong()
        #expect(held.status == 429 && held.header("Retry-After") == "2")
        // The right password waits too.
        #expect(await browser.post("/sign-in", [("name", "li"), ("password", "lili")]).status == 429)
        sample.clock.pass(.seconds(2))
        #expect(await wrong().status == 401)
        #expect(await wrong().header("Retry-After") == "3")
        var other = sample.browser()
        #expect(await other.enter("chen").status == 303)
        let refused = sample.accounts.recorded.filter { $0 == .refused(account: "li", address: "127.0.0.1") }
        #expect(refused.count == 11)
        sample.clock.pass(.seconds(3))
        #expect(await browser.post("/sign-in", [("name", "li"), ("password", "lili")]).status == 303)
    }

    @Test func `SEC-8: an account waits however its name is typed`() async throws {
        let sample = SampleDesk()
        sample.accounts.set("li", [.viewer])
        var browser = sample.browser()
        _ = await browser.get("/sign-in")
        for name in ["li", "Li", "lI", "LI", "li", "Li", "lI", "LI", "li", "Li"] {
            #expect(await browser.post("/sign-in", [("name", name), ("password", "no")]).status == 401)
        }
        #expect(await browser.post("/sign-in", [("name", "LI"), ("password", "no")]).status == 429)
    }

    @Test func `the link is good again when the sign-in could not be recorded, and then once`() async throws {
        let isBusy = Atomic(true)
        var book = SampleAccounts().book
        book.record = { _ in
            if isBusy.load(ordering: .relaxed) {
                throw Failure(.busy, code: "E-WS-001", Text(en: "in use", zh: "正在使用"))
            }
        }
        let gate = Gate(accounts: book, starter: "starter", isSecure: false)
        let now = ContinuousClock.now
        let secret = gate.link.make(at: now)
        await #expect(throws: Failure.self) { _ = try await gate.enter(link: secret, address: "127.0.0.1", at: now) }
        isBusy.store(false, ordering: .relaxed)
        #expect(try await gate.enter(link: secret, address: "127.0.0.1", at: now) != nil)
        #expect(try await gate.enter(link: secret, address: "127.0.0.1", at: now) == nil)
    }

    @Test func `SEC-8: an address that tries many names waits too`() {
        let (throttle, now) = (Throttle(), ContinuousClock.now)
        for number in 0..<50 { throttle.fail(account: "n\(number)", address: "10.0.0.9", at: now) }
        #expect(throttle.wait(account: "n1", address: "10.0.0.9", at: now) == 2)
        #expect(throttle.wait(account: "n1", address: "10.0.0.8", at: now) == 0)
        #expect(throttle.wait(account: "n1", address: "10.0.0.9", at: now + .seconds(86_401)) == 0)
        #expect((0...12).map(Throttle.delay) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
    }

    @Test func `SEC-8: an office whose people all sign in from one address is not held up`() async throws {
        let sample = SampleDesk()
        for number in 0..<60 {
            let name = "n\(number)"
            sample.accounts.set(name, [.viewer])
            var browser = sample.browser()
            #expect(await browser.enter(name).status == 303, "\(name)")
        }
    }

    @Test func `SEC-9: a name that is none and a wrong password look the same`() async throws {
        let sample = SampleDesk()
        sample.accounts.set("li", [.viewer])
        sample.accounts.set("gone", [.viewer], isDisabled: true)
        var pages: [String] = []
        for name in ["li", "xx", "gone"] {
            var browser = sample.browser()
            _ = await browser.get("/sign-in")
            let response = await browser.post(
                "/sign-in", [("name", name), ("password", name == "gone" ? "gonegone" : "no")])
            #expect(response.status == 401)
            pages.append(response.text.replacing(#"value="\#(name)""#, with: "").replacing(browser.token, with: ""))
        }
        #expect(Set(pages.map { $0.replacing(#/content="[^"]*"/#, with: "") }).count == 1)
        // What was typed where a name belongs may be a password: only names of accounts are recorded.
        #expect(sample.accounts.recorded.contains(.refused(account: "", address: "127.0.0.1")))
    }

    @Test(
        "after signing in the visitor is where they wanted to go, on this desk",
        arguments: [
            ("/pairs/7?field=name", "/pairs/7?field=name"), ("//evil.example/", "/"), ("/\\evil.example", "/"),
            ("https://evil.example", "/"), ("javascript:alert(1)", "/"), ("/a\r\nSet-Cookie: x=1", "/"), ("", "/"),
        ])
    func back(place: String, expected: String) async throws {
        let sample = SampleDesk()
        sample.accounts.set("li", [.viewer])
        var browser = sample.browser()
        _ = await browser.get("/sign-in")
        let response = await browser.post("/sign-in", [("name", "li"), ("password", "lili"), ("back", place)])
        #expect(response.header("Location") == expected)
    }

    @Test func `the language stays where it was put, and the place too`() async throws {
        let sample = SampleDesk()
        var browser = sample.browser()
        #expect(await browser.get("/sign-in").text.contains(#"lang="en""#))
        #expect(await browser.get("/sign-in", [("Accept-Language", "zh-CN,zh;q=0.9")]).text.contains(#"lang="zh-CN""#))
        let response = await browser.get("/sign-in?back=%2Fa%3Fb&language=zh")
        #expect(response.status == 303 && response.header("Location") == "/sign-in?back=%2Fa%3Fb")
        #expect(await browser.get("/sign-in").text.contains("登录"))
        // On an error page too.
        #expect(await browser.get("/none?language=en").header("Location") == "/none")
        #expect(await browser.get("/none").text.contains("Nothing here"))
    }

    // MARK: - Over another start of the desk

    /// Where sessions are kept, and a clock that goes on while the desk is down.
    private final class Keeping: Sendable {
        let folder = NSTemporaryDirectory() + "/qingku-sessions-" + UUID().uuidString
        private let passed = Mutex(1_000_000)

        init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        func pass(_ seconds: Int) { passed.withLock { $0 += seconds } }

        func file() -> SessionFile { SessionFile(workspace: folder) { self.passed.withLock { $0 } } }

        /// A desk as if it had just been started.
        func start(_ accounts: SampleAccounts) -> SampleDesk {
            SampleDesk(accounts: accounts, keptIn: file())
        }
    }

    @Test func `SEC-11, SEC-14: a session outlasts the desk, its time runs on, and what is kept lets nobody in`()
        async throws
    {
        let (keeping, accounts) = (try Keeping(), SampleAccounts())
        accounts.set("li", [.viewer, .reviewer])
        var browser = keeping.start(accounts).browser()
        _ = await browser.enter("li")
        let token = browser.token
        let id = try #require(browser.cookies["qingku-8787"])
        let path = keeping.file().path
        let kept = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!kept.contains(id) && kept.contains("li"))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        keeping.pass(600)
        browser = keeping.start(accounts).browser(browser)
        #expect(await Self.isIn(&browser))
        // A page that was open before still has the right token.
        #expect(await browser.post("/demo/propose/1", [("text", "x")], token: token).status == 303)
        // Fifteen minutes without a request end it, whether the desk was there or not.
        keeping.pass(899)
        browser = keeping.start(accounts).browser(browser)
        #expect(await !Self.isIn(&browser))
    }

    @Test func `SEC-14: ten hours end a session however often the desk is started`() async throws {
        let (keeping, accounts) = (try Keeping(), SampleAccounts())
        accounts.set("li", [.viewer])
        var browser = keeping.start(accounts).browser()
        _ = await browser.enter("li")
        for _ in 0..<59 {
            keeping.pass(600)
            browser = keeping.start(accounts).browser(browser)
            #expect(await Self.isIn(&browser))
        }
        keeping.pass(601)
        browser = keeping.start(accounts).browser(browser)
        #expect(await !Self.isIn(&browser))
    }

    @Test("SEC-15: what ended a session ended it for good", arguments: ["out", "disabled", "roles", "password"])
    func endedForGood(how: String) async throws {
        let (keeping, accounts) = (try Keeping(), SampleAccounts())
        accounts.set("li", [.viewer, .reviewer])
        var browser = keeping.start(accounts).browser()
        _ = await browser.enter("li")
        let cookies = browser.cookies
        switch how {
        case "out": #expect(await browser.post("/sign-out", []).status == 303)
        case "disabled": accounts.set("li", [.viewer, .reviewer], isDisabled: true)
        case "roles": accounts.set("li", [.viewer])
        default: accounts.set("li", [.viewer, .reviewer])
        }
        browser = keeping.start(accounts).browser(browser)
        browser.cookies = cookies
        #expect(await !Self.isIn(&browser))
    }

    @Test func `SEC-5: sessions that others may write are nobody's, and those of the link end with the desk`()
        async throws
    {
        let (keeping, accounts) = (try Keeping(), SampleAccounts())
        let first = keeping.start(accounts)
        var starter = first.browser()
        #expect(await starter.get("/open/\(first.desk.gate.link.make(at: first.clock.now))").status == 303)
        #expect(await Self.isIn(&starter))
        starter = keeping.start(accounts).browser(starter)
        #expect(await !Self.isIn(&starter))

        accounts.set("li", [.viewer])
        var browser = keeping.start(accounts).browser()
        _ = await browser.enter("li")
        #expect(keeping.file().read().count == 1)
        chmod(keeping.file().path, 0o660)
        browser = keeping.start(accounts).browser(browser)
        #expect(await !Self.isIn(&browser))
    }

    @Test func `SEC-15: where sessions cannot be written, nobody who signed out is in again after a restart`()
        async throws
    {
        let (keeping, accounts) = (try Keeping(), SampleAccounts())
        accounts.set("li", [.viewer])
        var browser = keeping.start(accounts).browser()
        _ = await browser.enter("li")
        let cookies = browser.cookies
        let path = keeping.file().path
        // The new file is written aside first; a folder in its place makes that fail.
        let kept = try Data(contentsOf: URL(fileURLWithPath: path))
        try FileManager.default.createDirectory(atPath: path + ".new", withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: path + ".new/x"))
        #expect(await browser.post("/sign-out", []).status == 303)
        #expect((try? Data(contentsOf: URL(fileURLWithPath: path))) != kept)
        browser = keeping.start(accounts).browser(browser)
        browser.cookies = cookies
        #expect(await !Self.isIn(&browser))
    }

    @Test func `sessions from the future, of a clock that was set back, are over`() async throws {
        let (keeping, accounts) = (try Keeping(), SampleAccounts())
        accounts.set("li", [.viewer])
        var browser = keeping.start(accounts).browser()
        _ = await browser.enter("li")
        keeping.pass(-3_600)
        browser = keeping.start(accounts).browser(browser)
        #expect(await !Self.isIn(&browser))
    }
}
