import Matching
import Records
import Testing

@testable import Rules

struct Mistake: Sendable, CustomTestStringConvertible {
    let name: String
    let book: String
    /// `line:column code`
    let place: String
    let words: String
    var nearest: String?

    init(_ name: String, _ book: String, _ place: String, _ words: String, nearest: String? = nil) {
        self.name = name
        self.book = book
        self.place = place
        self.words = words
        self.nearest = nearest
    }

    var testDescription: String { name }

    static let all: [Mistake] = [
        Mistake(
            "unknown key of the book", Books.small(adding: "survivorshop: {}"), "14:1 unknownKey", "\"survivorshop\"",
            nearest: "survivorship"),
        Mistake(
            "unknown key of a source", Books.small(replacing: "record_id:", with: "recordid:"), "6:5 unknownKey",
            "known are fields, file", nearest: "record_id"),
        Mistake(
            "budget beside a line", Books.small(adding: "match: { decide: { merge: 0.9, false_merges_per_1000: 1 } }"),
            "14:55 repeated", "leave out \"merge\""),
        Mistake(
            "budget out of range", Books.small(adding: "match: { decide: { review_hours: many } }"),
            "14:34 outOfRange", "a number from 0 to 100000"),
        Mistake(
            "missing purpose", Books.small(replacing: "purpose: Count the clients once\n", with: ""),
            "1:1 missingKey", "why this personal data may be processed"),
        Mistake(
            "empty purpose", Books.small(replacing: "Count the clients once", with: "\"  \""), "2:10 missingKey",
            "is empty"),
        Mistake(
            "purpose without a value", Books.small(replacing: " Count the clients once", with: ""), "2:9 wrongShape",
            "found nothing"),
        Mistake(
            "key that stands twice", Books.small(adding: "purpose: again\n"), "14:1 duplicateKey", "first on line 2"),
        Mistake(
            "key that stands twice in braces",
            Books.small(replacing: "{ type: date }", with: "{ type: date, type: text }"),
            "11:29 duplicateKey", "\"type\" stands twice"),
        Mistake(
            "code that stands twice in other quotes",
            Books.small(replacing: "{ 男: M, 女: F }", with: "{ 1: M, \"1\": F }"), "12:37 duplicateKey", "\"1\""),
        Mistake("no YAML", Books.small(adding: "match: [name, : }"), "14:15 syntax", "This is not YAML"),
        Mistake("tab for blanks", Books.small(adding: "match:\n\tlink: all\n"), "15:1 syntax", "begins with a tab"),
        Mistake(
            "tab after blanks", Books.small(adding: "match:\n  \tlink: all\n"), "15:3 syntax", "indent it with blanks"),
        Mistake(
            "two documents", Books.small(adding: "---\nregistry: other\n"), "14:1 syntax", "another document"),
        Mistake(
            "anchor", Books.small(replacing: "{ type: date }", with: "&day { type: date }"), "11:15 reference",
            "Anchors and aliases"),
        Mistake("list for the book", "- registry", "1:1 wrongShape", "found a list"),
        Mistake("empty book", "# nothing\n", "1:0 missingKey", "qingku rules new"),
        Mistake(
            "text for checks", Books.small(adding: "checks: none"), "14:9 wrongShape", "found \"none\""),
        Mistake(
            "source without fields",
            Books.small(
                replacing: "    fields: { name: xm, id_number: sfzh, birth_date: csrq, sex: xb, area: qh }\n", with: ""),
            "5:5 missingKey", "\"fields:\" is missing in the source \"office\""),
        Mistake(
            "source that fills no field",
            Books.small(
                replacing: "{ name: xm, id_number: sfzh, birth_date: csrq, sex: xb, area: qh }", with: "{}"),
            "7:13 missingKey", "fills no field"),
        Mistake(
            "unknown field of a source", Books.small(replacing: "name: xm", with: "nmae: xm"), "7:15 unknownField",
            "no field \"nmae\"", nearest: "name"),
        Mistake(
            "source name with a slash", Books.small(replacing: "  office:", with: "  a/b:"), "4:3 badName", "file name"),
        Mistake(
            "unknown format", Books.small(replacing: "record_id:", with: "format: xlsx\n    record_id:"),
            "6:13 notAllowed", "allowed are csv, xml"),
        Mistake(
            "XML without record", Books.small(replacing: "office.csv", with: "office.xml"), "4:3 missingKey",
            "the path of the element that repeats"),
        Mistake(
            "delimiter of an XML source",
            Books.small(replacing: "record_id:", with: "record: /a/b\n    delimiter: tab\n    record_id:"),
            "7:5 wrongFormat", "for sources of format csv"),
        Mistake(
            "record of a CSV source",
            Books.small(replacing: "record_id:", with: "format: csv\n    record: /a/b\n    record_id:"),
            "7:5 wrongFormat", "for sources of format xml"),
        Mistake(
            "relative record path", Books.small(replacing: "record_id:", with: "record: a/b\n    record_id:"),
            "6:13 badPath", "begins with /"),
        Mistake(
            "record path with an empty step",
            Books.small(replacing: "record_id:", with: "record: /a//b\n    record_id:"),
            "6:13 badPath", "wrong at column 4"),
        Mistake(
            "undeclared prefix", Books.small(replacing: "record_id:", with: "record: /p:a/b\n    record_id:"),
            "6:13 badPath", "the prefix “p”"),
        Mistake(
            "XML condition", Books.small(replacing: "record_id: no", with: "record: /a/b\n    record_id: \"x[y=1]\""),
            "7:16 badPath", "[@type='mobile']"),
        Mistake(
            "encoding", Books.small(replacing: "record_id:", with: "encoding: gb18300\n    record_id:"),
            "6:15 notAllowed", "not known", nearest: "gb18030"),
        Mistake(
            "delimiter", Books.small(replacing: "record_id:", with: "delimiter: \"::\"\n    record_id:"),
            "6:16 notAllowed", "comma, pipe, semicolon, tab"),
        Mistake(
            "trust", Books.small(replacing: "record_id:", with: "trust: high\n    record_id:"), "6:12 outOfRange",
            "whole number from 0 to 1000, not \"high\""),
        Mistake(
            "role", Books.small(replacing: "record_id:", with: "role: referense\n    record_id:"), "6:11 notAllowed",
            "register, reference", nearest: "reference"),
        Mistake(
            "day that does not exist", Books.small(replacing: "record_id:", with: "as_of: 2023-02-29\n    record_id:"),
            "6:12 badDate", "a day such as"),
        Mistake(
            "type", Books.small(replacing: "{ type: date }", with: "{ type: dat }"), "11:23 notAllowed",
            "\"dat\" is not known", nearest: "date"),
        Mistake(
            "type of a field that is used",
            Books.small(replacing: "type: date", with: "type: dat")
                + "match: { block: [[birth_date.year]], compare: { birth_date: date } }\nreport: { areas: birth_date }",
            "11:23 notAllowed", "\"dat\" is not known", nearest: "date"),
        Mistake(
            "type without braces", Books.small(replacing: "{ type: date }", with: "date"), "11:15 wrongShape",
            "Write \"birth_date: { type: date }\""),
        Mistake(
            "required", Books.small(replacing: "required: true", with: "required: yes"), "9:40 notAllowed",
            "true, false"),
        Mistake(
            "code without codes",
            Books.small(replacing: "{ type: code, codes: { 男: M, 女: F } }", with: "{ type: code }"),
            "12:8 badCodes", "needs \"codes:\""),
        Mistake(
            "codes of a date", Books.small(replacing: "{ type: date }", with: "{ type: date, codes: [a] }"),
            "11:29 doesNotFit", "for fields of type code"),
        Mistake(
            "codes that fold together", Books.small(replacing: "{ 男: M, 女: F }", with: "{ m: M, Ｍ: F }"),
            "12:37 badCodes", "the same once width"),
        Mistake(
            "date order", Books.small(replacing: "{ type: date }", with: "{ type: date, date_order: ddmmyy }"),
            "11:41 notAllowed", "dmy, mdy, ymd"),
        Mistake(
            "field name with a dot", Books.small(adding: "  a.b: { type: text }"), "14:3 badName", "letters, digits"),
        Mistake(
            "reserved field name", Books.small(adding: "  person_id: { type: text }"), "14:3 badName", "uses itself"),
        Mistake(
            "field names that differ in capitals", Books.small(adding: "  Name: { type: text }"), "14:3 badName",
            "differ only in capitals"),
        Mistake(
            "check without a condition", Books.small(adding: "checks: [{ id: a, fields: [name] }]"), "14:10 missingKey",
            "\"where:\" is missing"),
        Mistake(
            "field of a check", Books.small(adding: "checks: [{ id: a, where: name > 1, fields: [bird_date] }]"),
            "14:45 unknownField", "\"bird_date\"", nearest: "birth_date"),
        Mistake(
            "severity", Books.small(adding: "checks: [{ id: a, where: name, fields: [name], severity: fatal }]"),
            "14:58 notAllowed", "info, warning, error"),
        Mistake(
            "name of a built-in check for a condition",
            Books.small(adding: "checks: [{ id: bad-date, where: name, fields: [name] }]"), "14:26 repeated",
            "already"),
        Mistake(
            "nothing to change about a built-in check", Books.small(adding: "checks: [{ id: bad-date }]"),
            "14:10 missingKey", "what is to change"),
        Mistake(
            "limit of a check that has none", Books.small(adding: "checks: [{ id: bad-date, limit: 3 }]"),
            "14:26 doesNotFit", "no limit"),
        Mistake(
            "misspelt built-in check", Books.small(adding: "checks: [{ id: bad-dates, severity: warning }]"),
            "14:10 missingKey", "\"where:\" is missing", nearest: "bad-date"),
        Mistake(
            "ages the wrong way round",
            Books.small(replacing: "birth_date: { type: date }", with: "birth_date: { type: date, ages: [60, 18] }"),
            "11:35 outOfRange", "two numbers"),
        Mistake(
            "ages of a text",
            Books.small(replacing: "{ type: resident_id }", with: "{ type: resident_id, ages: [1, 2] }"),
            "10:35 doesNotFit", "type date"),
        Mistake(
            "life-cycle of a field without codes", Books.small(adding: "lifecycle: { name: [a > b] }"),
            "14:14 doesNotFit", "type code"),
        Mistake(
            "state that is no code", Books.small(adding: "lifecycle: { sex: [男 > 火] }"), "14:20 notAllowed", "no code"),
        Mistake(
            "transition without a next state", Books.small(adding: "lifecycle: { sex: [男] }"), "14:20 wrongShape",
            "Expected a state"),
        Mistake(
            "two checks of one name",
            Books.small(
                adding: """
                    checks:
                      - { id: a, where: name, fields: [name] }
                      - { id: a, where: name, fields: [name] }
                    """),
            "16:5 repeated", "Two checks"),
        Mistake(
            "check name", Books.small(adding: "checks: [{ id: A b, where: name, fields: [name] }]"), "14:16 badName",
            "a-z, 0-9"),
        Mistake(
            "condition with an unknown field",
            Books.small(adding: "checks: [{ id: a, where: bird < 1, fields: [name] }]"),
            "14:26 badCondition", "no such column: bird"),
        Mistake(
            "condition that is more than one expression",
            Books.small(adding: "checks: [{ id: a, where: \"name); DELETE FROM x; --\", fields: [name] }]"),
            "14:26 badCondition", "cannot be read"),
        Mistake(
            "condition with a forbidden function",
            Books.small(adding: "checks: [{ id: a, where: \"random() > 1\", fields: [name] }]"),
            "14:26 badCondition", "random"),
        Mistake(
            "field of a key", Books.small(adding: "match: { block: [[nome]] }"), "14:19 unknownField", "\"nome\"",
            nearest: "name"),
        Mistake(
            "key that is no list", Books.small(adding: "match: { block: [name] }"), "14:18 wrongShape",
            "[birth_date, name.surname]"),
        Mistake(
            "key transform", Books.small(adding: "match: { block: [[name.pinyn]] }"), "14:19 unknownTransform",
            "a field of type person_name can be followed by .given", nearest: "pinyin"),
        Mistake(
            "key transform of another kind", Books.small(adding: "match: { block: [[name.year]] }"),
            "14:19 doesNotFit", "type person_name"),
        Mistake(
            "empty key", Books.small(adding: "match: { block: [[]] }"), "14:18 missingKey", "everybody with everybody"),
        Mistake(
            "key that stands twice",
            Books.small(adding: "match: { block: [[name, birth_date], [birth_date, name]] }"), "14:38 repeated",
            "stands twice"),
        Mistake(
            "comparator", Books.small(adding: "match: { compare: { name: person } }"), "14:27 notAllowed",
            "no comparator \"person\"", nearest: "person_name"),
        Mistake(
            "comparator of another kind", Books.small(adding: "match: { compare: { name: date } }"),
            "14:27 doesNotFit", "does not understand"),
        Mistake(
            "role of a comparison", Books.small(adding: "match: { compare: { name: { role: mother } } }"),
            "14:35 notAllowed", "person, family, address, phone, none"),
        Mistake("link", Books.small(adding: "match: { link: some }"), "14:16 notAllowed", "all, within, between"),
        Mistake(
            "probability", Books.small(adding: "match: { decide: { merge: 90 } }"), "14:27 outOfRange", "or off"),
        Mistake(
            "probability that is no number", Books.small(adding: "match: { decide: { review: nan } }"),
            "14:28 outOfRange", "from 0 to 1, not \"nan\""),
        Mistake(
            "review above merge", Books.small(adding: "match: { decide: { merge: 0.5, review: 0.6 } }"),
            "14:40 linesCrossed", "above the merge line"),
        Mistake(
            "never rule", Books.small(adding: "match: { never: [\"id_number different\"] }"), "14:18 badNever",
            "both FIELD valid and different"),
        Mistake(
            "field of a never rule", Books.small(adding: "match: { never: [both id_numbr different] }"),
            "14:18 unknownField", "\"id_numbr\"", nearest: "id_number"),
        Mistake(
            "pair budget", Books.small(adding: "match: { pair_budget: 0 }"), "14:23 outOfRange", "from 1 to"),
        Mistake(
            "survivorship rule", Books.small(adding: "survivorship: { default: [newest] }"), "14:27 notAllowed",
            "repaired, derived, valid, undoubted, majority, trust"),
        Mistake(
            "survivorship of an unknown field", Books.small(adding: "survivorship: { phone: [latest] }"),
            "14:17 unknownField", "\"phone\""),
        Mistake(
            "survivorship that is no list", Books.small(adding: "survivorship: { name: latest }"), "14:23 wrongShape",
            "such as [valid, trust, latest]"),
        Mistake(
            "keep", Books.small(adding: "survivorship: { name: { keep: both } }"), "14:31 notAllowed",
            "allowed are one, all"),
        Mistake(
            "key of a field's survivorship", Books.small(adding: "survivorship: { name: { keeps: all } }"),
            "14:25 unknownKey", "\"keeps\"", nearest: "keep"),
        Mistake(
            "separator that could be part of a value",
            Books.small(adding: "survivorship: { name: { keep: all, separator: x } }"), "14:47 notAllowed",
            "one character such as ; or |"),
        Mistake(
            "separator of one value", Books.small(adding: "survivorship: { name: { separator: \"|\" } }"),
            "14:25 doesNotFit", "write \"keep: all\""),
        Mistake(
            "presence in an unknown source",
            Books.small(adding: "survivorship: { sex: { otherwise: { in: offices, then: 男 } } }"),
            "14:41 unknownField", "no source \"offices\"", nearest: "office"),
        Mistake(
            "presence that is no code",
            Books.small(adding: "survivorship: { sex: { otherwise: { in: office, then: male } } }"),
            "14:55 notAllowed", "is no code of \"sex\""),
        Mistake(
            "presence that says nothing", Books.small(adding: "survivorship: { sex: { otherwise: { in: office } } }"),
            "14:35 missingKey", "Say what the cell is"),
        Mistake(
            "group of one", Books.small(adding: "survivorship: { groups: [{ fields: [name] }] }"), "14:36 missingKey",
            "at least two fields"),
        Mistake(
            "key of a group", Books.small(adding: "survivorship: { groups: [{ fields: [name, sex], rule: [valid] }] }"),
            "14:49 unknownKey", "\"rule\"", nearest: "rules"),
        Mistake(
            "field of a group", Books.small(adding: "survivorship: { groups: [{ fields: [name, sexx] }] }"),
            "14:43 unknownField", "\"sexx\"", nearest: "sex"),
        Mistake(
            "field of two groups",
            Books.small(
                adding: "survivorship: { groups: [{ fields: [name, sex] }, { fields: [area, birth_date, sex] }] }"),
            "14:80 repeated", "stands in two groups"),
        Mistake(
            "own rules of a field in a group",
            Books.small(adding: "survivorship: { sex: [latest], groups: [{ fields: [name, sex] }] }"),
            "14:17 doesNotFit", "travels with it"),
        Mistake(
            "field called groups", Books.small(adding: "  groups: { type: text }"), "14:3 badName", "uses itself"),
        Mistake(
            "date of update that is none",
            Books.small(replacing: "    record_id: no\n", with: "    record_id: no\n    updated: name\n"),
            "7:14 doesNotFit", "of type date"),
        Mistake(
            "date of update that the source does not have",
            Books.small(
                replacing: "    record_id: no\n", with: "    record_id: no\n    updated: seen\n")
                + "  seen: { type: date }\n", "7:14 doesNotFit", "has no column for \"seen\""),
        Mistake(
            "areas", Books.small(adding: "report: { areas: birth_date }"), "14:18 doesNotFit", "grouped by"),
        Mistake(
            "suppress_below", Books.small(adding: "report: { suppress_below: -1 }"), "14:27 outOfRange",
            "from 0 to 1000000"),
        Mistake(
            "approvals of an unknown class", Books.small(adding: "approvals: { two_people: [erasures] }"),
            "14:27 notAllowed", "allowed are different_ids", nearest: "erasure"),
        Mistake(
            "an unknown key of approvals", Books.small(adding: "approvals: { group_over: 5, bulk_above: 9 }"),
            "14:29 unknownKey", "bulk_above", nearest: "bulk_over"),
        Mistake(
            "group_over", Books.small(adding: "approvals: { group_over: 0 }"), "14:26 outOfRange", "from 1 to"),
        Mistake(
            "townships of what is no address", Books.small(adding: "report: { townships: name }"), "14:22 doesNotFit",
            "of type address"),
        Mistake(
            "a mark of deletion in whole exports",
            Books.small(
                replacing: "    record_id: no\n", with: "    record_id: no\n    deleted: { column: op, is: [D] }\n"),
            "7:5 doesNotFit", "is for \"export: changes\""),
        Mistake(
            "a mark of deletion that is nothing",
            Books.small(
                replacing: "    record_id: no\n",
                with: "    record_id: no\n    export: changes\n    deleted: { column: op, is: [] }\n"),
            "8:14 missingKey", "List what stands there"),
        Mistake(
            "points of an unknown check", Books.small(adding: "quality: { points: { bad-dates: 1 } }"),
            "14:22 unknownKey", "no check \"bad-dates\"; \"qingku rules checks\" lists them", nearest: "bad-date"),
        Mistake(
            "points below nothing", Books.small(adding: "quality: { points: { error: -1 } }"), "14:29 outOfRange",
            "from 0 to 1000"),
        Mistake(
            "grades that do not rise", Books.small(adding: "quality: { grades: { A: 4 } }"), "14:20 linesCrossed",
            "have to rise"),
        Mistake(
            "colours that do not fall", Books.small(adding: "quality: { colours: { blue: 0.99 } }"),
            "14:21 linesCrossed", "have to fall"),
        Mistake(
            "a colour of an unknown dimension", Books.small(adding: "quality: { colours: { beauty: 1 } }"),
            "14:23 unknownKey", "completeness"),
        Mistake(
            "verified by what is no date", Books.small(adding: "quality: { verified_on: name }"), "14:25 doesNotFit",
            "of type date"),
        Mistake(
            "a period of nothing", Books.small(adding: "quality: { within_days: 90 }"), "14:12 missingKey",
            "verified_on"),
        Mistake(
            "sensitive field without a reason", Books.small(adding: "sensitive_match: [{ field: sex }]"),
            "14:19 missingKey", "Say why this is necessary"),
    ]
}

