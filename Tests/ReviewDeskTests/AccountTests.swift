import Foundation
import Records
import Synchronization
import Testing

@testable import Pipeline
@testable import ReviewDesk

/// Accounts of a workspace, as commands change them and a desk sees them.
struct AccountTests {
    private final class Folder {
        let path = FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID().uuidString)").path

        init() throws {
            _ = try TrailRun.key(
                workspace: path, file: nil, change: .keep, actor: "zhang", time: "2026-11-22T08:00:00Z")
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private static let clock = Clock(now: "2026-11-22T08:00:00Z", today: "2026-11-22")
    private static let password = "four quiet grey stones"

    private static func change(_ roles: Set<Role>? = nil, _ password: String? = nil) -> AccountRun.Change {
        var change = AccountRun.Change()
        (change.roles, change.password, change.cost) = (roles, password, 10)
        return change
    }

    private static func types(_ workspace: String) throws -> [String] {
        var types: [String] = []
        try TrailRun.forEachEvent(workspace: workspace, .init()) { types.append($0.event.type) }
        return types.filter { $0.hasPrefix("account.") || $0.hasPrefix("session.") }
    }

    @Test func `what changes an account is an event, and counts at the next question`() async throws {
        let folder = try Folder()
        let store = try AccountStore(workspace: folder.path, cost: 10) { Self.clock }
        #expect(try store.isEmpty() && store.find("li") == nil)
        try AccountRun.add(
            workspace: folder.path, name: "Li", Self.change([.reviewer], Self.password), actor: "zhang",
            clock: Self.clock)
        let first = try #require(try store.find("LI"))
        #expect(first.account.name == "li" && first.account.roles == [.reviewer] && !first.account.isDisabled)
        var change = Self.change([.reviewer, .approver])
        change.areas = ["3302"]
        try AccountRun.change(workspace: folder.path, name: "li", change, actor: "zhang", clock: Self.clock)
        let second = try #require(try store.find("li"))
        #expect(second.version > first.version && second.account.areas == ["3302"])
        #expect(second.account.password == first.account.password)
        try AccountRun.change(
            workspace: folder.path, name: "li", Self.change(nil, "another four grey stones"), actor: "zhang",
            clock: Self.clock)
        #expect(try await !store.check("li", Self.password))
        #expect(try await store.check("li", "another four grey stones"))
        var disabled = Self.change()
        disabled.isDisabled = true
        try AccountRun.change(workspace: folder.path, name: "li", disabled, actor: "zhang", clock: Self.clock)
        #expect(try store.find("li")?.account.isDisabled == true)
        #expect(try AccountRun.list(workspace: folder.path).map(\.name) == ["li"])
        #expect(
            try Self.types(folder.path) == ["account.added", "account.changed", "account.changed", "account.disabled"])
    }

