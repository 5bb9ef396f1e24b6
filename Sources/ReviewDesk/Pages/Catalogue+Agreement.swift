import Records

extension Catalogue {
    /// Answers that are measured: second ones, and those to pairs whose answer is known.
    static let agreement: [(String, Text)] = [
        ("agreement", Text(en: "Agreement", zh: "一致性")),
        (
            "agreement-lead",
            Text(
                en: "Some decided pairs are asked of a second person, who does not see the first answer.",
                zh: "部分已判定的记录对会由第二人在看不到首次答案的情况下再次判定。")
        ),
        (
            "agreement-off",
            Text(
                en: "The rule book asks for no second answers: review: { twice: 0.05, known: 0.05 } does.",
                zh: "规则文件未要求第二人判定；可写 review: { twice: 0.05, known: 0.05 }。")
        ),
        ("agreement-none", Text(en: "No pair has been answered twice yet.", zh: "尚无记录对被判定两次。")),
        ("kappa", Text(en: "Cohen’s κ", zh: "Cohen κ 系数")),
        (
            "kappa-low",
            Text(
                en: "κ is under 0.6: talk about the rules, and look at the disagreements together.",
                zh: "κ 低于 0.6：请共同讨论判定规则，并一起查看分歧。")
        ),
        (
            "kappa-few",
            Text(
                en: "Answered twice so far: {cases}. Under {enough} pairs κ is too uncertain to go by.",
                zh: "目前判定两次的有 {cases} 对；少于 {enough} 对时，κ 误差过大，不宜作为依据。")
        ),
        ("answered-twice", Text(en: "Answered twice", zh: "判定两次")),
        ("answered-alike", Text(en: "Alike", zh: "一致")),
        ("first-second", Text(en: "First answer against second", zh: "首次与再次判定对照")),
        ("first-answer", Text(en: "First answer", zh: "首次判定")),
        ("second-answer", Text(en: "Second answer", zh: "再次判定")),
        (
            "known-wrong",
            Text(
                en: "Wrong answers to known pairs, all reviewers together (95 % interval):",
                zh: "已知答案记录对的错误率，全体合计（95 % 区间）：")
        ),
        ("disputes", Text(en: "Disagreements to settle", zh: "待裁定的分歧")),
        ("disputes-none", Text(en: "Nothing to settle.", zh: "没有待裁定的分歧。")),
        (
            "dispute-own",
            Text(en: "One of the answers is yours: somebody else settles it.", zh: "其中一个判定由您作出，须由他人裁定。")
        ),
        (
            "agreement-note",
            Text(
                en:
                    "Second answers decide nothing by themselves: the first holds until a third person settles the two. κ is agreement beyond chance (Cohen 1960), its interval after Fleiss, Cohen and Everitt (1969). Nobody is ranked.",
                zh: "第二人的判定本身不改变结果：在第三人裁定之前，首次判定有效。κ 为排除偶然后的一致程度（Cohen 1960），区间按 Fleiss、Cohen 与 Everitt（1969）。不对个人排名。")
        ),
        ("do-settle", Text(en: "disagreements to settle", zh: "待裁定的分歧")),
        ("do-settle-why", Text(en: "Two people answered a pair differently.", zh: "两人对同一记录对的判定不同。")),
        ("work-known", Text(en: "Wrong on known pairs", zh: "已知答案记录对的错误")),
        ("work-kappa", Text(en: "Agreement with others (κ)", zh: "与他人的一致性（κ）")),
        (
            "undo-measured",
            Text(
                en: "Your last answer was to a pair that only measures: it decided nothing, and stays.",
                zh: "您上一次判定的记录对仅用于评估，不影响结果，予以保留。")
        ),
        (
            "sample-corrected",
            Text(
                en: "{rate} ({from} – {to}) allowing for wrong answers, as known pairs show them",
                zh: "按已知答案记录对的错误率校正后为 {rate}（{from} – {to}）")
        ),
    ]
}
