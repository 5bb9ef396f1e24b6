import Reconciliation
package import Records
import Rules
package import Workspace

/// What somebody at the desk says of a pair.
package struct PairAnswer: Sendable {
    package var pair: Int
    /// What the answerer was shown under this number.
    package var token: CaseToken
    package var verdict: Decision.Verdict
    package var by: String
    package var reason: String
    /// The state in which the answerer saw the pair.
    package var seen: DeskPair.State
    /// The part of the register they work on, where pairs that measure are mixed among theirs; `nil`: nowhere.
    package var pool: DeskPool?
    /// What the one person has, where the rules would have it otherwise.
    package var cells: [ChosenCell] = []
    /// That a cell is so though something speaks against its value, in this language.
    package var confirmation: Language?

    package init(
        pair: Int, token: CaseToken, verdict: Decision.Verdict, by: String, reason: String, seen: DeskPair.State,
        pool: DeskPool? = nil
    ) {
        self.pool = pool
        self.pair = pair
        self.token = token
        self.verdict = verdict
        self.by = by
        self.reason = reason
        self.seen = seen
    }
}

/// A cell of the person that two records would be, as somebody wants it.
package struct ChosenCell: Sendable, Hashable {
    package enum Value: Sendable, Hashable {
        /// As this stored record has it.
        case record(Int64)
        case typed(String)
    }

    package let field: String
    package let value: Value

    package init(field: String, value: Value) {
        (self.field, self.value) = (field, value)
    }
}

/// What came of a word at the desk.
package struct DeskAnswer: Sendable {
    /// The event that records it; `nil` when it held already.
    package let event: Int?
    /// It does not count until a second person agrees.
    package let isWaiting: Bool
    package let meaning: [Text]
}

extension ReviewSession {
    /// Takes an answer in; it is on disk when this returns.
    ///
    /// - Throws: `E-DSK-003` when somebody else has answered since the pair was seen, or the number is another pair's since a
    ///   run; `E-DSK-007` while somebody else has it on their screen; `E-WRD-009` for an empty reason.
    package func answer(_ answer: PairAnswer) throws -> DeskAnswer {
        try WordRun.checkReason(answer.reason)
        if answer.pool != nil, let asked = try asked(of: answer.by), asked.pair == answer.pair {
            if !answer.cells.isEmpty { throw Self.cellsOfNobody }
            return try giveOpinion(answer, asked)
        }
        try checkHold(answer.pair, by: answer.by)
        let clock = clock()
        let said = try speak { open, desk in
            guard let pair = try index.pair(answer.pair) else { throw Self.unknownPair(answer.pair) }
            if answer.token != CaseToken(pair, desk) { throw Self.otherPair }
            let names = try open.names(of: [pair.a, pair.b])
            guard let a = names[pair.a], let b = names[pair.b] else { throw Self.unknownPair(answer.pair) }
            if pair.state != answer.seen { throw try Self.conflict(a, b, open) }
            var answer = answer
            let cells = try self.cells(&answer, pair, desk)
            let decision = Decision(a, b, answer.verdict, by: answer.by, reason: answer.reason, at: clock.now)
            var speech = Speech()
            if !holds(decision, pair.state) {
                speech.decisions = [decision]
                speech.meaning = [Speaker.meaning(answer.verdict, Speaker.text(a), Speaker.text(b))]
            }
            speech.areTogether = !cells.isEmpty
            speech.overrides = cells.map { field, text, person, records in
                (
                    person,
                    StoredOverride(
                        event: 0, field: field, text: text, by: answer.by, reason: answer.reason, at: clock.now,
                        records: records)
                )
            }
            let said = try record(speech, by: answer.by, reason: answer.reason, clock, in: open, known: desk.book)
            let now =
                said.event == nil
                ? nil
                : DeskIndex.Said(
                    a: pair.a, b: pair.b, aPerson: pair.aPerson, bPerson: pair.bPerson, verdict: answer.verdict,
                    isWaiting: said.isWaiting, by: answer.by)
            return (said, now)
        }
        try release(answer.pair, by: answer.by)
        notePace(of: answer.by)
        if let pool = answer.pool, let event = said.event { try drawMeasured(for: answer.by, turn: event, in: pool) }
        return said
    }

    /// Takes something back that was said.
    ///
    /// - Parameter event: its number.
    /// - Throws: `E-UND-001` to `E-UND-004`.
    package func undo(_ event: Int, by: String, reason: String) throws -> DeskAnswer {
        try say(.undo([String(event)]), by: by, reason: reason)
    }

    /// Whether an event is about exports as wholes: taking it back is no word about persons.
    package func concernsExports(_ event: Int) throws -> Bool {
        try store.event(event)?.event.subjects.contains { $0.hasPrefix("batch:") } ?? false
    }

    /// Whether an event is about a calibration of the scores, or takes back one that is.
    package func concernsCalibration(_ event: Int) throws -> Bool {
        guard let recorded = try store.event(event)?.event else { return false }
        switch recorded.type {
        case "calibration.applied", "calibration.proposed": return true
        case "word.withdrawn", "withdrawal.proposed":
            return try recorded.subjects.contains { subject in
                guard subject.hasPrefix("event:"), let other = Int(subject.dropFirst("event:".count)), other < event
                else { return false }
                return try concernsCalibration(other)
            }
        default: return false
        }
    }

