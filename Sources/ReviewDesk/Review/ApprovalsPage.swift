import Pipeline
import Records
import Reports
import Workspace

/// What waits for a second person.
enum ApprovalsPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let waiting = try session.waiting().filter {
            try session.isWord($0.event, in: visitor.pool, of: visitor.name)
        }
        return request.page(
            "approvals", title: request.words("approvals"),
            [
                "isEmpty": waiting.isEmpty,
                "rows": try waiting.map { word in
                    [
                        "event": String(word.event), "title": word.title(request.language), "by": word.by,
                        "at": String(word.time.prefix(16)).replacing("T", with: " "),
                        "classes": word.classes.map { ["text": request.words("class-\($0)")] as [String: Any] },
                        "says": word.told.says.map { ["text": $0(request.language)] as [String: Any] },
                        "reason": word.told.reason, "isOwn": word.by == visitor.name,
                        "mayApprove": try visitor.may(.approve) && Pools.isTheirs(word.event, visitor, session),
                    ] as [String: Any]
                },
            ])
    }

    static func answer(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        guard let event = Int(try request.parameter("event")) else { throw Refusal.notFound }
        try Pools.check(event: event, request, session)
        let answer = try request.field("answer", limit: 20)
        guard ["grant", "refuse"].contains(answer) else { throw Refusal.badRequest }
        try session.approve(
            event, isRefused: answer == "refuse", by: visitor.name, reason: try request.field("reason", limit: 1_000))
        return .redirect(to: "/approvals")
    }
}
