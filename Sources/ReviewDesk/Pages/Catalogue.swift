package import Records

/// Every text of the pages, in both languages, by key. A template writes `{{t.sign-in}}`, code `request.words("sign-in")`.
/// A page's own texts stand in a list of their own beside it, which is named in `parts`.
package enum Catalogue {
    static let parts: [[(String, Text)]] = [
        shared, signIn, start, accounts, review, cases, measurement, agreement, difference, approvals,
    ]

    package static let all: [String: Text] = Dictionary(parts.flatMap { $0 }) { first, _ in first }

    /// In the order they are written, doubles included.
    package static var keys: [String] { parts.flatMap { $0.map(\.0) } }

    /// - Parameter values: go to the places in braces: `{minutes}`.
    package static func text(_ key: String, _ language: Language, _ values: [String: String] = [:]) -> String {
        guard let text = all[key]?(language) else { return key }
        guard !values.isEmpty else { return text }
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            filled += rest[..<open] + (values[name] ?? "{\(name)}")
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    static let shared: [(String, Text)] = [
        ("product", Text(en: "Qingku", zh: "清库")),
        ("desk", Text(en: "Review desk", zh: "审核平台")),
        ("skip", Text(en: "Skip to content", zh: "跳到正文")),
        ("navigation", Text(en: "Pages", zh: "页面")),
        ("language", Text(en: "Language", zh: "语言")),
        ("signed-in-as", Text(en: "Signed in as", zh: "当前用户")),
        ("sign-out", Text(en: "Sign out", zh: "退出")),
        ("overview", Text(en: "Overview", zh: "概览")),
        ("code", Text(en: "Code", zh: "代码")),
        ("to-overview", Text(en: "To the overview", zh: "返回概览")),
        ("session-warning", Text(en: "You will be signed out in {time}.", zh: "{time} 后将自动退出。")),
        ("session-stay", Text(en: "Stay signed in", zh: "保持登录")),
        ("session-any-key", Text(en: "Any key does the same.", zh: "按任意键亦可。")),
        (
            "session-over",
            Text(
                en: "Your session has ended. What this page shows is hidden; what you typed stays in this tab.",
                zh: "会话已结束。页面内容已隐藏，您输入的内容仍保留在此标签页。")
        ),
        (
            "session-back",
            Text(
                en: "Sign in in a new tab, then come back to this one.", zh: "在新标签页中登录，然后返回此页。")
        ),
        ("draft-back", Text(en: "What you had typed is here again; it is not saved yet.", zh: "您先前输入的内容已恢复，尚未保存。")),
        ("error-400", Text(en: "Not understood", zh: "无法理解")),
        ("error-401", Text(en: "Sign in again", zh: "请重新登录")),
        ("error-403", Text(en: "Not allowed", zh: "没有权限")),
        ("error-404", Text(en: "Nothing here", zh: "没有找到")),
        ("error-405", Text(en: "Not this way", zh: "请求方式不对")),
        ("error-409", Text(en: "Somebody was first", zh: "他人已先处理")),
        ("error-413", Text(en: "Too much at once", zh: "内容过多")),
        ("error-415", Text(en: "Wrong format", zh: "格式不对")),
        ("error-421", Text(en: "Wrong address", zh: "地址不对")),
        ("error-429", Text(en: "Too much in a short time", zh: "操作过于频繁")),
        ("error-500", Text(en: "Something went wrong", zh: "出现错误")),
        ("error-503", Text(en: "Busy", zh: "正忙")),
    ]
}
