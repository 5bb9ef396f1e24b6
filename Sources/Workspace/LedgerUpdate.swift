import GRDB
package import Records

/// Which findings a run looks for, and when.
package struct LedgerScope: Sendable {
    /// The run that is about to be stored.
    package let run: Int
    /// The day of the run, `YYYY-MM-DD`: waivers that ended before it hold no more.
    package let day: String
    /// As of when waivers hold.
    package let moment: Moment
    /// The checks that were made; findings of others stay as they are. `nil`: all there are.
    package let checks: [String]?

    package init(run: Int, day: String, moment: Moment = .now, checks: [String]? = nil) {
        self.run = run
        self.day = day
        self.moment = moment
        self.checks = checks
    }
}

/// The findings of a run beside those that are stored: what is new, came back, has healed, and which waivers end.
///
/// Made before the run writes anything, so that its outputs can say so; stored at its end.
package struct LedgerUpdate: Sendable {
    enum Change: String {
        case returned
        /// Not made any more.
        case resolved
        /// A record it is about is no longer in its export.
        case vanished
    }

    package let ledger: Ledger
    let run: Int
    /// Index of the finding; ascending by id, as all lists here.
    private(set) var new: [(id: Int64, index: Int)] = []
    /// Known, but with another severity, suggestion or detail.
    private(set) var reworded: [(id: Int64, index: Int)] = []
    private(set) var changes: [(id: Int64, change: Change)] = []
    private(set) var ended: [(waiver: Waiver, word: WaiverWord)] = []

    /// Ids of findings that were resolved before and are there again.
    package var returned: Set<UInt64> {
        Set(changes.lazy.filter { $0.change == .returned }.map { UInt64(bitPattern: $0.id) })
    }

    /// Ids of stored findings that the run does not make any more, and of those whose record is gone.
    var resolved: (healed: [Int64], vanished: [Int64], isEmpty: Bool) {
        let healed = changes.filter { $0.change == .resolved }.map(\.id)
        let vanished = changes.filter { $0.change == .vanished }.map(\.id)
        return (healed, vanished, healed.isEmpty && vanished.isEmpty)
    }

    /// A stored finding stays as it is when one of its records is of a source that takes no part in the run.
    init(
        _ findings: [Finding], records: RecordTable, keys: StoredKeys, scope: LedgerScope, threads: Int = 1,
        _ db: Database
    ) throws {
        let stored = try Stored(before: scope.run, checks: scope.checks, db)
        let waivers = Dictionary(try WaiverTable.live(at: scope.moment, db).map { (Int64(bitPattern: $0.finding), $0) })
        { $1 }
        run = scope.run
        var (new, reworded, changes, ended) = (self.new, self.reworded, self.changes, self.ended)
        var counts = LedgerChanges()
        var states = [Ledger.State](repeating: .open, count: findings.count)
        var firstRuns = [Int32](repeating: Int32(truncatingIfNeeded: scope.run), count: findings.count)
        var held: [Int: Waiver] = [:]

        func resolve(_ place: Int) {
            guard stored.states[place] != .resolved, let isPresent = keys.isPresent(stored.records[place]) else {
                return
            }
            let other = stored.others[place]
            guard let isOtherPresent = other == 0 ? true : keys.isPresent(other) else { return }
            let isHealed = isPresent && isOtherPresent
            changes.append((stored.ids[place], isHealed ? .resolved : .vanished))
            if isHealed { counts.healed += 1 } else { counts.vanished += 1 }
        }

        let ids = findings.ids(in: records, threads: threads)
        ledger = records.withView { view in
            var place = 0
            var last: Int64?
            for index in Self.order(ids) {
                let id = Int64(bitPattern: ids[index])
                // Of findings with one id, records under one name, the first is the one that is stored.
                let isFirst = id != last
                while place < stored.ids.count, stored.ids[place] < id {
                    if stored.ids[place] != last { resolve(place) }
                    place += 1
                }
                last = id
                let isKnown = place < stored.ids.count && stored.ids[place] == id
                if isKnown {
                    firstRuns[index] = stored.runs[place]
                    let isBack = stored.states[place] == .resolved
                    states[index] = stored.states[place] == .open ? .open : .returned
                    if isFirst {
                        if isBack { changes.append((id, .returned)) }
                        if stored.contents[place] != FindingTable.content(findings[index]) {
                            reworded.append((id, index))
                        }
                    }
                    if isBack { counts.returned += 1 }
                } else if isFirst {
                    new.append((id, index))
                }
                if let waiver = waivers[id] {
                    let word: WaiverWord? =
                        !waiver.holds(on: scope.day)
                        ? .expire : findings[index].accepted(in: view) != waiver.value ? .lapse : nil
                    if let word {
                        if isFirst { ended.append((waiver, word)) }
                        if word == .lapse { counts.lapsed += 1 } else { counts.expired += 1 }
                    } else {
                        states[index] = .waived
                        held[index] = waiver
                        counts.waived += 1
                    }
                }
                if !isKnown {
                    counts.new += 1
                } else if states[index] != .waived, stored.states[place] != .resolved {
                    counts.open += 1
                }
            }
            while place < stored.ids.count {
                if stored.ids[place] != last { resolve(place) }
                place += 1
            }
            return Ledger(
                ids: ids, states: states, firstRuns: firstRuns, waivers: held,
                changes: stored.isFirstRun ? nil : counts)
        }
        (self.new, self.reworded, self.changes, self.ended) = (new, reworded, changes, ended)
    }

    /// Indices, ascending by id as SQLite orders them; of equal ids the first one first.
    private static func order(_ ids: [UInt64]) -> [Int] {
        var keys = ids.enumerated().map { (id: Int64(bitPattern: $1), index: Int32(truncatingIfNeeded: $0)) }
        keys.sort { $0.id != $1.id ? $0.id < $1.id : $0.index < $1.index }
        return keys.map { Int($0.index) }
    }

    package var isEmpty: Bool { new.isEmpty && changes.isEmpty && ended.isEmpty }

    package var newCount: Int { new.count }
    package var returnedCount: Int { changes.count { $0.change == .returned } }
    package var resolvedCount: Int { changes.count - returnedCount }
    package var endedWaivers: [(waiver: Waiver, word: WaiverWord)] { ended }
}

