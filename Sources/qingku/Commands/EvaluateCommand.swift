import ArgumentParser
import Foundation
import Pipeline
import Records

struct EvaluateCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure a run against a known truth: pairs, records, false merges, blocking, errors, omissions.",
        discussion: """
            The truth is a CSV file with the columns id and entity_id (and source, where ids of sources coincide).

            --errors is a CSV file with the columns id, source, field, kind, original and value, one row for each cell that was
            altered. A deviation that only writes the same in another way is no error. Any other is detectable when its record
            contradicts itself or has a value of the wrong form, or when another record of the same person has another
            value; an emptied cell when its field is required or another record has a value. It is found when a finding names
            its cell or the other side of the contradiction. A finding is right when its cell was altered, has the wrong
            culprit when only the other side was, and is false otherwise.
            --omissions is a CSV file with the columns entity_id, missing_in and, where known, inferable (1 or 0).

            Examples:
              qingku evaluate --truth inputs/truth/truth.csv --workspace registry.qingku
              qingku evaluate --truth truth.csv result
            """)

    @Argument(
        help: ArgumentHelp(
            "A run's folder, or its number with --workspace (default: the newest run of the workspace).",
            valueName: "run"))
    var target: String?

    @Option(help: "CSV file id,entity_id.")
    var truth: String

    @Option(help: "CSV file of altered cells: id,source,field,kind,original,value. Needs --workspace.")
    var errors: String?

    @Option(help: "CSV file of persons missing in a source: entity_id,missing_in,inferable.")
    var omissions: String?

    @Option(help: "Folder of the registry's store.")
    var workspace: String?

    @Option(help: "Threads to use, from 1 (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Language of the text: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard target != nil || workspace != nil else { throw ValidationError("Give a run's folder or --workspace.") }
        guard threads >= 1 else { throw ValidationError("--threads is a number from 1.") }
    }

    func run() throws {
        let outcome = try EvaluationRun.run(
            try EvaluationRun.source(run: target, workspace: workspace), truthPath: truth,
            errorsPath: errors, omissionsPath: omissions, threads: threads)
        let lines = json ? [Self.json(outcome)] : Self.text(outcome, Console.language(language))
        for line in lines { Console.print(line) }
    }

    private static func text(_ outcome: EvaluationRun.Outcome, _ language: Language) -> [String] {
        let evaluation = outcome.evaluation
        let pairs = evaluation.pairwise
        let records = evaluation.bCubed
        func number(_ value: Double) -> String { String(format: "%.4f", value) }
        var lines = [
            Text(
                en: "Records with a truth   \(evaluation.records)", zh: "有真值的记录数   \(evaluation.records)"),
            Text(
                en:
                    "Pairs    precision \(number(pairs.precision))  recall \(number(pairs.recall))  F1 \(number(pairs.f1))",
                zh: "按记录对  精确率 \(number(pairs.precision))  召回率 \(number(pairs.recall))  F1 \(number(pairs.f1))"),
            Text(
                en:
                    "B³       precision \(number(records.precision))  recall \(number(records.recall))  F1 \(number(records.f1))",
                zh: "B³       精确率 \(number(records.precision))  召回率 \(number(records.recall))  F1 \(number(records.f1))"
            ),
            Text(
                en: "False merges per 1,000 persons   \(String(format: "%.2f", evaluation.falseMergesPer1000))",
                zh: "每千人错误合并   \(String(format: "%.2f", evaluation.falseMergesPer1000))"),
        ]
        if let recall = outcome.blockingRecall {
            lines.append(
                Text(
                    en: "True pairs that a blocking key brings together   \(number(recall))",
                    zh: "分块键覆盖的真实记录对   \(number(recall))"))
        }
        if outcome.withoutTruth > 0 || outcome.withoutRecord > 0 {
            lines.append(
                Text(
                    en: """
                        Left out: \(outcome.withoutTruth) records the truth does not know, \(outcome.withoutRecord) \
                        entries of the truth without a record.
                        """,
                    zh: "未计入：真值中没有的记录 \(outcome.withoutTruth) 条，没有对应记录的真值 \(outcome.withoutRecord) 条。"))
        }
        if let errors = outcome.errors { lines += errors.lines }
        if let omissions = outcome.omissions { lines += omissions.lines }
        return lines.map { $0(language) }
    }

    private static func json(_ outcome: EvaluationRun.Outcome) -> String {
        func number(_ value: Double) -> String { String(format: "%.6f", value) }
        let evaluation = outcome.evaluation
        let pairs = evaluation.pairwise
        let records = evaluation.bCubed
        let recall = outcome.blockingRecall.map { number($0) } ?? "null"
        return """
            {"schema":1,"records":\(evaluation.records),"true_pairs":\(evaluation.truePairs),\
            "found_pairs":\(evaluation.foundPairs),"right_pairs":\(evaluation.rightPairs),\
            "pairwise":{"precision":\(number(pairs.precision)),"recall":\(number(pairs.recall)),"f1":\(number(pairs.f1))},\
            "b_cubed":{"precision":\(number(records.precision)),"recall":\(number(records.recall)),"f1":\(number(records.f1))},\
            "false_merges_per_1000":\(number(evaluation.falseMergesPer1000)),"blocking_recall":\(recall),\
            "without_truth":\(outcome.withoutTruth),"without_record":\(outcome.withoutRecord)\
            \(outcome.errors.map { ",\"errors\":" + $0.json } ?? "")\
            \(outcome.omissions.map { ",\"omissions\":" + $0.json } ?? "")}
            """
    }
}
