import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct ReportCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the report of a stored run, or the bulletin of a week, month or quarter.",
        discussion: """
            What to do now, trend, scorecard by source and area, offices ranked by their data, what changed since the run
            before, and all details with their charts. Page, Markdown, workbook and JSON have the same numbers.

            Without --out it goes into the workspace's outbox, in all four formats. With --out one file is written anywhere
            (- is standard output); it has counts alone, no examples of records.

            Examples:
              qingku report --workspace registry.qingku
              qingku report --run 7 --language zh --workspace registry.qingku
              qingku report --format markdown --out - --workspace registry.qingku
              qingku report --bulletin month --workspace registry.qingku
              qingku report --bulletin week --period 2026-W45 --area 510100 --out week.xlsx --workspace registry.qingku
            """)

    @OptionGroup var place: LedgerPlace

    @Option(name: .customLong("run"), help: ArgumentHelp("Number of the run (default: the newest).", valueName: "run"))
    var number: Int?

    @Option(help: "html, markdown, xlsx or json (default: by the ending of --out, else all four).")
    var format: ReportFiles.Format?

    @Option(help: "A file to write, or - for standard output (default: a folder in the workspace's outbox).")
    var out: String?

    @Option(help: "The bulletin of the last whole week, month or quarter with runs in it.")
    var bulletin: BulletinPeriod.Kind?

    @Option(help: "The period of the bulletin: 2026-W45, 2026-10 or 2026-Q3 (default: the last whole one).")
    var period: String?

    @Option(help: "Only this area and those within it, by its code (bulletins).")
    var area: String?

    func validate() throws {
        if let period {
            guard let named = BulletinPeriod(period) else {
                throw ValidationError("--period is 2026-W45, 2026-10 or 2026-Q3.")
            }
            guard bulletin == nil || bulletin == named.kind else {
                throw ValidationError("--period \(period) is no \(bulletin?.rawValue ?? "").")
            }
        }
        let isBulletin = bulletin != nil || period != nil
        guard isBulletin || area == nil else { throw ValidationError("--area belongs to --bulletin.") }
        guard !isBulletin || number == nil else { throw ValidationError("A bulletin is of a period, not of a --run.") }
        if let out, format == nil, Self.format(of: out) == nil {
            throw ValidationError("Give --format, or an --out that ends in .html, .md, .xlsx or .json.")
        }
    }

    func run() throws {
        let workspace = try place.folder()
        let subject = try subject(workspace)
        guard let out else {
            let paths = try ReportFiles.store(
                subject, format.map { [$0] } ?? ReportFiles.Format.allCases, workspace: workspace)
            for path in paths { Console.print(path.singleLine) }
            return
        }
        guard let format = format ?? Self.format(of: out) else { return }
        if out == "-" {
            Console.data(try ReportFiles.bytes(subject.withoutExamples, format))
        } else {
            try ReportFiles.deliver(subject, format, to: out, workspace: workspace)
            Console.note(Text(en: "Written to \(out).", zh: "已写入 \(out)。")(place.spoken))
        }
    }

    private func subject(_ workspace: String) throws -> ReportFiles.Subject {
        let named = period.flatMap { BulletinPeriod($0) }.map(ReportRun.BulletinRequest.Period.named)
        if let asked = named ?? bulletin.map(ReportRun.BulletinRequest.Period.last) {
            return .bulletin(
                try ReportRun.bulletin(
                    ReportRun.BulletinRequest(
                        workspace: workspace, period: asked, area: area, language: place.language,
                        today: Clock.system.today)))
        }
        return .run(
            try ReportRun.facts(ReportRun.Request(workspace: workspace, run: number, language: place.language)))
    }

    private static func format(of path: String) -> ReportFiles.Format? {
        ReportFiles.Format.allCases.first { path.hasSuffix("." + $0.ending) }
    }
}

extension ReportFiles.Format: ExpressibleByArgument {}
extension BulletinPeriod.Kind: ExpressibleByArgument {}
