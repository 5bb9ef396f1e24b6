import ArgumentParser
import Foundation
import Pipeline
import Records
import Reports

struct ProfileCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Show what an export holds, column by column, before there is a rule book for it.",
        discussion: """
            Reads CSV of any dialect and encoding, and XML. For each column: how far it is filled, how many different
            values and forms, the most frequent of them, lengths, the likely type, and what is odd. Values that may be
            personal are masked. A file that cannot be read is named with its reason, and the others are shown; the exit
            status is then the first such file's.

            Examples:
              qingku profile export.csv
              qingku profile july.csv august.xml --out profile.html
            """)

    @Argument(help: "Exports to look at, CSV or XML.")
    var files: [String]

    @Option(help: "Write a page for people to this file, too; it is replaced if it exists.")
    var out: String?

    @Option(help: "How many of the most frequent forms and values to show for a column, 0 to 100 (default: 5).")
    var top: Int = 5

    @Flag(help: "Show values as they stand in the file; they may be about persons.")
    var showValues = false

    @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
    var threads: Int = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Language of the text: en or zh (default: the locale's).")
    var language: Language?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        guard threads >= 1, threads <= 1_024 else { throw ValidationError("--threads is a number from 1 to 1024.") }
        guard (0...100).contains(top) else { throw ValidationError("--top is a number from 0 to 100.") }
    }

    func run() throws {
        let language = Console.language(language)
        let (profiles, failures) = try profiles()
        defer { for failure in failures { Console.report(failure, language) } }
        let refused = failures.first.map { ExitCode($0.kind.status) }
        if let refused, profiles.isEmpty { throw refused }
        let view = ProfileView(profiles: profiles, showsValues: showValues, language: language)
        if let out {
            do {
                try Data(ProfilePage.html(view).utf8).write(to: URL(filePath: out), options: .atomic)
            } catch let error as CocoaError {
                throw Failure(
                    .storage, code: "E-OUT-002",
                    Text(
                        en: "the page cannot be written: \(error.localizedDescription)",
                        zh: "无法写入页面：\(error.localizedDescription)"), at: Place(file: out))
            }
        }
        if json {
            Console.print(ProfileJSON.document(view).text.trimmingCharacters(in: .newlines))
        } else {
            for line in ProfileText.lines(view, page: out) { Console.print(line) }
        }
        if let refused { throw refused }
    }

    /// One bad file does not hide the others.
    private func profiles() throws -> ([FileProfile], [Failure]) {
        var profiles: [FileProfile] = []
        var failures: [Failure] = []
        for file in files {
            do {
                profiles.append(try ProfileRun.run(path: file, top: top, threads: threads))
            } catch let failure as Failure where failure.kind != .interrupted {
                failures.append(failure)
            }
        }
        return (profiles, failures)
    }
}
