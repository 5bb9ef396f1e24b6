package import Records

/// Somebody who may sign in, as the workspace has them now.
package struct DeskAccount: Sendable, Hashable {
    package let visitor: Visitor
    package let isDisabled: Bool
    /// Grows with every change.
    package let version: Int

    package init(visitor: Visitor, isDisabled: Bool, version: Int) {
        self.visitor = visitor
        self.isDisabled = isDisabled
        self.version = version
    }
}

/// What the audit trail keeps of signing in and out.
package enum SessionEvent: Sendable, Hashable {
    case opened(name: String, roles: Set<Role>, address: String)
    /// - Parameter account: as it was typed when there is such an account; empty for names that are none, which may be
    ///   mistyped passwords.
    case refused(account: String, address: String)
    case ended(name: String)
}

/// Where the desk learns who may sign in. Asked at every request, so that what changes counts at once.
package struct AccountBook: Sendable {
    /// Whether anybody has an account.
    package var isEmpty: @Sendable () throws -> Bool
    package var find: @Sendable (_ name: String) throws -> DeskAccount?
    /// Everybody, by name.
    package var all: @Sendable () throws -> [DeskAccount]
    /// Whether the password is that of the account. Takes as long for a name that is none.
    package var check: @Sendable (_ name: String, _ password: String) async throws -> Bool
    package var record: @Sendable (SessionEvent) async throws -> Void

    package init(
        isEmpty: @escaping @Sendable () throws -> Bool, find: @escaping @Sendable (String) throws -> DeskAccount?,
        all: @escaping @Sendable () throws -> [DeskAccount],
        check: @escaping @Sendable (String, String) async throws -> Bool,
        record: @escaping @Sendable (SessionEvent) async throws -> Void
    ) {
        self.isEmpty = isEmpty
        self.find = find
        self.all = all
        self.check = check
        self.record = record
    }
}
