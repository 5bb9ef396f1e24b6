import Records

extension Catalogue {
    static let signIn: [(String, Text)] = [
        ("sign-in", Text(en: "Sign in", zh: "登录")),
        ("name", Text(en: "Name", zh: "用户名")),
        ("password", Text(en: "Password", zh: "密码")),
        ("sign-in-wrong", Text(en: "Name or password is wrong.", zh: "用户名或密码不正确。")),
        ("sign-in-problem", Text(en: "You are not signed in", zh: "登录失败")),
        (
            "sign-in-accounts",
            Text(
                en: "Whoever manages the accounts gives out names and sets passwords anew.",
                zh: "用户名的分配与密码的重设由账户管理员负责。")
        ),
        (
            "sign-in-link",
            Text(
                en: "Use the link that qingku review printed. It opens this desk once, within five minutes.",
                zh: "请使用 qingku review 打印的链接。该链接五分钟内有效，只能使用一次。")
        ),
        (
            "sign-in-new-link",
            Text(
                en: "For a new link press Enter in the terminal where qingku review runs.",
                zh: "如需新链接，请在运行 qingku review 的终端中按回车键。")
        ),
        ("link-spent", Text(en: "This link does not open the desk", zh: "该链接无法打开平台")),
        (
            "link-spent-why",
            Text(
                en: "It was used before, is older than five minutes, or a newer one was printed.",
                zh: "该链接已被使用、已超过五分钟，或已有新的链接。")
        ),
    ]
}
