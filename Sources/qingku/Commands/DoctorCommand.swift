import ArgumentParser
import Pipeline
import Records
import Reports

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at program, machine and workspace, and say what is not as it should be and what to do.",
        discussion: """
            Versions of the program, its packages and its libraries, limits, time zone, and whether the XML parser refuses what
            a hostile document names; with a workspace its disk, file modes, trail, proofs, copies and schedules. Each line is
            ok, look or bad. Status 5 when one is bad.

            Examples:
              qingku doctor
              qingku doctor --workspace registry.qingku --json
            """)

    @Option(help: "Folder of the registry's store (default: the machine alone).")
    var workspace: String?

    @Option(help: "Language of the text: en or zh (default: the locale's).")
    var language: Language?

    @OptionGroup var moment: ClockOption

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func run() throws {
        let language = Console.language(language)
        let outcome = try DoctorRun.run(workspace: workspace, now: moment.time)
        if json {
            try Console.print(json: Report(outcome, language))
        } else {
            for line in Self.lines(outcome, workspace, language) { Console.print(Console.harmless(line)) }
        }
        if !outcome.isSound { throw ExitCode(Failure.Kind.verification.status) }
    }

    private static func lines(_ outcome: DoctorRun.Outcome, _ workspace: String?, _ language: Language) -> [String] {
        let titles = outcome.diagnoses.map { $0.title(language) }
        let verdicts = outcome.diagnoses.map { $0.verdict.title(language) }
        let widths = ((verdicts.map(displayWidth).max() ?? 0) + 2, (titles.map(displayWidth).max() ?? 0) + 2)
        var lines: [String] = []
        for (diagnosis, (verdict, title)) in zip(outcome.diagnoses, zip(verdicts, titles)) {
            let head = padded(verdict, widths.0) + padded(title, widths.1)
            let rest = wrapped(diagnosis.text(language), to: 78 - widths.0 - widths.1)
            for (index, line) in rest.enumerated() {
                lines.append((index == 0 ? head : padded("", widths.0 + widths.1)) + line)
            }
            // One line, so that a command in it can be copied.
            if let advice = diagnosis.advice { lines.append(padded("", widths.0) + "→ " + advice(language)) }
        }
        let worst = outcome.diagnoses.map(\.verdict).max() ?? .ok
        let end: Text =
            switch worst {
            case .ok: Text(en: "All is well.", zh: "一切正常。")
            case .look: Text(en: "It works; look at what is marked.", zh: "可以使用；请留意标出的项目。")
            case .bad: Text(en: "Mend what is bad before the next run.", zh: "请先处理有误的项目，再进行下次运行。")
            }
        let next = workspace.map { "qingku status --workspace \($0)" } ?? "qingku doctor --workspace DIR"
        return lines + ["", end(language), Text(en: "Next: \(next)", zh: "下一步：\(next)")(language)]
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - displayWidth(text)))
    }

    /// Broken at blanks; a word that is longer stands alone.
    private static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let longer = lines[lines.count - 1].isEmpty ? String(word) : lines[lines.count - 1] + " " + word
            if displayWidth(longer) <= width || lines[lines.count - 1].isEmpty {
                lines[lines.count - 1] = longer
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private struct Report: Encodable {
        struct Check: Encodable {
            let check: String
            let verdict: String
            let text: String
            let advice: String?
        }

        let schema = 1
        let sound: Bool
        let tool: String
        let swift: String
        let libraries: [ProgramFacts.Part]
        let packages: [ProgramFacts.Part]
        let sqliteOptions: [String]
        let checks: [Check]

        enum CodingKeys: String, CodingKey {
            case schema, sound, tool, swift, libraries, packages, checks
            case sqliteOptions = "sqlite_options"
        }

        init(_ outcome: DoctorRun.Outcome, _ language: Language) {
            (sound, tool, swift) = (outcome.isSound, outcome.program.tool, outcome.program.swift)
            (libraries, packages) = (outcome.program.libraries, outcome.program.packages)
            sqliteOptions = outcome.program.sqliteOptions
            checks = outcome.diagnoses.map {
                Check(
                    check: $0.name, verdict: $0.verdict.rawValue, text: $0.text(language),
                    advice: $0.advice?(language))
            }
        }
    }
}
