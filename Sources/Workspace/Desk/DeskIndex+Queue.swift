import GRDB
import Records

/// Which pairs to look at; what is `nil` or empty lets everything through.
package struct DeskFilter: Sendable, Hashable {
    package var state: DeskPair.State? = .open
    package var reason: DeskPair.Reason?
    /// One of the two comes from it.
    package var source: String?
    package var area: String?
    /// Index of a compared field that differs.
    package var differs: Int?
    package var probability: ClosedRange<Double>?
    /// Both persons have at least so many records together.
    package var leastSize: Int?
    /// The pools of the person who looks: sources and beginnings of division codes.
    package var sources: [String] = []
    package var areas: [String] = []
    /// Account that the pairs are assigned to; empty: those that are nobody's.
    package var assigned: String?
    /// Pairs to pass over: others have them on their screens.
    package var skipping: [Int] = []
    /// Only what was drawn and is not answered.
    package var sample: DeskSample?

    package init() {}
}

/// How many pairs of a filter there are, by what can be chosen next.
package struct DeskCounts: Sendable, Hashable {
    package var total = 0
    package var states: [DeskPair.State: Int] = [:]
    package var reasons: [String: Int] = [:]
    package var sources: [String: Int] = [:]
    package var areas: [String: Int] = [:]
    /// By the index of the compared field.
    package var differs: [Int: Int] = [:]
}

extension DeskIndex {
    /// What a decision changes most first.
    ///
    /// - Parameter start: how many to leave out.
    package func pairs(_ filter: DeskFilter, from start: Int = 0, limit: Int) throws -> [DeskPair] {
        try read { db in
            let (condition, arguments) = Self.condition(filter)
            return try db.rows(
                sql: """
                    SELECT * FROM \(Self.source(filter)) WHERE \(condition)
                    ORDER BY rank DESC, id LIMIT :limit OFFSET :start
                    """, arguments: arguments + ["limit": max(0, limit), "start": max(0, start)]
            ).map(Self.pair)
        }
    }

    package func pair(_ id: Int) throws -> DeskPair? {
        try read { try $0.row(sql: "SELECT * FROM pair WHERE id = ?", arguments: [id]).map(Self.pair) }
    }

    /// The ones beside a pair in a list; `nil` at its ends. The pair itself need not be in the list any more.
    package func neighbours(of pair: DeskPair, _ filter: DeskFilter) throws -> (before: Int?, after: Int?) {
        try read { db in
            let (condition, arguments) = Self.condition(filter)
            let (source, rank) = (Self.source(filter), try Self.rank(pair, filter, db))
            // First among those of the same rank, of which there may be thousands, then beyond: each is one step in an index.
            func id(_ side: String, _ order: String) throws -> Int? {
                try db.value(
                    Int.self, sql: "SELECT id FROM \(source) WHERE \(condition) AND \(side) ORDER BY \(order) LIMIT 1",
                    arguments: arguments + ["rank": rank, "id": pair.id])
            }
            return (
                try id("rank = :rank AND id < :id", "id DESC") ?? id("rank > :rank AND :id > 0", "rank, id DESC"),
                try id("rank = :rank AND id > :id", "id") ?? id("rank < :rank AND :id > 0", "rank DESC, id")
            )
        }
    }

    /// Pairs that hold one of the records, the most alike first.
    package func pairs(with records: Set<Int64>, limit: Int) throws -> [DeskPair] {
        try read { db in
            let list = try JSON.text(records.sorted())
            return try db.rows(
                sql: """
                    SELECT * FROM pair WHERE id IN (
                        SELECT id FROM pair WHERE a IN (SELECT value FROM json_each(?1))
                        UNION SELECT id FROM pair WHERE b IN (SELECT value FROM json_each(?1)))
                    ORDER BY weight DESC, id LIMIT \(max(0, limit))
                    """, arguments: [list]
            ).map(Self.pair)
        }
    }

    /// Groups that hang together least first.
    ///
    /// - Parameter sources: of the account that looks, as in `DeskFilter`; `areas` too.
    package func clusters(
        leastRecords: Int, sources: [String] = [], areas: [String] = [], from start: Int = 0, limit: Int
    ) throws -> [DeskCluster] {
        try read { db in
            let (condition, arguments) = Self.clusterCondition(leastRecords, sources, areas)
            return try db.rows(
                sql: """
                    SELECT * FROM cluster WHERE \(condition) ORDER BY bridge, person LIMIT :limit OFFSET :start
                    """, arguments: arguments + ["limit": max(0, limit), "start": max(0, start)]
            ).map {
                DeskCluster(
                    person: UInt32(truncatingIfNeeded: $0["person"] as Int64), records: $0["records"],
                    bridge: $0["bridge"], area: $0["area"])
            }
        }
    }

