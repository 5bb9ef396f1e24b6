import Records

/// Why somebody says something; the audit trail keeps it.
enum Reason {
    /// - Throws: a failure with this code for a reason of blanks.
    static func check(_ reason: String, code: String, advice: Text) throws {
        guard !reason.contains(where: { !$0.isWhitespace }) else { return }
        throw Failure(.badInput, code: code, Text(en: "the reason is empty", zh: "理由为空"), advice: advice)
    }
}