/// What is stored of the findings that a run looks for, ascending by id, as it was before that run.
private struct Stored {
    private(set) var ids: [Int64] = []
    private(set) var contents: [Int64] = []
    private(set) var records: [Int64] = []
    /// 0 for a finding about one record.
    private(set) var others: [Int64] = []
    private(set) var runs: [Int32] = []
    private(set) var states: [Ledger.State] = []
    let isFirstRun: Bool

    init(before run: Int, checks: [String]?, _ db: Database) throws {
        isFirstRun = try Int.fetchOne(db, sql: "SELECT count(*) FROM run WHERE id < ?", arguments: [run]) == 0
        if isFirstRun { return }
        // A run that only writes its lost files again is stored already: its own changes are not looked at.
        let isStored = try Int.fetchOne(db, sql: "SELECT count(*) FROM run WHERE id >= ?", arguments: [run]) != 0
        let state =
            isStored
            ? """
            coalesce((SELECT change FROM finding_change WHERE finding = finding.id AND run < \(run)
                ORDER BY run DESC LIMIT 1), 'open')
            """ : "state"
        try BulkQuery(
            db,
            """
            SELECT id, content, record, other_record, run, \(state) FROM finding
            WHERE run < ?1 AND (?2 IS NULL OR "check" IN (SELECT value FROM json_each(?2))) ORDER BY id
            """, [run, try checks.map { try JSON.text($0) }]
        ).eachRow { row in
            ids.append(row.integer(0))
            contents.append(row.integer(1))
            records.append(row.integer(2))
            others.append(row.integer(3))
            runs.append(Int32(truncatingIfNeeded: row.integer(4)))
            // open, returned, resolved, vanished: the first letter, of the two with r the third.
            let word = row.bytes(5)
            let isReturned = word.count > 2 && word[0] == UInt8(ascii: "r") && word[2] == UInt8(ascii: "t")
            states.append(word.first == UInt8(ascii: "o") ? .open : isReturned ? .returned : .resolved)
        }
    }
}
