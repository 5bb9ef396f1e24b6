/// Somebody who may sign in to the review desk, as the newest row on them says.
package struct Account: Sendable, Hashable {
    /// Small letters.
    package let name: String
    package var roles: Set<Role>
    /// Codes of the areas whose cases they work on; empty: all.
    package var areas: [String]
    /// Names of the sources whose cases they work on; empty: all.
    package var sources: [String]
    /// A password's hash with its parameters, as `PasswordHash` writes it.
    package var password: String
    package var isDisabled: Bool

    package init(
        name: String, roles: Set<Role>, areas: [String], sources: [String], password: String, isDisabled: Bool = false
    ) {
        self.name = name
        self.roles = roles
        self.areas = areas
        self.sources = sources
        self.password = password
        self.isDisabled = isDisabled
    }
}

/// An account with the number of the row that says so: it grows with every change.
package struct StoredAccount: Sendable, Hashable {
    package let version: Int
    package let account: Account

    package init(version: Int, account: Account) {
        self.version = version
        self.account = account
    }
}
