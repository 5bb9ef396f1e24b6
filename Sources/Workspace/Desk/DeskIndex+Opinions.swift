import GRDB
import Records

/// A pair that somebody is asked about so that answers are measured: it looks like any other to them.
package struct AskedPair: Sendable, Hashable {
    package let pair: Int
    package let kind: StoredOpinion.Kind
}

/// What was answered twice, and who is asked about what. The first is in the trail; the second is forgotten with the index, and
/// drawn anew.
extension DeskIndex {
    static func createOpinions(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Pairs that were answered twice, or whose answer is known (`truth`: two people say so).
                CREATE TABLE opinion (
                    event INTEGER PRIMARY KEY, a INTEGER NOT NULL, b INTEGER NOT NULL, "by" TEXT NOT NULL,
                    first_by TEXT NOT NULL, settled_by TEXT NOT NULL, kind TEXT NOT NULL, truth TEXT
                ) STRICT;
                CREATE INDEX opinion_pair ON opinion (a, b);
                CREATE TABLE asked (
                    account TEXT NOT NULL, pair INTEGER NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (account, pair)
                ) STRICT, WITHOUT ROWID;
                """)
    }

    /// A number from 0 to 1 that is the same for the same texts, and for others is another.
    static func draw(_ texts: String...) -> Double {
        var hash = StableHash()
        for text in texts { hash.combine(text) }
        // The finisher of SplitMix64 (Steele, Lea & Flood 2014): like texts give unlike numbers.
        var mixed = hash.value
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ mixed >> 31) >> 11) / 9_007_199_254_740_992
    }

    /// Takes in those that are new or were settled.
    package func takeOpinions(_ opinions: [StoredOpinion], upTo event: Int) throws {
        try write { db in
            for one in opinions {
                try db.cachedStatement(
                    sql: #"""
                        INSERT OR REPLACE INTO opinion (event, a, b, "by", first_by, settled_by, kind, truth)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """#
                ).execute(arguments: [
                    one.event, min(one.a, one.b), max(one.a, one.b), one.by, one.firstBy, one.settledBy,
                    one.kind.rawValue, one.truth?.rawValue,
                ])
            }
            try db.execute(
                sql: "INSERT INTO mark VALUES ('opinions', ?1) ON CONFLICT DO UPDATE SET value = ?1",
                arguments: [String(event)])
        }
    }

    // MARK: Asking

    /// Draws a pair to ask somebody about, now and then.
    ///
    /// - Parameters:
    ///   - turn: another one with each answer of theirs: decides whether, and which.
    ///   - twice: share of decided pairs that are asked again.
    ///   - known: share of their pairs whose answer is known.
    ///   - filter: their pool.
    ///   - now: seconds since 1970: what others have on their screens is not drawn.
    package func ask(_ name: String, turn: String, twice: Double, known: Double, in filter: DeskFilter, at now: Int)
        throws
    {
        let luck = Self.draw("ask", name, turn)
        // Second answers are asked for twice as fast as they come up, so that none waits for long.
        guard luck < known + 2 * twice else { return }
        let kind: StoredOpinion.Kind = luck < known ? .known : .second
        try write { db in
            let isAsked = try db.value(
                Bool.self, sql: "SELECT EXISTS (SELECT 1 FROM asked WHERE account = ?)", arguments: [name])
            if isAsked ?? false { return }
            var filter = filter
            filter.state = nil
            let (condition, arguments) = Self.condition(filter)
            let found = try db.values(
                Int.self,
                sql: """
                    SELECT id FROM \(kind == .known ? Self.knownPairs : Self.decidedPairs) AND \(condition)
                        AND id NOT IN (SELECT pair FROM hold WHERE until > :now AND "by" <> :name)
                    ORDER BY id
                    """,
                arguments: arguments + ["name": name, "now": now] + (kind == .known ? [:] : ["twice": twice]))
            guard !found.isEmpty else { return }
            let place = Int(Self.draw("which", name, turn) * Double(found.count))
            try db.execute(
                sql: "INSERT INTO asked VALUES (?, ?, ?)",
                arguments: [name, found[min(place, found.count - 1)], kind.rawValue])
        }
    }

    /// SQL: what two people say is still the decision.
    private static let stillHolds = """
        EXISTS (SELECT 1 FROM said WHERE said.a = opinion.a AND said.b = opinion.b
            AND said.verdict = CASE opinion.truth WHEN 'same' THEN 1 WHEN 'different' THEN 2 END)
        """

    /// SQL: on which two people agree who are not `:name`, and which they have not answered.
    private static let knownPairs = """
        (SELECT pair.* FROM opinion JOIN pair ON pair.a IN (opinion.a, opinion.b) AND pair.b IN (opinion.a, opinion.b)
            WHERE kind = 'second' AND \(stillHolds)
                AND :name NOT IN (opinion."by", first_by, settled_by)
                AND NOT EXISTS (SELECT 1 FROM opinion AS own
                    WHERE own.a = opinion.a AND own.b = opinion.b AND own."by" = :name)) WHERE 1
        """

    /// SQL: drawn from those that somebody else decided, and nobody else has answered or is asked about.
    private static let decidedPairs = """
        (SELECT pair.* FROM said JOIN pair ON pair.a IN (said.a, said.b) AND pair.b IN (said.a, said.b)
            WHERE said.verdict IN (1, 2) AND said."by" NOT IN ('', :name) AND draw < :twice
                AND NOT EXISTS (SELECT 1 FROM opinion WHERE opinion.a = said.a AND opinion.b = said.b)
                AND pair.id NOT IN (SELECT pair FROM asked)) WHERE 1
        """

    /// What somebody is asked about; nothing that is not decided any more.
    package func asked(of name: String) throws -> AskedPair? {
        try read { db in
            try db.row(
                sql: """
                    SELECT pair, kind FROM asked JOIN pair ON pair.id = asked.pair
                    WHERE account = ?1 AND CASE asked.kind WHEN 'known' THEN EXISTS (
                        SELECT 1 FROM opinion WHERE opinion.a = min(pair.a, pair.b) AND opinion.b = max(pair.a, pair.b)
                            AND \(Self.stillHolds))
                    ELSE EXISTS (
                        SELECT 1 FROM said WHERE verdict IN (1, 2) AND said."by" <> ?1
                            AND said.a = min(pair.a, pair.b) AND said.b = max(pair.a, pair.b)) END
                    """, arguments: [name]
            ).flatMap { row in
                StoredOpinion.Kind(rawValue: row["kind"]).map { AskedPair(pair: row["pair"], kind: $0) }
            }
        }
    }

    /// They have answered, or nobody asks any more.
    package func stopAsking(_ name: String) throws {
        try write { try $0.execute(sql: "DELETE FROM asked WHERE account = ?", arguments: [name]) }
    }
}
