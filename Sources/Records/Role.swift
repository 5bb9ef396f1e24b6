/// What somebody may do, as the audit trail names it. A person may hold several; an event says which one was used.
package enum Role: String, Sendable, CaseIterable {
    /// Reads, with ids masked.
    case viewer
    /// Proposes decisions.
    case reviewer
    /// Approves what somebody else proposed.
    case approver
    /// Imports and runs.
    case `operator`
    /// Reads and verifies the trail; changes no data.
    case auditor
    /// Accounts and policy; no registry data.
    case admin
}
