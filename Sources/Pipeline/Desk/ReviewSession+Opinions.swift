package import Estimation
import Foundation
import Reconciliation
package import Records
import Rules
import Synchronization
package import Workspace

/// How far answers to the same pairs agree.
package struct DeskAgreement: Sendable {
    /// First answers against second ones: same, different, can't tell.
    package let answers: Agreement
    /// Wrong answers to pairs on which two people agree, of all reviewers together.
    package let known: ErrorRate
    /// Second answers that differ and that nobody has settled, of the visitor's pool, oldest first.
    package let disputes: [Dispute]
    package let settled: Int

    /// Two answers to one pair, of people whose names do not matter to which is right.
    package struct Dispute: Sendable {
        package let opinion: StoredOpinion
        package let pair: Int
        package let a: RecordKey
        package let b: RecordKey
        /// The visitor gave one of the two answers.
        package let isOwn: Bool
    }
}

/// Some pairs are asked of a second person, and some of which the answer is known: what people say then decides nothing, and
/// shows how good the decisions are.
extension ReviewSession {
    /// Whether answers are measured at all, by the rule book.
    package var isMeasured: Bool {
        get throws {
            let review = try desk().book.review
            return review.twice > 0 || review.known > 0
        }
    }

    func takeOpinions(upTo event: Int) throws {
        let known = try index.mark("opinions").flatMap { Int($0) }
        if let known, try !store.hasOpinions(after: known) { return }
        try index.takeOpinions(try allOpinions(upTo: event).filter { $0.newest > known ?? 0 }, upTo: event)
    }

    /// All that were given; the trail is read no further back than somebody has read it before.
    private func allOpinions(upTo event: Int) throws -> [StoredOpinion] {
        let known = opinions.withLock { $0 }
        if known.event >= event { return known.opinions }
        // The lock is not held meanwhile: who has it must not wait for the workspace.
        let now = (opinions: try store.opinions(from: known), event: event)
        opinions.withLock { if $0.event < event { $0 = now } }
        return now.opinions
    }

    /// As far as the index has them.
    private func allOpinions() throws -> [StoredOpinion] {
        try allOpinions(upTo: try index.mark("opinions").flatMap { Int($0) } ?? 0)
    }

    /// The pair that somebody is asked about next, without being told.
    package func asked(of name: String) throws -> AskedPair? {
        guard try isMeasured else { return nil }
        return try index.asked(of: name)
    }

    /// After an answer: now and then a pair is drawn that measures.
    func drawMeasured(for name: String, turn event: Int, in pool: DeskPool) throws {
        let review = try desk().book.review
        guard review.twice > 0 || review.known > 0 else { return }
        var filter = DeskFilter()
        (filter.sources, filter.areas) = (pool.sources, pool.areas)
        try index.ask(name, turn: "\(event)", twice: review.twice, known: review.known, in: filter, at: seconds)
    }

    /// Takes in the answer of somebody who was asked; on disk when it returns. The decision stays as it is.
    ///
    /// - Throws: `E-DSK-003` when the pair is another one now, or nobody's decision any more.
    func giveOpinion(_ answer: PairAnswer, _ asked: AskedPair) throws -> DeskAnswer {
        try checkHold(answer.pair, by: answer.by)
        let desk = try desk()
        guard let pair = try index.pair(answer.pair) else { throw Self.unknownPair(answer.pair) }
        if answer.token != CaseToken(pair, desk) { throw Self.otherPair }
        let time = clock().now
        let event = try speakAlone {
            guard let (expected, about) = try expected(pair, asked.kind) else {
                try index.stopAsking(answer.by)
                throw Self.otherPair
            }
            let open = try WorkspaceStore.open(directory: workspace)
            let author = TrailCommit.Author(actor: answer.by, role: .reviewer, time: time)
            return try TrailCommit.run(open, by: author, isSmall: true) { commit in
                try commit.add(
                    .opinionGiven(
                        a: pair.a, b: pair.b, answer.verdict, kind: asked.kind.rawValue, expected: expected,
                        about: about))
            }
        }
        try index.stopAsking(answer.by)
        try release(answer.pair, by: answer.by)
        notePace(of: answer.by)
        return DeskAnswer(event: event, isWaiting: false, meaning: [])
    }

    /// What was said of the pair before, and where.
    private func expected(_ pair: DeskPair, _ kind: StoredOpinion.Kind) throws -> (Decision.Verdict, Int)? {
        if kind == .known {
            let two = Set([pair.a, pair.b])
            return try allOpinions().last { Set([$0.a, $0.b]) == two && $0.truth != nil }.flatMap { opinion in
                opinion.truth.map { ($0, opinion.event) }
            }
        }
        let names = try store.names(of: [pair.a, pair.b])
        guard let a = names[pair.a], let b = names[pair.b] else { return nil }
        let withdrawn = try store.withdrawnEvents()
        return try store.decisions(on: a, b).last { !withdrawn.contains($0.event) }.map {
            ($0.decision.verdict, $0.event)
        }
    }