    package func clusterCount(leastRecords: Int, sources: [String] = [], areas: [String] = []) throws -> Int {
        try read { db in
            let (condition, arguments) = Self.clusterCondition(leastRecords, sources, areas)
            return try db.value(Int.self, sql: "SELECT count(*) FROM cluster WHERE \(condition)", arguments: arguments)
                ?? 0
        }
    }

    /// A group is of a pool when one of the pairs that hold it together is.
    private static func clusterCondition(
        _ leastRecords: Int, _ sources: [String], _ areas: [String]
    ) -> (String, StatementArguments) {
        var filter = DeskFilter()
        (filter.state, filter.sources, filter.areas) = (nil, sources, areas)
        let (condition, arguments) = Self.condition(filter)
        if sources.isEmpty, areas.isEmpty { return ("records >= :records", ["records": leastRecords]) }
        return (
            """
            records >= :records AND EXISTS (
                SELECT 1 FROM pair WHERE a_person = person AND b_person = person AND \(condition))
            """, arguments + ["records": leastRecords]
        )
    }

    // MARK: Rows

    static func condition(_ filter: DeskFilter) -> (String, StatementArguments) {
        var conditions = ["1"]
        var arguments: [String: (any DatabaseValueConvertible)?] = [:]
        func require(_ condition: String, _ name: String, _ value: (any DatabaseValueConvertible)?) {
            conditions.append(condition)
            arguments[name] = value
        }
        if let sample = filter.sample { arguments["stratum"] = sample.stratum }
        if let state = filter.state, filter.sample == nil { require("state = :state", "state", state.rawValue) }
        if let reason = filter.reason { require("reason = :reason", "reason", reason.rawValue) }
        if let source = filter.source { require("(a_source = :source OR b_source = :source)", "source", source) }
        if let area = filter.area { require("area = :area", "area", area) }
        if let field = filter.differs { require("differs >> :field & 1", "field", field) }
        if let range = filter.probability {
            require("probability >= :least", "least", range.lowerBound)
            require("probability <= :most", "most", range.upperBound)
        }
        if let size = filter.leastSize { require("size >= :size", "size", size) }
        if !filter.sources.isEmpty {
            let list = (try? JSON.text(filter.sources)) ?? "[]"
            require(
                """
                (a_source IN (SELECT value FROM json_each(:pool)) OR b_source IN (SELECT value FROM json_each(:pool)))
                """, "pool", list)
        }
        if !filter.areas.isEmpty {
            let list = (try? JSON.text(filter.areas)) ?? "[]"
            require(
                """
                EXISTS (SELECT 1 FROM json_each(:areas) WHERE area >= value AND area < value || char(1114111))
                """, "areas", list)
        }
        if let account = filter.assigned {
            require(
                account.isEmpty
                    ? "id NOT IN (SELECT pair FROM assigned WHERE account <> :account)"
                    : "id IN (SELECT pair FROM assigned WHERE account = :account)", "account", account)
        }
        if !filter.skipping.isEmpty {
            let list = (try? JSON.text(filter.skipping)) ?? "[]"
            require("id NOT IN (SELECT value FROM json_each(:skipping))", "skipping", list)
        }
        return (conditions.joined(separator: " AND "), StatementArguments(arguments))
    }

    static func pair(_ row: Row) -> DeskPair {
        func person(_ name: String) -> UInt32 { UInt32(truncatingIfNeeded: row[name] as Int64) }
        return DeskPair(
            id: row["id"], a: row["a"], b: row["b"], aPerson: person("a_person"), bPerson: person("b_person"),
            aSource: row["a_source"], bSource: row["b_source"], probability: row["probability"], weight: row["weight"],
            key: row["blocking_key"], likeliest: row["class"], levels: UInt64(bitPattern: row["levels"]),
            differs: UInt64(bitPattern: row["differs"]), reason: DeskPair.Reason(rawValue: row["reason"]) ?? .score,
            area: row["area"], size: row["size"], rank: row["rank"],
            state: DeskPair.State(rawValue: row["state"]) ?? .open)
    }
}
