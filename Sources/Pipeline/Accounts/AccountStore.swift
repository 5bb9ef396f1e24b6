import Foundation
import Reconciliation
package import Records
import Workspace

/// The accounts of a workspace for a desk that is running: what another process changes counts at the next question.
package final class AccountStore: Sendable {
    private let workspace: String
    private let store: WorkspaceStore
    /// One hash at a time: each takes 128 MiB, and all the threads of the desk would be few.
    private let hashing = DispatchQueue(label: "qingku.accounts.passwords")
    /// Beside the hashes: whoever's password was right does not wait for the passwords of all who came after.
    private let recording = DispatchQueue(label: "qingku.accounts.trail")
    /// Compared with when there is no such account, so that it takes as long.
    let nobody: PasswordHash
    private let clock: @Sendable () -> Clock

    /// Brings the workspace up to date first.
    ///
    /// - Throws: as the opening of a workspace.
    package init(
        workspace: String, cost: Int = PasswordHash.cost, clock: @escaping @Sendable () -> Clock
    ) throws {
        self.workspace = workspace
        self.clock = clock
        if WorkspaceStore.exists(at: workspace) { _ = try WorkspaceStore.open(directory: workspace) }
        store = try WorkspaceStore.openReadOnly(directory: workspace)
        nobody = .nobody(cost: cost)
    }

    package func isEmpty() throws -> Bool { try !store.hasAccounts() }

    package func find(_ name: String) throws -> StoredAccount? {
        try store.account(AccountRun.canonical(name))
    }

    package func all() throws -> [StoredAccount] { try store.accounts() }

    /// Whether the password is that of the account, disabled or not.
    package func check(_ name: String, _ password: String) async throws -> Bool {
        let known = try find(name).flatMap { PasswordHash($0.account.password) }
        let hash = known ?? nobody
        let isSame = try await slowly(on: hashing) { try hash.isOf(password) }
        return isSame && known != nil
    }

    package func opened(name: String, roles: Set<Role>, address: String) async throws {
        let role = Role.allCases.first { roles.contains($0) } ?? .viewer
        try await record(.sessionOpened(roles: roles, address: address), by: name, role)
    }

    package func refused(account: String, address: String) async throws {
        try await record(
            .sessionRefused(account: account, address: address), by: account.isEmpty ? "qingku review" : account,
            .viewer)
    }

    package func ended(name: String) async throws {
        try await record(.sessionEnded(), by: name, .viewer)
    }

    private func record(_ entry: AuditEntry, by actor: String, _ role: Role) async throws {
        let (workspace, time) = (workspace, clock().now)
        try await slowly(on: recording) {
            let store = try WorkspaceStore.open(directory: workspace)
            _ = try TrailCommit.run(store, by: .init(actor: actor, role: role, time: time), isSmall: true) {
                try $0.add(entry)
            }
        }
    }

    private func slowly<Result: Sendable>(
        on queue: DispatchQueue, _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result(catching: work)) }
        }
    }
}
