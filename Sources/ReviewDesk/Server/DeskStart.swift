import CMalloc
import Foundation
package import Pipeline
import Records

/// What somebody wants when they start the desk, and whether that is safe.
package struct DeskStart: Sendable {
    package var workspace: String
    /// To listen on; `nil`: loopback, for this machine alone.
    package var address: String?
    package var port: Int?
    /// Names under which visitors reach the desk, beside its address.
    package var hosts: [String] = []
    package var tls: TLSFiles?
    /// Who starts it.
    package var starter: String
    /// Takes a line on each reply.
    package var log: (@Sendable (String) -> Void)?
    package var clock: @Sendable () -> Clock

    package init(workspace: String, starter: String, clock: @escaping @Sendable () -> Clock) {
        self.workspace = workspace
        self.starter = starter
        self.clock = clock
    }

    package var isLoopback: Bool {
        guard let address else { return true }
        return address == "::1" || address.lowercased() == "localhost" || Self.isLoopback4(address)
    }

    /// 127.0.0.0/8 as four numbers.
    private static func isLoopback4(_ address: String) -> Bool {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Host names of requests.
    private var names: [String] {
        let local = isLoopback ? ["127.0.0.1", "localhost", "::1"] : []
        let own = address.map { ["0.0.0.0", "::"].contains($0) ? ProcessInfo.processInfo.hostName : $0 }
        return Array(Set(local + (own.map { [$0] } ?? []) + hosts)).sorted()
    }

    /// For the link.
    package var shownHost: String {
        let name =
            hosts.first ?? address.map { ["0.0.0.0", "::"].contains($0) ? ProcessInfo.processInfo.hostName : $0 }
        guard let name else { return "127.0.0.1" }
        return name.contains(":") ? "[\(name)]" : name
    }

    package func url(_ port: Int, _ path: String) -> String {
        "\(tls == nil ? "http" : "https")://\(shownHost):\(port)\(path)"
    }

    /// The desk and its server, not yet listening.
    ///
    /// - Parameter routes: further ones, beside those every desk has.
    /// - Throws: `E-DESK-001`, `E-DESK-002` for a desk that others could reach without TLS or accounts; as the opening of a
    ///   workspace.
    package func prepare(routes: [Route]) throws -> (desk: Desk, server: DeskServer) {
        guard isLoopback || tls != nil else {
            throw Failure(
                .notDone, code: "E-DESK-001",
                Text(
                    en: "on \(address ?? "") others reach the desk, so it needs TLS",
                    zh: "在 \(address ?? "") 上其他机器可以访问平台，因此必须使用 TLS"),
                advice: Text(
                    en: """
                        Give --tls-certificate FILE and --tls-key FILE, or leave --bind out to work on this machine alone.
                        """,
                    zh: "请指定 --tls-certificate FILE 和 --tls-key FILE，或省略 --bind 以仅在本机使用。"))
        }
        let accounts = try AccountStore(workspace: workspace, clock: clock)
        guard try isLoopback || !accounts.all().allSatisfy(\.account.isDisabled) else {
            throw Failure(
                .notDone, code: "E-DESK-002",
                Text(
                    en: "on \(address ?? "") others reach the desk, and nobody has an account",
                    zh: "在 \(address ?? "") 上其他机器可以访问平台，但尚无可用账户"),
                advice: Text(
                    en: "Add one: qingku account add NAME --role reviewer --workspace \(workspace)",
                    zh: "请先添加账户：qingku account add NAME --role reviewer --workspace \(workspace)"))
        }
        let gate = Gate(
            accounts: AccountBook(accounts), starter: starter, isSecure: tls != nil,
            sessions: Sessions(keptIn: try SessionFile.claim(workspace: workspace)))
        let desk = Desk(
            gate: gate, requestGuard: RequestGuard(names: names, isSecure: tls != nil), routes: routes, log: log)
        var settings = DeskServer.Settings()
        settings.address = address ?? "127.0.0.1"
        settings.port = port
        settings.tls = tls
        return (desk, DeskServer(desk, settings))
    }
}

extension AccountBook {
    /// Those of a workspace.
    package init(_ store: AccountStore) {
        self.init(
            isEmpty: { try store.isEmpty() },
            find: { try store.find($0).map(DeskAccount.init) },
            all: { try store.all().map(DeskAccount.init) },
            check: { name, password in
                // A hash takes more memory than the desk: what a busy hour left behind goes back to the system first.
                _ = malloc_trim(0)
                return try await store.check(name, password)
            },
            record: { event in
                switch event {
                case .opened(let name, let roles, let address):
                    try await store.opened(name: name, roles: roles, address: address)
                case .refused(let account, let address): try await store.refused(account: account, address: address)
                case .ended(let name): try await store.ended(name: name)
                }
            })
    }
}

extension DeskAccount {
    init(_ stored: StoredAccount) {
        let account = stored.account
        self.init(
            visitor: Visitor(
                name: account.name, roles: account.roles, areas: account.areas, sources: account.sources),
            isDisabled: account.isDisabled, version: stored.version)
    }
}
