package import Records

/// `pairs.csv`: one row per scored pair over the review line, in the order of the pairs. After `key` (the blocking key
/// that brought the two together) comes one column per compared field with the name of the level reached.
package enum PairsFile {
    package static let name = "pairs.csv"

    package static func write(_ matches: Matches, _ records: RecordTable, to sink: inout FileSink) throws {
        try sink.header(
            [
                "a_source", "a_record_id", "b_source", "b_record_id", "probability", "weight", "decision", "class",
                "key",
            ] + matches.comparisons.map(\.field))
        let levels = matches.comparisons.map(\.levels)
        try records.withView { view in
            for pair in matches.pairs {
                for row in [Int(pair.a), Int(pair.b)] {
                    sink.cell(view.source(row))
                    sink.cell(utf8: view.recordID(row))
                }
                sink.cell(pair.probability, places: 6)
                sink.cell(pair.weight, places: 3)
                sink.cell(pair.outcome.rawValue)
                sink.cell(matches.className(of: pair))
                sink.cell(matches.keyName(of: pair))
                for (index, names) in levels.enumerated() {
                    let level = pair.level(index)
                    sink.cell(level < names.count ? names[level] : "")
                }
                try sink.endRow()
            }
        }
    }
}

extension Matches {
    func className(of pair: ScoredPair) -> String {
        let index = Int(pair.likeliestClass)
        return index < model.classes.count ? model.classes[index].name : ""
    }

    /// Empty for a pair that no key brought: one held by a decision.
    func keyName(of pair: ScoredPair) -> String {
        let index = Int(pair.key)
        return index < blocking.count ? blocking[index].key : ""
    }
}
