import Foundation
import Reconciliation
package import Records
import Workspace

/// Proves that a workspace is as it was written: database, records, events, persons, outputs.
package enum AuditRun {
    package struct Outcome: Sendable {
        package let events: Int
        /// Hash of the newest event: write it down elsewhere, and a cut-off end will be noticed.
        package let head: String
        package let problems: [Problem]
    }

    package struct Problem: Sendable {
        /// `database`, `record`, `event`, `output`, …
        package let kind: String
        package let message: Text
    }

    package static func verify(workspace: String) throws -> Outcome {
        let store = try WorkspaceStore.openReadOnly(directory: workspace)
        var walk = EventChain.Walk()
        let problems = try store.verify { walk.step($0)?.message }
        return Outcome(events: walk.sequence, head: walk.head, problems: problems.map { Problem(kind: $0.kind.rawValue, message: $0.message) })
    }
}
