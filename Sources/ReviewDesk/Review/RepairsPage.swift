import Pipeline
import Records
import Reports

/// What one check proposes, cell by cell, and what accepting it would change.
enum RepairsPage {
    static func page(
        _ request: DeskRequest, _ session: ReviewSession, problem: Refusal? = nil
    ) throws -> DeskResponse {
        let filter = try FindingsPage.filter(request)
        let (page, length) = (Pager.page(request), ReviewSession.mostRepairs)
        let found = try session.repairs(filter, from: (page - 1) * length)
        let pages = max(1, (found.total + length - 1) / length)
        try Pools.open(found.repairs.map(\.number), request, session)
        let shown = try Shown(language: request.language, isRevealed: false, of: request.signedIn().pool)
        let ticked = request.form.all("repair")
        let rows = found.repairs.map { repair -> [String: Any] in
            let isSame = repair.former == repair.value
            let around = found.around[repair.finding] ?? []
            // What another source says is neither shown nor accepted by who may not see it.
            let isTold = shown.tells(repair.value, repair.field, of: around)
            func whole(_ text: String, _ isKnown: Bool) -> [Shown.Piece] {
                [Shown.Piece(text: isKnown ? shown.value(text, repair.kind) : Shown.cover, differs: false)]
            }
            let isKnown = shown.knows(repair.former, repair.field, from: around)
            let (former, value) =
                isSame || isTold || !isKnown
                ? (whole(repair.former, isKnown), whole(repair.value, !isTold))
                : shown.compared(repair.former, repair.value, repair.kind)
            return [
                "token": isTold ? "" : repair.token, "isOpen": !isTold, "person": repair.person, "field": repair.field,
                "name": found.records[repair.number].map { shown.visible($0.name) } ?? "",
                "former": former.map(\.view), "value": value.map(\.view), "isSame": isSame,
                "source": repair.record.source, "record": shown.visible(maskedRecordID(repair.record.recordID)),
                "isWritten": repair.isWritten,
                // What stands already would only become the visitor's word, and what somebody wrote is theirs.
                "isChosen": ticked.isEmpty ? !isSame && !repair.isWritten : ticked.contains(repair.token),
            ]
        }
        var response = request.page(
            "repairs", title: request.words("repairs"), status: problem?.status ?? 200,
            [
                "count": found.total.grouped, "isEmpty": rows.isEmpty, "rows": rows,
                "pager": pages > 1 ? Pager.view(page, of: pages, request) : [],
                "isPart": pages > 1,
                "part": request.words("repairs-part", ["page": String(page), "pages": String(pages)]),
                "check": filter.check ?? "",
                "checkTitle": try session.title(ofCheck: filter.check ?? "")(request.language),
                "counts": counts(found, request),
                "isBulk": found.classes.contains("bulk"), "reason": request.form["reason"] ?? "",
                "problem": problem?.failure.message(request.language) ?? "",
                "back": place("/findings", request, isPage: false),
                "path": place("/findings/repairs", request),
            ])
        if let seconds = problem?.retryAfter { response.headers.append(("Retry-After", String(seconds))) }
        return response
    }

    /// What would change and what stands; of what is left out, only what there is.
    private static func counts(_ found: DeskRepairs, _ request: DeskRequest) -> [[String: Any]] {
        [
            ("changing", found.changing), ("standing", found.repairs.count - found.changing),
            ("settled", found.settled), ("contradicted", found.contradicted), ("impossible", found.impossible),
        ].filter { name, number in number > 0 || ["changing", "standing"].contains(name) }.map { name, number in
            ["number": number.grouped, "text": request.words("repairs-\(name)")]
        }
    }

    /// - Parameter isPage: the page of the list is kept: what is refused is shown again where it stood.
    private static func place(_ path: String, _ request: DeskRequest, isPage: Bool = true) -> String {
        var query = request.query
        if !isPage { query.remove("page") }
        return query.isEmpty ? path : path + "?" + query.urlEncoded
    }

    /// Takes the ticked ones in.
    static func accept(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let tokens = request.form.all("repair")
        guard (1...ReviewSession.mostRepairs).contains(tokens.count) else {
            throw Refusal(
                400, .badInput, code: "E-DSK-015",
                Text(en: "\(tokens.count) repairs are ticked.", zh: "勾选了 \(tokens.count) 项修复。"),
                advice: Text(
                    en: "Tick 1 to \(ReviewSession.mostRepairs).", zh: "请勾选 1 至 \(ReviewSession.mostRepairs) 项。"))
        }
        let findings = tokens.map { String($0.prefix { $0 != "-" }) }
        try Pools.check(findings: findings, request, session)
        do {
            _ = try session.accept(tokens, by: visitor.name, reason: try request.field("reason", limit: 1_000))
            session.access.decide(tokens.count, by: visitor.name)
        } catch let failure as Failure where [.busy, .notDone].contains(failure.kind) {
            return try page(request, session, problem: Refusal(failure))
        }
        return .redirect(to: "/history", .repaired)
    }
}
