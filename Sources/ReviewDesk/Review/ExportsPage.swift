import Pipeline
import Records
import Reports
import Workspace

/// What was given to somebody outside.
enum ExportsPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        try Pools.checkWhole(request)
        let exports = try session.exports()
        return request.page(
            "exports", title: request.words("exports"),
            [
                "isEmpty": exports.isEmpty,
                "rows": exports.map { export in
                    [
                        "event": String(export.event), "at": String(export.time.prefix(16)).replacing("T", with: " "),
                        "by": export.actor, "run": String(export.run), "file": export.file,
                        "tables": export.tables.joined(separator: ", "), "purpose": export.purpose,
                        "recipient": export.recipient, "isPseudonymised": export.isPseudonymised,
                    ] as [String: Any]
                },
            ])
    }
}
