import Records
import Reports

/// Who stands for which person after two runs.
enum MemberDifference {
    private struct Member: Hashable {
        let source: String
        let id: String
        /// Records with one name are told apart by their order in the export.
        var occurrence: Int
    }

    /// - Parameters: `members.csv` of the earlier and the later run.
    /// - Throws: `E-OUT-010` to `E-OUT-012`.
    static func persons(_ before: StoredTable, _ after: StoredTable) throws -> PersonShift {
        let (earlier, now) = (try members(before), try members(after))
        var sizes: [UInt32: Int] = [:]
        var laterSizes: [UInt32: Int] = [:]
        // The person before and now of each record in one word, 0 for a record that is not there any more.
        var moves: [UInt64] = []
        moves.reserveCapacity(earlier.count)
        for (member, person) in earlier {
            sizes[person, default: 0] += 1
            moves.append(UInt64(person) << 32 | UInt64(now[member] ?? 0))
        }
        for person in now.values { laterSizes[person, default: 0] += 1 }
        moves.sort()

        var cases: [PersonShift.Case] = []
        var (kept, place) = (0, 0)
        var known = Set<UInt32>()
        while place < moves.count {
            let person = UInt32(moves[place] >> 32)
            var into: [UInt32] = []
            while place < moves.count, moves[place] >> 32 == UInt64(person) {
                let later = UInt32(truncatingIfNeeded: moves[place])
                if later != 0, into.last != later { into.append(later) }
                place += 1
            }
            known.formUnion(into)
            if into == [person] {
                kept += 1
            } else {
                let change: PersonShift.Change = into.isEmpty ? .gone : into.count == 1 ? .merged : .split
                cases.append(.init(change: change, person: person, into: into, records: sizes[person] ?? 0))
            }
        }
        for (person, size) in laterSizes where !known.contains(person) {
            cases.append(.init(change: .added, person: person, into: [], records: size))
        }
        let order = Dictionary(uniqueKeysWithValues: PersonShift.Change.allCases.enumerated().map { ($1, $0) })
        cases.sort { (order[$0.change] ?? 0, $0.person) < (order[$1.change] ?? 0, $1.person) }
        return PersonShift(cases: cases, kept: kept)
    }

    private static func members(_ table: StoredTable) throws -> [Member: UInt32] {
        var members: [Member: UInt32] = [:]
        // Of names that come more than once, how often they have come.
        var repeats: [Member: Int] = [:]
        try table.eachRow { row in
            guard row.count >= 3, let person = row.withCell(2, PersonID.given) else { return }
            let (source, id) = (row[0], row[1])
            var member = Member(source: source, id: id, occurrence: 0)
            if members[member] != nil {
                repeats[member, default: 0] += 1
                member.occurrence = repeats[member] ?? 1
            }
            members[member] = person
        }
        return members
    }
}
