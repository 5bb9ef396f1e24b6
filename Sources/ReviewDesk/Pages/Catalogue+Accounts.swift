import Records

extension Catalogue {
    static let accounts: [(String, Text)] = [
        ("accounts", Text(en: "Accounts", zh: "账户")),
        ("accounts-none", Text(en: "Nobody has an account yet.", zh: "尚无账户。")),
        (
            "accounts-how",
            Text(
                en: "Accounts are added and changed in the terminal; what changes counts at the next click.",
                zh: "账户在终端中添加和修改；修改自下一次点击起生效。")
        ),
        ("account-roles", Text(en: "Roles", zh: "角色")),
        ("account-areas", Text(en: "Areas", zh: "地区")),
        ("account-sources", Text(en: "Sources", zh: "来源")),
        ("account-state", Text(en: "State", zh: "状态")),
        ("account-open", Text(en: "open", zh: "启用")),
        ("account-disabled", Text(en: "disabled", zh: "停用")),
        ("account-all", Text(en: "all", zh: "全部")),
        ("role-viewer", Text(en: "viewer", zh: "查看")),
        ("role-reviewer", Text(en: "reviewer", zh: "审核")),
        ("role-approver", Text(en: "approver", zh: "批准")),
        ("role-operator", Text(en: "operator", zh: "操作")),
        ("role-auditor", Text(en: "auditor", zh: "审计")),
        ("role-admin", Text(en: "admin", zh: "管理")),
    ]
}
