/// A request as it came over the wire, before anything about it is believed.
package struct WireRequest: Sendable {
    /// `GET`
    package var method: String
    /// Path and query, as they were sent.
    package var target: String
    /// Of all `Host` headers.
    package var hosts: [String]
    /// The others, names in lower case.
    package var headers: [(name: String, value: String)]
    package var address: String

    package init(
        _ method: String, _ target: String, hosts: [String], headers: [(String, String)] = [], address: String = ""
    ) {
        self.method = method
        self.target = target
        self.hosts = hosts
        self.headers = headers.map { (name: $0.0.lowercased(), value: $0.1) }
        self.address = address
    }

    func all(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

    /// `nil` when there is none, or more than one.
    func header(_ name: String) -> String? {
        let values = all(name)
        return values.count == 1 ? values.first : nil
    }

    var path: String { String(target.prefix { $0 != "?" }) }

    var query: [UInt8] { Array(target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst()) }

    func cookie(_ name: String) -> String? {
        for header in all("cookie") {
            for part in header.split(separator: ";") {
                let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if pair.count == 2, pair[0] == name[...] { return String(pair[1]) }
            }
        }
        return nil
    }

    /// `application/json` of `Application/JSON; charset=utf-8`.
    var mediaType: String? {
        header("content-type").map { type in
            String(type.prefix { $0 != ";" }).lowercased().filter { $0 != " " && $0 != "\t" }
        }
    }
}