@Suite("What is wrong with a rule book")
struct RuleBookErrorsTests {
    @Test("is told once, at its line and column, in words that help", arguments: Mistake.all)
    func mistake(_ mistake: Mistake) throws {
        let problems = Books.problems(mistake.book)
        #expect(Books.places(mistake.book) == [mistake.place])
        let problem = try #require(problems.first)
        #expect(problem.message.en.contains(mistake.words))
        #expect(problem.nearest == mistake.nearest)
        #expect(problem.message.zh != problem.message.en)
        #expect(problem.failure.place?.file == "book.yaml")
    }

    @Test("is told all at once, in the order of the lines")
    func everythingAtOnce() {
        let book = Books.small(
            adding: """
                match: { block: [[nome]], link: some, compare: { name: date } }
                purpose: again
                report: { suppress_below: x }
                """)
        #expect(
            Books.places(book.replacing("record_id", with: "record")) == [
                "6:13 badPath", "14:19 unknownField", "14:33 notAllowed", "14:56 doesNotFit", "15:1 duplicateKey",
                "16:27 outOfRange",
            ])
    }

    @Test("keeps several repeated keys apart")
    func repeatedKeys() {
        let book = Books.small(
            adding: "  name: { type: text, type: text }\n  name: { type: text }\npurpose: x\npurpose: y\n")
        #expect(
            Books.places(book) == [
                "14:3 duplicateKey", "14:23 duplicateKey", "15:3 duplicateKey", "16:1 duplicateKey",
                "17:1 duplicateKey",
            ])
    }

    @Test("is listed up to fifty, the rest is counted")
    func manyProblems() throws {
        let wrong = (0..<80).map { "  f\($0): { type: nothing }\n" }.joined()
        let errors = #expect(throws: RuleBookErrors.self) {
            try RuleBook.parse(Books.small(adding: wrong), path: "book.yaml")
        }
        #expect(errors?.problems.count == 50)
        #expect(errors?.unlisted == 30)
    }

    @Test("in a file names the file", arguments: ["/nonexistent/book.yaml", "/"])
    func unreadable(_ path: String) {
        let errors = #expect(throws: RuleBookErrors.self) { try RuleBook.load(path: path) }
        #expect(errors?.problems.map(\.code) == [.unreadable])
        #expect(errors?.problems.first?.place.file == path)
    }
}

