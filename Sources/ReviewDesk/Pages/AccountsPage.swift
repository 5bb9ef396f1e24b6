import Records

/// Who may sign in, in which roles, for which cases.
enum AccountsPage {
    static func page(_ request: DeskRequest, _ accounts: AccountBook) throws -> DeskResponse {
        let all = try accounts.all()
        func list(_ codes: [String]) -> String {
            codes.isEmpty ? request.words("account-all") : codes.joined(separator: " ")
        }
        return request.page(
            "accounts", title: request.words("accounts"),
            [
                "accounts": all.map { account in
                    let visitor = account.visitor
                    return [
                        "name": visitor.name, "areas": list(visitor.areas), "sources": list(visitor.sources),
                        "roles": Role.allCases.filter { visitor.roles.contains($0) }
                            .map { request.words("role-\($0.rawValue)") },
                        "isDisabled": account.isDisabled,
                    ] as [String: Any]
                },
                "isEmpty": all.isEmpty,
            ])
    }
}
