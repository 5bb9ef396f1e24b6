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
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            switch owner(in: String(decoding: data, as: UTF8.self), port: port, other: own) {
            case .user(let user): return user == geteuid() || user == 0
            case .unlisted: isListed = true
            case .noSockets: break
            }
        }
        return !isListed
    }

    package enum Owner: Hashable {
        case user(UInt32)
        case unlisted
        /// The list does not even have the desk's own socket: it is not the one of this network.
        case noSockets
    }

    /// The owner of the connected socket from `port` to `other`.
    package static func owner(in list: String, port: Int, other: Int) -> Owner {
        var knowsDesk = false
        for line in list.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: " ", maxSplits: 8, omittingEmptySubsequences: true)
            guard cells.count > 7, let local = portOf(cells[1]), let remote = portOf(cells[2]) else { continue }
            if local == port, remote == other, let user = UInt32(cells[7]) { return .user(user) }
            if local == other { knowsDesk = true }
        }
        return knowsDesk ? .unlisted : .noSockets
    }

    /// `0100007F:2253` → 8787.
    private static func portOf(_ address: Substring) -> Int? {
        address.lastIndex(of: ":").flatMap { Int(address[address.index(after: $0)...], radix: 16) }
    }
}