@Suite("Sensitive fields")
struct SensitiveFieldsTests {
    static let book = Books.small(adding: "  ethnic_code: { type: ethnic_group }\n  religion: { type: text }\n")

    @Test(
        "are refused as match features with a word on how to use them all the same",
        arguments: [
            ("match: { block: [[ethnic_code, birth_date]] }", "16:19 sensitive"),
            ("match: { compare: { name: person_name, religion: text } }", "16:40 sensitive"),
            (
                "sensitive_match: [{ field: sex, reason: because }]\nmatch: { compare: { religion: text } }",
                "17:21 sensitive"
            ),
        ])
    func refused(_ section: String, _ place: String) throws {
        #expect(Books.places(Self.book + section) == [place])
        let problem = try #require(Books.problems(Self.book + section).first)
        #expect(problem.message.en.contains("sensitive_match: [{ field:"))
    }

    @Test("are accepted with a reason, which the book keeps")
    func accepted() throws {
        let section = """
            sensitive_match: [{ field: religion, reason: The law on parish registers asks for it }]
            match: { compare: { name: person_name, religion: text } }
            """
        let book = try RuleBook.parse(Self.book + section, path: "book.yaml")
        #expect(book.sensitiveMatch.map(\.reason) == ["The law on parish registers asks for it"])
        #expect(book.match.comparisons.count == 2)
    }

