import Foundation

/// What lies in the outbox of a workspace belongs to it, and goes with its next erasure or retention; what lies elsewhere is
/// a copy that left it.
enum OutboxPlace {
    /// - Parameter folder: one that need not be there yet.
    static func holds(_ folder: String, of workspace: String) -> Bool {
        func resolved(_ path: String) -> String {
            URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
        }
        // What is not there resolves to nothing.
        let parent = URL(fileURLWithPath: folder).standardizedFileURL.deletingLastPathComponent().path
        return (resolved(parent) + "/").hasPrefix(resolved(workspace + "/outbox") + "/")
    }
}