    /// Records leave a person.
    package func split(
        _ person: String, records: [RecordKey], isCertain: Bool, by: String, reason: String
    ) throws -> DeskAnswer {
        try say(
            .split(person: person, records: records.map(Speaker.text), isCertain: isCertain), by: by, reason: reason)
    }

    /// Somebody writes a cell of a person.
    ///
    /// - Parameter confirmation: that it is so all the same, for a value that something speaks against: goes into the trail
    ///   behind the reason, in this language.
    /// - Throws: `E-WRD-011` for such a value without it.
    package func override(
        _ person: String, field: String, value: String, by: String, reason: String, confirmation: Language? = nil
    ) throws -> DeskAnswer {
        let reason = try confirmed(reason, value, field, confirmation)
        return try say(.override(person: person, field: field, value: value), by: by, reason: reason)
    }

    /// A reason with what was confirmed behind it.
    func confirmed(_ reason: String, _ value: String, _ field: String, _ confirmation: Language?) throws -> String {
        guard let doubt = try doubt(of: value, field) else { return reason }
        guard let confirmation else { throw Self.doubtful(doubt) }
        try WordRun.checkReason(reason)
        return reason
            + Text(en: " (confirmed although \(doubt.en))", zh: "（已确认，尽管\(doubt.zh)）")(confirmation)
    }

    private func doubt(of value: String, _ field: String) throws -> Text? {
        let schema = try desk().book.schema
        let speaker = speaker()
        guard let place = schema.index(of: field), let text = try? speaker.shown(value, place, desk().book) else {
            return nil
        }
        // The trail and the page have the value beside it; here it would stand unmasked.
        return speaker.doubt(of: text, place, schema).map { doubt in
            Text(
                en: doubt.en.replacing("“\(text)”", with: "the value"), zh: doubt.zh.replacing("“\(text)”", with: "该值"))
        }
    }

    private static func doubtful(_ doubt: Text) -> Failure {
        Failure(
            .badInput, code: "E-WRD-011", doubt,
            advice: Text(
                en:
                    "Nothing was saved. Mend the value; or, where the papers do say so, confirm it and give them as the reason.",
                zh: "未保存任何内容。请更正该值；如证件确实如此，请勾选确认并在理由中注明所依据的证件。"))
    }

    /// Only to show values as the master does.
    func speaker() -> Speaker {
        let request = WordRequest(
            workspace: workspace, word: .undo([]), by: "-", reason: "-", threads: 1, language: .english, clock: clock())
        return Speaker(store: store, request: request)
    }

    /// Any word, after which the states of all pairs are looked at again.
    private func say(_ word: Word, by: String, reason: String) throws -> DeskAnswer {
        try WordRun.checkReason(reason)
        let clock = clock()
        return try speak { open, desk in
            let request = WordRequest(
                workspace: workspace, word: word, by: by, reason: reason, threads: 1, language: .english, clock: clock)
            let speech = try Speaker(store: open, request: request).speech()
            return (try record(speech, by: by, reason: reason, clock, in: open, known: desk.book), nil)
        }
    }

    /// - Parameters:
    ///   - clock: when it is said; the event and its rows bear the same time.
    ///   - known: as of `WordRun.record`.
    ///   - role: in which it is said, for the trail.
    func record(
        _ speech: Speech, by: String, reason: String, _ clock: Clock, in open: WorkspaceStore, known: RuleBook? = nil,
        role: Role = .reviewer
    ) throws -> DeskAnswer {
        if speech.isEmpty { return DeskAnswer(event: nil, isWaiting: false, meaning: speech.meaning) }
        var request = WordRequest(
            workspace: workspace, word: .undo([]), by: by, reason: reason, threads: 1, language: .english, clock: clock)
        request.role = role
        let (events, waiting) = try WordRun.record(speech, request, in: open, known: known)
        return DeskAnswer(event: events.first, isWaiting: !waiting.isEmpty, meaning: speech.meaning)
    }

    private func holds(_ decision: Decision, _ state: DeskPair.State) -> Bool {
        switch (decision.verdict, state) {
        case (.same, .same), (.different, .different), (.unsure, .unsure): true
        default: false
        }
    }

    private static func conflict(_ a: RecordKey, _ b: RecordKey, _ store: WorkspaceStore) throws -> Failure {
        let last = try store.decisions(on: a, b).last?.decision
        let said = last.map { "\($0.by): \($0.verdict.rawValue)" } ?? ""
        return Failure(
            .notDone, code: "E-DSK-003",
            Text(
                en: "something else was said of the two since you saw them\(said.isEmpty ? "" : " (\(said))")",
                zh: "在您查看之后，这两条记录已有其他判定\(said.isEmpty ? "" : "（\(said)）")"),
            advice: Text(en: "Look at the pair again, then answer.", zh: "请重新查看后再作判定。"))
    }
}
