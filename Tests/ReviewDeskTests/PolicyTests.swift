import Records
import Testing

@testable import ReviewDesk

/// Who may do what, held against real requests to every route.
struct PolicyTests {
    private static let may: [Role: Set<Permission>] = [
        .viewer: [.read], .reviewer: [.read, .propose, .seeWork],
        .approver: [.read, .approve, .seeWork, .unmask, .assign, .calibrate],
        .operator: [.read, .run, .export, .assign, .calibrate], .auditor: [.readTrail], .admin: [.manageAccounts],
    ]

    @Test("SEC-34: each role is let in where the policy says, and nowhere else", arguments: Role.allCases)
    func matrix(role: Role) async throws {
        let sample = SampleDesk()
        sample.accounts.set("li", [role])
        var browser = sample.browser()
        #expect(await browser.enter("li").status == 303)
        for route in sample.desk.routes where !["/sign-out", "/sign-in", "/open/{secret}"].contains(route.pattern) {
            let isAllowed =
                [.anybody, .signedIn].contains(route.permission)
                || Self.may[role, default: []].contains(route.permission)
            #expect(Policy.allows(route.permission, [role]) == isAllowed)
            let path = route.pattern.replacing("{id}", with: "7")
            let before = sample.routes.done.count
            let response: DeskResponse
            switch (route.method, route.kind) {
            case (.get, _): response = await browser.get(path)
            case (.post, .json):
                let wire = browser.wire(
                    "POST", path,
                    [
                        ("Sec-Fetch-Site", "same-origin"), ("Content-Type", "application/json"),
                        ("X-Page-Token", browser.token),
                    ])
                response = await sample.desk.answer(wire) { _ in Array("{}".utf8) }
            case (.post, _): response = await browser.post(path, [])
            }
            if ["/broken", "/busy"].contains(route.pattern) { continue }
            #expect(
                (response.status < 400) == isAllowed, "\(role) \(route.method) \(route.pattern): \(response.status)")
            #expect(isAllowed || response.status == 403)
            #expect(isAllowed || sample.routes.done.count == before)
        }
    }

    @Test func `SEC-6: without a session nothing is answered but what is for anybody`() async throws {
        let sample = SampleDesk()
        sample.accounts.set("li", [.viewer])
        for route in sample.desk.routes where route.permission != .anybody {
            var browser = sample.browser()
            _ = await browser.get("/sign-in")
            let path = route.pattern.replacing("{id}", with: "7")
            let response = route.method == .get ? await browser.get(path) : await browser.post(path, [])
            #expect(response.status == (route.kind == .page ? 303 : 401), "\(route.pattern)")
            if route.kind == .page {
                #expect(response.header("Location")?.hasPrefix("/sign-in?back=") == true)
                #expect(response.body.isEmpty)
            }
        }
        #expect(sample.routes.done.isEmpty)
    }

    @Test func `who manages accounts never approves, whatever else they are`() {
        #expect(!Policy.allows(.approve, [.admin, .approver]))
        #expect(Policy.allows(.approve, [.approver, .reviewer]))
        #expect(!Policy.allows(.read, [.admin]))
        #expect(!Policy.starter.contains(.admin))
    }

    @Test func `only signing in and assets are for anybody`() {
        let gate = Gate(accounts: SampleAccounts().book, starter: "", isSecure: false)
        let open = StandardRoutes.all(gate).filter { $0.permission == .anybody && $0.kind != .asset }.map(\.pattern)
        #expect(Set(open) == ["/sign-in", "/open/{secret}"])
    }

    @Test func `SEC-18: what changes something is a POST`() {
        for route in SampleDesk().desk.routes {
            #expect((route.kind == .action) == (route.method == .post && route.kind != .json), "\(route.pattern)")
        }
    }
}
