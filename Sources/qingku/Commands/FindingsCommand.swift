import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct FindingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings",
        abstract: "List the findings of a workspace, look one up, or say that one is accepted as it is.",
        discussion: """
            Examples:
              qingku findings --workspace registry.qingku --severity error
              qingku findings --workspace registry.qingku --new --area 5101 --csv > new.csv
              qingku findings show F3a9c0e1 --workspace registry.qingku
              qingku findings waive F3a9c0e1 F77b2 --reason "seen on the card" --until 2027-06-30
              qingku findings unwaive F3a9c0e1 --reason "the card was another person's"
            """,
        subcommands: [List.self, Show.self, Waive.self, Unwaive.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List and filter findings (the default). Text masks values; --json and --csv give them whole.",
            discussion: """
                Filters of one kind add up, filters of different kinds narrow. Without --state, resolved and waived
                findings are left out.
                """)

        @OptionGroup var place: LedgerPlace

        @Option(help: "Only this check; may be given again.")
        var check: [String] = []

        @Option(help: "Only records of this source; may be given again.")
        var source: [String] = []

        @Option(help: "Only this severity: note (or info), warning or error; may be given again.")
        var severity: [Severity] = []

        @Option(help: "Only this state: open, returned, waived or resolved; may be given again.")
        var state: [Ledger.State] = []

        @Option(help: "Only this kind: error, omission or duplicate; may be given again.")
        var kind: [Finding.Kind] = []

        @Option(help: "Only findings about this field; may be given again.")
        var field: [String] = []

        @Option(help: "Only records of this area: a division code or its beginning, or a value of the areas' field.")
        var area: String?

        @Flag(help: "Only findings that the newest run made for the first time.")
        var new = false

        @Option(help: "List at most so many findings (default: 20 as text, all as JSON or CSV).")
        var limit: Int?

        @Flag(help: "Print JSON.")
        var json = false

        @Flag(help: "Print CSV with the columns of findings.csv.")
        var csv = false

        func validate() throws {
            guard !json || !csv else { throw ValidationError("Give --json or --csv, not both.") }
            guard limit ?? 0 >= 0 else { throw ValidationError("--limit is a number from 0.") }
        }

        func run() throws {
            let workspace = try place.folder()
            var request = FindingsRequest(workspace: workspace, clock: .system)
            (request.checks, request.kinds, request.sources) = (check, kind, source)
            (request.severities, request.states, request.fields) = (severity, state, field)
            (request.area, request.isNew) = (area, new)
            request.limit = limit ?? (json || csv ? nil : 20)
            let list = try FindingsRun.list(request)
            let language = place.spoken
            if json {
                Console.print(FindingJSON.document(list, language).text.trimmingCharacters(in: .newlines))
            } else if csv {
                Console.print(FindingJSON.csv(list, language).trimmingCharacters(in: .newlines))
            } else {
                for line in FindingText.lines(list, workspace: workspace, language) { Console.print(line) }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show everything known of one finding: what it says, the record, and what became of it.")

        @Argument(help: "The finding's id, or as much of its beginning as only one has.")
        var id: String

        @OptionGroup var place: LedgerPlace

        @Flag(help: "Print JSON instead of text.")
        var json = false

        func run() throws {
            let workspace = try place.folder()
            let story = try FindingsRun.show(id, workspace: workspace, clock: .system)
            if json {
                Console.print(FindingJSON.document(story, place.spoken).text.trimmingCharacters(in: .newlines))
            } else {
                for line in FindingText.lines(story, workspace: workspace, place.spoken) { Console.print(line) }
            }
        }
    }

    struct Waive: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Accept findings as they are: they count no more, until a day or until the value changes.")

        @Argument(help: "Ids of findings.")
        var ids: [String]

        @Option(help: "Why they are accepted; the audit trail keeps it.")
        var reason: String

        @Option(help: "Who says so (default: the user of the system).")
        var by: String = NSUserName()

        @Option(help: "The last day it holds, such as 2027-06-30 (default: until the value changes).")
        var until: String?

        @Flag(help: "Take the waivers back instead, as unwaive does.")
        var takeBack = false

        @OptionGroup var place: LedgerPlace

        func validate() throws {
            guard !takeBack || until == nil else { throw ValidationError("--take-back has no --until.") }
        }

        func run() throws {
            try place.change(ids, reason: reason, by: by, until: until, isTakenBack: takeBack)
        }
    }

    struct Unwaive: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take waivers back: the findings count again.")

        @Argument(help: "Ids of findings.")
        var ids: [String]

        @Option(help: "Why they are not accepted any more; the audit trail keeps it.")
        var reason: String

        @Option(help: "Who says so (default: the user of the system).")
        var by: String = NSUserName()

        @OptionGroup var place: LedgerPlace

        func run() throws {
            try place.change(ids, reason: reason, by: by, until: nil, isTakenBack: true)
        }
    }
}

/// Which workspace's findings, and the language to speak of them.
struct LedgerPlace: ParsableArguments {
    @Option(help: "Folder of the registry's store (default: the only .qingku folder here or in inputs).")
    var workspace: String?

    @Option(help: "Language of the text: en or zh (default: the locale's).")
    var language: Language?

    var spoken: Language { Console.language(language) }

    /// - Throws: `E-FIND-009` when none is named and not exactly one is found.
    func folder() throws -> String { try Self.folder(workspace) }

    static func folder(_ workspace: String?) throws -> String {
        if let workspace { return workspace }
        let found = [".", "inputs"].flatMap { folder -> [String] in
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".qingku") }.map { folder == "." ? $0 : folder + "/" + $0 }
        }.sorted()
        if found.count == 1 { return found[0] }
        throw Failure(
            .badInput, code: "E-FIND-009",
            found.isEmpty
                ? Text(en: "there is no workspace here", zh: "此处没有工作区")
                : Text(en: "there are \(found.count) workspaces here", zh: "此处有 \(found.count) 个工作区"),
            advice: Text(
                en: "Name one with --workspace\(found.isEmpty ? "" : ": " + found.joined(separator: ", ")).",
                zh: "请用 --workspace 指定\(found.isEmpty ? "" : "：" + found.joined(separator: "、"))。"))
    }

    func change(_ ids: [String], reason: String, by: String, until: String?, isTakenBack: Bool) throws {
        let workspace = try folder()
        let request = WaiverRequest(
            workspace: workspace, findings: ids, reason: reason, by: by, until: until, clock: .system)
        let outcome = isTakenBack ? try WaiverRun.takeBack(request) : try WaiverRun.waive(request)
        for id in outcome.changed {
            let end = until.map { Text(en: " until \($0)", zh: "，至 \($0)") } ?? Text(en: "", zh: "")
            let line =
                isTakenBack
                ? Text(en: "\(id) counts again", zh: "\(id) 重新计入")
                : Text(en: "\(id) is waived\(end.en)", zh: "\(id) 已豁免\(end.zh)")
            Console.print(line(spoken))
        }
        for id in outcome.unchanged {
            let line =
                isTakenBack
                ? Text(en: "\(id) was not waived", zh: "\(id) 没有被豁免")
                : Text(en: "\(id) is waived like that already", zh: "\(id) 已有相同的豁免")
            Console.print(line(spoken))
        }
        if let event = outcome.event { Console.print(WordOptions.takingBack([event], workspace)(spoken)) }
        let next = "qingku findings --state waived --workspace \(workspace)"
        Console.print(Text(en: "Next: \(next)", zh: "下一步：\(next)")(spoken))
    }
}

extension Ledger.State: ExpressibleByArgument {}
extension Finding.Kind: ExpressibleByArgument {}
