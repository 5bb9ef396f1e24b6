import Foundation
import Pipeline
import Records
import Reports
import Workspace

/// What people said, newest first, each with its undo; and what waits for a second person.
enum HistoryPage {
    static func page(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        let isOwn = request.query["who"] != "all"
        let words = try session.words(by: isOwn ? visitor.name : nil, last: isOwn ? 20 : 200).filter {
            try isOwn || session.isWord($0.event, in: visitor.pool, of: visitor.name)
        }
        return request.page(
            "history", title: request.words("history"),
            [
                "isOwn": isOwn, "isEmpty": words.isEmpty,
                "rows": try words.map { word in
                    [
                        "event": String(word.event), "title": word.title(request.language), "by": word.actor,
                        "at": String(word.time.prefix(16)).replacing("T", with: " "),
                        "says": word.told.says.map { ["text": $0(request.language)] as [String: Any] },
                        "reason": word.told.reason, "holds": word.holds,
                        "mayUndo": try word.holds && visitor.may(.propose)
                            && (visitor.may(.run) || !word.subjects.contains { $0.hasPrefix("batch:") })
                            && (visitor.may(.calibrate) || !session.concernsCalibration(word.event))
                            && Pools.isTheirs(word.event, visitor, session),
                        "isWaiting": word.isWaiting,
                        "refused": word.refusal.map { "\($0.by): \($0.reason)" } ?? "",
                    ] as [String: Any]
                },
            ])
    }

    static func undo(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        guard let event = Int(try request.parameter("event")) else { throw Refusal.notFound }
        try Pools.check(event: event, request, session)
        // Exports come and go with those who run the registry.
        guard try visitor.may(.run) || !session.concernsExports(event) else { throw Refusal.forbidden }
        // So do calibrations with those who may apply them.
        guard try visitor.may(.calibrate) || !session.concernsCalibration(event) else { throw Refusal.forbidden }
        let reason = (request.form["reason"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        _ = try session.undo(
            event, by: visitor.name, reason: reason.isEmpty ? request.words("undo-reason") : reason)
        return .redirect(to: request.form["back"] ?? "/history", .undone)
    }

    private struct Undone: Encodable {
        let event: Int?
        let waiting: Bool
        let message: String
        /// That it was about, to be looked at again.
        let pair: Int?
    }

    /// For the key Z: the visitor's last word that holds.
    static func undoLast(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskResponse {
        let visitor = try request.signedIn()
        guard try !session.hasJustMeasured(visitor.name) else {
            throw Refusal.conflict(Catalogue.all["undo-measured"] ?? Text(en: "", zh: ""))
        }
        guard let last = try session.lastDecision(by: visitor.name) else {
            throw Refusal.conflict(Text(en: "There is nothing of yours to take back.", zh: "没有可撤销的内容。"))
        }
        let pair = try session.pair(ofDecision: last.event).flatMap { try session.known($0) }
        let said = try session.takeBack(last, by: visitor.name, reason: request.words("undo-reason"))
        return try .json(
            Undone(
                event: said.event, waiting: said.isWaiting,
                message: request.words("undone", ["event": String(last.event)]),
                pair: pair.flatMap { visitor.pool.allows($0) ? $0.id : nil }))
    }
}
