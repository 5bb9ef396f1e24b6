import ArgumentParser
import Foundation
import Pipeline
import Records
import Workspace

struct ImportCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take exports into a workspace, and do nothing else.",
        discussion: """
            Records that the workspace does not have are new, those with other cells are new versions, and who is no longer in an
            export is noted. Where an id is clearly somebody else's now (record-id-reused), the record is a new one. Nothing is checked, compared or written out: “qingku reconcile” or the next “clean” does that. The
            same export again changes nothing.

            Examples:
              qingku import rules/registry.yaml --workspace registry.qingku
              qingku import rules/registry.yaml registry=july/registry.csv --workspace registry.qingku
            """)

    @Argument(help: "The rule book of the registry (YAML).")
    var rules: String

    @Argument(help: ArgumentHelp("A source's file, instead of the rule book's.", valueName: "source=path"))
    var sources: [String] = []

    @Option(help: "Folder of the registry's store (default: the rule book's name with .qingku, beside its inputs).")
    var workspace: String?

    @Option(
        help: ArgumentHelp(
            "Take a source's export although it breaks off, or lacks most records or a column of the one before.",
            valueName: "source"))
    var acceptLoss: [String] = []

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    @Option(name: .customLong("by"), help: "Who runs this, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
        _ = try SourcePaths(sources)
    }

    func run() throws {
        let language = Console.language(language)
        var request = CleaningRequest(
            rulesPath: rules, threads: threads, language: language, actor: actor, clock: .system)
        request.paths = try SourcePaths(sources).paths
        request.workspace = workspace
        request.acceptedLosses = acceptLoss
        let progress = StageProgress(language, workspace: nil)
        defer { progress.end() }
        let outcome = try ImportRun.run(request) { progress.begin($0) }
        progress.end()
        if json { return try Console.print(json: outcome.exports.map(Line.init)) }
        for export in outcome.exports { Console.print(Console.harmless(Self.line(export)(language))) }
        let next =
            outcome.hasRun
            ? "qingku reconcile --workspace \(outcome.workspace)"
            : "qingku clean \(([rules] + sources).map(\.shellWord).joined(separator: " ")) --workspace \(outcome.workspace)"
        Console.print(Console.harmless(Text(en: "Next: \(next)", zh: "下一步：\(next)")(language)))
    }

    private static func line(_ export: ImportRun.Outcome.Export) -> Text {
        let (batch, counts) = (export.batch, export.batch.counts)
        guard export.isNew else {
            return Text(
                en: "\(batch.source): already imported as batch \(batch.id)", zh: "\(batch.source)：已作为第 \(batch.id) 批导入"
            )
        }
        let issues = (
            export.issues > 0 ? ", \(counted(export.issues, "problem")) with the file" : "",
            export.issues > 0 ? "，文件问题 \(export.issues) 处" : ""
        )
        let reassigned = counts.reassigned
        let others = (
            reassigned > 0 ? " (\(reassigned) under an id that somebody else had)" : "",
            reassigned > 0 ? "（其中 \(reassigned) 条沿用他人编号）" : ""
        )
        return Text(
            en: """
                \(batch.source): batch \(batch.id), \(counted(counts.records, "record")): \(counts.new) new\(others.0), \
                \(counts.changed) changed, \(counts.unchanged) unchanged, \(counts.vanished) vanished\(issues.0)
                """,
            zh: """
                \(batch.source)：第 \(batch.id) 批，记录 \(counts.records) 条：新增 \(counts.new)\(others.1)，变更 \(counts.changed)，\
                未变 \(counts.unchanged)，消失 \(counts.vanished)\(issues.1)
                """)
    }

    private struct Line: Encodable {
        let source: String
        let batch: Int
        let imported: Bool
        let records: Int
        let new: Int
        let reassigned: Int
        let changed: Int
        let unchanged: Int
        let vanished: Int
        let issues: Int

        init(_ export: ImportRun.Outcome.Export) {
            let counts = export.batch.counts
            (source, batch, imported) = (export.batch.source, export.batch.id, export.isNew)
            (records, new, reassigned, changed) = (counts.records, counts.new, counts.reassigned, counts.changed)
            (unchanged, vanished, issues) = (counts.unchanged, counts.vanished, export.issues)
        }
    }
}
