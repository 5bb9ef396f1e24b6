import Foundation
import Records

/// The review desk without its socket: a request as it came in, the reply as it goes out.
///
/// One order for all: framing, host, path, method, who asks, whether they may, whence a change comes, its form and size, its page
/// token, the handler. Every reply bears the headers of `SecurityHeaders`.
package final class Desk: Sendable {
    package let gate: Gate
    package let requestGuard: RequestGuard
    private let table: RouteTable
    private let now: @Sendable () -> ContinuousClock.Instant
    /// Takes a line on what was answered: no name, no parameter, no secret.
    private let log: (@Sendable (String) -> Void)?

    package init(
        gate: Gate, requestGuard: RequestGuard, routes: [Route],
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }, log: (@Sendable (String) -> Void)? = nil
    ) {
        self.gate = gate
        self.requestGuard = requestGuard
        table = RouteTable(routes + StandardRoutes.all(gate))
        self.now = now
        self.log = log
    }

    package var routes: [Route] { table.routes }

    /// The desk answers requests that name this port.
    package func listen(on port: Int) {
        requestGuard.listen(on: port)
        gate.listen(on: port)
    }

    /// Reads at most so many bytes of the body; throws `Refusal.tooLarge` for more.
    package typealias BodyReader = @Sendable (_ limit: Int) async throws -> [UInt8]

    package func answer(_ wire: WireRequest, body: BodyReader) async -> DeskResponse {
        let start = now()
        var call = Call(id: String(Secret.make().prefix(8)))
        call.request.address = wire.address
        call.request.now = start
        call.request.language = language(wire)
        call.request.beside = wire.all("x-beside").first.flatMap { Int($0) }
        var response: DeskResponse
        do {
            response = try await reply(wire, body, &call)
        } catch let refusal as Refusal {
            response = refused(refusal, call)
        } catch let failure as Failure {
            response = refused(Refusal(failure), call)
        } catch {
            log?("error \(call.request.id) \(type(of: error))")
            response = refused(.inside(call.request.id), call)
        }
        if call.isNewVisit, !response.cookies.contains(where: { $0.name == gate.sessionCookie }) {
            response.cookies.append(.init(gate.sessionCookie, call.request.session))
        }
        let given = Set(response.headers.map { $0.name.lowercased() })
        response.headers += SecurityHeaders.all(isSecure: requestGuard.isSecure).filter {
            !given.contains($0.name.lowercased())
        }
        response.headers += response.cookies.map { ("Set-Cookie", gate.header(for: $0)) }
        let took = (now() - start).components
        log?(
            "\(call.route.map { "\(wire.method.prefix(8)) \($0.pattern)" } ?? "-") \(response.status) "
                + "\(took.seconds * 1_000 + took.attoseconds / 1_000_000_000_000_000) ms")
        return response
    }

    /// What is known of a request so far, for the error page when there has to be one.
    private struct Call {
        var request = DeskRequest(.get, "/")
        var route: Route?
        /// The visitor has no cookie yet and gets one, so that the page's token has something to go with.
        var isNewVisit = false
        var wantsJSON = false

        init(id: String) { request.id = id }
    }

    private func reply(_ wire: WireRequest, _ body: BodyReader, _ call: inout Call) async throws -> DeskResponse {
        try requestGuard.checkFraming(wire)
        try requestGuard.checkHost(wire)
        call.wantsJSON = wire.header("accept")?.hasPrefix("application/json") ?? false
        let method = DeskRequest.Method(rawValue: wire.method)
        guard wire.target.utf8.count <= 8_000, let query = Fields(urlEncoded: wire.query) else {
            throw Refusal.badRequest
        }
        if let response = languageChange(wire, method, query) { return response }
        let (route, parameters) = try table.find(method, RouteTable.segments(wire.path))
        call.route = route
        call.wantsJSON = route.kind == .json
        call.request.method = method ?? .get
        call.request.path = wire.path
        call.request.page = method == .post ? table.page(near: wire.path) : wire.path
        call.request.parameters = parameters
        call.request.query = query
        try identify(wire, route, &call)
        if !Policy.allows(route.permission, call.request.visitor?.roles) {
            guard call.request.visitor == nil else { throw Refusal.forbidden }
            guard route.kind == .page else { throw Refusal.signedOut }
            return .redirect(to: "/sign-in?back=" + PercentEncoding.encode(call.request.place))
        }
        if method == .post {
            try await takeBody(wire, route, body, &call)
        } else {
            try requestGuard.checkReading(wire)
            if wire.header("transfer-encoding") != nil || (wire.header("content-length") ?? "0") != "0" {
                throw Refusal.unframed
            }
        }
        return try await route.handler(call.request)
    }

    private func identify(_ wire: WireRequest, _ route: Route, _ call: inout Call) throws {
        if route.kind == .asset { return }
        let cookie = wire.cookie(gate.cookieName(gate.sessionCookie))
        let isUsed = route.kind != .json || route.method == .post
        if let cookie, let (visitor, time) = try gate.visitor(of: cookie, at: call.request.now, isUsed: isUsed) {
            call.request.visitor = visitor
            call.request.secondsLeft = time
        }
        // Only what looks like one of ours is taken for a visit.
        if let cookie, cookie.utf8.count == 43 {
            call.request.session = cookie
        } else {
            call.request.session = Secret.make()
            call.isNewVisit = route.kind == .page && route.permission == .anybody
        }
        call.request.token = gate.token(for: call.request.session)
    }

    private func takeBody(_ wire: WireRequest, _ route: Route, _ body: BodyReader, _ call: inout Call) async throws {
        try requestGuard.checkChange(wire)
        try requestGuard.checkMediaType(wire, route)
        if let length = wire.header("content-length"), Int(length) ?? .max > route.bodyLimit { throw Refusal.tooLarge }
        let bytes: [UInt8]
        do { bytes = try await body(route.bodyLimit) } catch let refusal as Refusal { throw refusal } catch {
            throw Refusal.unframed
        }
        var token: String?
        if route.kind == .json {
            call.request.body = bytes
            token = wire.header("x-page-token")
        } else {
            guard var form = Fields(urlEncoded: bytes) else { throw Refusal.badRequest }
            token = form[Self.tokenField]
            form.remove(Self.tokenField)
            call.request.form = form
        }
        guard let token, Secret.isSame(token, call.request.token) else { throw Refusal.foreign }
    }

    /// Name of the hidden field of every form.
    package static let tokenField = "page-token"

    // MARK: - Language

    /// Of the cookie, else of the browser.
    private func language(_ wire: WireRequest) -> Language {
        if let known = wire.cookie(gate.cookieName(Gate.languageCookie)).flatMap({ Language(rawValue: $0) }) {
            return known
        }
        return (wire.header("accept-language") ?? "").lowercased().hasPrefix("zh") ? .chinese : .english
    }

    /// `?language=zh` anywhere, on error pages too: the same place again, in that language from now on.
    private func languageChange(_ wire: WireRequest, _ method: DeskRequest.Method?, _ query: Fields) -> DeskResponse? {
        guard method == .get, let language = query["language"].flatMap({ Language(rawValue: $0) }) else { return nil }
        var place = DeskRequest(.get, wire.path)
        place.query = query
        place.query.remove("language")
        var response = DeskResponse.redirect(to: place.place)
        response.cookies.append(.init(Gate.languageCookie, language.rawValue, age: 365 * 86_400))
        return response
    }

    // MARK: - Errors

    private func refused(_ refusal: Refusal, _ call: Call) -> DeskResponse {
        if refusal.status >= 500 { log?("refused \(call.request.id) \(refusal.status) \(refusal.failure.code)") }
        var response = call.wantsJSON ? ErrorPage.json(refusal, call.request) : ErrorPage.html(refusal, call.request)
        if let seconds = refusal.retryAfter { response.headers.append(("Retry-After", String(seconds))) }
        if !refusal.allowed.isEmpty {
            response.headers.append(("Allow", refusal.allowed.joined(separator: ", ")))
        }
        if refusal.closes { response.headers.append(("Connection", "close")) }
        return response
    }
}
