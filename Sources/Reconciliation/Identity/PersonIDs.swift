package import Records

/// Gives the groups of a run the person numbers that are theirs, as far as that can be said.
package enum PersonIDs {
    /// A number belongs to the records that founded it: of groups that want the same number, the one with most of its
    /// founders gets it (ties: smaller number, then the group with the smaller row). So the largest part of a person that is
    /// split keeps the number, somebody who is taken out of a merge gets back the one they had, and what was merged and taken
    /// apart in between makes no difference. A group without such a number keeps the one most of its records had, if nobody
    /// else has it, or else gets a new one, counting on from the highest in order of the groups.
    ///
    /// Records that take no part in this run count with the group that most of their person's records are in; the number
    /// of a person all of whose records are elsewhere is nobody else's.
    ///
    /// - Parameter groups: One per row: the smallest row of its group.
    package static func assign(groups: [UInt32], previous: Membership) -> PersonAssignment {
        precondition(
            groups.count == previous.current.count && groups.count == previous.first.count, "one former person per row")
        let numbering = GroupNumbering(groups)
        var number = [UInt32](repeating: 0, count: numbering.count)
        var taken = Set<UInt32>()

        let claims = numbering.claims(on: previous.current)
        let present = Set(claims.lazy.map(\.person))
        let elsewhere = Set(previous.absent.lazy.map(\.person)).subtracting(present)
        for claims in [numbering.claims(onFoundersOf: previous, current: claims), claims] {
            for claim in claims
            where number[claim.group] == 0 && !elsewhere.contains(claim.person) && taken.insert(claim.person).inserted {
                number[claim.group] = claim.person
            }
        }
        let returned = taken.subtracting(present)

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
            split: split, kept: taken.count - returned.count, highest: highest)
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
        for (row, person) in persons.enumerated() where person != 0 { keys.append(key(groupOf[row], person)) }
        return counted(keys)
    }

    /// The same for the numbers that records founded, those of records that take no part counted with their person's.
    ///
    /// - Parameter current: claims on the persons that the records stood for.
    func claims(onFoundersOf membership: Membership, current: [Claim]) -> [Claim] {
        var keys: [UInt64] = []
        keys.reserveCapacity(membership.first.count + membership.further.count)
        for (row, person) in membership.first.enumerated() where person != 0 { keys.append(key(groupOf[row], person)) }
        for founding in membership.further { keys.append(key(groupOf[Int(founding.row)], founding.person)) }
        if !membership.absent.isEmpty {
            // The first claim on a person is that of the group with most of its records.
            var largest: [UInt32: UInt32] = [:]
            for claim in current where largest[claim.person] == nil { largest[claim.person] = UInt32(claim.group) }
            for absent in membership.absent {
                guard let group = largest[absent.person] else { continue }
                keys += repeatElement(key(group, absent.founded), count: absent.records)
            }
        }
        return counted(keys)
    }

    private func key(_ group: UInt32, _ person: UInt32) -> UInt64 { UInt64(group) << 32 | UInt64(person) }

    private func counted(_ unordered: [UInt64]) -> [Claim] {
        let keys = unordered.sorted()
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
