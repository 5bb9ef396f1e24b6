import Pipeline
import Workspace

/// Pairs without scores, weights and reasons: what people say then measures the machine, and is not led by it.
enum Blindness {
    /// By choice, by the rule book, or because the pair is of the audit sample.
    static func holds(_ visitor: Visitor, _ session: ReviewSession, _ filter: DeskFilter? = nil) throws -> Bool {
        try visitor.isBlind || filter?.sample != nil || session.isBlind
    }

    /// Nobody finds a score out by narrowing the list.
    static func hide(in filter: inout DeskFilter) {
        filter.probability = nil
        filter.reason = nil
    }

    /// For the button of a page: what it does now, or that the rule book has decided.
    static func view(_ request: DeskRequest, _ session: ReviewSession) throws -> [String: Any] {
        let (isChosen, isRule) = (request.visitor?.isBlind ?? false, try session.isBlind)
        return [
            "isRule": isRule, "isChosen": isChosen, "wanted": isChosen ? "no" : "yes", "back": request.place,
            "text": request.words(isChosen ? "show-scores" : "hide-scores"),
        ]
    }

    /// A reviewer's choice, for the rest of the session.
    static func choose(_ request: DeskRequest, _ gate: Gate) -> DeskResponse {
        gate.sessions.setBlind(request.form["hide"] == "yes", request.session, at: request.now)
        return .redirect(to: request.form["back"] ?? "/pairs")
    }
}
