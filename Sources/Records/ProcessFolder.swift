import Foundation

/// Names of folders in which one process makes what is to get its name later: `.NAME.tmp-PID`.
package enum ProcessFolder {
    /// What is made here stays here: the plain text of what goes out encrypted.
    package static let outgoing = "outgoing"

    package static func path(for name: String, in folder: String) -> String { "\(folder)/\(prefix(name))\(getpid())" }

    /// Removes those of processes that were killed.
    package static func clearLeftovers(for name: String, in folder: String) {
        let prefix = prefix(name)
        for entry in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where entry.hasPrefix(prefix)
        {
            if let process = Int32(entry.dropFirst(prefix.count)), kill(process, 0) != 0, errno == ESRCH {
                try? FileManager.default.removeItem(atPath: folder + "/" + entry)
            }
        }
    }

    private static func prefix(_ name: String) -> String { ".\(name).tmp-" }
}
