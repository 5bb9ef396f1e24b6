import Foundation
import Testing

/// Sends bytes as they are and reads what comes back: no library is in between that would mend them.
final class RawClient {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var wait = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0, "connect: \(String(cString: strerror(errno)))")
    }

    deinit { close(descriptor) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            start += count
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    struct Reply {
        let status: Int
        let reason: String
        /// Names in lower case.
        let headers: [(name: String, value: String)]
        let body: [UInt8]

        subscript(_ name: String) -> String? { headers.first { $0.name == name }?.value }
        func all(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The next reply; `nil` when the connection is closed before one is whole, or nothing comes for ten seconds.
    func reply(isHead: Bool = false) -> Reply? {
        while true {
            if let end = Self.headEnd(buffer) {
                let lines = String(decoding: buffer[..<end], as: UTF8.self).components(separatedBy: "\r\n")
                let headers = lines.dropFirst().filter { !$0.isEmpty }.map { line -> (name: String, value: String) in
                    let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                    return (
                        parts[0].lowercased(),
                        parts.count < 2 ? "" : parts[1].trimmingCharacters(in: .whitespaces)
                    )
                }
                let length = isHead ? 0 : headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
                if buffer.count >= end + length {
                    let body = Array(buffer[end..<end + length])
                    buffer.removeFirst(end + length)
                    let first = lines[0].split(separator: " ", maxSplits: 2)
                    return Reply(
                        status: first.count > 1 ? Int(first[1]) ?? 0 : 0, reason: lines[0], headers: headers, body: body
                    )
                }
            }
            if !receive() { return nil }
        }
    }

    /// Whether the other end has closed the connection; waits for it.
    func isClosed() -> Bool { !receive() && errno != EAGAIN && errno != EWOULDBLOCK }

    private func receive() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        errno = 0
        let count = recv(descriptor, &bytes, bytes.count, 0)
        if count > 0 { buffer += bytes[..<count] }
        return count > 0
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 0...(bytes.count - 4) where bytes[index] == 13 {
            if bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10 { return index + 4 }
        }
        return nil
    }
}
