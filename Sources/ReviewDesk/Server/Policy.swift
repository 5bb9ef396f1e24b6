package import Records

/// What a visitor has to be allowed to do before a route answers. Every route names one; there is no default.
package enum Permission: String, Sendable, CaseIterable {
    /// Nobody is asked who they are: signing in, style sheet, script.
    case anybody
    /// Whoever is signed in, in whatever role.
    case signedIn
    /// Records, pairs, persons, findings; ids masked.
    case read
    /// Decisions, repairs, waivers: counted, or proposed to a second person.
    case propose
    /// What one has done oneself; approvers see what all did together.
    case seeWork
    /// Says who decides which cases.
    case assign
    /// The second person's answer.
    case approve
    /// Ids in full.
    case unmask
    /// How the scores of all pairs are read.
    case calibrate
    /// Imports, runs, schedules.
    case run
    case export
    /// Events, checkpoints, verification.
    case readTrail
    case manageAccounts
}

/// The policy of the desk: who may do what. What is not said here is refused.
package enum Policy {
    package static func permissions(of role: Role) -> Set<Permission> {
        switch role {
        case .viewer: [.read]
        case .reviewer: [.read, .propose, .seeWork]
        case .approver: [.read, .approve, .seeWork, .unmask, .assign, .calibrate]
        case .operator: [.read, .run, .export, .assign, .calibrate]
        case .auditor: [.readTrail]
        case .admin: [.manageAccounts]
        }
    }

    /// - Parameter roles: of somebody who is signed in; `nil` for anybody else.
    package static func allows(_ permission: Permission, _ roles: Set<Role>?) -> Bool {
        if permission == .anybody { return true }
        guard let roles else { return false }
        if permission == .signedIn { return true }
        // Who hands out roles does not use the one that makes two persons necessary.
        if permission == .approve, roles.contains(.admin) { return false }
        return roles.contains { permissions(of: $0).contains(permission) }
    }

    /// Of the person who started a desk that has no accounts yet: everything the files of the workspace allow them anyway.
    package static let starter: Set<Role> = Set(Role.allCases).subtracting([.admin])
}
