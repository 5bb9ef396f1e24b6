import Pipeline
import Records
import Workspace

/// Whose a case is: taken while somebody looks at it, put back, or assigned.
enum CaseActions {
    /// Somebody opens a pair; who may answer has it from then on, unless somebody else does.
    ///
    /// - Returns: the hold of somebody else.
    static func open(
        _ pair: DeskPair, _ visitor: Visitor, _ session: ReviewSession, isWork: Bool
    ) throws -> CaseHold? {
        let hold =
            try isWork && visitor.may(.propose)
            ? session.take(pair.id, by: visitor.name) : session.hold(of: pair.id)
        return hold.flatMap { $0.by == visitor.name ? nil : $0 }
    }

    private struct Held: Encodable {
        let held: Bool
        let message: String
    }

    /// Somebody is still at it.
    static func hold(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let pair = try Pools.pair(request, session)
        let sample = FilterFields.filter(request.query, visitor).sample
        let other = try open(pair, visitor, session, isWork: try session.isWork(pair, sample, of: visitor.name))
        return try .json(Held(held: other == nil, message: other?.text(request.language) ?? ""))
    }

    /// Somebody leaves it to others.
    static func release(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let pair = try Pools.pair(request, session)
        try session.release(pair.id, by: visitor.name)
        return .redirect(to: FilterFields.place("/pairs", request.query))
    }

    /// The first pairs of the list become somebody's.
    static func assign(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        var filter = FilterFields.filter(request.query, visitor)
        // The list that was seen is the list that is assigned.
        if try Blindness.holds(visitor, session, filter) { Blindness.hide(in: &filter) }
        guard let count = Int(try request.field("count", limit: 10)), (1...ReviewSession.mostAssigned).contains(count)
        else {
            throw Refusal(
                400, .badInput, code: "E-DSK-012", Text(en: "That is no number of cases.", zh: "案例数量无效。"),
                advice: Text(
                    en: "Assign 1 to \(ReviewSession.mostAssigned) at once.",
                    zh: "一次可分派 1 至 \(ReviewSession.mostAssigned) 对。"))
        }
        try session.assign(
            count, of: filter, to: try request.field("account", limit: 200), by: visitor.name,
            role: visitor.roles.contains(.operator) ? .operator : .approver)
        return .redirect(to: FilterFields.place("/pairs", request.query), .assigned)
    }

    // MARK: On the page of the queue

    /// What the queue says of whose the cases are.
    static func view(_ queue: ReviewQueue, _ filter: DeskFilter, _ request: DeskRequest, _ session: ReviewSession)
        throws
        -> (facet: [String: Any], form: [String: Any]?)
    {
        let visitor = try request.signedIn()
        let mayAssign = visitor.may(.assign)
        let counts = try session.assigned(filter)
        let all = counts.values.reduce(0, +)
        let own = counts[visitor.name] ?? 0
        var choices: [(value: String, text: String, count: Int)] = [
            ("me", request.words("assigned-me"), own),
            ("nobody", request.words("assigned-nobody"), max(0, queue.counts.total - all)),
        ]
        if mayAssign {
            choices += counts.filter { $0.key != visitor.name }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                ("to-" + $0.key, $0.key, $0.value)
            }
        }
        let chosen = request.query["assigned"]
        let facet: [String: Any] = [
            "title": request.words("filter-assigned"), "name": "assigned", "isEmpty": false,
            "choices": choices.map { choice in
                [
                    "text": choice.text, "count": choice.count.grouped, "isChosen": choice.value == chosen,
                    "path": FilterFields.place(
                        "/pairs", request.query, "assigned", choice.value == chosen ? nil : choice.value),
                ] as [String: Any]
            },
        ]
        guard mayAssign, !queue.pairs.isEmpty else { return (facet, nil) }
        let accounts = try session.reviewers().map { ["name": $0.name] as [String: Any] }
        let form: [String: Any] = [
            "path": FilterFields.place("/pairs/assign", request.query), "accounts": accounts,
            "count": String(min(queue.counts.total, 50)),
            "most": String(min(queue.counts.total, ReviewSession.mostAssigned)), "hasAccounts": !accounts.isEmpty,
        ]
        return (facet, form)
    }
}
