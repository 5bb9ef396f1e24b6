import Foundation

/// The mounted file systems, to keep a database off the network.
struct MountTable: Sendable {
    private let mounts: [(point: String, type: String)]

    /// - Parameter text: in the form of Linux's `/proc/self/mountinfo`.
    init(_ text: String) {
        mounts = text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 6, let dash = words.firstIndex(of: "-"), dash + 1 < words.count else { return nil }
            return (Self.unescape(words[4]), String(words[dash + 1]))
        }
    }

    /// Empty where the system has no such list: nothing is refused there.
    static var current: MountTable {
        MountTable((try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)) ?? "")
    }

    /// The type of the file system that `path` lies on; `nil` where the system does not say.
    func fileSystem(of path: String) -> String? {
        let full = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        return mounts.last { $0.point == longestPoint(over: full) }?.type
    }

    /// The same when it is a network's; `nil` for a local one.
    func networkFileSystem(of path: String) -> String? {
        fileSystem(of: path).flatMap { Self.networkTypes.contains($0) ? $0 : nil }
    }

    private func longestPoint(over path: String) -> String? {
        mounts.lazy.map(\.point)
            .filter { $0 == "/" || path == $0 || path.hasPrefix($0 + "/") }
            .max { $0.utf8.count < $1.utf8.count }
    }

    private static let networkTypes: Set<String> = [
        "9p", "afs", "beegfs", "ceph", "cifs", "coda", "fuse.ceph", "fuse.davfs", "fuse.gcsfuse", "fuse.glusterfs",
        "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs",
        "vboxsf",
    ]

    /// Blanks in mount points are written `\040`.
    private static func unescape(_ word: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = word.utf8[...]
        while let byte = rest.popFirst() {
            let octal = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), octal.count == 3, let value = UInt8(String(octal) ?? "", radix: 8) {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
