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
        Console.print(String(decoding: try encoder.encode(outcome), as: UTF8.self))
    }

    /// `file:line:column: error: message [code]` on standard error.
    static func complain(_ problem: RuleProblem, _ severity: Text, _ language: Language) {
        Console.note("\(problem.place): \(severity(language)): \(problem.message(language)) [\(problem.code.rawValue)]")
    }

    /// Everything that is wrong with a rule book, and how to go on.
    static func complain(_ errors: RuleBookErrors, _ language: Language) {
        for problem in errors.problems { complain(problem, Text(en: "error", zh: "错误"), language) }
        if errors.unlisted > 0 {
            Console.note(Text(en: "… and \(errors.unlisted) more", zh: "……另有 \(errors.unlisted) 处")(language))
        }
        let count = errors.problems.count + errors.unlisted
        Console.note(
            Text(
                en: "\(count) to mend. Then: qingku rules check \(errors.path)",
                zh: "共 \(count) 处需要修改。改后运行：qingku rules check \(errors.path)")(language))
    }
}
