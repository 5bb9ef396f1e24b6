import Pipeline
import Records

/// What accounts may do away from the pages: at the terminal, and by a workbook.
package enum DeskAccounts {
    /// Whoever has no account is taken for who has the machine; one of whom an account says less does no more.
    ///
    /// - Throws: `E-DSK-020` for an account that is disabled, or whose roles do not propose.
    package static func checkMayPropose(_ name: String, workspace: String) throws {
        let accounts = try AccountRun.list(workspace: workspace)
        guard let account = accounts.first(where: { $0.name.lowercased() == name.lowercased() }) else { return }
        guard account.isDisabled || !Policy.allows(.propose, account.roles) else { return }
        throw Failure(
            .notPermitted, code: "E-DSK-020",
            Text(en: "the account \(account.name) decides nothing", zh: "账户 \(account.name) 无权判定"),
            advice: Text(
                en: "Use --by with a reviewer's account, or have an admin give it the role (qingku account roles).",
                zh: "请用 --by 指定审核员账户，或由管理员授予角色（qingku account roles）。"))
    }
}
