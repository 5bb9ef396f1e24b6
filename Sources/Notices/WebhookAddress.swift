import Foundation

/// Where a webhook is: `https` anywhere, `http` on this machine alone.
package struct WebhookAddress: Sendable, Hashable {
    package let isSecure: Bool
    package let host: String
    package let port: Int
    /// Path and query, as they go into the request.
    package let target: String

    /// `nil` for anything else, and for a name and password in the address, which a rule book does not keep.
    package init?(_ text: String) {
        guard text.utf8.allSatisfy({ (33..<127).contains($0) }), let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), var host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil, parts.fragment == nil
        else { return nil }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        switch scheme {
        case "https": isSecure = true
        case "http" where Self.isThisMachine(host): isSecure = false
        default: return nil
        }
        let port = parts.port ?? (isSecure ? 443 : 80)
        guard (1...65_535).contains(port) else { return nil }
        self.host = host
        self.port = port
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        target = path + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
    }

    private static func isThisMachine(_ host: String) -> Bool {
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return host.lowercased() == "localhost" || host == "::1"
            || numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }

    /// For the `Host` header.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// For TLS; `nil` for a number, which has no name to ask for.
    var serverName: String? {
        let isNumber = host.contains(":") || host.split(separator: ".").allSatisfy { UInt8($0) != nil }
        return isNumber ? nil : host
    }
}
