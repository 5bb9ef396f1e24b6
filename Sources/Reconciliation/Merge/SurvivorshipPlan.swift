package import Records

/// Which value of a person's records survives: rules in the order in which they break ties.
package struct SurvivorshipPlan: Sendable, Hashable {
    /// Fields that travel together: their cells come from one record.
    package struct Group: Sendable, Hashable {
        /// Indices of at least two fields, ascending.
        package let fields: [Int]
        /// `nil`: the standard ones.
        package let rules: [String]?

        package init(fields: [Int], rules: [String]? = nil) {
            self.fields = fields
            self.rules = rules
        }
    }

    /// A division code and the address of the same place: each tells something of the other.
    package struct Place: Sendable, Hashable {
        package let division: Int
        package let address: Int

        package init(division: Int, address: Int) {
            self.division = division
            self.address = address
        }
    }

    /// What stands in a cell that no record of the person fills.
    package struct Presence: Sendable, Hashable {
        /// Name of the source.
        package let source: String
        /// Where the person has a record in the source; `nil`: nothing.
        package let present: String?
        /// Where not; `nil`: nothing.
        package let absent: String?

        package init(source: String, present: String?, absent: String?) {
            self.source = source
            self.present = present
            self.absent = absent
        }
    }

    /// Names in `SurvivorshipRule.all`.
    package let standard: [String]
    /// Index of a field → its own rules, instead of the standard ones.
    package let byField: [Int: [String]]
    /// No field is in two of them.
    package let groups: [Group]
    /// Index of a field that keeps all valid values → how they are written.
    package let lists: [Int: ListNotation]
    package let presences: [Int: Presence]
    /// Name of a source → index of the date field that says when a record of it was brought up to date. Of other sources the
    /// latest date of the record counts.
    package let updated: [String: Int]
    package let places: [Place]

    package init(
        standard: [String], byField: [Int: [String]] = [:], groups: [Group] = [], lists: [Int: ListNotation] = [:],
        presences: [Int: Presence] = [:], updated: [String: Int] = [:], places: [Place] = []
    ) {
        self.standard = standard
        self.byField = byField
        self.groups = groups
        self.lists = lists
        self.presences = presences
        self.updated = updated
        self.places = places
    }
}
