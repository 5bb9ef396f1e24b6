package import Records

/// What `rules suggest-blocking` prints.
package enum SuggestionText {
    /// - Parameter rules: the rule book as the user named it.
    package static func lines(_ suggestions: KeySuggestions, rules: String, _ language: Language) -> [String] {
        func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }
        let found = grouped(Int(suggestions.matches.rounded()))
        guard !suggestions.suggestions.isEmpty else {
            return [
                say(
                    "No key of the \(grouped(suggestions.tried)) tried would bring a match worth its pairs: the rule book's keys find \(found).",
                    "试过的 \(grouped(suggestions.tried)) 个键都不值得增加：规则文件的键已找到 \(found) 对同一人。")
            ]
        }
        var lines = [
            say(
                "The rule book's keys compare \(grouped(suggestions.pairs)) pairs and find about \(found) matches. Of \(grouped(suggestions.tried)) further keys these bring most for their pairs:",
                "规则文件的键比较 \(grouped(suggestions.pairs)) 对记录，约找到 \(found) 对同一人。在另外 \(grouped(suggestions.tried)) 个键中，以下最值得增加："
            ), "",
        ]
        var table = TextTable([.left, .right, .right, .right, .right])
        table.add([
            say("add under block:", "加在 block: 之下"), say("pairs", "记录对"), say("new pairs", "新增记录对"),
            say("new matches", "新增同一人"), say("beyond those above", "上列之外"),
        ])
        for entry in suggestions.suggestions {
            table.add([
                entry.yaml, grouped(entry.pairs), grouped(entry.newPairs), count(entry.newMatches),
                count(entry.furtherMatches),
            ])
        }
        lines += table.lines
        lines.append(
            say(
                "  Pairs are counted; new pairs and matches are estimated from a sample where there are many.",
                "  记录对为精确计数；数量多时，新增记录对和新增同一人由样本估计。"))
        if let example = suggestions.suggestions.first?.example {
            let (a, b) = ("\(example.a.source):\(example.a.recordID)", "\(example.b.source):\(example.b.recordID)")
            lines += [
                "",
                say("See for yourself", "可先核对一例")
                    + "  qingku explain \(a.singleLine) \(b.singleLine) \(rules.singleLine)",
            ]
        }
        return lines
    }

    private static func count(_ number: Double) -> String {
        number < 10 ? decimal(number, 1) : grouped(Int(number.rounded()))
    }

    /// `rules suggest-blocking --json`.
    package static func document(_ suggestions: KeySuggestions) -> JSON {
        func record(_ key: RecordKey) -> JSON {
            .object([("source", .string(key.source)), ("record_id", .string(key.recordID))])
        }
        return .object([
            ("schema", .integer(1)), ("tried", .integer(suggestions.tried)),
            ("pair_budget", .integer(suggestions.pairBudget)), ("pairs", .integer(suggestions.pairs)),
            ("matches", .decimal(suggestions.matches, places: 3)),
            (
                "suggestions",
                .array(
                    suggestions.suggestions.map { entry in
                        .object([
                            ("yaml", .string(entry.yaml)), ("parts", .array(entry.parts.map(JSON.string))),
                            ("pairs", .integer(entry.pairs)), ("new_pairs", .integer(entry.newPairs)),
                            ("new_matches", .decimal(entry.newMatches, places: 3)),
                            ("further_matches", .decimal(entry.furtherMatches, places: 3)),
                            (
                                "example",
                                entry.example.map {
                                    .object([
                                        ("a", record($0.a)), ("b", record($0.b)),
                                        ("probability", .decimal($0.probability, places: 6)),
                                    ])
                                } ?? .null
                            ),
                        ])
                    })
            ),
        ])
    }
}
