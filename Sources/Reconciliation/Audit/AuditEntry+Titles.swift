package import Records

extension AuditEntry {
    /// What happened, in a few words; an unknown type keeps its name.
    package static func title(ofType type: String) -> Text { titles[type] ?? Text(en: type, zh: type) }

    private static let titles: [String: Text] = [
        "access.exceeded": Text(en: "too many records opened", zh: "打开的记录过多"),
        "approval.granted": Text(en: "approval", zh: "批准"),
        "approval.refused": Text(en: "refusal", zh: "拒绝"),
        "backup.made": Text(en: "backup", zh: "备份"),
        "backup.restored": Text(en: "restoring of a backup", zh: "恢复备份"),
        "batch.imported": Text(en: "import of an export", zh: "导入文件"),
        "calibration.applied": Text(en: "scores read anew", zh: "评分校准"),
        "calibration.proposed": Text(en: "proposed reading of scores", zh: "评分校准（待批准）"),
        "cell.overridden": Text(en: "value written into a cell", zh: "单元格改写"),
        "cases.assigned": Text(en: "cases assigned", zh: "分派待核对的记录对"),
        "cases.exported": Text(en: "cases written to a workbook", zh: "待核对记录对导出为工作簿"),
        "decision.made": Text(en: "decision", zh: "判定"),
        "decision.proposed": Text(en: "proposed decision", zh: "判定（待批准）"),
        "erasure.executed": Text(en: "erasure", zh: "删除"),
        "erasure.proposed": Text(en: "proposed erasure", zh: "删除（待批准）"),
        "export.made": Text(en: "files written or given out", zh: "写出或提供文件"),
        "finding.waived": Text(en: "waiver of findings", zh: "豁免"),
        "findings.changed": Text(en: "change of findings", zh: "发现有变化"),
        "identity.changed": Text(en: "persons merged or split", zh: "人员合并或拆分"),
        "key.created": Text(en: "signing key made", zh: "生成签名密钥"),
        "key.replaced": Text(en: "lost signing key replaced", zh: "更换丢失的密钥"),
        "key.rotated": Text(en: "signing key rotated", zh: "轮换密钥"),
        "notice.sent": Text(en: "notice", zh: "通知"),
        "opinion.given": Text(en: "second opinion", zh: "第二人意见"),
        "opinion.settled": Text(en: "disagreement settled", zh: "分歧裁定"),
        "override.proposed": Text(en: "proposed value", zh: "单元格改写（待批准）"),
        "retention.executed": Text(en: "retention", zh: "按期清理"),
        "rows.sealed": Text(en: "seal over rows", zh: "封存数据行"),
        "rules.changed": Text(en: "another rule book", zh: "更换规则文件"),
        "rules.proposed": Text(en: "proposed rule book", zh: "更换规则文件（待批准）"),
        "run.completed": Text(en: "run", zh: "运行"),
        "schedule.paused": Text(en: "pause of a schedule", zh: "暂停计划"),
        "schedule.ran": Text(en: "scheduled run", zh: "计划运行"),
        "schedule.removed": Text(en: "end of a schedule", zh: "移除计划"),
        "schedule.resumed": Text(en: "schedule goes on", zh: "恢复计划"),
        "schedule.set": Text(en: "schedule", zh: "设定计划"),
        "subject.reported": Text(en: "report to a person", zh: "向本人告知"),
        "waiver.taken-back": Text(en: "end of a waiver", zh: "撤销豁免"),
        "withdrawal.proposed": Text(en: "proposed undo", zh: "撤销（待批准）"),
        "word.withdrawn": Text(en: "undo", zh: "撤销"),
    ]
}
