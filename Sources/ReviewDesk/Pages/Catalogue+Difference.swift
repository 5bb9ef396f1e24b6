import Records

extension Catalogue {
    static let difference: [(String, Text)] = [
        ("difference", Text(en: "Difference", zh: "差异")),
        (
            "difference-of",
            Text(en: "Run {after} against run {before}", zh: "第 {after} 次运行与第 {before} 次运行的差异")
        ),
        ("difference-with", Text(en: "Against run", zh: "对比运行")),
        ("difference-rules", Text(en: "The two ran under different rule books.", zh: "两次运行的规则文件不同。")),
        (
            "difference-findings",
            Text(
                en:
                    "{new} new, {returned} returned, {healed} healed, {vanished} gone with their records, {open} still open.",
                zh: "新增 {new}，复现 {returned}，消除 {healed}，随记录移除 {vanished}，仍未处理 {open}。")
        ),
        ("difference-persons", Text(en: "Persons", zh: "人员")),
        ("check", Text(en: "Check", zh: "检查项")),
        ("source", Text(en: "Source", zh: "来源")),
        ("show", Text(en: "Show", zh: "查看")),
        ("alarms", Text(en: "Alarms", zh: "警报")),
        ("alarms-none", Text(en: "Nothing moved further than the rule book allows.", zh: "所有变动均在规则允许范围内。")),
        ("limit", Text(en: "limit", zh: "限值")),
        ("counts", Text(en: "Counts", zh: "数量")),
        ("change", Text(en: "Change", zh: "变化")),
        ("findings-new", Text(en: "New", zh: "新增")),
        ("findings-returned", Text(en: "Returned", zh: "复现")),
        ("findings-healed", Text(en: "Healed", zh: "消除")),
        ("findings-vanished", Text(en: "Gone with their records", zh: "随记录移除")),
        ("findings-open", Text(en: "Still open", zh: "仍未处理")),
        ("persons-kept", Text(en: "Kept", zh: "保持")),
        ("persons-merged", Text(en: "Merged", zh: "合并")),
        ("persons-split", Text(en: "Split", zh: "拆分")),
        ("persons-added", Text(en: "Added", zh: "新增")),
        ("persons-gone", Text(en: "Gone", zh: "不再出现")),
        ("cells-changed", Text(en: "Cells of persons in both runs", zh: "两次运行均有的人员的单元格")),
        ("cells-none", Text(en: "No cell is otherwise.", zh: "单元格没有变化。")),
        ("cells-other", Text(en: "Changed", zh: "变更")),
        ("cells-filled", Text(en: "Filled", zh: "补充")),
        ("cells-emptied", Text(en: "Emptied", zh: "清空")),
        ("corrections-answered", Text(en: "What offices made of their corrections", zh: "各单位对更正的处理")),
        ("drift", Text(en: "Drift", zh: "漂移")),
        ("drift-volume", Text(en: "Records of {name}", zh: "{name} 的记录数")),
        ("drift-filled", Text(en: "Filled: {name}", zh: "填写率：{name}")),
        ("drift-key", Text(en: "Pairs by {name}", zh: "{name} 产生的候选对")),
        ("drift-weight", Text(en: "Weight of {name}", zh: "{name} 的权重")),
        ("drift-largest", Text(en: "Records of the largest person", zh: "单人最多记录数")),
        ("drift-sizes", Text(en: "Sizes of persons, distance", zh: "人员记录数分布的距离")),
        ("drift-blocking", Text(en: "Blocking, distance", zh: "分块的距离")),
    ]
}
