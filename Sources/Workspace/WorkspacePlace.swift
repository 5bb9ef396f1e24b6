import Foundation
import Records

/// The folder of a workspace on its disk: how much lies there, how much room is left, and who else may read it.
package struct WorkspacePlace: Sendable {
    /// Such as `ext4`; empty where the system does not say.
    package let fileSystem: String
    /// A database is not safe there.
    package let isNetwork: Bool
    /// Bytes that are left for this user; `nil` where the system does not say.
    package let free: Int?
    /// Bytes of all files in it, and of the database alone.
    package let size: Int
    package let databaseSize: Int
    /// The folder, databases and keys that others than their owner may read or write: path and mode.
    package let exposed: [Exposed]

    package struct Exposed: Sendable, Hashable {
        package let path: String
        /// Of the nine bits.
        package let mode: Int
    }

    package init(directory: String) {
        let mounts = MountTable.current
        fileSystem = mounts.fileSystem(of: directory) ?? ""
        isNetwork = mounts.networkFileSystem(of: directory) != nil
        free = Self.free(directory)
        var (size, databaseSize) = (0, 0)
        let files = FileManager.default.enumerator(atPath: directory)
        while let path = files?.nextObject() as? String {
            guard let status = Self.status(directory + "/" + path), status.st_mode & S_IFMT == S_IFREG else { continue }
            size += Int(status.st_size)
            if path.hasPrefix("registry.sqlite") { databaseSize += Int(status.st_size) }
        }
        (self.size, self.databaseSize) = (size, databaseSize)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let guarded = names.filter { $0.contains(".sqlite") || $0.hasSuffix(".key") }.sorted()
        exposed = ([directory] + guarded.map { directory + "/" + $0 }).compactMap { path in
            guard let mode = Self.status(path).map({ Int($0.st_mode & 0o777) }), mode & 0o077 != 0 else { return nil }
            return Exposed(path: path, mode: mode)
        }
    }

    /// Of the file itself, not of what a link points to.
    private static func status(_ path: String) -> stat? {
        var status = stat()
        return lstat(path, &status) == 0 ? status : nil
    }

    private static func free(_ path: String) -> Int? {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return nil }
        return Int(
            clamping: UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize)).partialValue)
    }
}
