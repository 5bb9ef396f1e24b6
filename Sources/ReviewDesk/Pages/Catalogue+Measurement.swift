import Records

extension Catalogue {
    /// Audit sample, calibration, and the measuring of answers.
    static let measurement: [(String, Text)] = [
        ("sample", Text(en: "Audit sample", zh: "抽样审核")),
        (
            "sample-lead",
            Text(
                en: "A random sample of what the machine settled alone shows how often it is wrong.",
                zh: "随机抽查机器自行处理的记录对，估计其出错率。")
        ),
        ("sample-size", Text(en: "Pairs of each kind", zh: "每类抽取")),
        ("stratum", Text(en: "Settled by the machine", zh: "机器处理结果")),
        ("stratum-over", Text(en: "merged", zh: "已合并")),
        (
            "stratum-over-why",
            Text(en: "one person by score; wrong: two persons", zh: "依评分合并；若为两人则为错误")
        ),
        ("stratum-near", Text(en: "left apart, not unlikely", zh: "未合并，有可能")),
        (
            "stratum-near-why",
            Text(en: "under the review line, from 1 %; wrong: one person", zh: "核对线以下、概率 1 % 及以上；若为同一人则为错误")
        ),
        ("stratum-far", Text(en: "left apart, unlikely", zh: "未合并，可能性小")),
        ("stratum-far-why", Text(en: "under 1 %; wrong: one person", zh: "概率低于 1 %；若为同一人则为错误")),
        ("stratum-hopeless", Text(en: "left apart, half compared", zh: "未合并，提前排除")),
        (
            "stratum-hopeless-why",
            Text(
                en: "nothing could bring them over the line; wrong: one person",
                zh: "比较中途已不可能达到核对线；若为同一人则为错误")
        ),
        ("answered", Text(en: "Answered", zh: "已答")),
        ("wrong-of", Text(en: "Wrong", zh: "错误")),
        ("error-rate", Text(en: "Rate", zh: "错误率")),
        ("interval-95", Text(en: "95 % interval", zh: "95 % 区间")),
        ("next-step", Text(en: "Next step", zh: "下一步")),
        ("answer-next", Text(en: "Answer", zh: "开始判定")),
        ("sample-done", Text(en: "all answered", zh: "全部已答")),
        ("false-merges", Text(en: "False merges in the run", zh: "本次运行的错误合并")),
        ("missed-matches", Text(en: "Matches it missed", zh: "本次运行的遗漏")),
        ("one-in-thousand", Text(en: "At most 1 in 1,000 merges wrong", zh: "错误合并不超过千分之一")),
        ("nothing-answered", Text(en: "nothing answered yet", zh: "尚无答案")),
        ("sample-partial", Text(en: "kinds without an answer are not in it", zh: "未含尚无答案的类别")),
        ("estimate-of-run", Text(en: "about {value} pairs ({from} – {to})", zh: "约 {value} 对（{from} – {to}）")),
        (
            "sample-more",
            Text(en: "{more} more without an error show it at 95 %", zh: "再答 {more} 对且无错误，即可在 95 % 置信度下确认")
        ),
        (
            "sample-more-after",
            Text(
                en: "errors so far: {errors}; {more} more without a further one show it at 95 %",
                zh: "已有 {errors} 处错误，再答 {more} 对且无新错误，即可在 95 % 置信度下确认")
        ),
        (
            "sample-all",
            Text(
                en: "{needed} answers would be needed, and there are only {pairs}: answer all of them",
                zh: "需 {needed} 个答案，而此类仅有 {pairs} 对：请全部判定")
        ),
        ("sample-shown", Text(en: "shown: at most {bound} at 95 %", zh: "已确认：95 % 置信度下至多 {bound}")),
        (
            "sample-note",
            Text(
                en:
                    "Pairs are drawn by a keyed hash of their records: the same for everybody, whatever they look like. Scores are hidden while you answer. Answers count in the order of the draw, up to the first that is missing; they are decisions like any other. Intervals are Wilson’s, the bound is Clopper and Pearson’s.",
                zh:
                    "记录对按其记录的带键散列抽取，对所有人相同，与内容无关。判定时不显示评分。答案按抽取顺序计入，至首个未答为止；答案同样是正式判定。区间为 Wilson 区间，上限为 Clopper–Pearson 上限。"
            )
        ),
        ("learning", Text(en: "Learning", zh: "校准")),
        (
            "learning-lead",
            Text(
                en: "Decided pairs show how far the scores can be trusted.", zh: "已判定的记录对可检验评分是否可信。")
        ),
        ("learning-none", Text(en: "Nobody has decided a pair yet.", zh: "尚无已判定的记录对。")),
        ("decided-pairs", Text(en: "Decided pairs:", zh: "已判定：")),
        ("decided-since", Text(en: "since the last calibration:", zh: "自上次校准以来：")),
        ("learning-outlook", Text(en: "With the present lines", zh: "按当前界限")),
        ("merged-from", Text(en: "merged from", zh: "合并线")),
        ("shown-from", Text(en: "shown to people from", zh: "核对线")),
        ("never-alone", Text(en: "never without a person", zh: "不自动合并")),
        ("expected", Text(en: "Expected", zh: "预期")),
        ("until-now", Text(en: "Before", zh: "之前")),
        ("from-then", Text(en: "After", zh: "之后")),
        ("outlook-precision", Text(en: "Precision", zh: "查准率")),
        (
            "outlook-precision-why",
            Text(en: "pairs over the merge line that are one person", zh: "合并线以上确为同一人的比例")
        ),
        ("outlook-recall", Text(en: "Recall", zh: "查全率")),
        (
            "outlook-recall-why",
            Text(en: "matches that are over the merge line", zh: "真正的同一人中位于合并线以上的比例")
        ),
        ("outlook-reviews", Text(en: "Pairs left to people", zh: "待人工判定")),
        ("outlook-reviews-why", Text(en: "undecided between the lines", zh: "两线之间尚未判定")),
        ("readings", Text(en: "How scores are read", zh: "评分的读法")),
        ("model-says", Text(en: "Model", zh: "模型")),
        ("read-now", Text(en: "Now", zh: "目前")),
        ("read-then", Text(en: "Then", zh: "校准后")),
        ("calibrate", Text(en: "Read scores so", zh: "采用此校准")),
        (
            "calibrate-why",
            Text(
                en:
                    "Probabilities and the order of the queue change at once, merges with the next run. It can be undone.",
                zh: "概率与待核对顺序立即改变，合并结果在下次运行时改变；可以撤销。")
        ),
        ("calibration-holds", Text(en: "Scores are read so already.", zh: "目前已采用此校准。")),
        (
            "calibrated-with",
            Text(
                en: "Calibrated with {decisions} decisions (event {event}).", zh: "已按 {decisions} 对判定校准（第 {event} 号事件）。"
            )
        ),
        ("calibrated-not", Text(en: "Scores are read as the model says them.", zh: "目前按模型原始评分。")),
        (
            "calibration-waits",
            Text(en: "A calibration waits for a second person (event {event}).", zh: "一项校准待第二人批准（第 {event} 号事件）。")
        ),
        (
            "calibration-applied",
            Text(en: "Scores are read anew (event {event}).", zh: "已采用新的校准（第 {event} 号事件）。")
        ),
        (
            "calibration-proposed",
            Text(en: "Proposed: a second person has to agree (event {event}).", zh: "已提出，须由第二人批准（第 {event} 号事件）。")
        ),
        (
            "learning-note",
            Text(
                en:
                    "Logistic calibration (Cox 1958): the logarithm of the odds is moved and stretched, held near the model while decisions are few. Intervals are of 95 %, and after the calibration hold its own uncertainty too.",
                zh: "采用逻辑校准（Cox 1958）：平移并伸缩对数比数；判定较少时贴近模型。区间为 95 %，校准后的区间含其自身的不确定性。")
        ),
        ("hide-scores", Text(en: "Hide scores", zh: "隐藏评分")),
        ("show-scores", Text(en: "Show scores", zh: "显示评分")),
        ("blind-by-rule", Text(en: "The rule book hides scores.", zh: "规则文件要求隐藏评分。")),
        (
            "blind-notice",
            Text(
                en: "Scores, weights and reasons are hidden: decide by what the records say.",
                zh: "评分、权重与原因已隐藏，请仅依据记录内容判定。")
        ),
        ("work", Text(en: "My work", zh: "我的工作")),
        ("work-lead", Text(en: "Your answers of the last seven days.", zh: "您近七天的判定。")),
        ("work-none", Text(en: "You have answered nothing in this time.", zh: "此期间您没有作过判定。")),
        (
            "work-break",
            Text(
                en: "You have been at it for a while: a break of a few minutes keeps answers good.",
                zh: "您已连续工作较久，休息几分钟有助于保持判定质量。")
        ),
        ("work-answers", Text(en: "Answers", zh: "判定数")),
        ("work-median", Text(en: "Time per pair (median)", zh: "每对用时（中位数）")),
        ("work-became", Text(en: "Of these", zh: "其中")),
        ("work-groups", Text(en: "group taken apart", zh: "拆分记录组")),
        ("work-taken-back", Text(en: "taken back", zh: "已撤销")),
        ("work-waiting", Text(en: "waiting for a second person", zh: "待第二人批准")),
        ("work-refused", Text(en: "refused by a second person", zh: "被第二人拒绝")),
        ("work-measured", Text(en: "asked to see how far answers agree; they decided nothing", zh: "仅用于评估一致性，不影响结果")),
        ("work-sitting", Text(en: "Without a break", zh: "连续工作")),
        ("work-all", Text(en: "All reviewers together", zh: "全体审核人员合计")),
        ("work-reviewers", Text(en: "Reviewers", zh: "审核人员")),
        (
            "work-note",
            Text(
                en:
                    "Taken from the audit trail. Nobody is ranked: others see only what all did together. Pauses of over ten minutes are left out.",
                zh: "数据取自审计轨迹，不对个人排名；他人只能看到合计。超过十分钟的停顿不计入。")
        ),
        ("calibration", Text(en: "calibration", zh: "校准")),
        (
            "do-learn", Text(en: "new decisions to learn from", zh: "新判定可用于校准")
        ),
        (
            "do-learn-why",
            Text(en: "See what they say of the scores, and agree or not.", zh: "查看其对评分的检验结果，决定是否采用。")
        ),
    ]
}
