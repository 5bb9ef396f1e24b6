import Foundation
import Importers
import Matching
import Reconciliation
import Records
import Testing
import Validation

@testable import Rules

@Suite("A rule book")
struct RuleBookTests {
    @Test(
        "names a quote by its word or by itself",
        arguments: [("double", "\""), ("single", "'"), ("none", "none"), ("\"'\"", "'"), ("auto", nil)])
    func quotes(_ word: String, _ quote: String?) throws {
        let book = Books.small(replacing: "record_id:", with: "quote: \(word)\n    record_id:")
        #expect(try RuleBook.parse(book, path: "book.yaml").sources[0].quote == quote)
    }

    @Test("becomes typed plans with their defaults")
    func small() throws {
        let book = try RuleBook.parse(Books.small, path: "rules/book.yaml")
        #expect(book.title == "Clients")
        #expect(book.purpose == "Count the clients once")
        #expect(book.sha256.count == 64)
        let source = try #require(book.sources.first)
        #expect(source.profile == SourceProfile(name: "office", trust: 1, role: .register, asOf: nil))
        #expect(source.path == "inputs/office.csv")
        #expect(source.format == .csv)
        #expect(source.encoding == nil && source.delimiter == nil && source.quote == nil && source.hasHeader == nil)
        #expect(source.recordID == "no")
        #expect(source.mappings.map(\.path) == ["xm", "sfzh", "csrq", "xb", "qh"])
        #expect(book.schema.fields.map(\.name) == ["name", "id_number", "birth_date", "sex", "area"])
        #expect(book.schema.fields.map(\.required) == [true, false, false, false, false])
        #expect(book.schema.fields[3].codes == ["男": "M", "女": "F", "M": "M", "F": "F"])
        #expect(book.match.decide == MatchPlan.Decide(merge: 0.8, review: 0.1))
        #expect(book.match.link == .all)
        #expect(book.match.pairBudget == nil)
        #expect(book.survivorship.standard == ["valid", "majority", "trust", "latest"])
        #expect(book.report == ReportPlan(areas: nil, suppressBelow: 10))
        #expect(book.warnings.isEmpty)
    }

