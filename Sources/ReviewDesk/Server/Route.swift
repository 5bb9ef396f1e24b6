/// One address of the desk. All of them stand in lists (`Desk.routes`); the tests walk those lists.
package struct Route: Sendable {
    package typealias Handler = @Sendable (DeskRequest) async throws -> DeskResponse

    package enum Kind: Sendable {
        /// Reads; answers in HTML.
        case page
        /// Changes something; takes a form and answers with a page or a redirect.
        case action
        /// Takes and answers JSON; changes something when it is a POST.
        case json
        /// The same for everybody: style sheet, script.
        case asset
    }

    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package let method: Method
    /// `/pairs/{id}`: a segment in braces takes any text.
    package let pattern: String
    package let permission: Permission
    package let kind: Kind
    /// Of the request, in bytes.
    package let bodyLimit: Int
    package let handler: Handler
    let segments: [Segment]

    enum Segment: Sendable, Hashable {
        case fixed(String)
        case parameter(String)
    }

    private init(
        _ method: Method, _ pattern: String, _ permission: Permission, _ kind: Kind, _ bodyLimit: Int,
        _ handler: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern
        self.permission = permission
        self.kind = kind
        self.bodyLimit = bodyLimit
        self.handler = handler
        segments = pattern.split(separator: "/").map { segment in
            segment.hasPrefix("{") && segment.hasSuffix("}")
                ? .parameter(String(segment.dropFirst().dropLast())) : .fixed(String(segment))
        }
    }

    package static func page(_ pattern: String, _ permission: Permission, _ handler: @escaping Handler) -> Route {
        Route(.get, pattern, permission, .page, 0, handler)
    }

    /// - Parameter bodyLimit: of the form, in bytes; 64 KiB unless told.
    package static func action(
        _ pattern: String, _ permission: Permission, bodyLimit: Int = 65_536, _ handler: @escaping Handler
    ) -> Route {
        Route(.post, pattern, permission, .action, bodyLimit, handler)
    }

    package static func json(
        _ method: Method, _ pattern: String, _ permission: Permission, bodyLimit: Int = 65_536,
        _ handler: @escaping Handler
    ) -> Route {
        Route(method, pattern, permission, .json, method == .get ? 0 : bodyLimit, handler)
    }

    /// The same on threads that may wait for the workspace: whoever only reads is not held up.
    package func waiting() -> Route {
        Route(method, pattern, permission, kind, bodyLimit) { [handler] request in
            try await withTaskExecutorPreference(WaitingThreads.shared) { try await handler(request) }
        }
    }

    static func asset(_ pattern: String, _ handler: @escaping Handler) -> Route {
        Route(.get, pattern, .anybody, .asset, 0, handler)
    }

    /// The parameters, when the path is of this pattern.
    func match(_ path: [String]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (segment, text) in zip(segments, path) {
            switch segment {
            case .fixed(let name): if name != text { return nil }
            case .parameter(let name):
                if text.isEmpty { return nil }
                parameters[name] = text
            }
        }
        return parameters
    }
}

/// Finds the route of a path.
struct RouteTable: Sendable {
    let routes: [Route]
    private let byLength: [Int: [Route]]

    init(_ routes: [Route]) {
        self.routes = routes
        // A pattern with fewer parameters goes first: `/pairs/next` before `/pairs/{id}`.
        byLength = Dictionary(grouping: routes) { $0.segments.count }.mapValues { group in
            group.enumerated().sorted { ($0.element.freedom, $0.offset) < ($1.element.freedom, $1.offset) }
                .map(\.element)
        }
    }

    /// - Throws: 404, or 405 with the methods that the path has.
    func find(_ method: DeskRequest.Method?, _ path: [String]) throws -> (Route, [String: String]) {
        let candidates = (byLength[path.count] ?? []).compactMap { route in route.match(path).map { (route, $0) } }
        guard let least = candidates.first?.0.freedom else { throw Refusal.notFound }
        let closest = candidates.filter { $0.0.freedom == least }
        let wanted: Route.Method? = method.map { $0 == .post ? .post : .get }
        if let found = closest.first(where: { $0.0.method == wanted }) { return found }
        let methods = Set(closest.map(\.0.method))
        throw Refusal.method(
            allowed: (methods.contains(.get) ? ["GET", "HEAD"] : []) + (methods.contains(.post) ? ["POST"] : []))
    }

    /// The path itself when it has a page, or the nearest one above that has.
    func page(near path: String) -> String {
        var path = path
        while path.count > 1 {
            if let found = try? find(.get, Self.segments(path)), found.0.kind == .page { return path }
            path = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "/"
        }
        return "/"
    }

    /// The segments of a path, decoded.
    ///
    /// - Throws: 404 for what could leave a folder, or holds control characters; 400 for a broken escape.
    static func segments(_ path: String) throws -> [String] {
        guard path.hasPrefix("/") else { throw Refusal.badRequest }
        if path == "/" { return [] }
        return try path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
            if String(Substring($0)).lowercased().contains("%00") { throw Refusal.notFound }
            guard let segment = PercentEncoding.decode($0) else { throw Refusal.badRequest }
            let isPlain = segment.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
            guard isPlain, segment != ".", segment != ".." else { throw Refusal.notFound }
            return segment
        }
    }
}

extension Route {
    fileprivate var freedom: Int {
        segments.count {
            if case .parameter = $0 { true } else { false }
        }
    }
}
