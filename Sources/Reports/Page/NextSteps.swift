import Records

/// What the officer should do with the run, the most useful first. The page and the closing summary say the same.
struct NextStep {
    let count: Int
    let title: Text
    let detail: Text
    /// A file of the outbox to open.
    let file: String?
    let command: String?

    /// Empty when nothing is left to do.
    static func all(of facts: RunFacts) -> [NextStep] {
        var steps: [NextStep] = []
        if facts.pairsToReview > 0 {
            steps.append(
                NextStep(
                    count: facts.pairsToReview,
                    title: Text(
                        en: facts.pairsToReview == 1 ? "Decide one doubtful pair" : "Decide the doubtful pairs",
                        zh: "判定存疑的记录对"),
                    detail: Text(
                        en:
                            "The evidence is not enough to say whether the two records are one person. Until somebody decides, they stay apart.",
                        zh: "现有证据不足以判断两条记录是否为同一人；在有人判定之前，它们不会合并。"),
                    file: PairsFile.name, command: facts.reviewCommand))
        }
        for (index, summary) in facts.corrections.filter({ $0.total > 0 }).enumerated() {
            let manner =
                index > 0
                ? Text(en: "", zh: "")
                : Text(
                    en: " Each line gives the reason and the evidence, in the office’s own column names.",
                    zh: "每行都写明理由和依据，并使用该单位自己的栏目名称。")
            steps.append(
                NextStep(
                    count: summary.total,
                    title: Text(en: "Send the corrections to “\(summary.source)”", zh: "将更正清单发给“\(summary.source)”"),
                    detail: Text(
                        en: "\(parts(summary, .english)).\(manner.en)",
                        zh: "\(parts(summary, .chinese))。\(manner.zh)"),
                    file: summary.page ?? summary.file, command: nil))
        }
        let errors = facts.checks.filter { $0.severity == .error && $0.kind != .duplicate }.reduce(0) {
            $0 + $1.count - $1.withSuggestion
        }
        if errors > 0 {
            steps.append(
                NextStep(
                    count: errors,
                    title: Text(en: "Look up what no rule can correct", zh: "查证无法自动更正的问题"),
                    detail: Text(
                        en: "Errors and omissions without a certain right value: somebody has to look into the files.",
                        zh: "这些错误和缺漏没有唯一确定的正确值，需要有人查阅原始资料。"),
                    file: FindingsFile.name, command: facts.findingsCommand))
        }
        let rows = facts.issues.filter { $0.severity == .error }.reduce(0) { $0 + $1.count }
        if rows > 0 {
            steps.append(
                NextStep(
                    count: rows,
                    title: Text(en: "Ask for a clean export where rows could not be read", zh: "请有关单位重新导出无法读取的行"),
                    detail: Text(
                        en: "Rows or cells of the exports are damaged. The run went on without them.",
                        zh: "导出文件中有损坏的行或单元格，本次运行已跳过这些内容。"),
                    file: FindingsFile.name, command: nil))
        }
        return steps
    }

    static func parts(_ summary: CorrectionsFile.Summary, _ language: Language) -> String {
        let parts: [(Int, Text)] = [
            (
                summary.changes,
                Text(en: "\(grouped(summary.changes)) to change", zh: "更改 \(grouped(summary.changes)) 处")
            ),
            (summary.fills, Text(en: "\(grouped(summary.fills)) to fill in", zh: "补填 \(grouped(summary.fills)) 处")),
            (
                summary.merges,
                Text(
                    en: "\(grouped(summary.merges)) \(summary.merges == 1 ? "record" : "records") to merge",
                    zh: "合并 \(grouped(summary.merges)) 条")
            ),
            (
                summary.adds,
                Text(
                    en: "\(grouped(summary.adds)) \(summary.adds == 1 ? "record" : "records") to add",
                    zh: "补登 \(grouped(summary.adds)) 条")
            ),
        ]
        return parts.filter { $0.0 > 0 }.map { $0.1(language) }.joined(separator: language == .english ? ", " : "、")
    }
}
