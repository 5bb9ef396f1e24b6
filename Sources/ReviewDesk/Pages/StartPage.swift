import Records

/// Where a visitor arrives: which pages there are for them, and in which roles they are here. A desk with an overview of
/// its own shows that instead.
enum StartPage {
    static func page(_ request: DeskRequest) throws -> DeskResponse {
        let visitor = try request.signedIn()
        return request.page(
            "start", title: request.words("start"),
            [
                "visitor": visitor.name,
                "roles": Role.allCases.filter { visitor.roles.contains($0) }.map { role in
                    [
                        "name": request.words("role-\(role.rawValue)"), "may": request.words("may-\(role.rawValue)"),
                    ]
                },
                "links": Layout.navigation.filter { $0.path != "/" && visitor.may($0.permission) }.map { link in
                    ["path": link.path, "text": request.words(link.key)]
                },
            ])
    }
}
