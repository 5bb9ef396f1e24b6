import Pipeline
import Records
import Reports

/// What was said of a pair, in a line.
enum Words {
    static func view(_ said: PairCase.Said, _ request: DeskRequest) -> [String: Any] {
        [
            "event": String(said.event), "by": said.decision.by,
            "at": String(said.decision.at.prefix(16)).replacing("T", with: " "), "reason": said.decision.reason,
            "answer": request.words("answer-\(said.decision.verdict.rawValue)"),
            "kind": said.decision.verdict.rawValue, "holds": said.holds, "isWaiting": said.isWaiting,
        ]
    }
}
