import Records
import Testing
import Validation

@testable import Rules

@Suite("Expectations of a rule book")
struct ExpectationRulesTests {
    private static func book(_ expect: String) -> String {
        Books.small(
            replacing: "fields:\n  name",
            with: "  clinic:\n    fields: { name: xm }\nexpect:\n  - \(expect)\nfields:\n  name")
    }

    @Test("become a typed plan")
    func plan() throws {
        let text = Self.book("{ in: clinic, of: [office], where: sex = 'F', severity: warning }")
        let book = try RuleBook.parse(text, path: "book.yaml")
        #expect(
            book.expectations == [
                ValidationPlan.Expectation(
                    source: "clinic", others: ["office"], expression: "sex = 'F'", severity: .warning)
            ])
        let graded = try RuleBook.parse(
            text + "quality: { points: { absent-from-clinic: 7 } }\n", path: "book.yaml")
        #expect(graded.quality.pointsByCheck == ["absent-from-clinic": 7])
        #expect(book.validation(today: "2026-11-01").expectations == book.expectations)
        #expect(book.expectations.first?.check == "absent-from-clinic")
        #expect(try RuleBook.parse(Books.small, path: "book.yaml").expectations.isEmpty)
    }

    struct Mistake: Sendable {
        let expect: String
        let code: RuleProblem.Code
        let words: String
        var nearest: String?
    }

    @Test(
        "with a mistake are refused in words that help",
        arguments: [
            Mistake(
                expect: "{ in: clinik, of: [office] }", code: .unknownField, words: "\"clinik\"", nearest: "clinic"),
            Mistake(expect: "{ in: clinic, of: [ofice] }", code: .unknownField, words: "\"ofice\"", nearest: "office"),
            Mistake(expect: "{ in: clinic, of: [clinic] }", code: .doesNotFit, words: "cannot be expected in itself"),
            Mistake(expect: "{ in: clinic, of: [] }", code: .missingKey, words: "Name the sources"),
            Mistake(expect: "{ in: clinic }", code: .missingKey, words: "\"of:\" is missing"),
            Mistake(expect: "{ in: clinic, of: office }", code: .wrongShape, words: "of"),
            Mistake(expect: "{ in: clinic, of: [office], where: seks = 1 }", code: .badCondition, words: "seks"),
            Mistake(
                expect: "{ in: clinic, of: [office], wher: sex }", code: .unknownKey, words: "\"wher\"",
                nearest: "where"),
            Mistake(
                expect: "{ in: clinic, of: [office] }\n  - { in: clinic, of: [office] }", code: .repeated,
                words: "twice"),
        ])
    func mistakes(_ mistake: Mistake) throws {
        let problems = Books.problems(Self.book(mistake.expect))
        #expect(problems.map(\.code) == [mistake.code])
        let problem = try #require(problems.first)
        #expect(problem.message.en.contains(mistake.words))
        #expect(problem.nearest == mistake.nearest)
        #expect(problem.message.zh != problem.message.en)
        #expect((11...13).contains(problem.place.line ?? 0))
    }
}
