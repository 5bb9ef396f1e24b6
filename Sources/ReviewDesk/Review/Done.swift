/// What was done last, as the page says it that a form leads to. The address names it, and can say nothing else.
enum Done: String, CaseIterable {
    case answered, waiting, approved, refused, withdrawn, waived, assigned, settled, repaired, undone
}

extension DeskResponse {
    /// See other (303), where the page says what was done.
    static func redirect(to place: String, _ done: Done) -> DeskResponse {
        let parts = place.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var query = parts.count < 2 ? Fields() : Fields(urlEncoded: parts[1].utf8) ?? Fields()
        query.remove("done")
        query.append("done", done.rawValue)
        return .redirect(to: parts[0] + "?" + query.urlEncoded)
    }
}

extension DeskRequest {
    /// The words for it; empty when the address names nothing.
    var done: String {
        guard method != .post, let done = query["done"].flatMap(Done.init) else { return "" }
        return words("done-\(done.rawValue)")
    }
}
