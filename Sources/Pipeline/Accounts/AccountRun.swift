import Foundation
import Reconciliation
package import Records
import Workspace

/// Who may sign in to the review desk: added, changed and disabled here, each with its event.
package enum AccountRun {
    /// What is to be changed; what is `nil` stays.
    package struct Change: Sendable {
        package var roles: Set<Role>?
        package var areas: [String]?
        package var sources: [String]?
        package var password: String?
        package var isDisabled: Bool?
        /// Logarithm of scrypt's rounds.
        package var cost = PasswordHash.cost

        package init() {}
    }

    /// By name, disabled ones too.
    package static func list(workspace: String) throws -> [Account] {
        try reading(workspace).accounts().map(\.account)
    }

    /// - Parameters:
    ///   - change: roles and a password at least.
    ///   - actor: who adds it.
    /// - Returns: what is to be said about the password.
    /// - Throws: `E-ACC-001` for a name, `E-ACC-002` for one that is there, `E-ACC-003` for a password, `E-ACC-004` without
    ///   roles; as the opening of a workspace.
    @discardableResult
    package static func add(
        workspace: String, name: String, _ change: Change, actor: String, clock: Clock
    ) throws -> PasswordRules.Verdict {
        let name = try checked(name)
        guard let roles = change.roles, !roles.isEmpty else { throw noRoles }
        let verdict = PasswordRules.judge(change.password ?? "", name: name)
        if case .refused(let reason) = verdict { throw reason.failure }
        let account = Account(
            name: name, roles: roles, areas: change.areas ?? [], sources: change.sources ?? [],
            password: try PasswordHash(of: change.password ?? "", cost: change.cost).text)
        let store = try writing(workspace)
        guard try store.account(name) == nil else {
            throw Failure(
                .badInput, code: "E-ACC-002", Text(en: "there is an account \(name)", zh: "账户 \(name) 已存在"),
                advice: Text(
                    en: "qingku account roles, password, disable or enable change it.",
                    zh: "如需修改，请使用 qingku account roles、password、disable 或 enable。"))
        }
        try commit(account, .added, store, actor, clock)
        return verdict
    }

    /// - Throws: as `add`, and `E-ACC-005` for a name that is none.
    @discardableResult
    package static func change(
        workspace: String, name: String, _ change: Change, actor: String, clock: Clock
    ) throws -> PasswordRules.Verdict {
        let name = try checked(name)
        var verdict = PasswordRules.Verdict.good
        var hash: String?
        if let password = change.password {
            verdict = PasswordRules.judge(password, name: name)
            if case .refused(let reason) = verdict { throw reason.failure }
            hash = try PasswordHash(of: password, cost: change.cost).text
        }
        let store = try writing(workspace)
        guard var account = try store.account(name)?.account else {
            throw Failure(
                .badInput, code: "E-ACC-005", Text(en: "there is no account \(name)", zh: "没有账户 \(name)"),
                advice: Text(en: "qingku account list shows all.", zh: "qingku account list 可列出全部账户。"))
        }
        if let roles = change.roles {
            guard !roles.isEmpty else { throw noRoles }
            account.roles = roles
        }
        if let areas = change.areas { account.areas = areas }
        if let sources = change.sources { account.sources = sources }
        if let hash { account.password = hash }
        if let isDisabled = change.isDisabled { account.isDisabled = isDisabled }
        let kind: AccountChange =
            switch change.isDisabled {
            case true?: .disabled
            case false?: .enabled
            case nil: hash != nil ? .password : .roles
            }
        try commit(account, kind, store, actor, clock)
        return verdict
    }

    private static func commit(
        _ account: Account, _ change: AccountChange, _ store: WorkspaceStore, _ actor: String, _ clock: Clock
    ) throws {
        try TrailCommit.run(store, by: .init(actor: actor, role: .admin, time: clock.now)) { commit in
            let event = try commit.add(.account(change, account))
            try commit.writer.record(account, by: actor, at: clock.now, event: event)
        }
    }

    /// As it is stored: small letters, composed.
    ///
    /// - Throws: `E-ACC-001`.
    static func checked(_ name: String) throws -> String {
        let name = canonical(name)
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
                || "._-@".unicodeScalars.contains(scalar)
        }
        guard (2...64).contains(name.unicodeScalars.count), isPlain else {
            throw Failure(
                .badInput, code: "E-ACC-001",
                Text(
                    en: "a name has 2 to 64 letters, digits, dots, hyphens, underscores or @",
                    zh: "用户名由 2 至 64 个字母、汉字、数字、点、连字符、下划线或 @ 组成"))
        }
        return name
    }

    /// As accounts are known by: however somebody types it.
    package static func canonical(_ name: String) -> String {
        name.precomposedStringWithCanonicalMapping.lowercased()
    }

    private static func reading(_ workspace: String) throws -> WorkspaceStore {
        try WorkspaceStore.openReadOnly(directory: workspace)
    }

    /// A workspace that is not there is not made.
    private static func writing(_ workspace: String) throws -> WorkspaceStore {
        guard WorkspaceStore.exists(at: workspace) else { return try reading(workspace) }
        return try WorkspaceStore.open(directory: workspace)
    }

    private static var noRoles: Failure {
        Failure(
            .badInput, code: "E-ACC-004", Text(en: "an account needs a role", zh: "账户至少需要一个角色"),
            advice: Text(
                en: "Roles: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).",
                zh: "角色：\(Role.allCases.map(\.rawValue).joined(separator: "、"))。"))
    }
}
