import Glibc
import Records

extension ReportTables {
    /// How duplicates were found: outcomes, the two lines, keys, and what the evidence weighs.
    var duplicates: Section? {
        guard let matching = facts.matching else { return nil }
        let tables = [
            outcomes(matching), expectation(matching), bins(matching), thresholds(matching), lines(matching),
            blocking(matching),
            levels(matching), classes(matching),
        ].compactMap { $0 }
        let (candidates, merged, review) = (
            grouped(matching.model.candidatePairs), grouped(matching.pairs(.merged)), grouped(matching.pairs(.review))
        )
        return Section(
            "duplicates", Text(en: "Duplicates", zh: "重复记录"),
            lead: Text(
                en:
                    "Of \(candidates) pairs of records that share a blocking key, \(merged) were merged by score and \(review) are over the review line without being merged.",
                zh: "在 \(candidates) 对有共同分组键的记录中，\(merged) 对依评分合并，\(review) 对在待判定线以上而未合并。"), tables)
    }

    static func words(_ outcome: ScoredPair.Outcome) -> Text {
        switch outcome {
        case .merged: Text(en: "merged by score", zh: "依评分合并")
        case .review: Text(en: "waiting for a decision", zh: "等待判定")
        case .decidedSame: Text(en: "merged because somebody decided so", zh: "经人工判定合并")
        case .decidedDifferent: Text(en: "kept apart by a decision", zh: "经人工判定分开")
        case .heldApart: Text(en: "held apart by a rule", zh: "因规则保持分开")
        }
    }

    private func outcomes(_ matching: MatchingFacts) -> ReportTable? {
        let outcomes = matching.outcomes.filter { $0.pairs > 0 }
        if outcomes.isEmpty { return nil }
        return ReportTable(
            "outcomes", Text(en: "Pairs over the review line", zh: "待判定线以上的记录对"),
            [
                Column("outcome", Text(en: "Outcome", zh: "结果"), isNumber: false),
                Column("pairs", Text(en: "Pairs", zh: "记录对")),
            ], outcomes.map { [.words(Self.words($0.outcome)), .count($0.pairs)] })
    }

    private func expectation(_ matching: MatchingFacts) -> ReportTable? {
        let model = matching.model
        guard let right = model.expectedPrecision, let found = model.expectedRecall else { return nil }
        func row(_ words: Text, _ share: ModelSummary.Share) -> [ReportCell] {
            [
                .words(words), .share(share.value), .share(max(0, share.value - share.margin)),
                .share(min(1, share.value + share.margin)),
            ]
        }
        return ReportTable(
            "expectation", Text(en: "What the model expects of its merges", zh: "模型对合并结果的预期"),
            [
                Column("what", Text(en: "What", zh: "项目"), isNumber: false),
                Column("share", Text(en: "Share", zh: "比率")),
                Column("lower", Text(en: "95 % from", zh: "95% 下限")), Column("upper", Text(en: "to", zh: "上限")),
            ],
            [
                row(Text(en: "precision: merged pairs that are one person", zh: "查准率：已合并记录对中确为同一人"), right),
                row(
                    Text(en: "recall: true matches among the compared pairs that were merged", zh: "查全率：所比较的真实匹配中已合并"),
                    found),
            ],
            note: Text(
                en:
                    "The model’s own estimates. An audit sample of decided pairs tells how far to trust them (qingku review).",
                zh: "模型自身的估计，其可信程度应以抽样判定的结果检验（qingku review）。"))
    }

    private func bins(_ matching: MatchingFacts) -> ReportTable? {
        let bins = matching.histogram.filter { $0.pairs > 0 }
        if bins.isEmpty { return nil }
        return ReportTable(
            "histogram", Text(en: "Pairs over the review line by match weight", zh: "待判定线以上的记录对，按匹配权重分布"),
            [
                Column("from", Text(en: "Weight from", zh: "权重自")), Column("to", Text(en: "to under", zh: "至（不含）")),
                Column("pairs", Text(en: "Pairs", zh: "记录对")), Column("to_review", Text(en: "To decide", zh: "待判定")),
            ],
            bins.map {
                [
                    .number(Double($0.from), places: 0), .number(Double($0.from + 1), places: 0), .count($0.pairs),
                    .count($0.toReview),
                ]
            })
    }

