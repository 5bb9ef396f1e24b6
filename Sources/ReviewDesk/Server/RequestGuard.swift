import Synchronization

/// What a request must be like before it is looked at: meant for this desk, and, when it changes something, sent by one of
/// the desk's own pages.
package final class RequestGuard: Sendable {
    package let isSecure: Bool
    private let names: [String]
    private let hosts = Mutex<Set<String>>([])

    /// - Parameters:
    ///   - names: under which visitors reach the desk: host names or addresses, without port.
    ///   - isSecure: over TLS.
    package init(names: [String], isSecure: Bool) {
        self.names = names.map { $0.lowercased() }
        self.isSecure = isSecure
    }

    /// The port is known once the desk listens.
    package func listen(on port: Int) {
        let usual = isSecure ? 443 : 80
        let bracketed = names.map { $0.contains(":") ? "[\($0)]" : $0 }
        hosts.withLock { $0 = Set(bracketed.map { "\($0):\(port)" } + (port == usual ? bracketed : [])) }
    }

    /// - Throws: 400 for a request whose end could be read in two ways.
    package func checkFraming(_ request: WireRequest) throws {
        let (lengths, codings) = (request.all("content-length"), request.all("transfer-encoding"))
        let isLength =
            lengths.count <= 1 && lengths.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
        guard isLength, codings.isEmpty || (codings.map { $0.lowercased() } == ["chunked"] && lengths.isEmpty) else {
            throw Refusal.unframed
        }
    }

    /// - Throws: 421 unless the request names this desk as its host, once.
    package func checkHost(_ request: WireRequest) throws {
        guard request.hosts.count == 1, let host = request.hosts.first?.lowercased(),
            hosts.withLock({ $0.contains(host) })
        else { throw Refusal.misdirected }
    }

    /// Browsers say where a request comes from: one that only loads something must not be another page's.
    ///
    /// - Throws: 403.
    package func checkReading(_ request: WireRequest) throws {
        switch request.header("sec-fetch-site") {
        case nil, "same-origin", "none": break
        default: if request.header("sec-fetch-mode") != "navigate" { throw Refusal.foreign }
        }
    }

    /// A change comes from a page of this desk. `Origin: null` is what browsers send with `Referrer-Policy: no-referrer`;
    /// then `Sec-Fetch-Site` has to say it.
    ///
    /// - Throws: 403.
    package func checkChange(_ request: WireRequest) throws {
        let origins = request.all("origin")
        let isOwn = origins.count == 1 && origins.allSatisfy(isOwnOrigin)
        switch request.all("sec-fetch-site") {
        case ["same-origin"]: if !origins.isEmpty, !isOwn, origins != ["null"] { throw Refusal.foreign }
        case []: if !isOwn { throw Refusal.foreign }
        default: throw Refusal.foreign
        }
    }

    private func isOwnOrigin(_ origin: String) -> Bool {
        let scheme = isSecure ? "https://" : "http://"
        guard origin.hasPrefix(scheme) else { return false }
        let host = origin.dropFirst(scheme.count).lowercased()
        return hosts.withLock { $0.contains(host) }
    }

    /// The form or JSON that a route takes.
    ///
    /// - Throws: 415.
    package func checkMediaType(_ request: WireRequest, _ route: Route) throws {
        let wanted = route.kind == .json ? "application/json" : "application/x-www-form-urlencoded"
        guard request.mediaType == wanted else { throw Refusal.mediaType }
    }
}
