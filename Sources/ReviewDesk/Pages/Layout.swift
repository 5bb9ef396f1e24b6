import Pipeline
import Records

/// What is the same on every page: the bar with product, pages, language and who is signed in; and what goes around it.
package enum Layout {
    /// One entry of the bar.
    package struct Link: Sendable {
        package let path: String
        /// Of the catalogue.
        package let key: String
        package let permission: Permission

        package init(_ path: String, _ key: String, _ permission: Permission) {
            self.path = path
            self.key = key
            self.permission = permission
        }
    }

    /// In the order of the bar; a visitor sees those that they may open.
    package static let navigation: [Link] = [
        Link("/", "overview", .signedIn),
        Link("/pairs", "queue", .read),
        Link("/clusters", "clusters", .read),
        Link("/findings", "findings", .read),
        Link("/search", "search", .read),
        Link("/sample", "sample", .read),
        Link("/learning", "learning", .read),
        Link("/history", "history", .read),
        Link("/work", "work", .seeWork),
        Link("/approvals", "approvals", .read),
        Link("/agreement", "agreement", .approve),
        Link("/runs", "runs", .read),
        Link("/exports", "exports", .export),
        Link("/trail", "trail", .readTrail),
        Link("/accounts", "accounts", .manageAccounts),
    ]

    /// What is about the whole register is for those who work on all of it.
    private static let whole: Set<String> = ["sample", "learning", "exports"]

    private static func links(_ visitor: Visitor?) -> [Link] {
        guard let visitor else { return [] }
        return navigation.filter { visitor.may($0.permission) && (visitor.pool.isAll || !whole.contains($0.key)) }
    }

    static func page(_ title: String, content: String, _ request: DeskRequest) -> String {
        let language = request.language
        var place = Fields()
        for (name, value) in request.query.pairs where name != "language" { place.append(name, value) }
        return Templates.render(
            "layout", language,
            [
                "language": language(en: "en", zh: "zh-CN"),
                "title": title,
                "content": content,
                "style": Asset.style.path,
                "script": Asset.script.path,
                "reviewStyle": Asset.reviewStyle.path,
                "reviewScript": Asset.reviewScript.path,
                "draftScript": Asset.draftScript.path,
                "token": request.token,
                "links": links(request.visitor).map { link in
                    [
                        "path": link.path, "text": Catalogue.text(link.key, language),
                        "isHere": link.path == request.path
                            || (link.path != "/" && request.path.hasPrefix(link.path + "/")),
                    ] as [String: Any]
                },
                "languages": Language.allCases.map { other in
                    [
                        "path": languagePath(other, place, request), "code": other(en: "en", zh: "zh-CN"),
                        "text": other(en: "English", zh: "中文"), "isHere": other == language,
                    ] as [String: Any]
                },
                "done": request.done,
                "visitor": request.visitor.map { $0.name } ?? "",
                "isSignedIn": request.visitor != nil,
                "left": request.secondsLeft.map { String($0.left) } ?? "",
                "signIn": "/sign-in?back=" + PercentEncoding.encode(request.method == .post ? "/" : request.place),
            ])
    }

    private static func languagePath(_ language: Language, _ query: Fields, _ request: DeskRequest) -> String {
        var query = query
        query.append("language", language.rawValue)
        return request.page + "?" + query.urlEncoded
    }
}

extension DeskRequest {
    /// A text of the catalogue in the visitor's language.
    package func words(_ key: String, _ values: [String: String] = [:]) -> String {
        Catalogue.text(key, language, values)
    }

    /// `1 record`, `2 records`
    package func recordCount(_ count: Int) -> String {
        words(count == 1 ? "record-count-one" : "record-count", ["count": count.grouped])
    }

    /// A page from a template.
    ///
    /// - Parameters:
    ///   - template: of `Templates`; gets `token` for its forms, and the values.
    ///   - title: as it is shown.
    package func page(
        _ template: String, title: String, status: Int = 200, _ values: [String: Any] = [:]
    ) -> DeskResponse {
        var values = values
        values["token"] = token
        values["title"] = title
        return .html(Layout.page(title, content: Templates.render(template, language, values), self), status: status)
    }
}
