import Pipeline
import Records
import Synchronization

/// Who comes in: sessions, the printed link, passwords, and the page token that ties a form to its session.
package final class Gate: Sendable {
    package let accounts: AccountBook
    /// Who started the desk: signs in by the link as long as nobody has an account.
    package let starter: String
    package let link = LoginLink()
    package let throttle = Throttle()
    let sessions: Sessions
    private let isSecure: Bool
    private let port = Mutex(0)

    /// - Parameter sessions: that are signed in already.
    package init(accounts: AccountBook, starter: String, isSecure: Bool, sessions: Sessions = Sessions()) {
        self.sessions = sessions
        self.accounts = accounts
        self.starter = starter
        self.isSecure = isSecure
    }

    package func listen(on port: Int) { self.port.withLock { $0 = port } }

    /// Cookies know no ports: two desks on one machine have two names.
    var sessionCookie: String { "qingku-\(port.withLock { $0 })" }
    static let languageCookie = "qingku-language"

    /// As the browser has it: under TLS it lets no other host and no plain connection write a cookie of this name.
    package func cookieName(_ name: String) -> String { isSecure ? "__Host-" + name : name }

    package func header(for cookie: DeskResponse.Cookie) -> String {
        "\(cookieName(cookie.name))=\(cookie.value); Path=/; HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "") + (cookie.age.map { "; Max-Age=\($0)" } ?? "")
    }

    /// What a page of this session, or of this visitor who is not signed in yet, sends back with every change.
    func token(for session: String) -> String { Secret.token(for: session, "page") }

    /// The visitor of a session, if the session and the roles it was opened with are still good.
    func visitor(
        of id: String, at now: ContinuousClock.Instant, isUsed: Bool
    ) throws -> (visitor: Visitor, time: SessionTime)? {
        guard let session = sessions.find(id, at: now, isUsed: isUsed) else { return nil }
        if session.isStarter {
            if try accounts.isEmpty() {
                var visitor = Visitor(name: session.name, roles: session.roles)
                visitor.isBlind = session.isBlind
                return (visitor, session.time(now))
            }
        } else if let account = try accounts.find(session.name), !account.isDisabled,
            account.version == session.version, account.visitor.roles == session.roles
        {
            var visitor = account.visitor
            visitor.isBlind = session.isBlind
            return (visitor, session.time(now))
        }
        sessions.end(id, at: now)
        return nil
    }

    /// Opens a session for who started the desk.
    ///
    /// - Returns: its id; `nil` for a link that was used, is over five minutes old, or is none; and where there are accounts.
    func enter(link secret: String, address: String, at now: ContinuousClock.Instant) async throws -> String? {
        guard try accounts.isEmpty() else { return nil }
        guard link.use(secret, at: now) else {
            try await accounts.record(.refused(account: "", address: address))
            return nil
        }
        do {
            try await accounts.record(.opened(name: starter, roles: Policy.starter, address: address))
        } catch {
            // Nobody came in: while a run has the workspace, the link is not lost.
            link.giveBack(secret)
            throw error
        }
        return sessions.open(name: starter, roles: Policy.starter, isStarter: true, at: now)
    }

    /// Opens a session with a password.
    ///
    /// - Returns: its id; `nil` for a wrong name or password.
    /// - Throws: 429 for too many tries.
    func enter(name: String, password: String, address: String, at now: ContinuousClock.Instant) async throws -> String?
    {
        // `Li` and `LI` are tries for one account.
        let account = AccountRun.canonical(name)
        let wait = throttle.wait(account: account, address: address, at: now)
        guard wait == 0 else { throw Refusal.tooMany(wait: wait) }
        // Counted before it is looked at: many tries at the same time are many tries.
        throttle.fail(account: account, address: address, at: now)
        let isRight = try await accounts.check(name, password)
        guard isRight, let found = try accounts.find(name), !found.isDisabled else {
            let known = try accounts.find(name)?.visitor.name
            try await accounts.record(.refused(account: known ?? "", address: address))
            return nil
        }
        throttle.succeed(account: account, address: address)
        let visitor = found.visitor
        try await accounts.record(.opened(name: visitor.name, roles: visitor.roles, address: address))
        return sessions.open(name: visitor.name, roles: visitor.roles, version: found.version, at: now)
    }

    func leave(_ id: String, name: String, at now: ContinuousClock.Instant) async throws {
        if sessions.end(id, at: now) { try await accounts.record(.ended(name: name)) }
    }
}
