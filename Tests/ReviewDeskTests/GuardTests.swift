import Records
import Testing

@testable import ReviewDesk

/// What a request must be like, without a socket.
struct GuardTests {
    private static func answer(
        _ sample: SampleDesk, _ method: String, _ target: String, hosts: [String] = [Browser.host],
        _ headers: [(String, String)] = [], body: String = ""
    ) async -> DeskResponse {
        await sample.desk.answer(WireRequest(method, target, hosts: hosts, headers: headers, address: "127.0.0.1")) {
            _ in
            Array(body.utf8)
        }
    }

    @Test(
        "SEC-19: the desk answers under its own names only, on every route",
        arguments: [
            ["evil.example"], ["evil.example:8787"], ["192.168.1.7:8787"], [""], [], ["127.0.0.1"], ["127.0.0.1:8788"],
            ["127.0.0.1.:8787"], ["127.0.0.1:8787", "127.0.0.1:8787"], ["127.0.0.1:8787", "evil.example"],
            ["127.0.0.1:8787.evil.example"], ["user@127.0.0.1:8787"], ["0.0.0.0:8787"], ["2130706433:8787"],
            [" 127.0.0.1:8787"],
        ])
    func hosts(hosts: [String]) async {
        let sample = SampleDesk()
        sample.accounts.set("li", [.viewer])
        for route in sample.desk.routes {
            let path = route.pattern.replacing("{id}", with: "7").replacing("{secret}", with: "x")
            let response = await Self.answer(sample, route.method.rawValue, path, hosts: hosts)
            #expect(response.status == 421, "\(route.pattern)")
        }
        #expect(await Self.answer(sample, "GET", "/none", hosts: hosts).status == 421)
    }

    @Test func `the names are the same in capital letters, and the port of the scheme may be left out`() throws {
        let plain = RequestGuard(names: ["Desk.Example", "::1"], isSecure: true)
        plain.listen(on: 443)
        for host in ["desk.example", "DESK.EXAMPLE:443", "[::1]", "[::1]:443"] {
            #expect(throws: Never.self) { try plain.checkHost(WireRequest("GET", "/", hosts: [host])) }
        }
        #expect(throws: Refusal.self) { try plain.checkHost(WireRequest("GET", "/", hosts: ["desk.example:80"])) }
    }

