import ArgumentParser
import Foundation
import Pipeline
import Records

struct UndoCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract:
            "Take back a decision, a value, a waiver, an import, a merge or a split, at any later time, in any order.",
        discussion: """
            Nothing is deleted: what is taken back stays on record and counts as if it had never been, and an undo can be
            undone. The master is made anew from what still counts.

              41, event:41      what event 41 of the audit trail recorded; so decision:7, override:3, batch:2
              merge:P00000005   the merge by which P00000005 was retired: its records leave, the pairs are back in review
              split:P00000009   P00000009 goes back to the person it left: the words that hold the two apart are taken back, or,
                                where the machine parted them, somebody says that they are one person

            Examples:
              qingku undo --list
              qingku undo 41 --reason "wrong card" --dry-run
              qingku undo batch:3 --reason "last month's file"
            """)

    @Argument(help: "What to take back.")
    var targets: [String] = []

    @Option(help: "Why; the audit trail keeps it.")
    var reason: String?

    @Flag(help: "List what can be taken back, newest first.")
    var list = false

    @Option(help: "List at most so many (default: 20 as text, all as JSON).")
    var limit: Int?

    @OptionGroup var options: WordOptions

    func validate() throws {
        if list {
            guard targets.isEmpty else { throw ValidationError("--list takes no targets.") }
            guard limit ?? 1 >= 1 else { throw ValidationError("--limit is a number from 1.") }
        } else {
            guard !targets.isEmpty else { throw ValidationError("Say what to undo, or --list.") }
            guard reason != nil || options.isDryRun else { throw ValidationError("Give --reason: the trail keeps it.") }
        }
    }

    func run() throws {
        if list { return try printList() }
        try options.say(.undo(targets), reason: reason ?? "dry run")
    }

    private func printList() throws {
        let workspace = try options.place.folder()
        let language = options.place.spoken
        let entries = try WordList.entries(workspace: workspace, last: limit ?? (options.json ? nil : 20))
        if options.json {
            try Console.print(json: entries.map { Line($0, language) })
            return
        }
        if entries.isEmpty { Console.print(Text(en: "Nothing to undo.", zh: "没有可撤销的内容。")(language)) }
        for entry in entries {
            let state = Self.state(entry)(language)
            Console.print(
                Console.harmless("\(entry.event)  \(entry.time)  \(entry.actor)  \(entry.title(language))\(state)"))
            for line in entry.told.lines(language) { Console.print(Console.harmless(line)) }
        }
    }

    private static func state(_ entry: WordList.Entry) -> Text {
        if entry.isWaiting { return Text(en: "  (waits for a second person)", zh: "（待第二人批准）") }
        if let refusal = entry.refusal {
            return Text(
                en: "  (refused by \(refusal.by): \(refusal.reason))", zh: "（\(refusal.by) 拒绝：\(refusal.reason)）")
        }
        return entry.holds ? Text(en: "", zh: "") : Text(en: "  (does not count)", zh: "（不生效）")
    }

    private struct Line: Encodable {
        let event: Int
        let type: String
        let time: String
        let actor: String
        let subjects: [String]
        let says: [String]
        let reason: String
        let holds: Bool
        let waiting: Bool

        init(_ entry: WordList.Entry, _ language: Language) {
            event = entry.event
            type = entry.type
            time = entry.time
            actor = entry.actor
            subjects = entry.subjects
            says = entry.told.says.map { $0(language) }
            reason = entry.told.reason
            holds = entry.holds
            waiting = entry.isWaiting
        }
    }
}
