package import Records

extension AuditEntry {
    /// Somebody answered a pair on which there is an answer already, without seeing it. It decides nothing: it measures.
    ///
    /// - Parameters:
    ///   - a: stored record, as the store knows it; `b` too.
    ///   - kind: `second`: of a decision; `known`: of a pair on which two people agree.
    ///   - expected: what the first answer says, or the two.
    ///   - about: the event that says it.
    package static func opinionGiven(
        a: Int64, b: Int64, _ verdict: Decision.Verdict, kind: String, expected: Decision.Verdict, about: Int
    ) -> AuditEntry {
        AuditEntry(
            type: "opinion.given", subjects: ["event:\(about)"],
            payload: [
                "a": .integer(Int(a)), "b": .integer(Int(b)), "verdict": .text(verdict.rawValue), "kind": .text(kind),
                "expected": .text(expected.rawValue), "about": .integer(about),
            ])
    }

    /// A third person said which of two answers to a pair is right.
    ///
    /// - Parameter opinion: the event of the second answer.
    package static func opinionSettled(opinion: Int, _ verdict: Decision.Verdict, reason: String) -> AuditEntry {
        AuditEntry(
            type: "opinion.settled", subjects: ["event:\(opinion)"],
            payload: ["opinion": .integer(opinion), "verdict": .text(verdict.rawValue), "reason": .text(reason)])
    }
}