    private func thresholds(_ matching: MatchingFacts) -> ReportTable? {
        let points = ThresholdCurve.points(matching)
        if points.count < 2 { return nil }
        return ReportTable(
            "thresholds", Text(en: "Expected precision and recall by line", zh: "不同合并线的预期查准率与查全率"),
            [
                Column("weight", Text(en: "Merged from weight", zh: "合并起始权重")),
                Column("pairs", Text(en: "Pairs", zh: "记录对")),
                Column("precision", Text(en: "Precision", zh: "查准率")), Column("recall", Text(en: "Recall", zh: "查全率")),
            ],
            points.map {
                [
                    .number(Double($0.weight), places: 0), .count($0.pairs), .share($0.precision),
                    $0.recall.map(ReportCell.share) ?? .none,
                ]
            },
            note: Text(
                en: "From the calibrated probabilities of the pairs over each weight; no truth is known here.",
                zh: "按各权重以上记录对的校准概率计算，并非以真实答案核对。"))
    }

    private func lines(_ matching: MatchingFacts) -> ReportTable? {
        if matching.model.lines.isEmpty { return nil }
        return ReportTable(
            "lines", Text(en: "What a merge line costs, as the model expects it", zh: "不同合并线的代价（模型估计）"),
            [
                Column("line", Text(en: "Merged from", zh: "合并线")),
                Column("chosen", Text(en: "This run", zh: "本次"), isNumber: false),
                Column("false_merges", Text(en: "False merges per 1,000 persons", zh: "每千人错误合并")),
                Column("missed", Text(en: "Matches below the line", zh: "线下的真实匹配")),
                Column("pairs_to_review", Text(en: "Pairs to decide", zh: "待判定记录对")),
                Column("hours", Text(en: "Hours", zh: "小时")),
            ],
            matching.model.lines.map {
                [
                    .number($0.line, places: 4), $0.isChosen ? .words(Text(en: "yes", zh: "是")) : .none,
                    .number($0.falseMergesPer1000, places: 2), .number($0.missedMatches, places: 0),
                    .count($0.pairsToReview),
                    .number($0.reviewHours, places: 1),
                ]
            })
    }

    private func blocking(_ matching: MatchingFacts) -> ReportTable? {
        if matching.blocking.isEmpty { return nil }
        let all = matching.blocking.reduce(0) { $0 + $1.newPairs }
        return ReportTable(
            "blocking", Text(en: "Blocking keys: which pairs were compared at all", zh: "分组键：哪些记录对被拿来比较"),
            [
                Column("key", Text(en: "Key", zh: "分组键"), isNumber: false),
                Column("pairs", Text(en: "Pairs", zh: "记录对")),
                Column("new_pairs", Text(en: "New pairs", zh: "新增记录对")),
                Column("largest_block", Text(en: "Largest block", zh: "最大分组")),
                Column("left_out", Text(en: "Left out", zh: "未使用"), isNumber: false),
            ],
            matching.blocking.map {
                [
                    .code($0.key), .count($0.pairs), all > 0 ? .rate(ReportRate(Rate($0.newPairs, of: all))) : .none,
                    .count($0.largestBlock),
                    $0.isLeftOut ? .words(Text(en: "too many pairs", zh: "记录对过多")) : .none,
                ]
            })
    }

