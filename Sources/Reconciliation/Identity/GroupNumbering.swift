import Records

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
        return counted(&keys)
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
        return counted(&keys)
    }

    private func key(_ group: UInt32, _ person: UInt32) -> UInt64 { UInt64(person) << 32 | UInt64(group) }

    private func counted(_ keys: inout [UInt64]) -> [Claim] {
        keys.sort()
        // By records, for each the claims in the order of the keys.
        var claims: [Int: [Claim]] = [:]
        var start = 0
        while start < keys.count {
            var end = start + 1
            while end < keys.count, keys[end] == keys[start] { end += 1 }
            claims[end - start, default: []].append(
                Claim(
                    group: Int(UInt32(truncatingIfNeeded: keys[start])), person: UInt32(keys[start] >> 32),
                    records: end - start))
            start = end
        }
        return claims.sorted { $0.key > $1.key }.flatMap(\.value)
    }
}
