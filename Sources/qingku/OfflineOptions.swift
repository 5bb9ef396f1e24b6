import ArgumentParser
import Foundation
import Pipeline
import Records
import ReviewDesk
import Workspace

/// The queue as a workbook, out and in again, without opening the desk.
struct OfflineOptions: ParsableArguments {
    @Option(
        name: .customLong("export"), help: "Write the queue as a workbook to this new file (.xlsx), and open no desk.")
    var exportPath: String?

    @Option(name: .customLong("import"), help: "Take in the answers of such a workbook, and open no desk.")
    var importPath: String?

    @Option(help: "With --export: pairs at most, from 1 to 10000.")
    var most: Int = 500

    @Option(help: "With --export: only the pairs assigned to this account (default: all).")
    var assigned: String?

    @Flag(name: .customLong("dry-run"), help: "With --import: only show what would come of it.")
    var isDryRun = false

    @Flag(help: "With --import: print JSON instead of text.")
    var json = false

    func validate() throws {
        guard exportPath == nil || importPath == nil else {
            throw ValidationError("Give --export or --import, not both.")
        }
        guard (1...10_000).contains(most) else { throw ValidationError("--most is a number from 1 to 10000.") }
        guard importPath != nil || (!isDryRun && !json) else {
            throw ValidationError("--dry-run and --json go with --import.")
        }
        guard exportPath != nil || assigned == nil else { throw ValidationError("--assigned goes with --export.") }
    }

    /// - Returns: false when neither was asked for.
    /// - Throws: exit status 1 when rows were refused.
    func run(_ session: ReviewSession, by name: String, language: Language) throws -> Bool {
        let workbook = CaseWorkbook(session: session, language: language)
        if let exportPath {
            var filter = DeskFilter()
            filter.assigned = assigned
            let written = try workbook.write(filter, most: most, to: exportPath, by: name)
            let text = Text(
                en:
                    "\(exportPath): \(counted(written.pairs, "pair")) to decide; \(written.left) more \(written.left == 1 ? "is" : "are") in the queue.",
                zh: "\(exportPath)：\(written.pairs) 对待核对；列表中另有 \(written.left) 对。")
            Console.print(Console.harmless(text(language)))
            return true
        }
        guard let importPath else { return false }
        let rows = try workbook.read(try Self.bytes(importPath), by: name, isDryRun: isDryRun)
        if json {
            try Console.print(json: rows.map { Line($0, language) })
        } else {
            print(rows, language)
        }
        if rows.contains(where: { if case .refused = $0.outcome { true } else { false } }) { throw ExitCode(1) }
        return true
    }

    private static let largest = 64 << 20

    private static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path), let data = try file.read(upToCount: largest + 1) else {
            throw Failure(
                .badInput, code: "E-XLS-008", Text(en: "cannot be read", zh: "无法读取"), at: Place(file: path),
                advice: Text(en: "Name the workbook that was filled in.", zh: "请指定已填写的工作簿。"))
        }
        guard data.count <= largest else {
            throw Failure(
                .badInput, code: "E-XLS-002",
                Text(en: "the workbook has more than 64 MiB", zh: "工作簿超过 64 MiB"), at: Place(file: path),
                advice: Text(
                    en: "Fill in the workbook as it was made; pictures and further sheets are not needed.",
                    zh: "请直接在导出的工作簿中填写，不需要图片和其他工作表。"))
        }
        return Array(data)
    }

    private struct Line: Encodable {
        let row: Int
        let pair: Int?
        let outcome: String
        let message: String

        init(_ row: CaseWorkbook.Row, _ language: Language) {
            (self.row, pair, outcome) = (row.number, row.pair, row.outcome.code)
            message = OfflineOptions.text(row.outcome)(language)
        }
    }

    private func print(_ rows: [CaseWorkbook.Row], _ language: Language) {
        var counts = (saved: 0, waiting: 0, known: 0, blank: 0, refused: 0)
        for row in rows {
            switch row.outcome {
            case .saved: counts.saved += 1
            case .proposed: counts.waiting += 1
            case .known: counts.known += 1
            case .blank: counts.blank += 1
            case .refused: counts.refused += 1
            }
            if row.outcome == .blank { continue }
            let pair = row.pair.map { Text(en: ", pair \($0)", zh: "，第 \($0) 对") } ?? Text(en: "", zh: "")
            let text = Self.text(row.outcome)
            let line = Text(en: "row \(row.number)\(pair.en): \(text.en)", zh: "第 \(row.number) 行\(pair.zh)：\(text.zh)")
            Console.print(Console.harmless(line(language)))
        }
        let done = isDryRun ? Text(en: "would be saved", zh: "将保存") : Text(en: "saved", zh: "已保存")
        let sum = Text(
            en: """
                \(counts.saved) \(done.en), \(counts.waiting) \(counts.waiting == 1 ? "waits" : "wait") for a second person, \
                \(counts.known) \(counts.known == 1 ? "was" : "were") there already, \
                \(counts.refused) not taken, \(counts.blank) not answered.
                """,
            zh: """
                \(counts.saved) 条\(done.zh)，\(counts.waiting) 条待第二人批准，\(counts.known) 条此前已有，\
                \(counts.refused) 条未导入，\(counts.blank) 条未填写。
                """)
        Console.print(Console.harmless(sum(language)))
    }

    private static func text(_ outcome: CaseWorkbook.Outcome) -> Text {
        func answer(_ verdict: Decision.Verdict) -> Text {
            Catalogue.all["answer-\(verdict.rawValue)"] ?? Text(en: verdict.rawValue, zh: verdict.rawValue)
        }
        switch outcome {
        case .saved(let event, let verdict):
            let (text, event) = (answer(verdict), event.map { " (\($0))" } ?? "")
            return Text(en: text.en + event, zh: text.zh + event)
        case .proposed(let event, let verdict):
            let text = answer(verdict)
            return Text(en: "\(text.en) (\(event)), waits for a second person", zh: "\(text.zh)（\(event)），待第二人批准")
        case .known(let verdict):
            let text = answer(verdict)
            return Text(en: "\(text.en), was there already", zh: "\(text.zh)，此前已有")
        case .blank: return Text(en: "not answered", zh: "未填写")
        case .refused(let failure):
            let (what, advice) = (failure.message, failure.advice)
            return Text(
                en: "not taken: \(what.en). \(advice?.en ?? "")", zh: "未导入：\(what.zh)。\(advice?.zh ?? "")")
        }
    }
}
