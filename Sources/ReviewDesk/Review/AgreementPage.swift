import Estimation
import Pipeline
import Records
import Reports
import Workspace

/// How far answers to the same pairs agree, and the pairs on which two people differ, for a third to settle.
enum AgreementPage {
    static let verdicts: [Decision.Verdict] = [.same, .different, .unsure]

    static func page(
        _ request: DeskRequest, _ session: ReviewSession, problem: Refusal? = nil
    ) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let found = try session.agreement(for: visitor.name, in: visitor.pool)
        let isWhole = visitor.pool.isAll
        return request.page(
            "agreement", title: request.words("agreement"), status: problem?.status ?? 200,
            [
                "problem": problem?.failure.message(request.language) ?? "",
                "advice": problem?.failure.advice?(request.language) ?? "",
                "isMeasured": try session.isMeasured,
                "measure": isWhole ? measure(found.answers, request) : false, "hasAnswers": found.answers.cases > 0,
                "known": isWhole && found.known.size > 0 ? rate(found.known, request) : "",
                "settled": found.settled.grouped, "isEmpty": found.disputes.isEmpty,
                "disputes": try found.disputes.map { dispute -> [String: Any] in
                    let first = try session.known(dispute.pair)
                    return [
                        "pair": String(dispute.pair), "event": String(dispute.opinion.event),
                        "at": String(dispute.opinion.at.prefix(10)),
                        "records": "\(dispute.a.source) \(maskedRecordID(dispute.a.recordID)) · "
                            + "\(dispute.b.source) \(maskedRecordID(dispute.b.recordID))",
                        "first": answer(dispute.opinion.expected, request),
                        "second": answer(dispute.opinion.verdict, request),
                        "isOwn": dispute.isOwn, "isThere": first != nil,
                        "answers": verdicts.map { answer($0, request) },
                    ]
                },
            ])
    }

    private static func answer(_ verdict: Decision.Verdict, _ request: DeskRequest) -> [String: Any] {
        ["value": verdict.rawValue, "text": request.words("answer-\(verdict.rawValue)"), "isAnswer": true]
    }

    /// κ with its interval, and the table that it is of.
    static func measure(_ answers: Agreement, _ request: DeskRequest) -> [String: Any] {
        let kappa = answers.kappa
        return [
            "kappa": kappa.map { decimal($0, 2) } ?? "–",
            "interval": answers.interval.map { "\(decimal($0.lowerBound, 2)) – \(decimal($0.upperBound, 2))" } ?? "–",
            "cases": answers.cases.grouped, "agreed": answers.agreed.grouped,
            "few": answers.isFew && answers.cases > 0 ? few(answers, request) : "",
            "isLow": !answers.isFew && kappa.map { $0 < 0.6 } ?? false,
            "rows": zip(verdicts, answers.counts).map { verdict, counts -> [String: Any] in
                [
                    "name": request.words("answer-\(verdict.rawValue)"),
                    "cells": counts.map { ["count": $0.grouped, "isCell": true] as [String: Any] },
                ]
            },
            "columns": verdicts.map { answer($0, request) },
        ]
    }

    static func few(_ answers: Agreement, _ request: DeskRequest) -> String {
        request.words(
            "kappa-few", ["cases": answers.cases.grouped, "enough": Agreement.enough.grouped])
    }

    /// `2 / 40 · 5.00 % (1.38 – 16.50 %)`
    static func rate(_ found: ErrorRate, _ request: DeskRequest) -> String {
        let limits = found.interval
        return "\(found.errors.grouped) / \(found.size.grouped) · \(SamplePage.share(found.rate)) "
            + "(\(decimal(limits.lowerBound * 100, 2)) – \(SamplePage.share(limits.upperBound)))"
    }

    /// The third person's answer.
    static func settle(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        guard let event = Int(try request.parameter("event")),
            let verdict = Decision.Verdict(rawValue: try request.field("answer", limit: 20))
        else { throw Refusal.badRequest }
        try Pools.check(event: event, request, session)
        do {
            _ = try session.settle(
                event, verdict, by: visitor.name, reason: try request.field("reason", limit: 1_000), in: visitor.pool)
        } catch let failure as Failure where [.busy, .notDone].contains(failure.kind) {
            return try page(request, session, problem: Refusal(failure))
        }
        return .redirect(to: "/agreement", .settled)
    }
}