    /// m and u of every level: how often it is met among pairs of one person, and among pairs of two.
    private func levels(_ matching: MatchingFacts) -> ReportTable? {
        let shares = LevelShares(matching.model)
        let rows = matching.comparisons.enumerated().flatMap { field, comparison in
            zip(comparison.levels, comparison.weights).enumerated().reversed().map { level, pair -> [ReportCell] in
                [
                    .code(comparison.field), .words(Text { LevelWords.title(pair.0, $0) }),
                    shares.m(field, level).map { .number($0 * 100, places: 2) } ?? .none,
                    shares.u(field, level).map { .number($0 * 100, places: 2) } ?? .none, .number(pair.1, places: 1),
                ]
            }
        }
        if rows.isEmpty { return nil }
        return ReportTable(
            "levels", Text(en: "What the evidence weighs", zh: "各项证据的权重"),
            [
                Column("field", Text(en: "Field", zh: "字段"), isNumber: false),
                Column("level", Text(en: "Level", zh: "等级"), isNumber: false),
                Column("m", Text(en: "m: % of pairs of one person", zh: "m：同一人的记录对（%）")),
                Column("u", Text(en: "u: % of pairs of two", zh: "u：不同人的记录对（%）")),
                Column("weight", Text(en: "Weight", zh: "权重")),
            ], rows,
            note: Text(
                en: "A weight over 0 speaks for one person, under 0 against it; a missing value says nothing.",
                zh: "权重大于 0 支持“同一人”，小于 0 反对；缺失的值不说明任何问题。"))
    }

    private func classes(_ matching: MatchingFacts) -> ReportTable? {
        if matching.model.classes.isEmpty { return nil }
        return ReportTable(
            "classes", Text(en: "Kinds of pairs the model tells apart", zh: "模型区分的记录对类别"),
            [
                Column("class", Text(en: "Class", zh: "类别"), isNumber: false),
                Column("stands_for", Text(en: "Stands for", zh: "含义"), isNumber: false),
                Column("share", Text(en: "% of compared pairs", zh: "占比较记录对（%）")),
            ],
            matching.model.classes.map { item in
                [
                    .words(Text { LevelWords.title(ofClass: item.name, $0) }),
                    .words(
                        item.isMatch ? Text(en: "one person", zh: "同一人") : Text(en: "different persons", zh: "不同的人")),
                    .number(item.share * 100, places: 3),
                ]
            })
    }
}

/// What the model expects of merging from each weight on, by the probabilities of the pairs over it.
package enum ThresholdCurve {
    package struct Point: Sendable, Hashable {
        /// Pairs from this weight on.
        package let weight: Int
        package let pairs: Int
        package let precision: Double
        /// Of the matches among all candidate pairs; `nil` where their number is not known.
        package let recall: Double?
    }

    /// By rising weight.
    package static func points(_ matching: MatchingFacts) -> [Point] {
        let bins = matching.histogram
        var points: [Point] = []
        var (pairs, right) = (0, 0.0)
        let line = matching.model.mergeLine.map(weight)
        // The matches there are follow from what is found over the merge line and the share that is.
        var found = 0.0
        for bin in bins where line.map({ Double(bin.from) + 0.5 >= $0 }) ?? false { found += bin.expected }
        let matches = matching.model.expectedRecall.flatMap { $0.value > 0 && found > 0 ? found / $0.value : nil }
        for bin in bins.reversed() {
            pairs += bin.pairs
            right += bin.expected
            if bin.pairs == 0 { continue }
            points.append(
                Point(
                    weight: bin.from, pairs: pairs, precision: right / Double(pairs),
                    recall: matches.map { min(1, right / $0) }))
        }
        return points.reversed()
    }

    /// Log₂ odds of a probability.
    static func weight(_ probability: Double) -> Double {
        let inside = min(max(probability, 1e-15), 1 - 1e-15)
        return log2(inside / (1 - inside))
    }
}

/// m and u of the levels: the classes of a mixture put together by their shares.
struct LevelShares {
    private let model: ModelSummary

    init(_ model: ModelSummary) {
        self.model = model
    }

    func m(_ field: Int, _ level: Int) -> Double? { share(field, level, ofMatches: true) }
    func u(_ field: Int, _ level: Int) -> Double? { share(field, level, ofMatches: false) }

    private func share(_ field: Int, _ level: Int, ofMatches: Bool) -> Double? {
        var (sum, all) = (0.0, 0.0)
        for item in model.classes where item.isMatch == ofMatches {
            guard field < item.levels.count, level < item.levels[field].count else { continue }
            sum += item.share * item.levels[field][level]
            all += item.share
        }
        return all > 0 ? sum / all : nil
    }
}
