import Records

extension Catalogue {
    /// Whose a case is, and repairs that are accepted together.
    static let cases: [(String, Text)] = [
        ("assign", Text(en: "Assign cases", zh: "分派记录对")),
        ("assign-count", Text(en: "How many, from the top of this list", zh: "自本列表顶端起的数量")),
        ("assign-do", Text(en: "Assign", zh: "分派")),
        ("assign-to", Text(en: "To", zh: "分派给")),
        (
            "assign-why",
            Text(
                en:
                    "Assigned cases stay in everybody's queue; “assigned to me” shows somebody theirs. Those outside of their areas and sources are passed over.",
                zh: "分派后仍在所有人的列表中；通过“分派给我”可查看各自的部分。不属于其地区和来源的记录对会被跳过。")
        ),
        ("assigned-me", Text(en: "assigned to me", zh: "分派给我")),
        ("assigned-nobody", Text(en: "nobody", zh: "未分派")),
        ("choose", Text(en: "Another value", zh: "另选值")),
        ("choose-from", Text(en: "Of a record", zh: "取自记录")),
        (
            "choose-how",
            Text(
                en: "Values chosen here are saved with the answer “same person”, and taken back with it.",
                zh: "此处选定的值随“同一人”的判定一并保存，也随之一并撤销。")
        ),
        ("choose-rules", Text(en: "as the rules have it", zh: "按规则取值")),
        ("choose-type", Text(en: "Or type one", zh: "或输入")),
        (
            "covered-why",
            Text(
                en:
                    "Your account is for other sources or areas than one of these records: its cells are covered, and how they compare is shown. Where that is too little, answer “cannot tell”.",
                zh: "其中一条记录的来源或地区不在您的账户范围内：其内容已遮盖，仅显示比较结果。信息不足时请选择“无法判断”。")
        ),
        ("filter-assigned", Text(en: "Assigned to", zh: "分派")),
        ("held-why", Text(en: "You may read it, and answer when it is free.", zh: "您可以查看，待其释放后再作判定。")),
        ("offline-answer", Text(en: "Answer", zh: "判定")),
        ("offline-choose", Text(en: "Choose one of the three answers.", zh: "请从三个答案中选择。")),
        ("offline-guide", Text(en: "How to", zh: "填写说明")),
        ("offline-guide-1", Text(en: "How to fill this in", zh: "如何填写")),
        (
            "offline-guide-2",
            Text(
                en:
                    "Each row of the first sheet is two records. Are they the same person? Choose an answer in the yellow column.",
                zh: "第一个工作表的每一行是两条记录。是否为同一人？请在黄色列中选择答案。")
        ),
        (
            "offline-guide-3",
            Text(
                en:
                    "Choose a reason or type one, and a comment if it helps. Leave the answer empty where you did not look.",
                zh: "选择或填写理由，可加备注。未核对的行请将答案留空。")
        ),
        (
            "offline-guide-4",
            Text(
                en:
                    "Ids are covered but for the characters that differ. Where that is not enough, cannot tell is a good answer.",
                zh: "编号已遮盖，仅显示不同的字符。若仍不足以判断，请选择“无法判断”。")
        ),
        (
            "offline-guide-5",
            Text(
                en:
                    "Do not change the other cells: the key at the end of a row holds for that row as it stands, and a changed row is not taken in. Sorting and filtering is fine.",
                zh: "请勿改动其他单元格：行末的密钥只对原样的行有效，被改动的行不会被导入。可以排序和筛选。")
        ),
        (
            "offline-guide-6",
            Text(
                en:
                    "Give the file back to whoever sent it. It holds personal data: keep it where only you can read it, and delete it afterwards.",
                zh: "填好后交还给发送人。文件含有个人信息：请妥善保管，用后删除。")
        ),
        ("offline-key", Text(en: "Row key", zh: "行密钥")),
        ("offline-sheet", Text(en: "Cases", zh: "待核对")),
        ("offline-title", Text(en: "Cases to decide", zh: "待核对的记录对")),
        ("release", Text(en: "Leave this case to others", zh: "放回此对")),
        (
            "release-why",
            Text(en: "It is yours for ten minutes from your last touch.", zh: "自您最后一次操作起十分钟内由您处理。")
        ),
        ("repairs", Text(en: "Proposed repairs", zh: "建议的修复")),
        ("repairs-accept", Text(en: "Accept the repairs", zh: "接受修复")),
        ("repairs-back", Text(en: "← to the findings", zh: "← 返回问题列表")),
        (
            "repairs-bulk",
            Text(
                en: "So many at once count only when a second person agrees.", zh: "一次接受这么多项，须经第二人批准后才生效。")
        ),
        ("repairs-changing", Text(en: "cells of the master that change", zh: "主数据中将改变的单元格")),
        ("repairs-contradicted", Text(en: "cells with two different proposals, left out", zh: "有两种不同建议的单元格（不含在内）")),
        ("repairs-do", Text(en: "Accept the ticked ones", zh: "接受所勾选的修复")),
        (
            "repairs-impossible",
            Text(en: "proposals for no person, or no value of the field, left out", zh: "不属于任何人员或不合字段要求的建议（不含在内）")
        ),
        ("repairs-none", Text(en: "This check proposes nothing that is not said already.", zh: "该检查项没有尚未处理的修复建议。")),
        ("repairs-now", Text(en: "Now", zh: "现值")),
        (
            "repairs-part",
            Text(
                en: "Page {page} of {pages}. What is accepted leaves the list; what it says below is of this page.",
                zh: "第 {page} 页，共 {pages} 页。接受后即移出列表；以下数字为本页。")
        ),
        ("repairs-same", Text(en: "stands already, becomes your word", zh: "主数据已如此，接受后即为人工确认")),
        ("repairs-see", Text(en: "See the proposed repairs", zh: "查看建议的修复")),
        ("repairs-settled", Text(en: "said by somebody already, in the whole list", zh: "整个列表中已有人工改写")),
        ("repairs-written", Text(en: "somebody wrote what it has now", zh: "现值由人工写入")),
        ("repairs-standing", Text(en: "cells the master has like that already", zh: "主数据已是该值的单元格")),
        ("repairs-then", Text(en: "Proposed", zh: "建议值")),
        (
            "repairs-why",
            Text(
                en:
                    "Each becomes a value of the person's cell, with your name and reason. All of them are one event: one undo takes them back.",
                zh: "每项都会写入该人员的单元格，并记录您的姓名和理由。全部为一个事件，一次撤销即可全部恢复。")
        ),
    ]
}
