import Records
import Testing

@testable import Rules

@Suite("retention:")
struct RetentionRulesTests {
    @Test func `times are read in words of both languages`() throws {
        let text = Books.small(
            adding: "retention: { runs: 26 weeks, vanished_records: 2年, superseded_versions: 1 year, hold: [people] }\n"
        )
        let book = try RuleBook.parse(
            text.replacing("[people]", with: "[\(try RuleBook.parse(Books.small, path: "book.yaml").sourceNames[0])]"),
            path: "book.yaml")
        #expect(book.retention.runs == .init(count: 26, unit: .week))
        #expect(book.retention.vanishedRecords == .init(count: 2, unit: .year))
        #expect(book.retention.supersededVersions?.text == "1 year")
        #expect(book.retention.hold == [book.sourceNames[0]])
    }

    @Test func `what is not said is kept`() throws {
        #expect(try RuleBook.parse(Books.small, path: "book.yaml").retention == RetentionPlan())
    }

    @Test(arguments: [
        "soon", "0 days", "-3 weeks", "2", "weeks", "101 years", "1.5 years", "99999999999999999999 days",
    ])
    func `a time that is none is refused`(_ text: String) {
        #expect(RetentionPlan.Period(text) == nil)
        let problems = Books.problems(Books.small(adding: "retention: { runs: \"\(text)\" }\n"))
        #expect(problems.map(\.code.rawValue) == ["E-RULES-011"])
    }

    @Test func `a source that is held has to be there`() {
        #expect(
            Books.problems(Books.small(adding: "retention: { hold: [elsewhere] }\n")).map(\.code.rawValue) == [
                "E-RULES-010"
            ])
        #expect(
            Books.problems(Books.small(adding: "retention: { run: 3 days }\n")).map(\.code.rawValue) == ["E-RULES-007"])
    }
}
