import Foundation

/// Whose connection it is that comes over loopback. Every account of this machine can reach a port of 127.0.0.1, and a
/// browser sends cookies to all ports of a host; so the desk lets in whoever runs it, and root, and nobody else.
///
/// Linux lists all sockets with their owners in `/proc/net/tcp`; where there is no such list, everybody is let in and the
/// session alone decides.
package enum LoopbackPeer {
    /// - Parameters:
    ///   - port: of the other end.
    ///   - own: the port of the desk.
    package static func isAdmitted(port: Int, own: Int) -> Bool {
        var isListed = false
        for path in ["/proc/net/tcp", "/proc/net/tcp6"] {
            switch owner(in: bytes(ofFile: path), port: port, other: own) {
            case .user(let user): return user == geteuid() || user == 0
            case .unlisted: isListed = true
            case .noSockets: break
            }
        }
        return !isListed
    }

    /// Such a file has no size to go by: it is read until it ends.
    private static func bytes(ofFile path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var (bytes, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    package enum Owner: Hashable {
        case user(UInt32)
        case unlisted
        /// The list does not even have the desk's own socket: it is not the one of this network.
        case noSockets
    }

    /// The owner of the connected socket from `port` to `other`. Loopback has many addresses, and sockets of several of them may
    /// have the port: a stranger's counts before the user's own, so that nobody comes in beside one who is let in.
    package static func owner(in list: [UInt8], port: Int, other: Int, user own: UInt32 = geteuid()) -> Owner {
        var found: UInt32?
        for place in Self.places(of: port, in: list) {
            let start = list[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            let line = list[start...].prefix { $0 != UInt8(ascii: "\n") }
            let cells = line.split(separator: UInt8(ascii: " "), maxSplits: 8).map {
                String(decoding: $0, as: UTF8.self)
            }
            if cells.count > 7, cells[1].hasSuffix(Self.text(port)), cells[2].hasSuffix(Self.text(other)),
                let user = UInt32(cells[7])
            {
                if user != own, user != 0 { return .user(user) }
                found = user
            }
        }
        if let found { return .user(found) }
        return Self.places(of: other, in: list).isEmpty ? .noSockets : .unlisted
    }

    /// 8787 → `:2253`, as the list has it after an address.
    private static func text(_ port: Int) -> String {
        let digits = String(port, radix: 16, uppercase: true)
        return ":" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Where the port stands: a machine may have thousands of sockets, and the desk looks at every new one.
    private static func places(of port: Int, in list: [UInt8]) -> [Int] {
        let (needle, text) = ((text(port) + " ").utf8CString, list + [0])
        return text.withUnsafeBytes { text in
            needle.withUnsafeBufferPointer { needle in
                guard let base = text.bindMemory(to: CChar.self).baseAddress, let wanted = needle.baseAddress else {
                    return []
                }
                var (places, start) = ([Int](), base)
                while let found = strstr(start, wanted) {
                    places.append(UnsafePointer(found) - base)
                    start = UnsafePointer(found) + 1
                }
                return places
            }
        }
    }
}
