/// Coming in and going out.
enum SignIn {
    static func page(_ request: DeskRequest, _ gate: Gate) throws -> DeskResponse {
        let back = request.query["back"] ?? "/"
        if request.visitor != nil { return .redirect(to: back) }
        return try form(request, gate, back: back)
    }

    private static func form(
        _ request: DeskRequest, _ gate: Gate, back: String, name: String = "", isWrong: Bool = false
    ) throws -> DeskResponse {
        request.page(
            "sign-in", title: request.words("sign-in"), status: isWrong ? 401 : 200,
            [
                "hasAccounts": !(try gate.accounts.isEmpty()), "back": DeskResponse.isOwn(back) ? back : "/",
                "name": name, "isWrong": isWrong,
            ])
    }

    static func enter(_ request: DeskRequest, _ gate: Gate) async throws -> DeskResponse {
        let (name, back) = (try request.field("name", limit: 200), request.form["back"] ?? "/")
        let id = try await gate.enter(
            name: name, password: try request.field("password", limit: 2_000), address: request.address,
            at: request.now)
        guard let id else { return try form(request, gate, back: back, name: name, isWrong: true) }
        var response = DeskResponse.redirect(to: back)
        response.cookies.append(.init(gate.sessionCookie, id))
        return response
    }

    static func open(_ request: DeskRequest, _ gate: Gate) async throws -> DeskResponse {
        // Looking whether the link is there does not use it up.
        if request.method == .head { return .text("") }
        let secret = try request.parameter("secret")
        guard let id = try await gate.enter(link: secret, address: request.address, at: request.now) else {
            var request = request
            request.path = "/sign-in"
            return request.page(
                "sign-in", title: request.words("link-spent"), status: 401,
                ["hasAccounts": !(try gate.accounts.isEmpty()), "back": "/", "isSpent": true])
        }
        var response = DeskResponse.redirect(to: "/")
        response.cookies.append(.init(gate.sessionCookie, id))
        return response
    }

    static func leave(_ request: DeskRequest, _ gate: Gate) async throws -> DeskResponse {
        try await gate.leave(request.session, name: try request.signedIn().name, at: request.now)
        var response = DeskResponse.redirect(to: "/sign-in")
        response.cookies.append(.init(gate.sessionCookie, "", age: 0))
        return response
    }
}
