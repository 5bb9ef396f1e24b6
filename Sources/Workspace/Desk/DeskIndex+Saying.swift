import GRDB
package import Records

/// What people said since the run, and what follows for other pairs.
extension DeskIndex {
    /// A decision on two stored records, with the persons they stood for in the run.
    package struct Said: Sendable, Hashable {
        package let a: Int64
        package let b: Int64
        package let aPerson: UInt32
        package let bPerson: UInt32
        package let verdict: Decision.Verdict
        /// It does not count until a second person agrees.
        package let isWaiting: Bool
        package let by: String

        package init(
            a: Int64, b: Int64, aPerson: UInt32, bPerson: UInt32, verdict: Decision.Verdict, isWaiting: Bool = false,
            by: String = ""
        ) {
            (self.a, self.b) = (min(a, b), max(a, b))
            (self.aPerson, self.bPerson) = a <= b ? (aPerson, bPerson) : (bPerson, aPerson)
            self.verdict = verdict
            self.isWaiting = isWaiting
            self.by = by
        }

        fileprivate var state: DeskPair.State {
            if isWaiting { return .proposed }
            return switch verdict {
            case .same: .same
            case .different: .different
            case .unsure: .unsure
            }
        }
    }

    /// Brings the states of all pairs up to date: those of which something else was said than is known here.
    ///
    /// - Parameters:
    ///   - said: the live decisions.
    ///   - mark: what they are as of, kept with them.
    package func settle(_ said: [Said], as mark: (name: String, value: String)) throws {
        let wanted = Dictionary(said.map { ([$0.a, $0.b], $0) }) { _, last in last }
        let (changed, from) = try write { db in
            let from = try db.value(String.self, sql: "SELECT value FROM mark WHERE name = ?", arguments: [mark.name])
            // A decision that the run knew and that somebody took back leaves its pair open.
            if from == nil { try db.execute(sql: "UPDATE pair SET state = 0 WHERE base IN (1, 2, 3)") }
            var changed: [(id: Int, state: Int)] = []
            var touched: Set<UInt32> = []
            var unchanged: Set<[Int64]> = []
            for known in try db.rows(sql: #"SELECT a, b, a_person, b_person, verdict, "by" FROM said"#) {
                let pair: [Int64] = [known["a"], known["b"]]
                let persons = [Int64](arrayLiteral: known["a_person"], known["b_person"])
                    .map { UInt32(truncatingIfNeeded: $0) }
                if let said = wanted[pair], said.state.rawValue == known["verdict"], said.by == known["by"],
                    [said.aPerson, said.bPerson] == persons
                {
                    unchanged.insert(pair)
                    continue
                }
                changed += try Self.forget(pair[0], pair[1], db)
                touched.formUnion(persons)
            }
            for one in said where !unchanged.contains([one.a, one.b]) {
                try Self.insert(one, db)
                changed += try Self.mark(one, db)
                if one.state == .same { touched.formUnion([one.aPerson, one.bPerson]) }
            }
            changed += try Self.join(touched, db)
            try db.execute(
                sql: "INSERT INTO mark VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2",
                arguments: [mark.name, mark.value])
            return (changed, from)
        }
        if let from { memory.take(changed, event: (from, mark.value)) }
    }

    /// Nothing counts of a pair any more.
    ///
    /// - Returns: the pairs with their new states.
    private static func forget(_ a: Int64, _ b: Int64, _ db: Database) throws -> [(id: Int, state: Int)] {
        try db.cachedStatement(sql: "DELETE FROM said WHERE a = ? AND b = ?").execute(arguments: [a, b])
        return try [(a, b), (b, a)].flatMap { a, b in
            try db.rows(
                sql: """
                    UPDATE pair SET state = CASE WHEN base IN (1, 2, 3) THEN 0 ELSE base END
                    WHERE a = ? AND b = ? RETURNING id, state
                    """, arguments: [a, b]
            ).map { ($0[0], $0[1]) }
        }
    }

    private static func insert(_ said: Said, _ db: Database) throws {
        try db.cachedStatement(
            sql:
                #"INSERT OR REPLACE INTO said (a, b, a_person, b_person, verdict, "by", draw) VALUES (?, ?, ?, ?, ?, ?, ?)"#
        ).execute(arguments: [
            said.a, said.b, Int64(said.aPerson), Int64(said.bPerson), said.state.rawValue, said.by,
            draw("twice", "\(said.a)", "\(said.b)"),
        ])
    }

    /// - Returns: the pairs with their new states; of `join` and `close` too.
    @discardableResult
    private static func mark(_ said: Said, _ db: Database) throws -> [(id: Int, state: Int)] {
        try [(said.a, said.b), (said.b, said.a)].flatMap { a, b in
            try db.rows(
                sql: "UPDATE pair SET state = ? WHERE a = ? AND b = ? RETURNING id, state",
                arguments: [said.state.rawValue, a, b]
            ).map { ($0[0], $0[1]) }
        }
    }

