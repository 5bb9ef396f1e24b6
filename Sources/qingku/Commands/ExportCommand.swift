import ArgumentParser
import Encryption
import Foundation
import Pipeline
import Records
import Reports

struct ExportCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Give tables of a run to somebody outside, as CSV, XLSX, XML, JSON Lines or SQLite.",
        discussion: """
            machine  CSV for programs: lossless, RFC 4180
            excel    CSV to open in a spreadsheet: byte order mark; cells that it would run or change get a leading '
            xlsx     workbook: all cells as text, frozen header, filters
            xml      a record element a row, a field element a cell
            jsonl    one JSON object a line
            sqlite   one strict table a file, all text

            An export from a workspace, and from a folder that one of its runs wrote, is kept in its audit trail with purpose
            and recipient. Beside the export a file
            FILE.touched.csv lists the cells that could not be written as they are. --pseudonymise makes tokens, one for
            the same value at one recipient and another at every other, of names, numbers, phones and addresses, leaves
            years of dates and counties of places, and withholds free text and ethnic group. --encrypt-to makes files that
            open only with the secret key of a recipient (age format).

            Examples:
              qingku export --workspace registry.qingku --format xlsx --purpose "yearly count" --recipient "Statistics office"
              qingku export checked.findings --format jsonl --what findings --out findings.jsonl
              qingku export --workspace registry.qingku --format machine --pseudonymise --key-file study.key \\
                --purpose "study 12" --recipient "University" --keep registered
            """)

    @Argument(help: "The folder that a run wrote; with --workspace if the run was one of a workspace.")
    var folder: String?

    @Option(help: "Folder of the registry's store: its newest run is exported unless a folder is named.")
    var workspace: String?

    @Option(
        help: ArgumentHelp(
            "Kind of file: machine, excel, xlsx, xml, jsonl or sqlite.", valueName: "format"),
        transform: {
            guard let format = ExportFormat.named($0) else {
                let names = ExportFormat.all.map(\.name).joined(separator: ", ")
                throw ValidationError("“\($0)” is none of the formats: \(names).")
            }
            return format
        })
    var format: ExportFormat

    @Option(
        help: """
            Table: master, members, pairs, findings, changes, …; xlsx, sqlite, … hold several, with commas, or all \
            (default: master).
            """)
    var what: String?

    @Option(help: "The file to write (default: the table's name, in the working folder). None is written over.")
    var out: String?

    @Option(help: "What the data are for; kept in the audit trail.")
    var purpose: String = ""

    @Option(help: "Who gets the data; kept in the audit trail.")
    var recipient: String = ""

    @Flag(help: "Replace what names or finds a person by tokens made for the recipient.")
    var pseudonymise = false

    @Option(help: "File of the secret that tokens are made with; made (0600) when it is not there.")
    var keyFile: String?

    @Option(help: "A column or field that --pseudonymise leaves as it is; may be given several times.")
    var keep: [String] = []

    @Option(help: EncryptTo.help)
    var encryptTo: [String] = []

    @Option(name: .customLong("by"), help: "Who exports, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print the account of the export as JSON instead of text.")
    var json = false

    func validate() throws {
        guard folder != nil || workspace != nil else {
            throw ValidationError("Give the folder of a run or --workspace.")
        }
        guard pseudonymise || (keyFile == nil && keep.isEmpty) else {
            throw ValidationError("--key-file and --keep go with --pseudonymise.")
        }
    }

    func run() throws {
        let language = Console.language(language)
        let origin =
            folder.map { ExportRequest.Origin.folder($0, workspace: workspace) } ?? .workspace(workspace ?? "")
        let outcome = try ExportRun.run(
            ExportRequest(
                origin: origin, format: format,
                tables: (what ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) },
                output: out, purpose: purpose, recipient: recipient, isPseudonymised: pseudonymise, keyPath: keyFile,
                keep: keep, encryptedTo: AgeRecipient.named(encryptTo), actor: actor, clock: .system))
        if json {
            Console.print(
                ExportText.document(outcome.written, newKey: outcome.newKeyPath, event: outcome.event).text
                    .trimmingCharacters(in: .newlines))
        } else {
            for line in ExportText.lines(outcome.written, newKey: outcome.newKeyPath, event: outcome.event) {
                Console.print(line(language))
            }
        }
    }
}
