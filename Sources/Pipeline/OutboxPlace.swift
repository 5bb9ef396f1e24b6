import Foundation
import Records
import Workspace

/// What lies in the outbox of a workspace belongs to it, and goes with its next erasure or retention; what lies elsewhere is
/// a copy that left it.
enum OutboxPlace {
    /// Whether a folder is, or would be, one of the outbox: erasure looks at these, not into folders within them.
    ///
    /// - Parameter folder: one that need not be there yet.
    static func holds(_ folder: String, of workspace: String) -> Bool {
        // What is not there resolves to nothing.
        resolved(parent(folder)) == resolved(workspace + "/outbox")
    }

    /// - Throws: `E-OUT-006` for a folder that holds what a run wrote: it is never written over with something else.
    static func refuseRunFolder(_ folder: String, _ store: WorkspaceStore) throws {
        let place = resolved(parent(folder)) + "/" + URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
        guard let run = try store.runs(nil).first(where: { resolved($0.folder(in: store.directory)) == place }) else {
            return
        }
        throw Failure(
            .badInput, code: "E-OUT-006",
            Text(en: "this is the folder of run \(run.id)", zh: "这是第 \(run.id) 次运行的文件夹"), at: Place(file: folder),
            advice: Text(en: "Choose another --out.", zh: "请用 --out 另选位置。"))
    }

    private static func parent(_ folder: String) -> String {
        URL(fileURLWithPath: folder).standardizedFileURL.deletingLastPathComponent().path
    }

    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }
}
