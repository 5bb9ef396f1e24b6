/// The addresses that every desk has: coming in, going out, the session, the accounts, style and script.
enum StandardRoutes {
    static func all(_ gate: Gate) -> [Route] {
        [
            .page("/sign-in", .anybody) { try SignIn.page($0, gate) },
            .action("/sign-in", .anybody, bodyLimit: 8_192) { try await SignIn.enter($0, gate) },
            .page("/open/{secret}", .anybody) { try await SignIn.open($0, gate) },
            .action("/sign-out", .signedIn) { try await SignIn.leave($0, gate) },
            .json(.get, "/session", .signedIn) { try SessionPulse.reply($0) },
            .json(.post, "/session", .signedIn) { try SessionPulse.reply($0) },
            .action("/blind", .read) { Blindness.choose($0, gate) },
            .page("/", .signedIn) { try StartPage.page($0) },
            .page("/accounts", .manageAccounts) { try AccountsPage.page($0, gate.accounts) },
        ] + Asset.all.map { asset in .asset(asset.path) { _ in asset.response } }
    }
}

/// How long the session lasts, for the warning before it ends.
enum SessionPulse {
    private struct Pulse: Encodable {
        let name: String
        let token: String
        let left: Int
        let absolute: Int
    }

    /// Asked with GET it says so and no more; with POST the idle time starts anew.
    static func reply(_ request: DeskRequest) throws -> DeskResponse {
        guard let time = request.secondsLeft else { throw Refusal.signedOut }
        return try .json(
            Pulse(
                name: try request.signedIn().name, token: request.token, left: time.left, absolute: time.absolute))
    }
}
