import Foundation
import Records

/// `examples.json`: the records that a report shows beside its numbers, by their ids and with masked values. It goes with the
/// tables of a run, while the counts of `run.json` stay.
package enum ExamplesFile {
    package static let name = "examples.json"

    package static func write(_ facts: RunFacts, to sink: inout FileSink) throws {
        sink.append(text(facts))
        try sink.check()
    }

    package static func text(_ facts: RunFacts) -> String { document(facts).text }

    private static func document(_ facts: RunFacts) -> JSON {
        .object([
            ("checks", .array(facts.checks.filter { !$0.examples.isEmpty }.map(check))),
            ("issues", .array(facts.issues.filter { !$0.examples.isEmpty }.map(check))),
            ("pairs", .array((facts.matching?.toReview ?? []).map(pair))),
        ])
    }

    private static func check(_ check: CheckTally) -> JSON {
        .object([
            ("check", .string(check.check)),
            (
                "records",
                .array(
                    check.examples.map {
                        .object([
                            ("source", .string($0.source)), ("record_id", .string($0.recordID)),
                            ("line", $0.line.map(JSON.integer) ?? .null), ("field", $0.field.map(JSON.string) ?? .null),
                            ("value", .string($0.value)),
                        ])
                    })
            ),
        ])
    }

    private static func pair(_ pair: MatchingFacts.PairExample) -> JSON {
        .object([
            ("a", .array([.string(pair.a.source), .string(pair.a.recordID)])),
            ("b", .array([.string(pair.b.source), .string(pair.b.recordID)])),
            ("probability", .decimal(pair.probability, places: 6)), ("weight", .decimal(pair.weight, places: 4)),
            (
                "levels",
                .array(
                    pair.levels.map {
                        .object([
                            ("field", .string($0.field)), ("level", .string($0.level)),
                            ("weight", .decimal($0.weight, places: 4)),
                        ])
                    })
            ),
        ])
    }
}

extension RunFacts {
    /// The records to look up, from `examples.json`; what cannot be read brings none.
    package mutating func takeExamples(_ file: [UInt8]) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let examples = try? decoder.decode(StoredExamples.self, from: Data(file)) else { return }
        func given(_ checks: [CheckTally], _ stored: [StoredExamples.Check]) -> [CheckTally] {
            let byCheck = Dictionary(stored.map { ($0.check, $0.records) }) { first, _ in first }
            return checks.map { $0.with(examples: (byCheck[$0.check] ?? []).map(\.example)) }
        }
        checks = given(checks, examples.checks)
        issues = given(issues, examples.issues)
        matching = matching.map { $0.with(toReview: examples.pairs.compactMap(\.example)) }
    }

    /// Without any record: what may lie outside of the registry.
    package var withoutExamples: RunFacts {
        var facts = self
        facts.checks = checks.map { $0.with(examples: []) }
        facts.issues = issues.map { $0.with(examples: []) }
        facts.matching = matching.map { $0.with(toReview: []) }
        return facts
    }
}

private struct StoredExamples: Decodable {
    let checks: [Check]
    let issues: [Check]
    let pairs: [Pair]

    struct Check: Decodable {
        let check: String
        let records: [Record]
    }

    struct Record: Decodable {
        let source: String
        let recordId: String
        let line: Int?
        let field: String?
        let value: String

        var example: CheckTally.Example {
            CheckTally.Example(source: source, recordID: recordId, line: line, field: field, value: value)
        }
    }

    struct Pair: Decodable {
        let a: [String]
        let b: [String]
        let probability: Double
        let weight: Double
        let levels: [Level]

        struct Level: Decodable {
            let field: String
            let level: String
            let weight: Double
        }

        /// `nil` for what is no pair.
        var example: MatchingFacts.PairExample? {
            guard a.count == 2, b.count == 2 else { return nil }
            return MatchingFacts.PairExample(
                a: RecordKey(source: a[0], recordID: a[1]), b: RecordKey(source: b[0], recordID: b[1]),
                probability: probability, weight: weight,
                levels: levels.map { .init(field: $0.field, level: $0.level, weight: $0.weight) })
        }
    }
}

extension CheckTally {
    fileprivate func with(examples: [Example]) -> CheckTally {
        CheckTally(
            check: check, title: title, kind: kind, severity: severity, count: count, records: records,
            withSuggestion: withSuggestion, bySource: bySource, byField: byField, examples: examples, waived: waived)
    }
}

extension MatchingFacts {
    fileprivate func with(toReview: [PairExample]) -> MatchingFacts {
        MatchingFacts(
            comparisons: comparisons, blocking: blocking, model: model, outcomes: outcomes, histogram: histogram,
            toReview: toReview)
    }
}