    // MARK: What they show

    /// - Parameter name: who looks.
    package func agreement(for name: String, in pool: DeskPool = .all) throws -> DeskAgreement {
        _ = try desk()
        let opinions = try allOpinions()
        let seconds = opinions.filter { $0.kind == .second }
        let open = seconds.filter { !$0.agrees && $0.settled == nil }
        let names = try store.names(of: Set(open.flatMap { [$0.a, $0.b] }))
        let disputes = try open.compactMap { opinion -> DeskAgreement.Dispute? in
            guard let pair = try index.pairs(with: [opinion.a], limit: 400).first(where: { $0.isOf(opinion) }),
                pool.allows(pair), let a = names[opinion.a], let b = names[opinion.b]
            else { return nil }
            return DeskAgreement.Dispute(
                opinion: opinion, pair: pair.id, a: a, b: b, isOwn: [opinion.by, opinion.firstBy].contains(name))
        }
        let known = Self.known(opinions)
        return DeskAgreement(
            answers: Self.table(seconds), known: known, disputes: disputes,
            settled: seconds.count { $0.settled != nil })
    }

    /// Answers of somebody that only measured.
    func ownOpinions(of name: String) throws -> [StoredOpinion] {
        _ = try desk()
        return try allOpinions().filter { $0.by == name }
    }

    /// What somebody's own measured answers show, for themselves: second answers, given or got, and known pairs.
    package func ownMeasure(of name: String) throws -> (answers: Agreement, known: ErrorRate) {
        _ = try desk()
        let opinions = try allOpinions()
        let own = opinions.filter { $0.kind == .second && [$0.by, $0.firstBy].contains(name) }
        return (Self.table(own), Self.known(opinions.filter { $0.by == name }))
    }

    /// What all answers to known pairs show.
    package func knownErrors() throws -> ErrorRate {
        _ = try desk()
        return Self.known(try allOpinions())
    }

    private static func table(_ opinions: [StoredOpinion]) -> Agreement {
        let verdicts: [Decision.Verdict] = [.same, .different, .unsure]
        return Agreement(
            verdicts.map { first in
                verdicts.map { second in opinions.count { $0.expected == first && $0.verdict == second } }
            })
    }

    /// “Can't tell” is no wrong answer.
    private static func known(_ opinions: [StoredOpinion]) -> ErrorRate {
        let said = opinions.filter { $0.kind == .known && $0.verdict != .unsure }
        return ErrorRate(errors: said.count { !$0.agrees }, size: said.count)
    }

    // MARK: Disputes

    /// A third person says which of two answers is right. Where it is not the first, it is the decision from now on.
    ///
    /// - Parameter event: of the second answer.
    /// - Throws: `E-DSK-018` for what is no open dispute, or whoever gave one of the answers; `E-WRD-009` for an empty reason.
    package func settle(
        _ event: Int, _ verdict: Decision.Verdict, by name: String, reason: String, in pool: DeskPool = .all
    ) throws -> DeskAnswer {
        try WordRun.checkReason(reason)
        guard let dispute = try agreement(for: name, in: pool).disputes.first(where: { $0.opinion.event == event }),
            !dispute.isOwn
        else { throw Self.noDispute }
        let clock = clock()
        return try speak { open, desk in
            // As things stand now, which nobody else changes meanwhile.
            guard try open.opinions().contains(where: { $0.event == event && $0.settled == nil }) else {
                throw Self.noDispute
            }
            let pair = Decision(dispute.a, dispute.b, verdict, by: name, reason: reason, at: clock.now)
            let live = try open.liveDecisions().last { $0.a == pair.a && $0.b == pair.b }
            var speech = Speech()
            if verdict != live?.verdict {
                speech.decisions = [pair]
            }
            let said = try record(
                speech, by: name, reason: reason, clock, in: open, known: desk.book, role: .approver)
            let author = TrailCommit.Author(actor: name, role: .approver, time: clock.now)
            let settled = try TrailCommit.run(open, by: author, isSmall: true) { commit in
                try commit.add(.opinionSettled(opinion: event, verdict, reason: reason))
            }
            return (DeskAnswer(event: said.event ?? settled, isWaiting: said.isWaiting, meaning: []), nil)
        }
    }

    private static var noDispute: Failure {
        Failure(
            .notDone, code: "E-DSK-018",
            Text(
                en: "that is no disagreement that you can settle", zh: "该分歧不存在、已裁定，或您是其中一方"),
            advice: Text(
                en: "A third person settles it, once. The page lists those that are open.",
                zh: "须由第三人裁定，且只裁定一次。请查看列表中尚未裁定的分歧。"))
    }
}

extension DeskPair {
    fileprivate func isOf(_ opinion: StoredOpinion) -> Bool { Set([a, b]) == Set([opinion.a, opinion.b]) }
}