    @Test(
        "SEC-17: a change comes from a page of this desk",
        arguments: [
            ([("sec-fetch-site", "same-origin")], true),
            ([("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:8787")], true),
            ([("sec-fetch-site", "same-origin"), ("origin", "null")], true),
            ([("origin", "http://localhost:8787")], true),
            ([], false), ([("origin", "null")], false), ([("origin", "https://127.0.0.1:8787")], false),
            ([("origin", "http://127.0.0.1:8788")], false), ([("origin", "http://evil.example")], false),
            ([("origin", "http://127.0.0.1:8787.evil.example")], false),
            ([("sec-fetch-site", "cross-site")], false), ([("sec-fetch-site", "same-site")], false),
            ([("sec-fetch-site", "none")], false),
            ([("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:8787")], false),
            ([("sec-fetch-site", "same-origin"), ("origin", "http://evil.example")], false),
            ([("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], false),
            ([("origin", "http://127.0.0.1:8787"), ("origin", "http://evil.example")], false),
        ] as [([(String, String)], Bool)])
    func origin(headers: [(String, String)], isOwn: Bool) {
        let requestGuard = RequestGuard(names: ["127.0.0.1", "localhost"], isSecure: false)
        requestGuard.listen(on: 8_787)
        let isTaken = (try? requestGuard.checkChange(WireRequest("POST", "/", hosts: [], headers: headers))) != nil
        #expect(isTaken == isOwn)
    }

    @Test func `another page may link to the desk and load nothing of it`() async {
        let sample = SampleDesk()
        func status(_ site: String, _ mode: String) async -> Int {
            await Self.answer(
                sample, "GET", "/sign-in", [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode)]
            ).status
        }
        #expect(await status("cross-site", "navigate") == 200)
        #expect(await status("none", "navigate") == 200)
        #expect(await status("cross-site", "no-cors") == 403)
        #expect(await status("same-site", "cors") == 403)
    }

    @Test(
        "SEC-17: a route takes the one type of body it is for",
        arguments: [
            ("/demo/anybody/1/json", "application/x-www-form-urlencoded", 415),
            ("/demo/anybody/1/json", "text/plain", 415),
            ("/demo/anybody/1/json", "multipart/form-data; boundary=x", 415),
            ("/demo/anybody/1/json", "", 415), ("/demo/anybody/1", "application/json", 415),
            ("/demo/anybody/1", "text/plain", 415), ("/demo/anybody/1/json", "application/json; charset=utf-8", 200),
            ("/demo/anybody/1", "application/x-www-form-urlencoded", 303),
        ])
    func mediaType(path: String, type: String, status: Int) async {
        let sample = SampleDesk()
        var browser = sample.browser()
        _ = await browser.get("/sign-in")
        let wire = browser.wire(
            "POST", path,
            [("Sec-Fetch-Site", "same-origin"), ("X-Page-Token", browser.token)]
                + (type.isEmpty ? [] : [("Content-Type", type)]))
        let body = "page-token=\(browser.token)"
        #expect(await sample.desk.answer(wire) { _ in Array(body.utf8) }.status == status)
    }

    @Test(
        "SEC-32, SEC-18: unknown verbs are refused, and GET changes nothing",
        arguments: [
            "TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "PROPFIND", "BREW", "get",
        ])
    func verbs(verb: String) async {
        let sample = SampleDesk()
        let response = await Self.answer(sample, verb, "/sign-in")
        #expect(response.status == 405 && response.header("Allow") == "GET, HEAD, POST")
        for reading in ["GET", "HEAD"] {
            let refused = await Self.answer(sample, reading, "/demo/anybody/1/json")
            #expect(refused.status == 405 && refused.header("Allow") == "POST")
        }
        #expect(sample.routes.done.isEmpty)
    }

    @Test func `SEC-20: a preflight gets no leave`() async {
        let response = await Self.answer(
            SampleDesk(), "OPTIONS", "/demo/anybody/1/json",
            [("Origin", "http://evil.example"), ("Access-Control-Request-Method", "POST")])
        #expect(response.status == 405)
        #expect(!response.headers.contains { $0.name.lowercased().hasPrefix("access-control") })
    }

    @Test(
        "SEC-27: no path leads out",
        arguments: [
            "/../etc/passwd", "/assets/../../etc/passwd", "/%2e%2e/etc/passwd",
            "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "/assets/..%2f..%2fetc/passwd", "/assets//etc/passwd", "/assets/desk.css%00.js", "/assets/%00",
            "//etc/passwd",
            "/assets/.", "/assets/..", "/assets/..;/", "/assets/..\\..\\etc", "/assets", "/assets/",
            "/demo/anybody/%0d%0aX",
            "/demo/anybody/%1b[31m", "/demo/anybody/..", "/demo/anybody/",
        ])
    func traversal(path: String) async {
        let response = await Self.answer(SampleDesk(), "GET", path)
        #expect(response.status == 404)
        #expect(!response.text.contains("root:"))
    }

    @Test(
        "SEC-25: what is no escape or no UTF-8 is refused; anything else is a literal",
        arguments: [
            ("/demo/anybody/%", 400), ("/demo/anybody/%zz", 400), ("/demo/anybody/%ff%fe", 400), ("/sign-in?a=%", 400),
            ("/demo/anybody/1'%20OR%20'1'='1", 200), ("/demo/anybody/%E6%9D%8E", 200),
            ("/demo/anybody/%3Cscript%3E", 200),
            ("/demo/anybody/a%2Fb", 200), ("/sign-in?a=1;drop%20table", 200), ("/sign-in?%00=1", 400),
        ])
    func parameters(target: String, status: Int) async {
        #expect(await Self.answer(SampleDesk(), "GET", target).status == status)
    }

    @Test func `SEC-31: a body over the limit is refused before it is read`() async {
        let sample = SampleDesk()
        var browser = sample.browser()
        _ = await browser.get("/sign-in")
        let wire = browser.wire(
            "POST", "/small",
            [
                ("Sec-Fetch-Site", "same-origin"), ("Content-Type", "application/x-www-form-urlencoded"),
                ("Content-Length", "101"),
            ])
        let response = await sample.desk.answer(wire) { _ in
            Issue.record("the body was read")
            return []
        }
        #expect(response.status == 413 && response.header("Connection") == "close")
        #expect(await browser.post("/small", []).status == 200)
    }

    @Test func `SEC-21, SEC-22: every reply has all headers, and is in nobody's frame`() async throws {
        let sample = SampleDesk()
        for (target, status) in [
            ("/sign-in", 200), ("/", 303), ("/none", 404), ("/broken", 500), ("/busy", 503), (Asset.style.path, 200),
            ("/session", 401), ("/sign-in?a=%", 400), ("/sign-out", 405), ("/open/x", 401),
        ] {
            let response = await Self.answer(sample, "GET", target)
            #expect(response.status == status, "\(target)")
            for (name, value) in SecurityHeaders.all(isSecure: false) where name != "Cache-Control" {
                #expect(response.header(name) == value, "\(target) \(name)")
            }
            let isAsset = target.hasPrefix("/assets")
            #expect(response.header("Cache-Control") == (isAsset ? "public, max-age=31536000, immutable" : "no-store"))
            #expect(response.contentType.hasSuffix("; charset=utf-8"))
            #expect(response.header("Server") == nil && response.header("X-Powered-By") == nil)
        }
        #expect(SecurityHeaders.contentSecurityPolicy.contains("frame-ancestors 'none'"))
        #expect(!SecurityHeaders.contentSecurityPolicy.contains("unsafe"))
    }

    @Test func `what goes wrong inside is not told`() async {
        let response = await Self.answer(SampleDesk(), "GET", "/broken")
        #expect(response.status == 500 && response.text.contains("E-WEB-500") && !response.text.contains("Cocoa"))
        let json = await Self.answer(SampleDesk(), "GET", "/session")
        #expect(json.contentType.hasPrefix("application/json") && json.text.contains(#""code":"E-WEB-401""#))
    }

    @Test func `SEC-40: the log has patterns and no parameter, query, name or secret`() async {
        let lines = Lines()
        let sample = SampleDesk()
        let desk = Desk(
            gate: Gate(accounts: sample.accounts.book, starter: "starter", isSecure: false),
            requestGuard: RequestGuard(names: ["127.0.0.1"], isSecure: false), routes: sample.routes.all,
            log: { lines.add($0) })
        desk.listen(on: 8_787)
        var browser = Browser(desk: desk)
        let secret = desk.gate.link.make(at: .now)
        _ = await browser.get("/open/\(secret)")
        _ = await browser.get("/")
        _ = await browser.get("/demo/read/330281197804121234?name=%E6%9D%8E")
        _ = await browser.post("/demo/propose/330281197804121234", [("text", "李")])
        _ = await browser.get("/330281197804121234")
        let log = lines.all.joined(separator: "\n")
        #expect(log.contains("GET /open/{secret} 303") && log.contains("POST /demo/propose/{id} 303"))
        for planted in [secret, "3302", "李", "%E6", "starter", browser.token, "name="] {
            #expect(!log.contains(planted))
        }
    }

    @Test func `a path goes to the pattern with fewer parameters`() throws {
        let table = RouteTable([
            .page("/pairs/{id}", .read) { _ in .text("") }, .page("/pairs/next", .read) { _ in .text("") },
            .action("/pairs/{id}", .propose) { _ in .text("") },
        ])
        #expect(try table.find(.get, ["pairs", "next"]).0.pattern == "/pairs/next")
        #expect(try table.find(.head, ["pairs", "7"]).1 == ["id": "7"])
        #expect(try table.find(.post, ["pairs", "7"]).0.method == .post)
        #expect(throws: Refusal.self) { try table.find(.post, ["pairs", "next"]) }
    }

    @Test func `forms are read as browsers write them`() {
        let form = Fields(urlEncoded: Array("a=1&b=%E6%9D%8E+x&a=2&c&=3&&d=a%3Db".utf8))
        #expect(form?["a"] == "1" && form?.all("a") == ["1", "2"] && form?["b"] == "李 x" && form?["c"] == "")
        #expect(form?["d"] == "a=b" && form?[""] == "3" && form?["e"] == nil)
        #expect(Fields(urlEncoded: Array("a=%0".utf8)) == nil && Fields(urlEncoded: [0x61, 0x3D, 0xFF]) == nil)
        #expect(Fields(urlEncoded: Array(repeating: Array("a&".utf8), count: 1_001).joined()) == nil)
        #expect(PercentEncoding.encode("a/b ?李") == "a%2Fb%20%3F%E6%9D%8E")
    }

    @Test func `a file's name cannot write headers`() {
        let file = DeskResponse.file([], type: "text/csv", name: "李\r\nX: \"a\".csv")
        #expect(
            file.header("Content-Disposition")
                == #"attachment; filename="___X___a_.csv"; filename*=UTF-8''%E6%9D%8E%0D%0AX%3A%20%22a%22.csv"#)
    }
}
