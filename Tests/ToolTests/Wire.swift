import Foundation
import Testing

/// A request to a desk on this machine as bytes, and the whole reply.
enum Wire {
    struct Reply {
        let status: Int
        let text: String

        func header(_ name: String) -> String? {
            text.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }

        /// The value of the first cookie.
        var cookie: String { header("set-cookie").map { String($0.prefix { $0 != ";" }) } ?? "" }

        var pageToken: String {
            text.firstMatch(of: #/name="page-token" (?:value|content)="([^"]+)"/#).map { String($0.1) } ?? ""
        }
    }

    static func send(_ bytes: String, port: Int) throws -> Reply {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var wait = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        let isOpen = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        try #require(isOpen, "\(String(cString: strerror(errno)))")
        let out = Array(bytes.utf8)
        try #require(
            out.withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                == out.count)
        var reply: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &part, part.count, 0)
            if count <= 0 { break }
            reply += part[..<count]
            if isWhole(reply) { break }
        }
        let text = String(decoding: reply, as: UTF8.self)
        return Reply(status: text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0, text: text)
    }

    private static func isWhole(_ reply: [UInt8]) -> Bool {
        let text = String(decoding: reply, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return false }
        let length = text[..<end.lowerBound].firstMatch(of: #/(?i)content-length: (\d+)/#).flatMap { Int($0.1) } ?? 0
        return text[end.upperBound...].utf8.count >= length
    }

    static func get(_ path: String, port: Int, cookie: String = "", host: String? = nil) throws -> Reply {
        try send(
            "GET \(path) HTTP/1.1\r\nHost: \(host ?? "127.0.0.1:\(port)")\r\nCookie: \(cookie)\r\n\r\n", port: port)
    }

    static func post(
        _ path: String, _ body: String, port: Int, cookie: String, origin: String? = nil,
        type: String = "application/x-www-form-urlencoded"
    ) throws -> Reply {
        try send(
            """
            POST \(path) HTTP/1.1\r
            Host: 127.0.0.1:\(port)\r
            Origin: \(origin ?? "http://127.0.0.1:\(port)")\r
            Cookie: \(cookie)\r
            Content-Type: \(type)\r
            Content-Length: \(body.utf8.count)\r
            \r
            \(body)
            """, port: port)
    }
}
