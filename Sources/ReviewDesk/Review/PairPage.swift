import Estimation
import Foundation
import Pipeline
import Records
import Reports
import Workspace

/// One pair, all that is known of it, and three answers.
enum PairPage {
    static func page(
        _ request: DeskRequest, _ session: ReviewSession, isRevealed: Bool = false, problem: Refusal? = nil
    ) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let known = try Pools.pair(request, session)
        let id = known.id
        var filter = FilterFields.filter(request.query, visitor)
        let isWork =
            try visitor.decides(known.state) && session.isWork(known, filter.sample, of: visitor.name)
        // They are to say what they see, and are not told what was said.
        let asked = try session.asked(of: visitor.name)
        let isAsked = asked?.pair == id
        try Pools.open([known.a, known.b], isWork: isWork, request, session)
        let hold = try CaseActions.open(known, visitor, session, isWork: isWork)
        filter.skipping = try session.holds(butOf: visitor.name).map(\.pair) + [request.beside].compactMap { $0 }
        let isBlind = try isAsked || Blindness.holds(visitor, session, filter)
        if try Blindness.holds(visitor, session, filter) { Blindness.hide(in: &filter) }
        let shown = try session.pair(id, in: filter)
        let (before, after) = try neighbours(
            shown, asked.flatMap { $0.pair == request.beside ? nil : $0 }, filter, session)
        let state = isAsked ? .open : shown.pair.state
        // What was typed, and who is revealed, is of the pair that was seen.
        let isSeen = request.form["case"] == shown.token.text
        let isRevealed = isRevealed && isSeen
        let form = Shown(language: request.language, isRevealed: isRevealed, of: visitor.pool)
        // What is revealed is this pair, with the persons that it is of.
        let masked = Shown(language: request.language, isRevealed: false, of: visitor.pool)
        func place(_ id: Int?) -> String { id.map { FilterFields.place("/pairs/\($0)", request.query) } ?? "" }
        let kept = FilterFields.kept(request.query)
        var values: [String: Any] = [
            "id": String(id), "case": shown.token.text, "remaining": shown.remaining.grouped,
            "problem": problem?.failure.message(request.language) ?? "",
            "advice": problem?.failure.advice?(request.language) ?? "",
            "held": hold?.text(request.language) ?? "", "comment": isSeen ? request.form["comment"] ?? "" : "",
            "before": place(before), "after": place(after),
            "afterID": after.map { String($0) } ?? "",
            "list": filter.sample == nil ? FilterFields.place("/pairs", request.query) : "/sample",
            "query": kept.isEmpty ? "" : "?" + kept.urlEncoded,
            "state": state.name,
            // What the machine did with a pair of the sample is what the answer measures.
            "stateText": filter.sample == nil ? request.words("state-\(state.name)") : "",
            "isOpen": [.open, .unsure].contains(state),
            "reason": isBlind ? "" : request.words("reason-\(shown.pair.reason.rawValue)"), "isBlind": isBlind,
            "blind": try Blindness.view(request, session),
            "mayPropose": visitor.may(.propose) && hold == nil,
            "mayReveal": visitor.may(.unmask) && !isRevealed,
            "isRevealed": isRevealed, "isCovered": [shown.a, shown.b].contains { form.covers($0) },
            "rows": PairRows.views(shown, request, form, isBlind: isBlind),
            "flags": shown.flags.filter { !isBlind || $0.isOfData }.map {
                ["text": request.words("flag-\($0.rawValue)")]
            },
            "hasFlags": shown.flags.contains { !isBlind || $0.isOfData },
            "others": shown.others.map { PairLine.view($0, request, masked, isBlind: isBlind) },
            "hasOthers": !shown.others.isEmpty && !isAsked,
            "history": shown.history.map { Words.view($0, request) }, "hasHistory": !shown.history.isEmpty && !isAsked,
            "preview": CellChoices(shown, form).views(isSeen ? request.form : Fields(), request.language),
            "hasPreview": !shown.preview.isEmpty && !isAsked,
            "isChoosing": isSeen && CellChoices.isTouched(request.form),
            "wantsConfirmation": isSeen && problem?.failure.code == "E-WRD-011",
            "needsBreak": try visitor.may(.propose) && session.pace(of: visitor.name).needsBreak,
            "reasons": reasons(request), "mayLearn": visitor.pool.isAll,
        ]
        for (side, record, group) in [("a", shown.a, shown.groups.a), ("b", shown.b, shown.groups.b)] {
            values[side] = [
                "id": form.visible(maskedRecordID(record.key.recordID)), "source": record.key.source,
                "person": record.person, "hasPerson": !record.person.isEmpty && !isAsked,
                "records": String(group.count),
                "isGroup": group.count > 1,
            ]
        }
        if !isBlind { values.merge(evidence(shown, request)) { first, _ in first } }
        var response = request.page(
            "pair", title: title(shown, request, form), status: problem?.status ?? 200, values)
        if let seconds = problem?.retryAfter { response.headers.append(("Retry-After", String(seconds))) }
        return response
    }

    /// The pairs to go to: a pair that they are asked about comes next, and after it the list goes on from its beginning.
    private static func neighbours(
        _ shown: PairCase, _ asked: AskedPair?, _ filter: DeskFilter, _ session: ReviewSession
    ) throws -> (before: Int?, after: Int?) {
        guard let asked, filter.state == .open, filter.sample == nil else { return (shown.before, shown.after) }
        return asked.pair == shown.pair.id ? (nil, try session.first(filter)) : (shown.before, asked.pair)
    }

    private static func title(_ shown: PairCase, _ request: DeskRequest, _ form: Shown) -> String {
        let names = [shown.a, shown.b].map { form.name($0) }
        return request.words("pair-title", ["number": String(shown.pair.id)])
            + (names.contains(where: \.isEmpty) ? "" : " · " + names.joined(separator: " / "))
    }

    private static func evidence(_ shown: PairCase, _ request: DeskRequest) -> [String: Any] {
        let explanation = shown.explanation
        return [
            "percent": Percent.text(explanation.probability), "weight": Weight.text(explanation.total),
            "waterfall": Waterfall(explanation, request).view,
            "classes": explanation.classes.prefix(4).filter { $0.share >= 0.005 }.map { entry in
                [
                    "name": LevelWords.title(ofClass: entry.name, request.language),
                    "percent": Percent.text(entry.share),
                ]
            },
            "keys": explanation.keys.filter(\.bringsTogether).map { ["name": $0.key] },
            "hasKeys": explanation.keys.contains(where: \.bringsTogether),
            "changes": explanation.changes.prefix(3).map { change in
                [
                    "text": change.fields.map { step in
                        "\(step.field): \(LevelWords.title(step.from, request.language)) → "
                            + LevelWords.title(step.to, request.language)
                    }.joined(separator: "; "), "percent": Percent.text(change.probability),
                ]
            },
            "hasChanges": !explanation.changes.isEmpty,
        ]
    }

    /// What answers are given for, the usual one first.
    static let whys = ["compared", "papers", "asked", "relatives", "namesakes", "moved", "too-little"]

    private static func reasons(_ request: DeskRequest) -> [[String: Any]] {
        whys.map { (why: String) -> [String: Any] in
            ["value": why, "text": request.words("why-\(why)"), "isChosen": request.form["why"] == why]
        }
    }

    // MARK: Answers

    /// A form: works without a script.
    static func answer(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let id = try Pools.pair(request, session).id
        var filter = FilterFields.filter(request.query, visitor)
        filter.skipping = try session.holds(butOf: visitor.name).map(\.pair)
        if try Blindness.holds(visitor, session, filter) { Blindness.hide(in: &filter) }
        let shown = try session.pair(id, in: filter)
        let wasAsked = try session.asked(of: visitor.name)?.pair == id
        guard let verdict = Decision.Verdict(rawValue: try request.field("answer", limit: 20)),
            let token = CaseToken(try request.field("case", limit: 80)),
            let seen = DeskPair.State(name: try request.field("seen", limit: 20))
        else { throw Refusal.badRequest }
        var answer = PairAnswer(
            pair: id, token: token, verdict: verdict, by: visitor.name, reason: reason(request), seen: seen,
            pool: visitor.pool)
        answer.confirmation = request.form["confirmed"] == "1" ? request.language : nil
        let said: DeskAnswer
        do {
            // Another pair than they saw has other cells.
            if token == shown.token {
                let form = Shown(language: request.language, isRevealed: false, of: visitor.pool)
                answer.cells = try CellChoices(shown, form).chosen(request.form)
            }
            said = try session.answer(answer)
        } catch let failure as Failure
            where [.busy, .notDone].contains(failure.kind) || typed.contains(failure.code)
        {
            // The pair as it is now, with what was typed.
            return try page(request, session, problem: Refusal(failure))
        }
        let beside = wasAsked ? try session.first(filter) : shown.after ?? shown.before
        let next = try session.asked(of: visitor.name)?.pair ?? beside
        let list = filter.sample == nil ? "/pairs" : "/sample"
        var place = FilterFields.place(next.map { "/pairs/\($0)" } ?? list, request.query)
        if let event = said.event { place += (place.contains("?") ? "&" : "?") + "saved=\(event)" }
        return .redirect(to: place, said.isWaiting ? .waiting : .answered)
    }

    /// What is wrong with the cells that were chosen.
    private static let typed: Set<String> = ["E-WRD-008", "E-WRD-011", "E-DSK-019"]

    /// The chosen reason with the comment behind it.
    private static func reason(_ request: DeskRequest) -> String {
        let chosen = request.form["why"] ?? "compared"
        let words = Catalogue.all["why-\(chosen)"]?(request.language) ?? request.words("why-compared")
        let comment = (request.form["comment"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        return comment.isEmpty ? words : words + ": " + comment.prefix(1_000)
    }

    private struct Answer: Decodable {
        let answer: String
        let `case`: String
        let seen: String
        let why: String?
        let comment: String?
    }

    private struct Saved: Encodable {
        let event: Int?
        let waiting: Bool
        let message: String
    }

    /// The same for the keyboard: answered once it is on disk.
    static func answerJSON(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let id = try Pools.pair(request, session).id
        let body = try request.json(Answer.self)
        guard let verdict = Decision.Verdict(rawValue: body.answer), let token = CaseToken(body.case),
            let seen = DeskPair.State(name: body.seen)
        else { throw Refusal.badRequest }
        var form = request
        form.form = Fields([("why", body.why ?? "compared"), ("comment", body.comment ?? "")])
        let said = try session.answer(
            PairAnswer(
                pair: id, token: token, verdict: verdict, by: visitor.name, reason: reason(form), seen: seen,
                pool: visitor.pool))
        return try .json(
            Saved(
                event: said.event, waiting: said.isWaiting,
                message: request.words(
                    said.isWaiting ? "saved-waiting" : said.event == nil ? "saved-already" : "saved",
                    ["answer": request.words("answer-\(verdict.rawValue)"), "event": said.event.map(String.init) ?? ""])
            ))
    }

    /// Numbers in full, once, and the trail knows it.
    static func reveal(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let pair = try Pools.pair(request, session)
        guard let token = CaseToken(try request.field("case", limit: 80)) else { throw Refusal.badRequest }
        do { try session.check(token, is: pair) } catch let failure as Failure where failure.kind == .notDone {
            return try page(request, session, problem: Refusal(failure))
        }
        let (shown, form) = (try session.pair(pair.id), Shown(language: .english, isRevealed: true, of: visitor.pool))
        // The preview has cells of all records of the two persons.
        let seen = ([shown.a, shown.b] + shown.groups.a + shown.groups.b).filter { !form.covers($0) }.map(\.record)
        try session.unmasked(
            Set(seen).sorted(), by: visitor.name, role: .approver,
            reason: try request.field("reason", limit: 1_000))
        return try page(request, session, isRevealed: true)
    }
}
