package import Records

/// What `match --explain-blocking` prints: first what is known before comparing, then what is estimated of the matches.
package struct ForecastText {
    private let forecast: BlockingForecast
    private let language: Language

    private func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }

    /// - Parameter seconds: that comparing will take on this machine.
    package static func counts(
        _ forecast: BlockingForecast, seconds: Double, threads: Int, _ language: Language
    ) -> [String] {
        ForecastText(forecast: forecast, language: language).counts(seconds, threads)
    }

    package static func estimate(
        _ estimate: BlockingRecallEstimate, of forecast: BlockingForecast, next: String, _ language: Language
    ) -> [String] {
        let text = ForecastText(forecast: forecast, language: language)
        return text.matches(estimate) + text.recall(estimate)
            + ["", text.say("Next", "下一步") + "  " + next.singleLine]
    }

    private func counts(_ seconds: Double, _ threads: Int) -> [String] {
        var table = TextTable([.left, .right, .right, .right, .right, .left])
        table.add([
            say("key", "分块键"), say("pairs", "记录对"), say("new", "新增"), say("only here", "仅此键"),
            say("largest block", "最大块"), "",
        ])
        for key in forecast.keys {
            table.add([
                key.key, grouped(key.pairs), grouped(key.newPairs), grouped(key.onlyPairs), grouped(key.largestBlock),
                clipped(key.largestBlockValue.singleLine, columns: 40),
            ])
        }
        table.add([
            say("together", "合计"), "", grouped(forecast.pairs), grouped(forecast.keys.reduce(0) { $0 + $1.onlyPairs }),
        ])
        let time = seconds < 0.1 ? "0.1" : decimal(seconds, seconds < 10 ? 1 : 0)
        let isShort = seconds < 0.1
        return forecast.remarks.map { $0(language).singleLine } + [
            say(
                "Pairs to compare among \(grouped(forecast.records)) records, counted exactly",
                "\(grouped(forecast.records)) 条记录中要比较的记录对（精确计数）")
        ] + table.lines + [
            say(
                "  “new”: that no key above has brought; “only here”: that no other key brings.",
                "  “新增”：上面的键未带来的；“仅此键”：其他键都不带来的。"),
            say(
                "Comparing them will take \(isShort ? "less than" : "about") \(time) s here with \(threads) threads.",
                "在本机用 \(threads) 个线程比较\(isShort ? "不到" : "约需") \(time) 秒。"),
        ]
    }

    private func matches(_ estimate: BlockingRecallEstimate) -> [String] {
        var table = TextTable([.left, .right, .right, .right])
        table.add([
            say("key", "分块键"), say("matches", "同一人"), say("only here", "仅此键"), say("pairs for a match", "每例所需记录对"),
        ])
        for (key, found) in zip(forecast.keys, estimate.keys) {
            table.add([
                key.key, count(found.matches), count(found.onlyMatches),
                found.matches >= 0.5 ? decimal(Double(key.pairs) / found.matches, 1) : "—",
            ])
        }
        table.add([say("together", "合计"), count(estimate.matches)])
        return [
            "",
            say(
                "Matches each key finds, estimated by the model without labels",
                "各键找到的同一人记录对（由模型估计，无需标注）"),
        ] + table.lines
    }

    private func count(_ number: Double) -> String {
        number < 10 && number >= 0.05 ? decimal(number, 1) : grouped(Int(number.rounded()))
    }

    private func recall(_ estimate: BlockingRecallEstimate) -> [String] {
        guard let recall = estimate.recall else {
            return [
                "",
                say(
                    "Too few matches were found to estimate how many the keys miss.",
                    "找到的同一人太少，无法估计分块键漏掉多少。"),
            ]
        }
        let missed = estimate.matches / max(recall.value, 0.01) - estimate.matches
        return [
            "",
            say(
                "The keys find about \(percentText(recall.value)) of all matches (between \(percentText(recall.lower)) and \(percentText(recall.upper))); about \(grouped(Int(missed.rounded()))) are missed.",
                "分块键约能找到全部同一人记录对的 \(percentText(recall.value))（介于 \(percentText(recall.lower)) 与 \(percentText(recall.upper)) 之间）；约漏掉 \(grouped(Int(missed.rounded()))) 对。"
            ),
            say(
                "  An estimate, not a count: from how often the fields agree in the matches that were found, by capture and recapture.",
                "  这是估计而非计数：根据已找到的同一人各字段一致的频率，用“捕获—再捕获”方法推算。"),
        ]
    }

}

/// `match --explain-blocking --json`.
package enum ForecastJSON {
    /// Raised when a key changes its meaning or goes away; new keys leave it.
    package static let schemaVersion = 1

    package static func document(
        _ forecast: BlockingForecast, _ estimate: BlockingRecallEstimate, seconds: Double, threads: Int
    ) -> JSON {
        .object([
            ("schema", .integer(schemaVersion)), ("records", .integer(forecast.records)),
            ("pairs", .integer(forecast.pairs)), ("pair_budget", .integer(forecast.pairBudget)),
            ("matches", .decimal(estimate.matches, places: 3)),
            (
                "recall",
                estimate.recall.map {
                    .object([
                        ("value", .decimal($0.value, places: 4)), ("lower", .decimal($0.lower, places: 4)),
                        ("upper", .decimal($0.upper, places: 4)),
                    ])
                } ?? .null
            ),
            ("matches_by_number_of_keys", .array(estimate.byKeys.map { .decimal($0, places: 3) })),
            ("keys", .array(zip(forecast.keys, estimate.keys).map(key))),
            ("remarks", .array(forecast.remarks.map { .string($0.en) })),
            (
                "measured",
                .object([("estimated_seconds", .decimal(seconds, places: 3)), ("threads", .integer(threads))])
            ),
        ])
    }

    private static func key(_ key: BlockingForecast.Key, _ found: BlockingRecallEstimate.Key) -> JSON {
        .object([
            ("key", .string(key.key)), ("pairs", .integer(key.pairs)), ("new_pairs", .integer(key.newPairs)),
            ("only_pairs", .integer(key.onlyPairs)), ("largest_block", .integer(key.largestBlock)),
            ("largest_block_value", .string(key.largestBlockValue)),
            ("matches", .decimal(found.matches, places: 3)), ("only_matches", .decimal(found.onlyMatches, places: 3)),
        ])
    }
}
