import GRDB

/// Somebody has a pair on their screen: others may read it and do not answer it meanwhile.
package struct CaseHold: Sendable, Hashable {
    package let pair: Int
    package let by: String
    /// Seconds since 1970.
    package let until: Int
}

/// Who has which pair now, and to whom pairs are assigned. The first is forgotten with the index; the second is in the trail.
extension DeskIndex {
    static func createCases(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE hold (pair INTEGER PRIMARY KEY, "by" TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
                CREATE TABLE assigned (pair INTEGER PRIMARY KEY, account TEXT NOT NULL) STRICT;
                CREATE INDEX assigned_account ON assigned (account);
                """)
    }

    // MARK: Holds

    /// Takes a pair that nobody else has, or has it for longer.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970.
    ///   - most: of further pairs that the same person has, the ones taken last are kept, so that these are at most so many.
    /// - Returns: the hold that stands then: another's, when somebody else has the pair.
    package func take(_ pair: Int, by name: String, at now: Int, for seconds: Int, keeping most: Int) throws -> CaseHold
    {
        if let known = try hold(of: pair, at: now), known.by != name || known.until > now + seconds - 30 {
            return known
        }
        return try write { db in
            if let known = try Self.hold(of: pair, at: now, db), known.by != name { return known }
            try db.execute(sql: "DELETE FROM hold WHERE until <= ?", arguments: [now])
            try db.execute(
                sql: """
                    INSERT INTO hold VALUES (?1, ?2, ?3)
                    ON CONFLICT DO UPDATE SET "by" = excluded."by", until = excluded.until
                    """, arguments: [pair, name, now + seconds])
            try db.execute(
                sql: """
                    DELETE FROM hold WHERE "by" = ?1 AND pair <> ?2 AND pair NOT IN (
                        SELECT pair FROM hold WHERE "by" = ?1 AND pair <> ?2 ORDER BY until DESC, pair LIMIT ?3)
                    """, arguments: [name, pair, max(0, most - 1)])
            return CaseHold(pair: pair, by: name, until: now + seconds)
        }
    }

    package func hold(of pair: Int, at now: Int) throws -> CaseHold? {
        try read { try Self.hold(of: pair, at: now, $0) }
    }

    private static func hold(of pair: Int, at now: Int, _ db: Database) throws -> CaseHold? {
        try db.row(
            sql: "SELECT * FROM hold WHERE pair = ? AND until > ?", arguments: [pair, now]
        ).map { CaseHold(pair: $0["pair"], by: $0["by"], until: $0["until"]) }
    }

    /// By pair.
    package func holds(at now: Int) throws -> [CaseHold] {
        try read { db in
            try db.rows(sql: "SELECT * FROM hold WHERE until > ? ORDER BY pair", arguments: [now]).map {
                CaseHold(pair: $0["pair"], by: $0["by"], until: $0["until"])
            }
        }
    }

    package func release(_ pair: Int, by name: String) throws {
        guard
            try read({
                try $0.value(
                    Bool.self, sql: #"SELECT EXISTS (SELECT 1 FROM hold WHERE pair = ? AND "by" = ?)"#,
                    arguments: [pair, name])
            }) ?? false
        else { return }
        try write { try $0.execute(sql: #"DELETE FROM hold WHERE pair = ? AND "by" = ?"#, arguments: [pair, name]) }
    }

    // MARK: Assignments

    /// Takes in who has what to do, in the place of what was known.
    ///
    /// - Parameters:
    ///   - assignments: stored records and the account, in the order in which they were said; empty: nobody's.
    ///   - event: the newest that is among them.
    package func takeAssignments(_ assignments: [(a: Int64, b: Int64, account: String)], upTo event: Int) throws {
        try write { db in
            try db.execute(sql: "DELETE FROM assigned")
            for (a, b, account) in assignments {
                try db.cachedStatement(
                    sql: """
                        INSERT INTO assigned
                        SELECT id, ?3 FROM pair WHERE a = ?1 AND b = ?2 UNION SELECT id, ?3 FROM pair WHERE a = ?2 AND b = ?1
                        ON CONFLICT DO UPDATE SET account = excluded.account
                        """
                ).execute(arguments: [a, b, account])
            }
            try db.execute(sql: "DELETE FROM assigned WHERE account = ''")
            try db.execute(
                sql: "INSERT INTO mark VALUES ('assigned', ?1) ON CONFLICT DO UPDATE SET value = ?1",
                arguments: [String(event)])
        }
    }

    /// Pairs of a filter by the account they are assigned to.
    package func assignedCounts(_ filter: DeskFilter) throws -> [String: Int] {
        try read { db in
            let (condition, arguments) = Self.condition(filter)
            let rows = try db.rows(
                sql: """
                    SELECT account, count(*) FROM assigned CROSS JOIN pair ON pair.id = assigned.pair WHERE \(condition) GROUP BY 1
                    """, arguments: arguments)
            return Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
        }
    }
}
