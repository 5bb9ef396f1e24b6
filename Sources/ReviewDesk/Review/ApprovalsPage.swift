import Pipeline
import Records
import Reports
import Workspace

/// What waits for a second person, with what it is about; and for who proposed something, what became of it.
enum ApprovalsPage {
    /// Records of a case that its line names.
    private static let mostNamed = 6

    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let waiting = try session.waiting().filter {
            try session.isWord($0.event, in: visitor.pool, of: visitor.name)
        }
        let refused = try visitor.may(.propose) ? session.refused(of: visitor.name) : []
        return request.page(
            "approvals", title: request.words("approvals"),
            [
                "isEmpty": waiting.isEmpty, "rows": try waiting.map { try view($0, visitor, request, session) },
                "hasRefused": !refused.isEmpty, "refused": refused.map { view($0, request) },
            ])
    }

    private static func view(
        _ word: ApproveRun.Waiting, _ visitor: Visitor, _ request: DeskRequest, _ session: ReviewSession
    ) throws -> [String: Any] {
        let isTheirs = try Pools.isTheirs(word.event, visitor, session)
        let isOwn = word.by == visitor.name
        let about = try session.cases(ofWord: word.event)
        // What they have to answer is their work.
        try Pools.open(
            about.cases.flatMap { $0.records.prefix(mostNamed).map(\.record) },
            isWork: isTheirs && visitor.may(.approve) || isOwn, request, session)
        return [
            "event": String(word.event), "title": word.title(request.language), "by": word.by,
            "at": moment(word.time), "classes": word.classes.map { ["text": request.words("class-\($0)")] },
            "says": word.told.says.map { ["text": $0(request.language)] as [String: Any] },
            "reason": word.told.reason, "isOwn": isOwn, "mayWithdraw": isOwn && visitor.may(.propose),
            "mayApprove": visitor.may(.approve) && isTheirs && !isOwn,
            "cases": about.cases.map { view($0, visitor, request) }, "hasCases": !about.cases.isEmpty,
            "more": about.more > 0 ? request.words("more-cases", ["count": about.more.grouped]) : "",
        ]
    }

    private static func view(_ about: WordCase, _ visitor: Visitor, _ request: DeskRequest) -> [String: Any] {
        let shown = Shown(language: request.language, isRevealed: false, of: visitor.pool)
        return [
            "pair": about.pair.map { String($0) } ?? "",
            "records": about.records.prefix(mostNamed).map { record -> [String: Any] in
                [
                    "name": shown.name(record), "person": record.person, "source": record.key.source,
                    "id": shown.visible(maskedRecordID(record.key.recordID)), "rest": Summary.text(record, shown),
                ]
            },
            "hasMore": about.records.count > mostNamed,
        ]
    }

    private static func view(_ refused: RefusedWord, _ request: DeskRequest) -> [String: Any] {
        [
            "event": String(refused.event), "title": refused.title(request.language),
            "by": refused.refusal.by, "at": moment(refused.refusal.at), "reason": refused.refusal.reason,
            "says": refused.told.says.map { ["text": $0(request.language)] as [String: Any] },
        ]
    }

    private static func moment(_ time: String) -> String { String(time.prefix(16)).replacing("T", with: " ") }

    static func answer(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        guard let event = Int(try request.parameter("event")) else { throw Refusal.notFound }
        try Pools.check(event: event, request, session)
        let answer = try request.field("answer", limit: 20)
        guard ["grant", "refuse"].contains(answer) else { throw Refusal.badRequest }
        try session.approve(
            event, isRefused: answer == "refuse", by: visitor.name, reason: try request.field("reason", limit: 1_000))
        return .redirect(to: "/approvals", answer == "refuse" ? .refused : .approved)
    }

    /// The proposer thinks better of it.
    static func withdraw(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        guard let event = Int(try request.parameter("event")) else { throw Refusal.notFound }
        try Pools.check(event: event, request, session)
        try session.withdraw(
            proposal: event, by: visitor.name, reason: try request.field("reason", limit: 1_000))
        return .redirect(to: "/approvals", .withdrawn)
    }
}
