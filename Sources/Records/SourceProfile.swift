/// What the rule book says of a source beside how to read it.
package struct SourceProfile: Sendable, Hashable {
    package enum Role: String, Sendable, CaseIterable {
        case register
        /// A case-file source that the register is checked against.
        case reference
    }

    package let name: String
    /// Priority for survivorship, higher wins.
    package let trust: Int
    package let role: Role
    /// The day the export describes, `YYYY-MM-DD`; dates after it lie in the future. `nil`: the day of the run.
    package let asOf: String?

    package init(name: String, trust: Int = 1, role: Role = .register, asOf: String? = nil) {
        self.name = name
        self.trust = trust
        self.role = role
        self.asOf = asOf
    }
}
