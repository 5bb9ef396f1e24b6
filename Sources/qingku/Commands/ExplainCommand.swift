import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct ExplainCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say why two records are, or are not, taken for one person; or where a person's cells come from.",
        discussion: """
            Of two records: what became of them, each field with both values and its weight, what the two most likely are
            to each other, which keys bring them together or which come nearest, and the smallest change that would turn
            the score. Records are named by their id in the export, as SOURCE:ID where ids of sources coincide.

            Of a person (P and digits, as in master.csv; or one of its records alone) with --workspace: its records, what makes them one person, and
            for every cell, or the one FIELD, how it was settled, the text as delivered, each step of normalising, and
            the values that do not stand with the reason. Nothing is masked: this is the register's own account.

            Examples:
              qingku explain R0001 R0002 rules/latin.yaml people=people.csv
              qingku explain registry:QK0001 dossier:77 --workspace registry.qingku
              qingku explain P00000012 --workspace registry.qingku
              qingku explain registry:QK0001 --workspace registry.qingku
              qingku explain P00000012 birth_date --workspace registry.qingku --run 3
              qingku explain P00000012 --workspace registry.qingku --prov > P00000012.prov.json
            """)

    @Argument(help: "A record's id, or SOURCE:ID; or a person's id.")
    var first: String

    @Argument(help: "The other record's id, or SOURCE:ID; of a person: one field.")
    var second: String?

    @Argument(help: "The rule book of the registry (YAML); not with --workspace.")
    var rules: String?

    @Argument(help: ArgumentHelp("A source's file, instead of the rule book's.", valueName: "source=path"))
    var sources: [String] = []

    @Option(help: "Folder of the registry's store: its newest run is explained, with what people decided.")
    var workspace: String?

    @Option(name: .customLong("run"), help: "Of a person: the state after this run (default: the newest).")
    var runNumber: Int?

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Language of the text: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    @Flag(help: "Of a person: print W3C PROV-JSON instead of text.")
    var prov = false

    /// A person's number cannot be told from a record's id that looks like one: `SOURCE:ID` names the record.
    private var isPerson: Bool { workspace != nil && rules == nil && ProvenanceRun.isPerson(first) }

    /// One record: its person is meant.
    private var isAlone: Bool { workspace != nil && rules == nil && second == nil }

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
        guard !(json && prov) else { throw ValidationError("Give --json or --prov, not both.") }
        guard (rules == nil) != (workspace == nil) else { throw ValidationError("Give a rule book or --workspace.") }
        _ = try SourcePaths(sources)
        if isPerson { return }
        if isAlone { return }
        guard second != nil else {
            throw ValidationError("Give two records, or a person (P…) or record with --workspace.")
        }
        guard runNumber == nil, !prov else {
            throw ValidationError("--run and --prov are for a person (P…) with --workspace.")
        }
    }

    func run() throws {
        let language = Console.language(language)
        if isPerson, try explainPerson(first, language) { return }
        if isAlone, let workspace {
            let person = try ProvenanceRun.person(ofRecord: first, workspace: workspace, run: runNumber)
            _ = try explainPerson(person, language)
            return
        }
        let origin: ExplainRequest.Origin
        if let workspace {
            origin = .workspace(workspace)
        } else {
            origin = .exports(rulesPath: rules ?? "", paths: try SourcePaths(sources).paths)
        }
        let pair = try ExplainRun.run(
            ExplainRequest(first: first, second: second ?? "", origin: origin, threads: threads)
        ) { Console.progress($0.title(language)) }
        Console.endProgress()
        if json {
            Console.print(ExplanationJSON.document(pair).text.trimmingCharacters(in: .newlines))
        } else {
            for line in ExplanationText.lines(pair, language) { Console.print(line) }
        }
    }

    /// - Returns: `false` when two records are meant, whose ids look like a person's.
    private func explainPerson(_ name: String, _ language: Language) throws -> Bool {
        let request = ProvenanceRequest(
            workspace: workspace ?? "", person: name, field: second, run: runNumber, threads: threads)
        if runNumber == nil, !prov, try ProvenanceRun.namesTwoRecords(request) { return false }
        let person = try ProvenanceRun.run(request) { Console.progress($0.title(language)) }
        Console.endProgress()
        if json || prov {
            let document = json ? ProvenanceJSON.document(person) : ProvJSON.document(person)
            Console.print(document.text.trimmingCharacters(in: .newlines))
        } else {
            for line in ProvenanceText.lines(person, language) { Console.print(line) }
        }
        return true
    }
}
