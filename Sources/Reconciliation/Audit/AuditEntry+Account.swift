package import Records

/// What the trail says of who may sign in, and of who did. No payload holds a password or anything made from one.
extension AuditEntry {
    /// Somebody may sign in from now on, in other roles or for other cases than before, with another password, or not at all.
    package static func account(_ change: AccountChange, _ account: Account) -> AuditEntry {
        func list(_ values: [String]) -> CanonicalJSON { .array(values.sorted().map { .text($0) }) }
        let kind =
            switch change {
            case .added: "account.added"
            case .disabled: "account.disabled"
            case .password, .roles, .enabled: "account.changed"
            }
        return AuditEntry(
            type: kind, subjects: [],
            payload: [
                "areas": list(account.areas), "change": .text(change.rawValue), "name": .text(account.name),
                "roles": list(account.roles.map(\.rawValue)), "sources": list(account.sources),
            ])
    }

    /// - Parameter address: of the other end of the connection.
    package static func sessionOpened(roles: Set<Role>, address: String) -> AuditEntry {
        AuditEntry(
            type: "session.opened", subjects: [],
            payload: [
                "address": .text(address), "roles": .array(roles.map(\.rawValue).sorted().map { .text($0) }),
            ])
    }

    /// Somebody gave a wrong password or an old link.
    ///
    /// - Parameter account: empty when there is none of the name that was given.
    package static func sessionRefused(account: String, address: String) -> AuditEntry {
        AuditEntry(
            type: "session.refused", subjects: [],
            payload: ["account": .text(account), "address": .text(address)])
    }

    package static func sessionEnded() -> AuditEntry {
        AuditEntry(type: "session.ended", subjects: [], payload: [:])
    }
}

/// What was done to an account.
package enum AccountChange: String, Sendable, CaseIterable {
    case added, password, roles, disabled, enabled
}
