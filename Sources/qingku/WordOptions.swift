import ArgumentParser
import Foundation
import Pipeline
import Records

/// Options of everything that people say.
struct WordOptions: ParsableArguments {
    @OptionGroup var place: LedgerPlace

    @Option(help: "Who says so (default: the user of the system).")
    var by: String = NSUserName()

    @Flag(name: .customLong("dry-run"), help: "Only show what would come of it.")
    var isDryRun = false

    @Flag(help: "Only record it; the next “qingku reconcile” or “clean” makes the master anew.")
    var later = false

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
        guard !isDryRun || !later else { throw ValidationError("Give --dry-run or --later, not both.") }
    }

    /// Says it and prints what came of it.
    func say(_ word: Word, reason: String) throws {
        let workspace = try place.folder()
        let language = place.spoken
        var request = WordRequest(
            workspace: workspace, word: word, by: by, reason: reason, threads: threads, language: language,
            clock: .system)
        request.isDryRun = isDryRun
        request.isReconciled = !later
        let outcome = try WordRun.run(request) { Console.progress($0.title(language)) }
        Console.endProgress()
        if json {
            try Console.print(json: Report(outcome, language))
        } else {
            for line in lines(outcome, workspace) { Console.print(Console.harmless(line(language))) }
        }
    }

    private func lines(_ outcome: WordRun.Outcome, _ workspace: String) -> [Text] {
        if outcome.meaning.isEmpty {
            let holds = Text(en: "That holds already; nothing was recorded.", zh: "该结论已生效，未作记录。")
            guard let output = outcome.output else { return [holds] }
            return [
                holds,
                Text(
                    en: "The master did not have it yet and was made anew. Results: \(output)",
                    zh: "主数据此前尚未更新，现已重新生成。结果：\(output)"),
            ]
        }
        var lines = outcome.meaning.map { Text(en: "\($0.en).", zh: "\($0.zh)。") }
        lines += outcome.contradictions.map { Text(en: "\($0.en).", zh: "\($0.zh)。") }
        if let moves = outcome.moves {
            let their = moves.count == 1 ? "its" : "their"
            lines.append(
                moves.isEmpty
                    ? Text(en: "No record changes its person.", zh: "没有记录改变所属人员。")
                    : isDryRun
                        ? Text(
                            en: "\(counted(moves.count, "record")) would change \(their) person:",
                            zh: "将有 \(moves.count) 条记录改变所属人员：")
                        : Text(
                            en: "\(counted(moves.count, "record")) changed \(their) person:",
                            zh: "\(moves.count) 条记录改变了所属人员："))
            lines += moves.prefix(20).map {
                let line = "  \($0.record.source):\($0.record.recordID)  \($0.from) → \($0.to)  \($0.kind)"
                return Text(en: line, zh: line)
            }
            if moves.count > 20 { lines.append(Text(en: "  …", zh: "  …")) }
        }
        if !outcome.given.isEmpty {
            lines.append(
                Text(en: "These exports were given out and hold the former persons:", zh: "以下已提供的导出包含变更前的人员："))
            lines += outcome.given.map { Text(en: "  \($0)", zh: "  \($0)") }
        }
        if isDryRun {
            if !outcome.classes.isEmpty {
                let classes = Self.classes(outcome.classes)
                lines.append(
                    Text(
                        en: "It would wait until a second person agrees (\(classes.en)).",
                        zh: "须待第二人批准后方可生效（\(classes.zh)）。"))
            }
            return lines + [Text(en: "Nothing was recorded (--dry-run).", zh: "未作记录（--dry-run）。")]
        }
        lines += outcome.waiting.map { Self.waiting($0, workspace) }
        let counting = outcome.events.filter { !outcome.waiting.contains($0) }
        if counting.isEmpty { return lines }
        lines.append(Self.takingBack(counting, workspace))
        let next = outcome.output ?? "qingku reconcile --workspace \(workspace)"
        lines.append(
            outcome.output == nil
                ? Text(en: "Next: \(next)", zh: "下一步：\(next)") : Text(en: "Results: \(next)", zh: "结果：\(next)"))
        return lines
    }

    static func takingBack(_ events: [Int], _ workspace: String) -> Text {
        let undo = "qingku undo \(events.map(String.init).joined(separator: " ")) --workspace \(workspace) --reason …"
        return Text(en: "To take it back: \(undo)", zh: "如需撤销：\(undo)")
    }

    /// Why a word needs a second person: in English as the rule book writes it.
    static func classes(_ classes: [String]) -> Text {
        let titles = classes.map { ApproveRun.title(ofClass: $0).zh }
        return Text(en: classes.joined(separator: " "), zh: titles.joined(separator: "、"))
    }

    static func waiting(_ event: Int, _ workspace: String) -> Text {
        Text(
            en:
                "Event \(event) waits: a second person has to agree. qingku approve \(event) --reason … --workspace \(workspace)",
            zh: "第 \(event) 号事件待第二人批准：qingku approve \(event) --reason … --workspace \(workspace)")
    }

    /// As `--json` prints it.
    private struct Report: Encodable {
        struct Move: Encodable {
            let change: String
            let from: String
            let to: String
            let source: String
            let recordID: String

            private enum CodingKeys: String, CodingKey {
                case change, from, to, source
                case recordID = "record_id"
            }
        }

        let meaning: [String]
        let events: [Int]
        let waiting: [Int]
        let moves: [Move]?
        let output: String?
        let given: [String]
        let contradictions: [String]
        let classes: [String]

        init(_ outcome: WordRun.Outcome, _ language: Language) {
            meaning = outcome.meaning.map { $0(language) }
            events = outcome.events
            waiting = outcome.waiting
            moves = outcome.moves?.map {
                Move(
                    change: $0.kind, from: $0.from, to: $0.to, source: $0.record.source, recordID: $0.record.recordID)
            }
            output = outcome.output
            given = outcome.given
            contradictions = outcome.contradictions.map { $0(language) }
            classes = outcome.classes
        }
    }
}
