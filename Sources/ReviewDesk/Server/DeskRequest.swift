import Foundation
package import Pipeline
package import Records

/// Somebody who is signed in.
package struct Visitor: Sendable, Hashable {
    package let name: String
    package let roles: Set<Role>
    /// Codes of the areas whose cases they work on; empty: all.
    package let areas: [String]
    /// Names of the sources whose cases they work on; empty: all.
    package let sources: [String]
    /// They chose, for this session, to see pairs without scores.
    package var isBlind = false

    package init(name: String, roles: Set<Role>, areas: [String] = [], sources: [String] = []) {
        self.name = name
        self.roles = roles
        self.areas = areas
        self.sources = sources
    }

    package var pool: DeskPool { DeskPool(sources: sources, areas: areas) }

    package func may(_ permission: Permission) -> Bool { Policy.allows(permission, roles) }
}

/// A request that has passed the guard: who asks, for what, in which language.
package struct DeskRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        /// Answered like `get`; the body stays unsent.
        case head = "HEAD"
        case post = "POST"
    }

    package var method: Method
    /// As it was asked for, without the query.
    package var path: String
    /// The page nearest to it: of a form the one that shows it, as far as the address tells.
    package var page: String
    /// Of the pattern, decoded: `id` for `/pairs/{id}`. Any text but one with control characters.
    package var parameters: [String: String] = [:]
    package var query = Fields()
    /// Of an action.
    package var form = Fields()
    /// Of a JSON route.
    package var body: [UInt8] = []
    package var language: Language = .english
    /// `nil` on routes for anybody.
    package var visitor: Visitor?
    /// Goes into every form (`page-token`) and, for JSON, into the header `X-Page-Token`.
    package var token = ""
    /// Of the cookie, whether or not anybody is signed in.
    var session = ""
    /// The pair on the screen while another is fetched ahead (`X-Beside`): it is about to be answered.
    package var beside: Int?
    /// For the log and for messages about what went wrong.
    package var id = ""
    /// Of the other end of the connection; no header has a say in it.
    package var address = ""
    /// `nil` on routes for anybody.
    package var secondsLeft: SessionTime?
    package var now: ContinuousClock.Instant = .now

    package init(_ method: Method, _ path: String) {
        self.method = method
        self.path = path
        page = path
    }

    /// - Throws: 404 for a pattern without it.
    package func parameter(_ name: String) throws -> String {
        guard let value = parameters[name] else { throw Refusal.notFound }
        return value
    }

    /// A field of the form.
    ///
    /// - Throws: 400 when it is not there, or holds more than `limit` bytes.
    package func field(_ name: String, limit: Int = 10_000) throws -> String {
        guard let value = form[name], value.utf8.count <= limit else { throw Refusal.badRequest }
        return value
    }

    /// - Throws: 400 for what is no such JSON.
    package func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
        do { return try JSONDecoder().decode(type, from: Data(body)) } catch { throw Refusal.badRequest }
    }

    /// Who is signed in.
    ///
    /// - Throws: 401 on a route for anybody.
    package func signedIn() throws -> Visitor {
        guard let visitor else { throw Refusal.signedOut }
        return visitor
    }

    /// Path and query, to come back to.
    package var place: String { query.isEmpty ? path : path + "?" + query.urlEncoded }
}
