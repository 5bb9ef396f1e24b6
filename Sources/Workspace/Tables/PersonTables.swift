import GRDB
import Records

/// Which record stands for which person, run by run; only what changes is written.
enum PersonTables {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE person (
                    number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 4000000000),
                    run INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED
                ) STRICT;
                -- A retired number and who has its records since that run; NULL: the number came back in that run.
                CREATE TABLE person_alias (
                    person INTEGER NOT NULL REFERENCES person (number),
                    run INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
                    into_person INTEGER REFERENCES person (number) CHECK (into_person <> person),
                    PRIMARY KEY (person, run)
                ) STRICT, WITHOUT ROWID;
                -- The person a record stands for since that run.
                CREATE TABLE membership (
                    record INTEGER NOT NULL REFERENCES record (id),
                    run INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
                    person INTEGER NOT NULL REFERENCES person (number),
                    PRIMARY KEY (record, run)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX membership_person ON membership (person);
                -- A backup took the place of a database that had given out the numbers up to this one: nobody gets them
                -- again.
                CREATE TABLE person_floor (
                    id INTEGER PRIMARY KEY,
                    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 4000000000),
                    event INTEGER NOT NULL REFERENCES event (sequence)
                ) STRICT;
                """)
        for table in ["person", "person_alias", "membership", "person_floor"] {
            try Migrations.makeAppendOnly(table, db)
        }
    }

    /// - Parameters:
    ///   - keys: one stored record per row of the run's table, 0 for a row that is not stored.
    ///   - before: as it was before this run; `nil`: as it is.
    static func membership(_ keys: [Int64], before: Int? = nil, _ db: Database) throws -> Membership {
        let before = before ?? .max
        let floor = try floor(before: before, db)
        let givenIn = try foundingRuns(before: before, floor: floor, db)
        guard givenIn.count > 1 else { return .none(rows: keys.count, highest: floor) }
        let rows = RowsByKey(keys)
        var current = [UInt32](repeating: 0, count: keys.count)
        var first = current
        var further: [Membership.Founding] = []
        var absent = AbsentRecords()
        try BulkQuery(
            db, "SELECT record, person, run FROM membership WHERE run < \(before) ORDER BY record, run"
        ).eachRow { membership in
            let (record, run) = (membership.integer(0), Int32(truncatingIfNeeded: membership.integer(2)))
            let person = UInt32(truncatingIfNeeded: membership.integer(1))
            let isFounded = Int(person) < givenIn.count && givenIn[Int(person)] == run
            guard let row = rows.row(of: record) else {
                absent.add(record, person, isFounded: isFounded)
                return
            }
            if first[row] == 0 {
                first[row] = person
            } else if isFounded {
                further.append(Membership.Founding(row: UInt32(row), person: person))
            }
            current[row] = person
        }
        return Membership(
            current: current, first: first, further: further, absent: absent.counted(),
            highest: max(floor, UInt32(truncatingIfNeeded: givenIn.count - 1)))
    }

    /// The highest number that a run must not give out, whether or not anybody has it here.
    ///
    /// - Parameter before: the run; of one that is not stored, all that was said counts.
    private static func floor(before run: Int, _ db: Database) throws -> UInt32 {
        let number = try Int64.fetchOne(
            db,
            sql: """
                SELECT max(number) FROM person_floor
                WHERE event < coalesce((SELECT event FROM run WHERE id = ?), \(Int.max))
                """, arguments: [run])
        return UInt32(truncatingIfNeeded: number ?? 0)
    }

    /// The highest number ever given out, as far as is known.
    static func highest(_ db: Database) throws -> UInt32 {
        let number = try Int64.fetchOne(
            db, sql: "SELECT max(number) FROM (SELECT number FROM person UNION ALL SELECT number FROM person_floor)")
        return UInt32(truncatingIfNeeded: number ?? 0)
    }

    /// The run that each number was given out in, by number, up to the highest; 0 for no person.
    private static func foundingRuns(before: Int, floor: UInt32, _ db: Database) throws -> [Int32] {
        var runs: [Int32] = [0]
        try BulkQuery(db, "SELECT number, run FROM person WHERE run < \(before) ORDER BY number").eachRow { row in
            while runs.count < row.integer(0), runs.count <= floor { runs.append(0) }
            // But for those up to a floor, numbers are given out one after the other.
            guard row.integer(0) == runs.count else {
                throw Failure(
                    .verification, code: "E-WS-004",
                    Text(en: "the person \(runs.count) is missing", zh: "缺少第\(runs.count)号人员"),
                    advice: Text(en: "restore a backup", zh: "请从备份恢复"))
            }
            runs.append(Int32(truncatingIfNeeded: row.integer(1)))
        }
        return runs
    }

    static func save(
        _ assignment: PersonAssignment, keys: [Int64], run: Int, seals: inout RunningSeals, _ db: Database
    ) throws {
        let run = Int64(run)
        var next = -1
        try RowFeed.insert(into: "person (number, run)", columns: 2, db) {
            next += 1
            return next < assignment.new.count
        } value: { column, cell in
            cell.take(column == 0 ? Int64(assignment.new[next]) : run)
        }
        for number in assignment.new {
            seals.person.add(Int64(number)) { row in
                row.appendSealed(Int64(number))
                row.appendSealed(run)
            }
        }

        let alias = try BulkStatement(db, "INSERT INTO person_alias (person, run, into_person) VALUES (?, ?, ?)")
        alias.bind(run, at: 2)
        for merge in assignment.merged {
            alias.bind(Int64(merge.from), at: 1)
            alias.bind(Int64(merge.into), at: 3)
            try alias.run()
        }
        alias.bindNull(at: 3)
        for number in assignment.returned {
            alias.bind(Int64(number), at: 1)
            try alias.run()
        }

        let before = try membership(keys, db).current
        let changed = keys.indices.filter { keys[$0] != 0 && before[$0] != assignment.persons[$0] }
        let isAscending = zip(changed, changed.dropFirst()).allSatisfy { keys[$0] < keys[$1] }
        let order = isAscending ? changed : changed.sorted { keys[$0] < keys[$1] }
        next = -1
        try RowFeed.insert(into: "membership (record, run, person)", columns: 3, db) {
            next += 1
            return next < order.count
        } value: { column, cell in
            switch column {
            case 0: cell.take(keys[order[next]])
            case 1: cell.take(run)
            default: cell.take(Int64(assignment.persons[order[next]]))
            }
        }
        for row in order {
            seals.membership.add(run) { sealed in
                sealed.appendSealed(keys[row])
                sealed.appendSealed(run)
                sealed.appendSealed(Int64(assignment.persons[row]))
            }
        }
    }

    /// Retired number → number that has its records now, ends of chains.
    static func aliases(_ db: Database) throws -> [UInt32: UInt32] {
        var next: [UInt32: UInt32] = [:]
        try BulkQuery(db, "SELECT person, into_person FROM person_alias ORDER BY person, run").eachRow { row in
            let person = UInt32(truncatingIfNeeded: row.integer(0))
            next[person] = row.isNull(1) ? nil : UInt32(truncatingIfNeeded: row.integer(1))
        }
        var ends: [UInt32: UInt32] = [:]
        for person in next.keys {
            var end = person
            var steps = 0
            while let further = next[end], steps <= next.count {
                end = further
                steps += 1
            }
            // A circle has no end: `verify` reports it.
            if steps <= next.count { ends[person] = end }
        }
        return ends
    }

    static func circularAliases(_ db: Database) throws -> [UInt32] {
        let ends = try aliases(db)
        let retired = try Int64.fetchAll(
            db,
            sql: """
                SELECT person FROM person_alias AS a WHERE into_person IS NOT NULL
                AND run = (SELECT max(run) FROM person_alias WHERE person = a.person) ORDER BY person
                """)
        return retired.map { UInt32(truncatingIfNeeded: $0) }.filter { ends[$0] == nil }
    }
}

/// Records outside a run, record by record as they come, to be counted.
private struct AbsentRecords {
    private struct Key: Hashable {
        let person: UInt32
        let founded: UInt32
    }

    private var counts: [Key: Int] = [:]
    private var record: Int64 = -1
    private var person: UInt32 = 0
    private var founded: [UInt32] = []

    mutating func add(_ record: Int64, _ person: UInt32, isFounded: Bool) {
        if record != self.record {
            close()
            self.record = record
        }
        if founded.isEmpty || isFounded { founded.append(person) }
        self.person = person
    }

    private mutating func close() {
        for number in founded { counts[Key(person: person, founded: number), default: 0] += 1 }
        founded.removeAll(keepingCapacity: true)
    }

    mutating func counted() -> [Membership.Absent] {
        close()
        return counts.map { Membership.Absent(person: $0.person, founded: $0.founded, records: $1) }
            .sorted { ($0.person, $0.founded) < ($1.person, $1.founded) }
    }
}
