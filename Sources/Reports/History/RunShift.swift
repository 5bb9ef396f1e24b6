/// What changed since the run before, in counts: it names no record.
package struct RunShift: Sendable, Hashable, Codable {
    /// What became of the persons of the run before.
    package struct Persons: Sendable, Hashable, Codable {
        package let kept: Int
        package let new: Int
        package let returned: Int
        package let merged: Int
        package let split: Int
        package let gone: Int

        /// - Parameter before: persons of the run before.
        package init(_ identity: RunFacts.IdentityFacts, before: Int) {
            kept = identity.kept
            new = identity.new
            returned = identity.returned
            merged = identity.merged
            split = identity.split
            gone = max(0, before - identity.kept - identity.merged - identity.split)
        }
    }

    /// Number of the run before.
    package let before: Int
    /// By check and source; only those that moved.
    package let findings: [FindingShift]
    package let persons: Persons?
    /// By field of the master; `nil` where the master of the run before is not there as it was written.
    package let cells: [CellShift]?
    /// `nil` where the account of the run before is not there as it was written.
    package let drift: Drift?
    package let alarms: [Alarm]

    package init(
        before: Int, findings: [FindingShift], persons: Persons?, cells: [CellShift]?, drift: Drift?, alarms: [Alarm]
    ) {
        self.before = before
        self.findings = findings
        self.persons = persons
        self.cells = cells
        self.drift = drift
        self.alarms = alarms
    }

    package func total(_ path: KeyPath<FindingShift, Int>) -> Int {
        findings.reduce(0) { $0 + $1[keyPath: path] }
    }
}
