import GRDB
import Records

/// A pair of the audit sample.
package struct DeskDrawn: Sendable, Hashable {
    /// `over` the merge line, or one of `LetGoSample.Stratum`.
    package let stratum: String
    /// In the order of the draw, from 0.
    package let place: Int
    package let pair: Int
    /// Of the stratum, those that were not drawn included.
    package let pairs: Int

    package init(stratum: String, place: Int, pair: Int, pairs: Int) {
        self.stratum = stratum
        self.place = place
        self.pair = pair
        self.pairs = pairs
    }
}

/// The beginning of one stratum of the audit sample: those of its pairs that nobody has answered, in the order of the draw.
package struct DeskSample: Sendable, Hashable {
    package let stratum: String
    package let size: Int

    package init(stratum: String, size: Int) {
        self.stratum = stratum
        self.size = size
    }
}

extension DeskIndex {
    /// Pairs of equal odds and state.
    package struct Tally: Sendable {
        /// Four bits a compared field.
        package let levels: UInt64
        package let state: DeskPair.State
        /// Of the sample from under the review line; empty: of the run's list of pairs.
        package let stratum: String
        package let pairs: Int
    }

    /// A pair that was drawn, as it stands now.
    package struct Standing: Sendable, Hashable {
        package let id: Int
        package let state: DeskPair.State
        package let isOnePerson: Bool
        /// Somebody decided it before the run, which has followed them.
        package let wasDecided: Bool
    }

    /// The sample of a stratum with the states of its pairs now, in the order of the draw.
    package func sample(_ stratum: String, limit: Int) throws -> (pairs: [Standing], total: Int) {
        try read { db in
            let rows = try db.rows(
                sql: """
                    SELECT pair.id, state, a_person <> 0 AND a_person = b_person AS one, reason = 'decided' AS decided,
                        pairs
                    FROM sample JOIN pair ON pair.id = sample.pair
                    WHERE stratum = ? ORDER BY place LIMIT \(max(0, limit))
                    """, arguments: [stratum])
            return (
                rows.map { row in
                    Standing(
                        id: row["id"], state: DeskPair.State(rawValue: row["state"]) ?? .open,
                        isOnePerson: row["one"], wasDecided: row["decided"])
                },
                rows.first?["pairs"] ?? 0
            )
        }
    }

    /// Whether a pair was drawn as one of the first of a stratum.
    package func isDrawn(_ pair: Int, _ sample: DeskSample) throws -> Bool {
        try read { db in
            try db.value(
                Bool.self, sql: "SELECT EXISTS (SELECT 1 FROM sample WHERE pair = ? AND stratum = ? AND place < ?)",
                arguments: [pair, sample.stratum, sample.size]) ?? false
        }
    }

    /// Of each stratum how many pairs were drawn, and how many it has.
    package func strata() throws -> [String: (drawn: Int, pairs: Int)] {
        try read { db in
            let rows = try db.rows(sql: "SELECT stratum, count(*), max(pairs) FROM sample GROUP BY stratum")
            return Dictionary(rows.map { ($0[0], ($0[1], $0[2])) }) { first, _ in first }
        }
    }

    /// Decided pairs that were drawn from so far under the line that no calibration is fitted to them.
    package func decidedFarUnder() throws -> Int {
        try read { db in
            try db.value(
                Int.self,
                sql: """
                    SELECT count(*) FROM sample JOIN pair ON pair.id = sample.pair
                    WHERE stratum NOT IN ('over', 'near') AND state IN (1, 2)
                    """) ?? 0
        }
    }

    /// All pairs, by what the model sees in them; in no order.
    package func tallies() throws -> [Tally] {
        try read { db in
            func tallies(_ sql: String) throws -> [Tally] {
                try db.rows(sql: sql).map { row in
                    Tally(
                        levels: UInt64(bitPattern: row[0]), state: DeskPair.State(rawValue: row[1]) ?? .open,
                        stratum: row[2], pairs: row[3])
                }
            }
            // Decided pairs that were drawn from under the line stand in the list after the next run: they are of their
            // stratum as before.
            return try tallies(
                """
                SELECT levels, state, '', count(*) FROM pair
                WHERE id NOT IN (SELECT pair FROM sample WHERE stratum <> 'over') GROUP BY 1, 2
                """)
                + tallies(
                    """
                    SELECT levels, state, stratum, count(*) FROM sample JOIN pair ON pair.id = sample.pair
                    WHERE stratum <> 'over' GROUP BY 1, 2, 3
                    """)
        }
    }

    /// The pairs that a filter is about: all, or those drawn, whose rank is then the order of the draw.
    static func source(_ filter: DeskFilter) -> String {
        guard let sample = filter.sample else { return "pair" }
        let columns = """
            id, a, b, a_person, b_person, a_source, b_source, probability, weight, blocking_key, class, levels, differs,
            reason, area, size, -CAST(place AS REAL) AS rank, base, state
            """
        return """
            (SELECT \(columns) FROM sample JOIN pair ON pair.id = sample.pair
                WHERE stratum = :stratum AND place < \(max(0, sample.size)) AND state IN (6, 8)
                    AND (stratum = 'over' OR a_person = 0 OR a_person <> b_person))
            """
    }

    /// The place of a pair in what a filter is about, for a comparison.
    static func rank(_ pair: DeskPair, _ filter: DeskFilter, _ db: Database) throws -> Double {
        guard let sample = filter.sample else { return pair.rank }
        let place = try db.value(
            Int.self, sql: "SELECT place FROM sample WHERE stratum = ? AND pair = ?",
            arguments: [sample.stratum, pair.id])
        return -Double(place ?? 0)
    }
}
