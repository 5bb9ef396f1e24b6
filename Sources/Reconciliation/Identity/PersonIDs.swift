package import Records

/// Gives the groups of a run the person numbers they had in the run before, as far as that can be said.
package enum PersonIDs {
    /// A group takes the number most of its records had; of groups that want the same number, the one with most of its
    /// records gets it (ties: smaller number, then the group with the smaller row). What is left takes back a retired
    /// number its records had before, or else a new one, counting on from the highest in order of the groups.
    ///
    /// - Parameter groups: One per row: the smallest row of its group.
    package static func assign(groups: [UInt32], previous: Membership) -> PersonAssignment {
        precondition(groups.count == previous.current.count, "one former person per row")
        let numbering = GroupNumbering(groups)
        var number = [UInt32](repeating: 0, count: numbering.count)
        var taken = Set<UInt32>()

        let claims = numbering.claims(on: previous.current)
        for claim in claims where number[claim.group] == 0 && taken.insert(claim.person).inserted {
            number[claim.group] = claim.person
        }
        let kept = taken.count

        let inUse = previous.elsewhere.union(claims.lazy.map(\.person))
        var returned: [UInt32] = []
        if !previous.earlier.isEmpty {
            precondition(groups.count == previous.earlier.count, "one earlier person per row, or none at all")
            for claim in numbering.claims(on: previous.earlier)
            where number[claim.group] == 0 && !inUse.contains(claim.person) && taken.insert(claim.person).inserted {
                number[claim.group] = claim.person
                returned.append(claim.person)
            }
        }

        var highest = previous.highest
        var new: [UInt32] = []
        for group in number.indices where number[group] == 0 {
            highest += 1
            number[group] = highest
            new.append(highest)
        }

        let (merged, split) = changes(claims, number: number, taken: taken)
        return PersonAssignment(
            persons: numbering.groupOf.map { number[Int($0)] }, new: new, returned: returned.sorted(), merged: merged,
            split: split, kept: kept, highest: highest)
    }

    /// A former person whose number no group took is merged into the group with most of its records; one whose
    /// records are in several groups is split.
    private static func changes(
        _ claims: [GroupNumbering.Claim], number: [UInt32], taken: Set<UInt32>
    ) -> ([PersonAssignment.Merge], [PersonAssignment.Split]) {
        var merged: [PersonAssignment.Merge] = []
        var split: [PersonAssignment.Split] = []
        let byPerson = claims.sorted { ($0.person, $1.records, $0.group) < ($1.person, $0.records, $1.group) }
        var start = 0
        while start < byPerson.count {
            let person = byPerson[start].person
            var end = start + 1
            while end < byPerson.count, byPerson[end].person == person { end += 1 }
            if !taken.contains(person) {
                merged.append(.init(from: person, into: number[byPerson[start].group]))
            }
            if end - start > 1 {
                let parts = byPerson[start..<end].map { number[$0.group] }.filter { $0 != person }.sorted()
                split.append(.init(from: person, into: parts))
            }
            start = end
        }
        return (merged, split)
    }
}

/// Groups numbered from 0 in the order of their smallest rows.
struct GroupNumbering {
    /// So many records of a group stood for this person.
    struct Claim {
        let group: Int
        let person: UInt32
        let records: Int
    }

    /// One per row.
    let groupOf: [UInt32]
    let count: Int

    init(_ groups: [UInt32]) {
        var index = [UInt32](repeating: .max, count: groups.count)
        var groupOf = [UInt32](repeating: 0, count: groups.count)
        var count: UInt32 = 0
        for (row, smallest) in groups.enumerated() {
            if index[Int(smallest)] == .max {
                index[Int(smallest)] = count
                count += 1
            }
            groupOf[row] = index[Int(smallest)]
        }
        self.groupOf = groupOf
        self.count = Int(count)
    }

    /// Most records first, then the smaller number, then the earlier group.
    func claims(on persons: [UInt32]) -> [Claim] {
        var keys: [UInt64] = []
        keys.reserveCapacity(persons.count)
        for (row, person) in persons.enumerated() where person != 0 {
            keys.append(UInt64(groupOf[row]) << 32 | UInt64(person))
        }
        keys.sort()
        var claims: [Claim] = []
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count, keys[end] == keys[start] { end += 1 }
            claims.append(
                Claim(
                    group: Int(keys[start] >> 32), person: UInt32(truncatingIfNeeded: keys[start]), records: end - start
                ))
            start = end
        }
        claims.sort { ($1.records, $0.person, $0.group) < ($0.records, $1.person, $1.group) }
        return claims
    }
}