    @Test("states what is to differ from the defaults")
    func everything() throws {
        let book = try RuleBook.parse(
            Books.small(
                replacing: "    record_id: no\n",
                with: """
                        format: csv
                        encoding: GB18030
                        delimiter: tab
                        quote: "'"
                        header: false
                        record_id: 1
                        trust: 7
                        role: reference
                        as_of: 2024-06-30

                    """)
                    + """
                    checks:
                      - { id: future, where: birth_date > '2024-06-30', severity: warning, fields: [birth_date, name], message: Not born yet }
                    match:
                      block: [[id_number], { key: [name.pinyin, birth_date.year], at_most: 3 }]
                      compare: { name: person_name, sex: { comparator: exact, role: none }, area: { role: address } }
                      link: between
                      model: fellegi-sunter
                      levels: plain
                      decide: { merge: off, review: 0.95 }
                      never: [both  id_number valid  and different, both birth_date different]
                      pair_budget: 5_000_000
                    survivorship: { default: [trust], name: [most_complete, latest] }
                    quality:
                      points: { warning: 3, missing-required: 4 }
                      grades: { C: 20 }
                      colours: { green: 0.99, uniqueness: { green: 0.9, blue: 0.8, yellow: 0.7 } }
                    report: { areas: area, suppress_below: 0 }
                    """, path: "/data/book.yaml")
        let source = book.sources[0]
        #expect(source.path == "/inputs/office.csv")
        #expect(source.encoding == "gb18030" && source.delimiter == "\t" && source.quote == "'")
        #expect(source.hasHeader == false && source.recordID == "1")
        #expect(source.profile == SourceProfile(name: "office", trust: 7, role: .reference, asOf: "2024-06-30"))
        #expect(book.conditions.map(\.fields) == [[2, 0]])
        #expect(book.conditions[0].severity == .warning && book.conditions[0].message == "Not born yet")
        #expect(
            book.match
                == MatchPlan(
                    keys: [
                        MatchPlan.Key([MatchPlan.Part(field: 1)]),
                        MatchPlan.Key(
                            [
                                MatchPlan.Part(field: 0, transform: "pinyin"),
                                MatchPlan.Part(field: 2, transform: "year"),
                            ], atMost: 3),
                    ],
                    comparisons: [
                        MatchPlan.Comparison(field: 0, comparator: "person_name"),
                        MatchPlan.Comparison(field: 3, comparator: "exact", role: MatchPlan.Role.none),
                        MatchPlan.Comparison(field: 4, comparator: "division", role: .address),
                    ],
                    link: .between, decide: MatchPlan.Decide(merge: nil, review: 0.95),
                    never: [
                        MatchPlan.Never(field: 1, condition: .validAndDifferent),
                        MatchPlan.Never(field: 2, condition: .different),
                    ],
                    model: .fellegiSunter, levels: .plain, pairBudget: 5_000_000))
        #expect(book.survivorship.standard == ["trust"])
        #expect(book.survivorship.byField == [0: ["most_complete", "latest"]])
        #expect(book.report == ReportPlan(areas: 4, suppressBelow: 0))
        var quality = QualityPlan(pointsByCheck: ["missing-required": 4], warningPoints: 3, limits: [0, 3, 20])
        quality.standard.green = 0.99
        quality.byDimension[.uniqueness] = ColourLimits(green: 0.9, blue: 0.8, yellow: 0.7)
        #expect(book.quality == quality)
    }

    @Test("reads XML sources with prefixes, attributes and conditions")
    func xml() throws {
        let book = try RuleBook.parse(
            """
            registry: r
            purpose: p
            sources:
              office:
                record: /e:export/e:client
                record_id: "@no"
                namespaces: { e: "urn:export" }
                fields: { name: e:person/e:name, phone: "contact[@type='a/b']/@value", note: "." }
            fields: { name: { type: person_name }, phone: { type: phone }, note: { type: text } }
            """, path: "book.yaml")
        let source = book.sources[0]
        #expect(source.format == .xml)
        #expect(source.recordPath == "/e:export/e:client")
        #expect(source.namespaces == ["e": "urn:export"])
        #expect(source.mappings.map(\.path) == ["e:person/e:name", "contact[@type='a/b']/@value", "."])
        #expect(source.path == nil)
    }

    @Test("reads the survivorship of groups, lists and empty cells, and dates of update")
    func survivorship() throws {
        let book = try RuleBook.parse(
            Books.small(replacing: "    record_id: no\n", with: "    record_id: no\n    updated: birth_date\n")
                + """
                  area_address: { type: address }
                  area_code: { type: division }
                survivorship:
                  groups:
                    - { fields: [area_code, area_address], rules: [valid, trust] }
                    - fields: [name, sex]
                  id_number: { keep: all, rules: [valid] }
                  birth_date: { keep: all, separator: "|" }
                  area: { otherwise: { in: office, else: "110101" } }
                  sex: { otherwise: { in: office, then: 男, else: F } }
                """, path: "book.yaml")
        let plan = book.survivorship
        #expect(
            plan.groups == [
                .init(fields: [5, 6], rules: ["valid", "trust"]), .init(fields: [0, 3]),
            ])
        #expect(plan.lists == [1: .standard, 2: ListNotation(separator: "|")])
        #expect(plan.byField == [1: ["valid"]])
        #expect(
            plan.presences == [
                3: .init(source: "office", present: "M", absent: "F"),
                4: .init(source: "office", present: nil, absent: "110101"),
            ])
        #expect(plan.updated == ["office": 2])
        #expect(plan.places == [.init(division: 6, address: 5)])
    }

    @Test("warns of what has no effect")
    func warnings() throws {
        let book = try RuleBook.parse(
            Books.small(
                adding: """
                      note: { type: text }
                    match: { block: [[area]], compare: { area: division } }
                    survivorship: { default: [reference_first] }
                    """), path: "book.yaml")
        #expect(book.warnings.map(\.code) == [.noPersonField, .noReference, .unusedField])
    }

    @Test(
        "finds its files from its own folder",
        arguments: [
            ("../inputs/a.csv", "rules/book.yaml", "inputs/a.csv"), ("a.csv", "book.yaml", "a.csv"),
            ("a.csv", "rules/book.yaml", "rules/a.csv"), ("/a.csv", "rules/book.yaml", "/a.csv"),
            ("../../a.csv", "rules/book.yaml", "../a.csv"), ("../a.csv", "../rules/book.yaml", "../a.csv"),
            ("./x/../a.csv", "/r/book.yaml", "/r/a.csv"), ("../../../a.csv", "/r/book.yaml", "/a.csv"),
        ])
    func paths(_ file: String, _ book: String, _ answer: String) {
        #expect(FolderPath.resolve(file, againstFolderOf: book) == answer)
    }

    @Test("is the same with a byte order mark and Windows line ends")
    func bytes() throws {
        let text = "\u{FEFF}" + Books.small.replacing("\n", with: "\r\n")
        #expect(try RuleBook.parse(text, path: "book.yaml").schema == RuleBook.parse(Books.small, path: "b").schema)
    }
}

