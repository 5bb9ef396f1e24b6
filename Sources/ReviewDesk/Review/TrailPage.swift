import Pipeline
import Records
import Reports
import Workspace

/// The newest events of the audit trail; of a pool, those that are about its records.
enum TrailPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        var filter = TrailRun.Filter()
        filter.last = 200
        if let type = request.query["type"], !type.isEmpty { filter.types = [type] }
        if let subject = request.query["subject"], !subject.isEmpty { filter.subject = subject }
        if let since = request.query["since"], !since.isEmpty { filter.since = since }
        let visitor = try request.signedIn()
        let events = try session.events(filter).filter {
            try session.isWord($0.sequence, in: visitor.pool, of: visitor.name)
        }
        return request.page(
            "trail", title: request.words("trail"),
            [
                "isEmpty": events.isEmpty, "type": request.query["type"] ?? "",
                "subject": request.query["subject"] ?? "", "since": request.query["since"] ?? "",
                "rows": events.map { event in
                    [
                        "event": String(event.sequence), "type": event.type,
                        "at": event.time.replacing("T", with: " ").replacing("Z", with: ""), "by": event.actor,
                        "role": request.words("role-\(event.role)"),
                        "subjects": event.subjects.prefix(5).joined(separator: " "),
                        "more": event.subjects.count > 5 ? "+\(event.subjects.count - 5)" : "",
                        "hash": String(event.hash.prefix(12)),
                    ] as [String: Any]
                },
            ])
    }
}
