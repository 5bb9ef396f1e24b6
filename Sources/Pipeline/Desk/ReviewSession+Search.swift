import Records
import Workspace

/// A page of what somebody looked for.
package struct DeskSearch: Sendable {
    package let records: [DeskRecord]
    /// Of the whole list.
    package let total: Int
    /// There are more than were looked at: whoever looks has to say more.
    package let isCut: Bool
}

extension ReviewSession {
    /// Records that a list of found ones goes through at most.
    private static let mostFound = 1_000

    /// Records by the beginning of a name, its sound or its initials, by a whole number, telephone or office's id, by a date of
    /// birth; a person by its number, a record by its own id.
    ///
    /// - Parameters:
    ///   - isWhole: only by whole numbers, ids and dates.
    ///   - start: how many to leave out.
    package func find(
        _ text: String, isWhole: Bool = false, in pool: DeskPool = .all, from start: Int = 0, limit: Int = 50
    ) throws -> DeskSearch {
        let desk = try desk()
        return try reading {
            // Of a pool there may be few among many others.
            let most = max(start + limit, pool.isAll ? Self.mostFound : 5 * Self.mostFound)
            let wanted = try numbers(text, isWhole: isWhole, limit: most + 1)
            let usable = try records(Array(wanted.prefix(most)), of: pool, desk)
            let page = Array(usable.dropFirst(start).prefix(limit))
            let found = try DeskRecords(Set(page), self, desk)
            return DeskSearch(
                records: page.compactMap { found[$0] }, total: usable.count, isCut: wanted.count > most)
        }
    }

    /// The first of what `find` finds.
    package func search(
        _ text: String, isWhole: Bool = false, in pool: DeskPool = .all, limit: Int = 50
    ) throws -> [DeskRecord] {
        try find(text, isWhole: isWhole, in: pool, limit: limit).records
    }

    /// Stored records, the closest first, each once.
    private func numbers(_ text: String, isWhole: Bool, limit: Int) throws -> [Int64] {
        var (wanted, known): ([Int64], Set<Int64>) = ([], [])
        func add(_ found: [Int64]) { wanted += found.filter { known.insert($0).inserted } }
        add(try store.records(named: text).map(\.key))
        if let number = PersonID.given(text) {
            add(try store.records(ofPerson: try store.aliases()[number] ?? number).map(\.key))
        }
        let date = DeskWords.date(text)
        for word in DeskWords.asked(text) where wanted.count < limit && (!isWhole || word == date) {
            // What is masked cannot be found out by asking for ever longer beginnings.
            add(
                try DeskWords.isNumber(word)
                    ? index.records(ofWord: word, limit: limit) : index.records(beginningWith: word, limit: limit))
        }
        return wanted
    }

    /// Those of them that somebody may see, in their order.
    private func records(_ wanted: [Int64], of pool: DeskPool, _ desk: DeskRun) throws -> [Int64] {
        let exclusions = try store.exclusions(unnamed: desk.book.sourcesWithoutIDs)
        let names = try store.names(of: Set(wanted))
        let usable = wanted.filter { record in
            names[record].map { !exclusions.restricts($0) && pool.allows(source: $0.source) } ?? false
        }
        if pool.areas.isEmpty { return usable }
        let shown = try DeskRecords(Set(usable), self, desk)
        return records(usable.compactMap { shown[$0] }, in: pool, desk).map(\.record)
    }
}
