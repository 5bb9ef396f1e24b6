import Records

/// What a list can be narrowed by, as it stands beside the list.
enum Facet {
    /// So many of its choices are shown at first.
    private static let shown = 12

    /// The first of the choices, the chosen one wherever it stands, and all of them for who asked for all; with a link to them
    /// where there are more.
    ///
    /// - Parameter name: as the address has it.
    static func choices<Choice>(
        _ all: [Choice], of name: String, _ request: DeskRequest, _ isChosen: (Choice) -> Bool,
        _ view: (Choice) throws -> [String: Any]
    ) rethrows -> [[String: Any]] {
        if all.count <= shown || request.query["all"] == name { return try all.map(view) }
        let rest = all.dropFirst(shown)
        var query = request.query
        query.remove("all")
        query.append("all", name)
        let more: [String: Any] = [
            "text": request.words("facet-all", ["count": all.count.grouped]),
            "path": request.path + "?" + query.urlEncoded,
            "isMore": true,
        ]
        return try (all.prefix(shown) + rest.filter(isChosen)).map(view) + [more]
    }
}
