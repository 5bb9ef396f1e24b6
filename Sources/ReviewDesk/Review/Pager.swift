/// Links to the pages of a long list.
enum Pager {
    /// The page that an address asks for, from 1.
    static func page(_ request: DeskRequest) -> Int {
        max(1, min(request.query["page"].flatMap { Int($0) } ?? 1, 1_000_000))
    }

    static func view(_ page: Int, of pages: Int, _ request: DeskRequest) -> [[String: Any]] {
        func place(_ number: Int) -> String {
            var query = request.query
            query.remove("page")
            if number > 1 { query.append("page", String(number)) }
            return query.isEmpty ? request.path : request.path + "?" + query.urlEncoded
        }
        let wanted = Set([1, pages] + (page - 2...page + 2)).filter { (1...pages).contains($0) }.sorted()
        return wanted.enumerated().map { position, number in
            [
                "text": String(number), "path": place(number), "isHere": number == page,
                "hasGap": position > 0 && wanted[position - 1] != number - 1,
            ]
        }
    }
}
