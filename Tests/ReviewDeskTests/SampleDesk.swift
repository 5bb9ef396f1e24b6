import Foundation
import Pipeline
import Records
import Synchronization

@testable import ReviewDesk

/// Accounts in memory; the password of each is its name twice.
final class SampleAccounts: Sendable {
    private let accounts = Mutex<[String: DeskAccount]>([:])
    private let events = Mutex<[SessionEvent]>([])

    func set(
        _ name: String, _ roles: Set<Role>, isDisabled: Bool = false, areas: [String] = [], sources: [String] = []
    ) {
        accounts.withLock { accounts in
            accounts[name] = DeskAccount(
                visitor: Visitor(name: name, roles: roles, areas: areas, sources: sources), isDisabled: isDisabled,
                version: (accounts[name]?.version ?? 0) + 1)
        }
    }

    var recorded: [SessionEvent] { events.withLock { $0 } }

    var book: AccountBook {
        AccountBook(
            isEmpty: { self.accounts.withLock { $0.isEmpty } }, find: { name in self.accounts.withLock { $0[name] } },
            all: { self.accounts.withLock { $0.values.sorted { $0.visitor.name < $1.visitor.name } } },
            check: { name, password in self.accounts.withLock { $0[name] != nil } && password == name + name },
            record: { event in self.events.withLock { $0.append(event) } })
    }
}

/// A clock that the tests set.
final class SampleClock: Sendable {
    private let current = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { current.withLock { $0 } }

    func pass(_ time: Duration) { current.withLock { $0 += time } }
}

/// Routes of every kind and permission, and what they did.
final class SampleRoutes: Sendable {
    private let changes = Mutex<[String]>([])

    var done: [String] { changes.withLock { $0 } }

    func note(_ text: String) { changes.withLock { $0.append(text) } }

    var all: [Route] {
        let permissions = Permission.allCases.map(\.rawValue)
        return zip(permissions, Permission.allCases).flatMap { name, permission in
            [
                Route.page("/demo/\(name)/{id}", permission) { .html("<p>\(try $0.parameter("id").utf8.count)</p>") },
                .action("/demo/\(name)/{id}", permission) { request in
                    self.note("\(name) \(request.form["text"] ?? "-")")
                    return .redirect(to: "/demo/\(name)/1")
                },
                .json(.post, "/demo/\(name)/{id}/json", permission) { request in
                    self.note("\(name) json")
                    return try .json(["bytes": request.body.count])
                },
            ]
        } + [
            .action("/small", .anybody, bodyLimit: 100) { _ in .text("taken") },
            .page("/broken", .anybody) { _ in throw CocoaError(.fileNoSuchFile) },
            .page("/busy", .anybody) { _ in
                throw Failure(.busy, code: "E-WS-001", Text(en: "in use", zh: "正在使用"))
            },
            .page("/slow", .anybody) { _ in
                try await Task.sleep(for: .milliseconds(800))
                return .text("done")
            },
            .page("/whence", .anybody) { .text($0.address) },
        ]
    }
}

/// A desk without a socket, and a browser for it that keeps cookies.
struct SampleDesk {
    let accounts: SampleAccounts
    let clock = SampleClock()
    let routes = SampleRoutes()
    let desk: Desk

    init(isSecure: Bool = false, accounts: SampleAccounts = SampleAccounts(), keptIn file: SessionFile? = nil) {
        self.accounts = accounts
        let clock = clock
        desk = Desk(
            gate: Gate(
                accounts: accounts.book, starter: "starter", isSecure: isSecure,
                sessions: Sessions(keptIn: file, at: clock.now)),
            requestGuard: RequestGuard(names: ["127.0.0.1", "localhost"], isSecure: isSecure), routes: routes.all,
            now: { clock.now })
        desk.listen(on: 8_787)
    }

    func browser() -> Browser { Browser(desk: desk) }

    /// One that was at another desk before.
    func browser(_ before: Browser) -> Browser {
        var browser = Browser(desk: desk)
        (browser.cookies, browser.token) = (before.cookies, before.token)
        return browser
    }
}

struct Browser {
    let desk: Desk
    var cookies: [String: String] = [:]
    var token = ""

    init(desk: Desk) { self.desk = desk }

    static let host = "127.0.0.1:8787"

    func wire(_ method: String, _ target: String, _ headers: [(String, String)] = []) -> WireRequest {
        let cookie = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        return WireRequest(
            method, target, hosts: [Self.host], headers: (cookie.isEmpty ? [] : [("Cookie", cookie)]) + headers,
            address: "127.0.0.1")
    }

    mutating func get(_ target: String, _ headers: [(String, String)] = []) async -> DeskResponse {
        keep(await desk.answer(wire("GET", target, headers)) { _ in [] })
    }

    mutating func post(_ target: String, _ form: [(String, String)], token: String? = nil) async -> DeskResponse {
        let body = Array(Fields(form + [("page-token", token ?? self.token)]).urlEncoded.utf8)
        let headers = [
            ("Sec-Fetch-Site", "same-origin"), ("Content-Type", "application/x-www-form-urlencoded"),
            ("Content-Length", String(body.count)),
        ]
        return keep(await desk.answer(wire("POST", target, headers)) { _ in body })
    }

    mutating func post(json body: String, to target: String) async -> DeskResponse {
        let headers = [
            ("Sec-Fetch-Site", "same-origin"), ("Content-Type", "application/json"), ("X-Page-Token", token),
            ("Content-Length", String(body.utf8.count)),
        ]
        return keep(await desk.answer(wire("POST", target, headers)) { _ in Array(body.utf8) })
    }

    private mutating func keep(_ response: DeskResponse) -> DeskResponse {
        for (name, value) in response.headers where name == "Set-Cookie" {
            let pair = value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies[String(pair[0])] = pair[1].isEmpty ? nil : String(pair[1])
        }
        if let found = response.text.firstMatch(of: #/name="page-token" (?:value|content)="([^"]+)"/#) {
            token = String(found.1)
        }
        return response
    }

    /// Signs in with the password that goes with the name.
    mutating func enter(_ name: String) async -> DeskResponse {
        _ = await get("/sign-in")
        let response = await post("/sign-in", [("name", name), ("password", name + name)])
        _ = await get("/")
        return response
    }
}

extension DeskResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
