package import Records
import Workspace

/// A case that a word is about, for whoever has to answer it.
package struct WordCase: Sendable {
    /// Number of the scored pair; `nil` where the word is about a person, or about two records that nobody compared.
    package let pair: Int?
    /// The two, or those of the person.
    package let records: [DeskRecord]
}

/// What somebody proposed and another refused.
package struct RefusedWord: Sendable {
    package let event: Int
    package let title: Text
    package let told: Retelling
    package let refusal: WordList.Refusal
}

/// Words that need a second person: what they are about, and what becomes of them.
extension ReviewSession {
    /// Of a word about many cases so many are shown.
    private static let mostCases = 6

    /// The cases of a word, as far as they have records.
    ///
    /// - Returns: also how many there are beside those.
    package func cases(ofWord event: Int) throws -> (cases: [WordCase], more: Int) {
        let desk = try desk()
        return try reading {
            guard let recorded = try store.event(event) else { return ([], 0) }
            let all = try cases(ofWord: recorded).filter { !$0.isEmpty }
            let shown = Array(all.prefix(Self.mostCases))
            let records = try DeskRecords(shown.reduce(into: []) { $0.formUnion($1) }, self, desk)
            let cases = try shown.map { own in
                WordCase(pair: try pair(of: own), records: own.sorted().compactMap { records[$0] })
            }
            return (cases, all.count - shown.count)
        }
    }

    /// Number of the pair of two records.
    private func pair(of two: Set<Int64>) throws -> Int? {
        guard two.count == 2, let one = two.first else { return nil }
        return try index.pairs(with: [one], limit: 400).first { Set([$0.a, $0.b]) == two }?.id
    }

    /// The pair that a decision was about; `nil` for one on several pairs.
    package func pair(ofDecision event: Int) throws -> Int? {
        _ = try desk()
        let decisions = try store.decisions(ofEvents: [event])
        guard decisions.count == 1 else { return nil }
        return try pair(of: Set(decisions.flatMap { [$0.a, $0.b] }.compactMap { try store.record($0) }))
    }

    /// The newest of somebody's last decisions that counts, or waits for a second person.
    package func lastDecision(by name: String) throws -> (event: Int, isWaiting: Bool)? {
        let made = try words(by: name, last: 20).first {
            $0.type == "decision.made" && $0.holds && !$0.isWaiting
        }?.event
        let proposed = try waiting().filter { $0.type == "decision.proposed" && $0.by == name }.map(\.event).max()
        guard let last = [made, proposed].compactMap({ $0 }).max() else { return nil }
        return (last, last == proposed)
    }

    /// Takes back what counts, and takes off the list what waits.
    ///
    /// - Returns: the event that says so where it counted, and whether that waits for a second person itself.
    package func takeBack(
        _ decision: (event: Int, isWaiting: Bool), by name: String, reason: String
    ) throws -> (event: Int?, isWaiting: Bool) {
        if decision.isWaiting {
            try withdraw(proposal: decision.event, by: name, reason: reason)
            return (nil, false)
        }
        let said = try undo(decision.event, by: name, reason: reason)
        return (said.event, said.isWaiting)
    }

    /// Who proposed something takes it off the list again.
    ///
    /// - Throws: `E-APR-006` for what is not theirs; `E-APR-001`, `E-APR-002` for what does not wait any more.
    package func withdraw(proposal event: Int, by name: String, reason: String) throws {
        if let waiting = try ApproveRun.waiting(store).first(where: { $0.event == event }),
            !ApproveRun.isSame(waiting.by, name)
        {
            throw Failure(
                .notPermitted, code: "E-APR-006",
                Text(en: "\(waiting.by) proposed event \(event)", zh: "第 \(event) 号事件由 \(waiting.by) 提出"),
                advice: Text(
                    en: "Only its proposer takes it back; an approver refuses it.", zh: "只有提出者可以撤回；批准者可以拒绝。"))
        }
        try answer(event, isRefused: true, by: name, role: .reviewer, reason: reason)
    }

    /// The second person's answer.
    ///
    /// - Throws: as `ApproveRun.run`.
    package func approve(_ event: Int, isRefused: Bool, by: String, reason: String) throws {
        try answer(event, isRefused: isRefused, by: by, role: .approver, reason: reason)
    }

    private func answer(_ event: Int, isRefused: Bool, by name: String, role: Role, reason: String) throws {
        try speakAlone {
            var request = ApprovalRequest(
                workspace: workspace, event: event, isRefused: isRefused, by: name, reason: reason, threads: 1,
                language: .english, clock: clock())
            (request.isReconciled, request.role) = (false, role)
            _ = try ApproveRun.run(request)
        }
    }

    /// What others refused of somebody's proposals in the last so many days, newest first.
    package func refused(of name: String, days: Int = 14) throws -> [RefusedWord] {
        let since = Self.text(seconds - days * 86_400)
        let recent = try WordList.refusals(store).filter { $1.at >= since && !ApproveRun.isSame($1.by, name) }
        let shown = try masking()
        return try recent.sorted { $0.key > $1.key }.compactMap { event, refusal in
            guard let recorded = try store.event(event), recorded.event.actor == name,
                let title = ApproveRun.titles[recorded.event.type]
            else { return nil }
            return RefusedWord(
                event: event, title: title, told: try Retelling(recorded, store, shown: shown), refusal: refusal)
        }
    }
}
