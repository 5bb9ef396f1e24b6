import GRDB
import Records

extension DeskIndex {
    /// Pairs that others have are among them.
    package func count(_ filter: DeskFilter) throws -> Int { try counts(filter, fields: 0).total }

    /// - Parameter fields: how many are compared; 0: only states and total are counted.
    package func counts(_ filter: DeskFilter, fields: Int) throws -> DeskCounts {
        var filter = filter
        filter.skipping = []
        return try read { db in
            let marks = try marks(db)
            let question = DeskMemory.Question(filter: filter, fields: fields)
            if let known = memory.counts(question, marks) { return known }
            let counts: DeskCounts
            if filter.sample == nil {
                let assigned = filter.assigned == nil ? [:] : try Self.assigned(db)
                counts = try memory.columns(marks, db).counts(filter, fields: fields, assigned: assigned)
            } else {
                counts = try Self.counts(filter, fields: fields, db)
            }
            memory.remember(counts, question, marks)
            return counts
        }
    }

    /// Of what lists of pairs are made.
    private func marks(_ db: Database) throws -> DeskMemory.Marks {
        let rows = try db.rows(sql: "SELECT name, value FROM mark")
        let marks = Dictionary(rows.map { ($0[0] as String, $0[1] as String) }) { first, _ in first }
        func mark(_ name: String) -> String { marks[name] ?? "" }
        return DeskMemory.Marks(
            pairs: ["run", "pairs", "calibration", "erasure"].map(mark).joined(separator: " "), event: mark("event"),
            assigned: mark("assigned"))
    }

    /// Account by pair.
    private static func assigned(_ db: Database) throws -> [Int: String] {
        Dictionary(try db.rows(sql: "SELECT pair, account FROM assigned").map { ($0[0], $0[1]) }) { first, _ in first }
    }

    /// By the database alone: for the few pairs of a sample, and what the columns are held against.
    static func counts(_ filter: DeskFilter, fields: Int, _ db: Database) throws -> DeskCounts {
        let (condition, arguments) = condition(filter)
        let bits = (0..<fields).map { ", sum(differs >> \($0) & 1)" }.joined()
        var counts = DeskCounts()
        for row in try db.rows(
            sql: """
                SELECT state, reason, a_source, b_source, area, count(*)\(bits) FROM \(source(filter))
                WHERE \(condition) GROUP BY 1, 2, 3, 4, 5
                """, arguments: arguments)
        {
            let (reason, a, b, area): (String, String, String, String) = (row[1], row[2], row[3], row[4])
            let count: Int = row[5]
            counts.total += count
            if let state = DeskPair.State(rawValue: row[0]) { counts.states[state, default: 0] += count }
            if fields == 0 { continue }
            counts.reasons[reason, default: 0] += count
            counts.areas[area, default: 0] += count
            for source in Set([a, b]) { counts.sources[source, default: 0] += count }
            for field in 0..<fields { counts.differs[field, default: 0] += row[6 + field] }
        }
        return counts
    }
}
