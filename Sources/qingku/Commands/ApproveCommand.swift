import ArgumentParser
import Foundation
import Pipeline
import Records

struct ApproveCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Agree, as a second person, to a word that the rule book wants two people for; or refuse it.",
        discussion: """
            What “approvals: two_people” of the rule book names is recorded as a proposal and counts once somebody other than
            its proposer approves it; what is refused never does. An erasure is carried out, and the master made anew, at once.

            Examples:
              qingku approve --list
              qingku approve 57 --by li --reason "both cards seen"
              qingku approve 57 --by li --reason "twins" --refuse
            """)

    @Argument(help: "Number of the event that waits.")
    var event: Int?

    @Option(help: "Who approves (default: the user of the system).")
    var by: String = NSUserName()

    @Option(help: "Why; the audit trail keeps it.")
    var reason: String?

    @Flag(help: "Refuse it.")
    var refuse = false

    @Flag(help: "List what waits.")
    var list = false

    @Flag(help: "Only record it; the next “qingku reconcile” or “clean” makes the master anew.")
    var later = false

    @OptionGroup var place: LedgerPlace

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
        guard list == (event == nil) else { throw ValidationError("Give the number of an event, or --list.") }
        guard list || reason != nil else { throw ValidationError("Give --reason: the trail keeps it.") }
    }

    func run() throws {
        guard let event, let reason else { return try printList() }
        let language = place.spoken
        var request = ApprovalRequest(
            workspace: try place.folder(), event: event, isRefused: refuse, by: by, reason: reason, threads: threads,
            language: language, clock: .system)
        request.isReconciled = !later
        let outcome = try ApproveRun.run(request) { Console.progress($0.title(language)) }
        Console.endProgress()
        if json {
            try Console.print(
                json: Answer(
                    event: outcome.event, granted: !refuse, moves: outcome.moves?.count,
                    erased: outcome.erasure?.records.count, output: outcome.output))
            return
        }
        for line in lines(outcome, event, request.workspace) { Console.print(Console.harmless(line(language))) }
    }

    private func lines(_ outcome: ApproveRun.Outcome, _ event: Int, _ workspace: String) -> [Text] {
        if refuse { return [Text(en: "Event \(event) is refused and never counts.", zh: "第 \(event) 号事件被拒绝，不再生效。")] }
        var lines = [Text(en: "Event \(event) is approved.", zh: "第 \(event) 号事件已获批准。")]
        if let erased = outcome.erasure {
            lines.append(
                Text(
                    en:
                        "\(counted(erased.records.count, "record")) \(erased.records.count == 1 ? "was" : "were") erased.",
                    zh: "已删除 \(erased.records.count) 条记录。"))
        }
        if let moves = outcome.moves {
            lines.append(
                Text(
                    en: "\(counted(moves.count, "record")) changed \(moves.count == 1 ? "its" : "their") person.",
                    zh: "\(moves.count) 条记录改变了所属人员。"))
        }
        if outcome.isOfMaster { lines.append(WordOptions.takingBack([event], workspace)) }
        if let output = outcome.output { lines.append(Text(en: "Results: \(output)", zh: "结果：\(output)")) }
        return lines
    }

    private func printList() throws {
        let waiting = try ApproveRun.waiting(workspace: try place.folder())
        let language = place.spoken
        if json { return try Console.print(json: waiting.map { Line($0, language) }) }
        if waiting.isEmpty { Console.print(Text(en: "Nothing waits.", zh: "没有待批准的内容。")(language)) }
        for word in waiting {
            Console.print(
                Console.harmless(
                    "\(word.event)  \(word.time)  \(word.by)  \(word.title(language))  \(WordOptions.classes(word.classes)(language))"
                ))
            for line in word.told.lines(language) { Console.print(Console.harmless(line)) }
        }
    }

    private struct Answer: Encodable {
        let event: Int
        let granted: Bool
        let moves: Int?
        let erased: Int?
        let output: String?
    }

    private struct Line: Encodable {
        let event: Int
        let type: String
        let time: String
        let by: String
        let classes: [String]
        let subjects: [String]
        let says: [String]
        let reason: String

        init(_ word: ApproveRun.Waiting, _ language: Language) {
            event = word.event
            type = word.type
            time = word.time
            by = word.by
            classes = word.classes
            subjects = word.subjects
            says = word.told.says.map { $0(language) }
            reason = word.told.reason
        }
    }
}
