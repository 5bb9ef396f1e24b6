import ArgumentParser
import Foundation
import Records
import Rules

/// The result of a check of a rule book, for machines, and its lines for people.
struct RulesOutcome: Encodable {
    struct Problem: Encodable {
        let file: String
        let line: Int?
        let column: Int?
        let code: String
        let message: String
        let nearest: String?
    }

    let problems: [RuleProblem]
    let warnings: [RuleProblem]
    let unlisted: Int
    let book: RuleBook?
    var language = Language.english

    init(_ book: RuleBook) {
        (problems, warnings, unlisted, self.book) = ([], book.warnings, 0, book)
    }

    init(_ errors: RuleBookErrors) {
        (problems, warnings, unlisted, book) = (errors.problems, [], errors.unlisted, nil)
    }

    private enum Key: String, CodingKey {
        case sound, problems, unlisted, warnings, sha256, registry, sources, fields
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(problems.isEmpty, forKey: .sound)
        try container.encode(problems.map(row), forKey: .problems)
        try container.encode(unlisted, forKey: .unlisted)
        try container.encode(warnings.map(row), forKey: .warnings)
        guard let book else { return }
        try container.encode(book.sha256, forKey: .sha256)
        try container.encode(book.title, forKey: .registry)
        try container.encode(book.sourceNames, forKey: .sources)
        try container.encode(book.schema.fields.map(\.name), forKey: .fields)
    }

    private func row(_ problem: RuleProblem) -> Problem {
        Problem(
            file: problem.place.file, line: problem.place.line, column: problem.place.column,
            code: problem.code.rawValue,
            message: problem.message(language), nearest: problem.nearest)
    }

    func print(_ language: Language) throws {
        var outcome = self
        outcome.language = language
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Swift.print(String(decoding: try encoder.encode(outcome), as: UTF8.self))
    }

    /// `file:line:column: error: message [code]` on standard error.
    static func complain(_ problem: RuleProblem, _ severity: Text, _ language: Language) {
        write("\(problem.place): \(severity(language)): \(problem.message(language)) [\(problem.code.rawValue)]")
    }

    static func write(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}

/// The language a person asked for, or that of the locale.
enum MessageLanguage: String, ExpressibleByArgument, CaseIterable {
    case en
    case zh

    var language: Language { self == .zh ? .chinese : .english }

    static var ofLocale: MessageLanguage {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.lowercased().hasPrefix("zh") == true ? .zh : .en
    }
}
