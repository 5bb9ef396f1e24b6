import Foundation
import Records
import Workspace

/// When a workspace was proved last, and what came of it: a reminder beside the database. It proves nothing itself, and who
/// removes it loses nothing.
package struct VerifyNote: Codable, Sendable {
    /// UTC, ISO 8601, to the second.
    package let time: String
    /// The newest event then.
    package let events: Int
    /// 0: all was as it was written.
    package let problems: Int

    private static let name = "verify.json"

    static func read(_ workspace: String) -> VerifyNote? {
        FileManager.default.contents(atPath: workspace + "/" + name).flatMap {
            try? JSONDecoder().decode(VerifyNote.self, from: $0)
        }
    }

    /// Where the folder cannot be written to, there is no reminder.
    func write(_ workspace: String) {
        guard let data = try? JSONEncoder().encode(self) else { return }
        let path = workspace + "/" + Self.name
        let new = path + ".tmp-\(getpid())"
        do {
            try PrivateFile.write(Array(data), to: new)
            try PrivateFile.rename(new, to: path)
        } catch {
            unlink(new)
        }
    }
}