    @Test("are never among the defaults")
    func defaults() throws {
        let text = "  blood_type: { type: identifier }\n  残疾证号: { type: identifier }\n"
        let book = try RuleBook.parse(Self.book + text, path: "book.yaml")
        let used = Set(book.match.keys.flatMap { $0.parts.map(\.field) } + book.match.comparisons.map(\.field))
        #expect(used.allSatisfy { !SensitiveFields.contains(book.schema.fields[$0]) })
        #expect(
            book.match.comparisons.map { book.schema.fields[$0.field].name } == [
                "name", "id_number", "birth_date", "area",
            ])
    }

    @Test(
        "are told by whole words",
        arguments: [("trace_no", false), ("race", true), ("民族", true), ("health_card", true)])
    func names(_ name: String, _ isSensitive: Bool) {
        #expect(SensitiveFields.contains(Field(name: name, kind: .text)) == isSensitive)
    }
}

@Suite("Hostile YAML")
struct HostileYAMLTests {
    static let bomb = (0..<12).map { level in
        level == 0
            ? "a0: &a0 [x, x]"
            : "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1), *a\(level - 1), *a\(level - 1)]"
    }.joined(separator: "\n")

    @Test(
        "is refused before it costs anything",
        arguments: [
            (bomb, RuleProblem.Code.reference),
            ("? &a [x]\n: y", .reference),
            (String(repeating: "[", count: 100_000), .tooDeep),
            (String(repeating: "{a: ", count: 100_000), .tooDeep),
            (String(repeating: "- ", count: 100_000), .tooDeep),
            ((0..<600).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"), .tooDeep),
            ("registry: a\u{7}b", .notText),
        ])
    func refused(_ text: String, _ code: RuleProblem.Code) {
        #expect(Books.problems(text).first?.code == code)
    }

    @Test("stars and ampersands in texts are no references")
    func texts() {
        let text = Books.small(adding: "checks: [{ id: a, where: \"length(name) *2 > 4\", fields: [name] }]\n")
            .replacing("Count the clients once", with: "Count & compare *all* clients")
        #expect(Books.places(text) == [])
    }
}
