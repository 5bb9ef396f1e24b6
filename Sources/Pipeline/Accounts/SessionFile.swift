import Foundation
package import Records
import Workspace

/// Who is signed in at the desk, kept beside the workspace so that another start of the desk does not sign everybody out.
///
/// A session is known by the digest of its id: who reads the file cannot come in with it.
package struct SessionFile: Sendable {
    package struct Entry: Sendable, Hashable, Codable {
        /// SHA-256 of the session's id.
        package let digest: [UInt8]
        package let name: String
        private let roleNames: [String]
        /// Of the account then.
        package let version: Int
        package let isBlind: Bool
        /// Seconds since 1970: when it was opened, and when it was used last.
        package let opened: Int
        package let seen: Int

        /// As they were at signing in.
        package var roles: Set<Role> { Set(roleNames.compactMap { Role(rawValue: $0) }) }

        package init(
            digest: [UInt8], name: String, roles: Set<Role>, version: Int, isBlind: Bool, opened: Int, seen: Int
        ) {
            (self.digest, self.name, self.version) = (digest, name, version)
            roleNames = roles.map(\.rawValue).sorted()
            (self.isBlind, self.opened, self.seen) = (isBlind, opened, seen)
        }
    }

    package let path: String
    /// Seconds since 1970, now.
    package let time: @Sendable () -> Int
    /// Keeps other desks from writing over each other's sessions.
    private var turn: WorkspaceTurn?

    package init(
        workspace: String,
        time: @escaping @Sendable () -> Int = { Int(Date().timeIntervalSince1970) }
    ) {
        path = workspace + "/sessions.json"
        self.time = time
    }

    /// That of a workspace, for as long as this desk runs; `nil` while another desk has it: a session ended in one desk would come
    /// back from what the other remembers.
    package static func claim(workspace: String) throws -> SessionFile? {
        var file = SessionFile(workspace: workspace)
        do {
            file.turn = try WorkspaceTurn(directory: workspace, of: "sessions")
        } catch let failure as Failure where failure.kind == .busy {
            return nil
        }
        return file
    }

    /// None where there is no such file, where others may read or write it, or where it is not as it was written.
    package func read() -> [Entry] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 == 0,
            attributes?[.type] as? FileAttributeType == .typeRegular,
            let data = FileManager.default.contents(atPath: path)
        else { return [] }
        return (try? JSONDecoder().decode([Entry].self, from: data)) ?? []
    }

    /// On disk when it returns.
    package func write(_ entries: [Entry]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let bytes = try encoder.encode(entries.sorted { $0.digest.lexicographicallyPrecedes($1.digest) })
        let next = path + ".new"
        unlink(next)
        try PrivateFile.write(Array(bytes), to: next)
        try PrivateFile.rename(next, to: path)
    }
}
