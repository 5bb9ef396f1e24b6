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
        // Of one person the claims stay in their order: most records first.
        let order = claims.enumerated().map { UInt64($1.person) << 32 | UInt64($0) }.sorted()
        let byPerson = order.map { claims[Int(UInt32(truncatingIfNeeded: $0))] }
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