@Suite("The shipped rule books")
struct ShippedRuleBookTests {
    @Test("are sound", arguments: ["registry", "febrl", "latin"])
    func load(_ name: String) throws {
        let book = try RuleBook.load(path: Books.folder.appending(path: "\(name).yaml").path)
        #expect(book.warnings.isEmpty)
        #expect(!book.match.keys.isEmpty && !book.match.comparisons.isEmpty)
        #expect(book.sources.allSatisfy { $0.recordID != nil })
    }

    @Test("registry.yaml has the fields of the master and three offices")
    func registry() throws {
        let book = try RuleBook.load(path: Books.folder.appending(path: "registry.yaml").path)
        #expect(
            book.schema.fields.map(\.name) == [
                "name", "sex", "id_number", "birth_date", "ethnic_code", "hukou_code", "hukou_addr", "res_code",
                "res_addr", "phone", "registered", "status", "death_date", "has_case", "case_type", "caseworker",
                "case_opened", "last_visit",
            ])
        #expect(book.sources.map(\.profile.name) == ["registry", "community", "dossier"])
        #expect(book.sources.map(\.profile.trust) == [3, 2, 1])
        #expect(book.sources.map(\.format) == [.csv, .xml, .csv])
        #expect(book.schema.fields[1].codes["女"] == "2")
        #expect(book.match.never.map(\.condition) == [.validAndDifferent])
        #expect(book.sensitiveMatch.isEmpty)
    }

    @Test("changes built-in checks, ages and life-cycles")
    func checkSettings() throws {
        let text =
            Books.small(replacing: "birth_date: { type: date }", with: "birth_date: { type: date, ages: [0, 110] }")
                + """
                checks:
                  - { id: name-in-latin, severity: off }
                  - { id: phone-on-many, limit: 4, severity: error }
                  - { id: born-late, where: birth_date > '2020-01-01', fields: [birth_date] }
                lifecycle:
                  sex: ["男 > 女", "女 → 男"]

                """
        let book = try RuleBook.parse(text, path: "book.yaml")
        #expect(book.schema.fields[2].ages == 0...110)
        #expect(book.conditions.map(\.id) == ["born-late"])
        #expect(
            book.checkSettings == [
                "name-in-latin": .init(isOff: true), "phone-on-many": .init(severity: .error, limit: 4),
            ])
        #expect(book.lifecycles == [Lifecycle(field: 3, next: ["M": ["F"], "F": ["M"]])])
        let names = book.validation(today: "2026-01-01").checks.map(\.name)
        #expect(!names.contains("name-in-latin") && names.contains("phone-on-many"))
    }
}