    /// Takes in one more decision.
    ///
    /// - Parameter mark: what the states are as of then.
    package func say(_ said: Said, as mark: (name: String, value: String)) throws {
        let (changed, from) = try write { db in
            let from = try db.value(String.self, sql: "SELECT value FROM mark WHERE name = ?", arguments: [mark.name])
            let before = try db.row(
                sql: "SELECT a_person, b_person FROM said WHERE a = ? AND b = ?", arguments: [said.a, said.b])
            try Self.insert(said, db)
            let own = try Self.mark(said, db)
            let touched = [before?["a_person"], before?["b_person"]].compactMap { (person: Int64?) in
                person.map { UInt32(truncatingIfNeeded: $0) }
            }
            let others = try Self.join(Set(touched + [said.aPerson, said.bPerson]), db)
            try db.execute(
                sql: "INSERT INTO mark VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2",
                arguments: [mark.name, mark.value])
            return (own + others, from)
        }
        memory.take(changed, event: (from ?? "", mark.value))
    }

    /// Works out anew which persons are one by decisions, and closes or opens the pairs between them.
    @discardableResult
    private static func join(_ persons: Set<UInt32>, _ db: Database) throws -> [(id: Int, state: Int)] {
        var left = persons
        var changed: [(id: Int, state: Int)] = []
        while let start = left.min() {
            // The persons that were one before, or are now.
            var reached: Set<UInt32> = [start]
            var front: Set<UInt32> = [start]
            while !front.isEmpty {
                let next = try front.reduce(into: Set<UInt32>()) { found, person in
                    found.formUnion(try neighbours(of: person, db))
                    let part = try Int64.fetchOne(
                        db.cachedStatement(sql: "SELECT part FROM joined WHERE person = ?"), arguments: [Int64(person)])
                    if let part {
                        found.formUnion(
                            try Int64.fetchAll(
                                db.cachedStatement(sql: "SELECT person FROM joined WHERE part = ?"), arguments: [part]
                            ).map { UInt32(truncatingIfNeeded: $0) })
                    }
                }
                front = next.subtracting(reached)
                reached.formUnion(next)
            }
            for group in try groups(of: reached, db) { changed += try close(group, db) }
            left.subtract(reached)
        }
        return changed
    }

    /// By live decisions.
    private static func neighbours(of person: UInt32, _ db: Database) throws -> [UInt32] {
        try Int64.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT b_person FROM said WHERE a_person = ?1 AND verdict = 1
                    UNION SELECT a_person FROM said WHERE b_person = ?1 AND verdict = 1
                    """), arguments: [Int64(person)]
        ).map { UInt32(truncatingIfNeeded: $0) }
    }

    private static func groups(of persons: Set<UInt32>, _ db: Database) throws -> [[UInt32]] {
        var left = persons
        var groups: [[UInt32]] = []
        while let start = left.min() {
            var group: Set<UInt32> = [start]
            var front = [start]
            while let person = front.popLast() {
                for next in try neighbours(of: person, db) where group.insert(next).inserted { front.append(next) }
            }
            left.subtract(group)
            groups.append(group.sorted())
        }
        return groups
    }

    private static func close(_ group: [UInt32], _ db: Database) throws -> [(id: Int, state: Int)] {
        for person in group {
            try db.execute(sql: "DELETE FROM joined WHERE person = ?", arguments: [Int64(person)])
            if group.count > 1 {
                try db.execute(sql: "INSERT INTO joined VALUES (?, ?)", arguments: [Int64(person), Int64(group[0])])
            }
        }
        let list = try JSON.text(group.map { Int64($0) })
        // Open where the two are apart, implied where they are one.
        return try db.rows(
            sql: """
                UPDATE pair SET state = CASE
                    WHEN a_person IN (SELECT value FROM json_each(?1)) AND b_person IN (SELECT value FROM json_each(?1)) THEN 4 ELSE 0 END
                -- Plus: found by the persons, not by going through all that are open.
                WHERE +state IN (0, 4) AND a_person <> b_person AND id IN (
                    SELECT id FROM pair WHERE a_person IN (SELECT value FROM json_each(?1))
                    UNION SELECT id FROM pair WHERE b_person IN (SELECT value FROM json_each(?1)))
                RETURNING id, state
                """, arguments: [list]
        ).map { ($0[0], $0[1]) }
    }

    /// The persons that decisions since the run join with one, itself among them.
    package func part(of person: UInt32) throws -> [UInt32] {
        try read { db in
            let part = try db.value(
                Int64.self, sql: "SELECT part FROM joined WHERE person = ?", arguments: [Int64(person)])
            guard let part else { return [person] }
            return try db.values(
                Int64.self, sql: "SELECT person FROM joined WHERE part = ? ORDER BY person", arguments: [part]
            ).map { UInt32(truncatingIfNeeded: $0) }
        }
    }
}
