import GRDB
package import Records

extension WorkspaceStore {
    /// By name, disabled ones too.
    package func accounts() throws -> [StoredAccount] {
        try read(AccountTable.all)
    }

    /// - Parameter name: small letters.
    package func account(_ name: String) throws -> StoredAccount? {
        try read { try AccountTable.find(name, $0) }
    }

    package func hasAccounts() throws -> Bool {
        try !read(AccountTable.isEmpty)
    }
}

extension WorkspaceWriter {
    /// What holds of an account from now on.
    ///
    /// - Parameter event: sequence of the event that records it.
    package func record(_ account: Account, by: String, at: String, event: Int) throws {
        try AccountTable.insert(account, by: by, at: at, event: event, db)
    }
}
