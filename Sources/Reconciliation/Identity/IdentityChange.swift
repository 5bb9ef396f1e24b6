package import Records

/// A record that stands for another person than in the run before: what tables that follow the register have to follow.
package struct IdentityChange: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The former person is retired; its number is an alias of the other's.
        case merged
        /// It left a person that is still there, for a number that is new.
        case split
        /// It left a person and has a number back that was retired.
        case returned
        /// It left a person that is still there, for another that was there.
        case moved
    }

    package let row: Int
    package let kind: Kind
    package let from: UInt32
    package let to: UInt32

    /// By row; records that were nobody's before are no change.
    package static func all(_ assignment: PersonAssignment, previous: Membership) -> [IdentityChange] {
        let (new, returned) = (Set(assignment.new), Set(assignment.returned))
        let retired = Set(assignment.merged.map(\.from))
        return previous.current.indices.compactMap { row in
            let (from, to) = (previous.current[row], assignment.persons[row])
            if from == 0 || from == to { return nil }
            let kind: Kind =
                returned.contains(to)
                ? .returned : new.contains(to) ? .split : retired.contains(from) ? .merged : .moved
            return IdentityChange(row: row, kind: kind, from: from, to: to)
        }
    }
}