    @Test func `what is wrong with an account is said`() throws {
        let folder = try Folder()
        func code(_ name: String, _ change: AccountRun.Change) -> String? {
            do {
                try AccountRun.add(workspace: folder.path, name: name, change, actor: "zhang", clock: Self.clock)
                return nil
            } catch { return (error as? Failure)?.code }
        }
        let good = Self.change([.viewer], Self.password)
        for name in ["", "a", "a b", "a\u{1B}[31m", "<b>x", String(repeating: "a", count: 65)] {
            #expect(code(name, good) == "E-ACC-001")
        }
        #expect(code("李娜", good) == nil)
        #expect(code("李娜", good) == "E-ACC-002")
        #expect(code("li", Self.change([.viewer], "short")) == "E-ACC-003")
        #expect(code("li", Self.change([], Self.password)) == "E-ACC-004")
        #expect(throws: Failure.self) {
            try AccountRun.change(workspace: folder.path, name: "nobody", good, actor: "zhang", clock: Self.clock)
        }
    }

    @Test func `SEC-4: a new workspace has no account`() throws {
        let folder = try Folder()
        #expect(try AccountRun.list(workspace: folder.path).isEmpty)
    }

    @Test func `signing in is recorded, and the trail is whole`() async throws {
        let folder = try Folder()
        try AccountRun.add(
            workspace: folder.path, name: "li", Self.change([.viewer], Self.password), actor: "zhang", clock: Self.clock
        )
        let store = try AccountStore(workspace: folder.path, cost: 10) { Self.clock }
        let gate = Gate(accounts: AccountBook(store), starter: "zhang", isSecure: false)
        let desk = Desk(
            gate: gate, requestGuard: RequestGuard(names: ["127.0.0.1"], isSecure: false), routes: [])
        desk.listen(on: 8_787)
        var browser = Browser(desk: desk)
        _ = await browser.get("/sign-in")
        #expect(await browser.post("/sign-in", [("name", "li"), ("password", "wrong")]).status == 401)
        #expect(await browser.post("/sign-in", [("name", "LI"), ("password", Self.password)]).status == 303)
        #expect(await browser.get("/").status == 200)
        #expect(await browser.post("/sign-out", []).status == 303)
        #expect(try Self.types(folder.path) == ["account.added", "session.refused", "session.opened", "session.ended"])
        #expect(try AuditRun.verify(workspace: folder.path).problems.isEmpty)
    }

    // MARK: - Passwords

    @Test func `SEC-12: a password is kept by scrypt with N 2^16, r 8, p 2 and a salt of its own`() throws {
        let hash = try PasswordHash(of: Self.password)
        #expect(hash.text.hasPrefix("$scrypt$ln=16,r=8,p=2$"))
        #expect(try #require(PasswordHash(hash.text)).isOf(Self.password))
        let (first, second) = (
            try PasswordHash(of: Self.password, cost: 10), try PasswordHash(of: Self.password, cost: 10)
        )
        #expect(first.text != second.text)
        #expect(try !first.isOf(Self.password + " "))
    }

    @Test func `scrypt is that of RFC 7914`() throws {
        // Section 12, fourth vector has N 2^20; made here for N 2^10 with Python's hashlib.scrypt.
        let text = "$scrypt$ln=10,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$RFC"
        #expect(PasswordHash(text) == nil)
        let known = "$scrypt$ln=10,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$ZAk1bO5ldPwGEj8IsdCK0KKcPIs0AzXnPT+1625rEVg="
        #expect(try #require(PasswordHash(known)).isOf("pässword 李"))
        #expect(try #require(PasswordHash(known)).isOf("pa\u{308}ssword 李"))
    }

    @Test(
        "a text that is no hash opens nothing",
        arguments: [
            "", "$scrypt$", "password", "$scrypt$ln=1,r=8,p=1$AAAA$AAAA",
            "$scrypt$ln=10,r=8,p=0$AAECAwQFBgcICQoLDA0ODw==$ZAk1bO5ldPwGEj8IsdCK0KKcPIs0AzXnPT+1625rEVg=",
            "$scrypt$ln=99,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$",
            "$bcrypt$ln=17,r=8,p=1$AAECAwQFBgcICQoLDA0ODw==$AAAA",
        ])
    func noHash(text: String) { #expect(PasswordHash(text) == nil) }

    @Test func `SEC-9: a name that is none takes the work of a wrong password`() async throws {
        let folder = try Folder()
        var change = Self.change([.viewer], Self.password)
        change.cost = 13
        try AccountRun.add(workspace: folder.path, name: "li", change, actor: "zhang", clock: Self.clock)
        let store = try AccountStore(workspace: folder.path, cost: 13) { Self.clock }
        let known = try #require(try store.find("li").flatMap { PasswordHash($0.account.password) })
        #expect(store.nobody.cost == known.cost)
        #expect(try await !store.check("nobody", Self.password))
        #expect(try await !store.check("li", "wrong"))
    }

    @Test(
        "SEC-13: passwords",
        arguments: [
            ("", PasswordRules.Verdict.refused(.tooShort)), ("k7!bQ2x", .refused(.tooShort)),
            ("password", .refused(.common)),
            ("Password123!", .refused(.common)), ("P@ssw0rd2026", .refused(.common)), ("12345678", .refused(.common)),
            ("qwertyuiop", .refused(.common)), ("1qaz2wsx3edc", .refused(.common)), ("aaaaaaaaaaaa", .refused(.common)),
            ("abababababab", .refused(.common)), ("19780412", .refused(.common)), ("2026-11-22", .refused(.common)),
            ("woaini1314", .refused(.common)), ("qingku2026", .refused(.common)), ("iloveyou!!", .refused(.common)),
            ("wangwang88", .refused(.common)), ("chenlei7x", .refused(.containsName)), ("kiesel7rabe", .short),
            ("four quiet grey stones", .good), ("青山绿水长流不息人间正道是沧桑", .good),
            (String(repeating: "kiesel rabe ", count: 6), .good),
            (String(repeating: "a b c d ", count: 130), .refused(.tooLong)),
        ])
    func rules(password: String, verdict: PasswordRules.Verdict) {
        #expect(PasswordRules.judge(password, name: "chenlei") == verdict)
    }

    // MARK: - Starting

    @Test func `SEC-15: of two desks on one workspace only one keeps sessions, so that none comes back`() throws {
        let folder = try Folder()
        do {
            let first = try SessionFile.claim(workspace: folder.path)
            #expect(first != nil)
            #expect(try SessionFile.claim(workspace: folder.path) == nil)
            withExtendedLifetime(first) {}
        }
        #expect(try SessionFile.claim(workspace: folder.path) != nil)
    }

    @Test(
        "SEC-1: a desk that others reach has TLS and accounts, or does not start",
        arguments: [
            "0.0.0.0", "10.0.0.5", "::", "desk.example", "192.168.1.2", "127.0.0.1.evil.example",
        ])
    func refused(address: String) throws {
        let folder = try Folder()
        var start = DeskStart(workspace: folder.path, starter: "zhang") { Self.clock }
        start.address = address
        #expect(#expect(throws: Failure.self) { try start.prepare(routes: []) }?.code == "E-DESK-001")
        start.tls = TLSFiles(certificate: "none.pem", key: "none.key")
        let failure = #expect(throws: Failure.self) { try start.prepare(routes: []) }
        #expect(failure?.code == "E-DESK-002" && failure?.kind == .notDone)
    }

    @Test(
        "loopback is what stays on this machine",
        arguments: [
            ("127.0.0.1", true), ("127.8.8.8", true), ("::1", true), ("LocalHost", true), ("128.0.0.1", false),
            ("::", false),
            ("127.0.0.1x", false), ("127.0.0", false),
        ])
    func loopback(address: String, isLoopback: Bool) {
        var start = DeskStart(workspace: "", starter: "") { Self.clock }
        start.address = address
        #expect(start.isLoopback == isLoopback)
    }

    @Test func `SEC-5: a key that others may read is refused`() async throws {
        let folder = try Folder()
        let key = folder.path + "/desk.key"
        _ = FileManager.default.createFile(
            atPath: key, contents: Data("x".utf8), attributes: [.posixPermissions: 0o640])
        let sample = SampleDesk()
        var settings = DeskServer.Settings()
        (settings.port, settings.tls) = (0, TLSFiles(certificate: key, key: key))
        let failure = await #expect(throws: Failure.self) { try await DeskServer(sample.desk, settings).run { _ in } }
        #expect(failure?.code == "E-DESK-007")
    }
}
