package import Records

/// The counts of a run that are put side by side, in the order of reading.
package struct DifferenceCounts: Sendable {
    /// As in `run.json`.
    package let name: String
    package let title: Text
    package let before: Int
    package let after: Int

    /// Short enough for the head of a column.
    package static func word(for status: FollowUpStatus) -> Text {
        switch status {
        case .applied: Text(en: "applied", zh: "已采纳")
        case .ignored: Text(en: "ignored", zh: "未处理")
        case .contradicted: Text(en: "contradicted", zh: "另作更改")
        case .vanished: Text(en: "record gone", zh: "记录移除")
        case .unknown: Text(en: "not known", zh: "无法确定")
        }
    }

    package static func all(_ difference: RunDifference) -> [DifferenceCounts] {
        let counts: [(String, Text, KeyPath<RunNumbers.Counts, Int>)] = [
            ("records", Text(en: "records", zh: "记录"), \.records),
            ("persons", Text(en: "persons", zh: "人员"), \.persons),
            ("errors", Text(en: "wrong values", zh: "错误"), \.errors),
            ("omissions", Text(en: "missing values", zh: "缺漏"), \.omissions),
            ("duplicate_findings", Text(en: "duplicate findings", zh: "重复发现"), \.duplicates),
            ("waived_findings", Text(en: "waived findings", zh: "已豁免"), \.waived),
            ("pairs_to_review", Text(en: "pairs to review", zh: "待复核对"), \.pairsToReview),
        ]
        return counts.map { name, title, path in
            DifferenceCounts(
                name: name, title: title, before: difference.before.account.counts[keyPath: path],
                after: difference.after.account.counts[keyPath: path])
        }
    }
}
