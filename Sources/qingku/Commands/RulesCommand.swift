import ArgumentParser
import Foundation
import Records
import Rules

/// `qingku rules`: the book before the run.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Check a rule book, draft one from exports, propose keys for it, or list the built-in checks.",
        subcommands: [
            RulesCheckCommand.self, RulesChecksCommand.self, RulesNewCommand.self, SuggestBlockingCommand.self,
        ])
}

struct RulesCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say everything that is wrong with a rule book.",
        discussion:
            "Errors go to standard error, one a line, as file:line:column: message. Exit status 3 when there are any.")

    @Argument(help: "The rule book, a YAML file.")
    var file: String

    @Flag(help: "Print the result as JSON on standard output.")
    var json = false

    @Option(help: "Language of messages: en or zh (default: the locale's).")
    var language: Language?

    func run() throws {
        do {
            let book = try RuleBook.load(path: file)
            if json { try RulesOutcome(book).print(Console.language(language)) } else { tell(book) }
        } catch let errors as RuleBookErrors {
            if json {
                try RulesOutcome(errors).print(Console.language(language))
            } else {
                RulesOutcome.complain(errors, Console.language(language))
            }
            throw ExitCode(3)
        }
    }

    private func tell(_ book: RuleBook) {
        let say = Console.language(language)
        for warning in book.warnings { RulesOutcome.complain(warning, Text(en: "warning", zh: "警告"), say) }
        let fields = book.schema.fields.count
        let sources = book.sourceNames.joined(separator: ", ")
        Console.print(
            Text(
                en: "\(file) is sound. Sources: \(sources). Fields: \(fields). Blocking keys: \(book.keyCount).",
                zh: "\(file) 没有问题。来源：\(sources)。字段 \(fields) 个，匹配键 \(book.keyCount) 个。")(say))
        for (source, path) in book.absentExports {
            Console.note(
                Text(
                    en:
                        "\(file): note: source \(source) has no file at \(path) yet; paths count from the rule book's folder.",
                    zh: "\(file)：提示：来源 \(source) 在 \(path) 处尚无文件；路径以规则文件所在文件夹为准。")(say))
        }
        let missing = book.sourcesWithoutFile.map { " \($0)=PATH" }.joined()
        let next = "qingku clean \(file.shellWord)\(missing)"
        Console.print(Text(en: "Next: \(next)", zh: "下一步：\(next)")(say))
    }
}

struct RulesNewCommand: LongCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Draft a rule book from exports.",
        discussion: """
            Reads the exports whole and looks at the names and values of their columns. The draft is commented and ready to run.
            Code lists hold what is frequent; what is rare and unlike the rest is counted in a comment, and a check finds it.
            """)

    @Argument(help: "Exports to look at, CSV or XML.")
    var files: [String]

    @Option(help: "Write the draft to this file, which must not exist yet, instead of standard output.")
    var out: String?

    @Option(help: "Language of comments and messages: en or zh (default: the locale's).")
    var language: Language?

    func run() throws {
        let say = Console.language(language)
        do {
            let book = out ?? Self.outputFile ?? "rules.yaml"
            let text = try RuleDraft.draft(
                files: files, for: book, language: say,
                year: Calendar(identifier: .gregorian).component(.year, from: Date()),
                threads: ProcessInfo.processInfo.activeProcessorCount)
            guard let out else {
                Console.print(text.hasSuffix("\n") ? String(text.dropLast()) : text)
                Console.note(
                    Self.outputFile == nil
                        ? Text(
                            en: "Next: save it as \(book) and run: qingku rules check \(book)",
                            zh: "下一步：存为 \(book)，然后运行：qingku rules check \(book)")(say)
                        : Text(en: "Next: qingku rules check \(book)", zh: "下一步：qingku rules check \(book)")(say))
                return
            }
            try Data(text.utf8).write(to: URL(filePath: out), options: .withoutOverwriting)
            Console.note(Text(en: "Next: qingku rules check \(out)", zh: "下一步：qingku rules check \(out)")(say))
        } catch let error as CocoaError where error.code == .fileWriteFileExists {
            Console.note(
                Text(en: "\(out ?? "") exists; name another file.", zh: "\(out ?? "") 已存在，请换一个文件名。")(say))
            throw ExitCode(2)
        } catch let error as CocoaError {
            Console.note(
                Text(
                    en: "\(out ?? "") cannot be written: \(error.localizedDescription)",
                    zh: "无法写入 \(out ?? "")：\(error.localizedDescription)")(say))
            throw ExitCode(6)
        }
    }

    /// The file that standard output goes to (`> rules/mine.yaml`), as seen from the current folder: the paths of a rule book
    /// count from its own. `nil` where it goes elsewhere.
    private static var outputFile: String? {
        var status = stat()
        guard fstat(1, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/1")
        else { return nil }
        let here = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }
}
