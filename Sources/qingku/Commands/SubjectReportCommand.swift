import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct SubjectReportCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "subject-report",
        abstract: "Say everything that is held about one person, for that person.",
        discussion: """
            Records of all sources in all versions with file and line, the record as it is used, findings, decisions, waivers,
            restrictions, corrections asked of offices, exports with recipient and purpose, and what the audit trail says.
            Other people are left out: where a decision names another person's record stands “another record”. That the
            report was made is an event of the audit trail.

            Example:
              qingku subject-report P00000007 --workspace registry.qingku --purpose "request 12" --out answer.txt
            """)

    @Argument(help: "A person (P00000007), or a record of the person (SOURCE:ID).")
    var name: String

    @Option(help: "Folder of the registry's store.")
    var workspace: String

    @Option(help: "What the report is made for; kept in the audit trail.")
    var purpose: String = ""

    @Option(help: "The file to write (0600); none is written over. Default: standard output.")
    var out: String?

    @Option(name: .customLong("by"), help: "Who makes it, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Option(help: "Language of the report: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func run() throws {
        let language = Console.language(language)
        if let out, FileManager.default.fileExists(atPath: out) {
            throw Failure(
                .badInput, code: "E-SUB-004", Text(en: "there is such a file already", zh: "该文件已存在"),
                at: Place(file: out), advice: Text(en: "Choose another name.", zh: "请另选文件名。"))
        }
        let report = try SubjectRun.report(
            workspace: workspace, name: name, purpose: purpose, actor: actor, clock: .system)
        let text =
            json
            ? report.document(language).text
            : report.lines(language).map { Console.harmless($0) + "\n" }.joined()
        guard let out else { return try Console.deliver(text, to: nil) }
        try SubjectRun.write(text, to: out)
        Console.noteWritten(out, language)
    }
}
