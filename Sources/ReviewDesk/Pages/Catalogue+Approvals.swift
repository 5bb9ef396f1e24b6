import Records

extension Catalogue {
    /// The second person's answer, and what becomes of a proposal.
    static let approvals: [(String, Text)] = [
        ("are-apart", Text(en: "{a} and {b} stay apart until somebody decides", zh: "{a} 与 {b} 分开，待人判定")),
        ("are-two", Text(en: "{a} and {b} are two persons", zh: "{a} 与 {b} 不是同一人")),
        ("cell-is", Text(en: "{field} is “{value}”", zh: "{field} 为“{value}”")),
        (
            "confirm-value",
            Text(en: "It is so all the same: the papers I name above say it.", zh: "确认如此：上述理由中注明的证件为证。")
        ),
        ("do-refused", Text(en: "proposals of yours that were refused", zh: "项您的提议被拒绝")),
        ("do-refused-why", Text(en: "See who refused them in the last 14 days, and why.", zh: "查看近 14 天内由谁拒绝及其理由。")),
        ("more-cases", Text(en: "and {count} more", zh: "另有 {count} 项")),
        ("next-run", Text(en: "counts; the next run takes it into the master", zh: "已生效，下一次运行时写入主数据")),
        ("pending-person", Text(en: "Said of this person, and not in the master yet", zh: "已提出但尚未进入主数据的内容")),
        ("refused-by", Text(en: "refused by", zh: "拒绝人")),
        ("refused-own", Text(en: "Refused: your proposals of the last 14 days", zh: "近 14 天内您被拒绝的提议")),
        (
            "refused-own-why",
            Text(
                en: "They never counted. Talk to whoever refused, or propose again with what was missing.",
                zh: "这些提议未曾生效。请与拒绝者沟通，或补充依据后重新提出。")
        ),
        ("withdraw", Text(en: "Take the proposal back", zh: "撤回提议")),
    ]
}
