import Records

extension Catalogue {
    static let start: [(String, Text)] = [
        ("start", Text(en: "What you may do here", zh: "您在此处的权限")),
        ("may-viewer", Text(en: "Read records, pairs and findings; ids are masked.", zh: "查看记录、记录对和问题；证件号码打码显示。")),
        (
            "may-reviewer",
            Text(
                en: "Decide cases; what is dangerous waits for a second person.", zh: "判定案例；有风险的判定需第二人批准。")
        ),
        (
            "may-approver",
            Text(
                en: "Approve or refuse what somebody else proposed; see ids in full.", zh: "批准或拒绝他人的提议；查看完整证件号码。")
        ),
        ("may-operator", Text(en: "Import, run, schedule and export.", zh: "导入、运行、排程和导出。")),
        ("may-auditor", Text(en: "Read the audit trail and verify it.", zh: "查看并核验审计轨迹。")),
        ("may-admin", Text(en: "Manage accounts; no data of the registry.", zh: "管理账户；不接触登记数据。")),
    ]
}
