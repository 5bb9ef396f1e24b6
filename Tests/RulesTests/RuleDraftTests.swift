import Foundation
import Importers
import Matching
import Records
import Testing

@testable import Rules

struct Column: Sendable, CustomTestStringConvertible {
    let header: String
    let values: [String]
    let field: String
    let kind: FieldKind

    init(_ header: String, _ values: String, _ field: String, _ kind: FieldKind) {
        self.header = header
        self.values = values.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        self.field = field
        self.kind = kind
    }

    /// As if each value stood in five records.
    var sample: ColumnSample {
        ColumnSample(
            header: header, values: values, frequent: values.map { .init($0, records: 5) }, filled: values.count * 5,
            distinct: values.count, records: values.count * 5)
    }

    /// A column of a file with these values, each in so many records, blanks filling it up to `records`.
    static func counted(_ header: String, _ values: KeyValuePairs<String, Int>, records: Int? = nil) -> ColumnSample {
        var interner = TextInterner()
        var cells = values.flatMap { Array(repeating: $0.key, count: $0.value) }
        cells += Array(repeating: "", count: max(0, (records ?? 0) - cells.count))
        let codes = cells.map { interner.intern($0) }
        return ColumnSample(SourceTable.Column(header: header, codes: codes, values: interner.pool))
    }

    var testDescription: String { header }

    static let all: [Column] = [
        Column("姓名", "王小明|李华|欧阳娜娜", "name", .personName),
        Column("xm", "Wang Wei|李华", "name", .personName),
        Column("监护人姓名", "王小明", "guardian", .personName),
        Column("公民身份号码", "11010519491231002X|440524188001010014", "id_number", .residentID),
        Column("sfzh", "11010519491231002x|110105491231002|无", "id_number", .residentID),
        Column("id_number", "004521|993411", "id_number", .identifier),
        Column("证件", "11010519491231002X|440524188001010014", "", .residentID),
        Column("出生日期", "19850307|1990-01-02", "birth_date", .date),
        Column("dob", "17/03/1985|07/03/1985", "birth_date", .date),
        Column("when", "1985年3月7日|2001.4.5", "", .date),
        Column("性别", "男|女|不详", "sex", .code),
        Column("民族", "汉族|回族|维吾尔", "ethnic_code", .ethnicGroup),
        Column("居住地区划代码", "110105|440524", "res_code", .division),
        Column("jzdz", "北京市朝阳区建国路1号", "res_addr", .address),
        Column("居住地详细地址", "北京市朝阳区建国路1号", "res_addr", .address),
        Column("contact[@type='mobile']", "13800138000", "phone", .phone),
        Column("p:person/p:name", "李华", "name", .personName),
        Column("@csrq", "19850307", "birth_date", .date),
        Column("联系方式", "+86 138-0013-8000|010-65001234", "phone", .phone),
        Column("f7", "13800138000|13900139000", "", .phone),
        Column("f8", "a@b.cn|c.d@e.org", "", .email),
        Column("f9", "110105|110101", "", .division),
        Column("所在", "北京市朝阳区建国路1号|上海市徐汇区漕溪路2号", "", .address),
        Column("人员状态", "正常|迁出|死亡", "status", .code),
        Column("grade", "A|B|C", "", .code),
        Column("remarks", (0..<40).map { "note \($0)" }.joined(separator: "|"), "", .text),
        Column("邮编", "100000|200000", "postcode", .postcode),
        Column("surname", "Smith|Jones", "surname", .surname),
        Column("空列", "|", "", .text),
        Column("PRIMARY_NAME_LAST", "Smith|Jones", "surname", .surname),
        Column("Patient First Name", "Ann|Bob", "given_name", .givenName),
        Column("clientFullName", "Ann Smith", "name", .personName),
        Column("Date of Birth (dd/mm/yyyy)", "17/03/1985", "birth_date", .date),
        Column("DATE_OF_BIRTH", "3/1/70|24-May-11|10/27/76|Mar 1 1970", "birth_date", .date),
        Column("Prénom", "Zoé|Luc", "given_name", .givenName),
        Column("Geburtsdatum", "17.03.1985", "birth_date", .date),
        Column("ADDR_LINE1", "58 Church Road", "street", .street),
        Column("ADDR_POSTAL_CODE", "89132", "postcode", .postcode),
        Column("ADDR_STATE", "NV|CA", "province", .code),
        Column("SSN_NUMBER", "294-66-9999", "social_security_no", .identifier),
        Column("姓名（必填）", "李华", "name", .personName),
        Column("监护人电话", "13800138000|13900139000", "guardian_phone", .phone),
        Column("紧急联系人手机", "13800138000", "emergency_phone", .phone),
        Column("母亲身份证号", "11010519491231002X", "mother_id_number", .residentID),
        Column("配偶姓名", "李华", "spouse_name", .personName),
        Column("单位地址", "北京市朝阳区建国路1号", "employer_addr", .address),
        Column("工作单位", "某某公司", "", .text),
        Column("Mother's Date of Birth", "1950-03-07", "mother_birth_date", .date),
        Column("next_of_kin_phone", "020 7946 0018", "next_of_kin_phone", .phone),
        Column("Emergency Contact Phone", "020 7946 0018", "emergency_phone", .phone),
        Column("Mother's Maiden Name", "Smith|Jones", "mother_other_name", .text),
        Column("NHS Number", "9434765919", "nhs_no", .identifier),
        Column("mother_name", "Ann|Eve|Mia|Zoe", "mother_name", .personName),
        Column("MaidenName", "Smith", "other_name", .text),
    ]
}

@Suite("A guess of what a column holds")
struct ColumnGuessTests {
    @Test("goes by its name and its values", arguments: Column.all)
    func guess(_ column: Column) {
        let guess = ColumnGuess(column.sample)
        #expect(guess.kind == column.kind)
        #expect(guess.field == column.field)
    }

    @Test(
        "reads the order of a date from days over twelve",
        arguments: [
            ("17/03/1985|07/03/1985", DateOrder.dayFirst), ("03/17/1985", .monthFirst), ("07/03/1985", nil),
            ("1985-03-07", nil), ("17/03/1985|03/17/1985", nil),
        ])
    func dateOrder(_ values: String, _ order: DateOrder?) {
        #expect(ColumnGuess(Column("dob", values, "", .date).sample).dateOrder == order)
    }
}

@Suite("A drafted rule book")
struct RuleDraftTests {
    private func sample(_ path: String, _ columns: [Column], key: String? = nil) -> FileSample {
        let keys = key.map {
            [ColumnSample(header: $0, values: ["1", "2"], frequent: [], filled: 2, distinct: 2, records: 2)]
        }
        return FileSample(path: path, format: .csv, columns: (keys ?? []) + columns.map(\.sample))
    }

    @Test("loads and has a field for every column", arguments: Language.allCases)
    func everyColumn(_ language: Language) throws {
        let text = try RuleDraft.draft(
            [sample("in/office.csv", Column.all, key: "id")], for: "rules/new.yaml", language: language, year: 2024)
        let book = try RuleBook.parse(text, path: "rules/new.yaml")
        #expect(book.sources.first?.mappings.map(\.path) == Column.all.map(\.header))
        #expect(book.sources.first?.path == "in/office.csv")
        #expect(book.sources.first?.recordID == "id")
        #expect(book.schema.fields.count == Column.all.count)
        #expect(book.warnings.isEmpty)
        for (field, column) in zip(book.schema.fields, Column.all) { #expect(field.kind == column.kind) }
    }

    @Test("joins what offices call differently in one field")
    func join() throws {
        let first = [
            Column("姓名", "李华", "", .personName), Column("性别", "男|女", "", .code), Column("民族代码", "01", "", .code),
        ]
        let second = [
            Column("xm", "李华", "", .personName), Column("gender", "F|M", "", .code), Column("note", "a b", "", .text),
        ]
        let text = try RuleDraft.draft([sample("b/登记.csv", first), sample("dossier.csv", second)], year: 2024)
        let book = try RuleBook.parse(text, path: "rules.yaml")
        #expect(book.sources.map(\.profile.name) == ["登记", "dossier"])
        #expect(book.schema.fields.map(\.name) == ["name", "sex", "ethnic_code", "note"])
        #expect(book.schema.fields[1].codes == ["男": "M", "女": "F", "M": "M", "F": "F"])
        #expect(book.match.comparisons.map(\.field) == [0])
        #expect(text.contains("Sensitive, not used to match people: ethnic_code"))
    }

    @Test("names the record path, prefixes and paths of XML")
    func xml() throws {
        let sample = FileSample(
            path: "/data/c.xml", format: .xml, recordPath: "/e:export/e:client", namespaces: ["e": "urn:e"],
            columns: [
                ColumnSample(header: "@no", values: ["1", "2"], frequent: [], filled: 2, distinct: 2, records: 2),
                ColumnSample(
                    header: "e:person/e:name", values: ["李华"], frequent: [], filled: 2, distinct: 1, records: 2),
                ColumnSample(
                    header: "contact[@type='mobile']", values: ["13800138000"], frequent: [], filled: 1, distinct: 1,
                    records: 2),
            ])
        let source = try #require(
            try RuleBook.parse(RuleDraft.draft([sample], year: 2024), path: "/rules.yaml").sources.first)
        #expect(source.format == .xml && source.recordPath == "/e:export/e:client" && source.recordID == "@no")
        #expect(source.namespaces == ["e": "urn:e"])
        #expect(source.mappings.map(\.path) == ["e:person/e:name", "contact[@type='mobile']"])
    }

    @Test("calls fields of XML by the last steps of their paths")
    func namesOfPaths() throws {
        let paths = ["e:a/e:remark", "e:a/e:remark/@lang", "e:b/e:remark", "e:c/e:b/e:remark"]
        let sample = FileSample(
            path: "/data/c.xml", format: .xml, recordPath: "/e:export/e:client", namespaces: ["e": "urn:e"],
            columns: paths.map {
                ColumnSample(header: $0, values: ["x", "y"], frequent: [], filled: 2, distinct: 2, records: 2)
            })
        let book = try RuleBook.parse(RuleDraft.draft([sample], year: 2024), path: "/rules.yaml")
        #expect(book.schema.fields.map(\.name) == ["remark", "remark_lang", "b_remark", "c_b_remark"])
    }

    @Test("takes an unnamed first column of numbers for that of the records", arguments: [true, false])
    func recordNumbers(isFirst: Bool) throws {
        let count = 30
        func column(_ header: String, _ value: (Int) -> String) -> ColumnSample {
            ColumnSample(
                header: header, values: (0..<count).map(value), frequent: [], filled: count, distinct: count,
                records: count)
        }
        let numbers = column("dsbh") { "A-\(1_000 + $0)" }
        let names = column("name") { "Person \($0)" }
        let sample = FileSample(
            path: "/data/c.csv", format: .csv, columns: isFirst ? [numbers, names] : [names, numbers])
        let source = try #require(
            try RuleBook.parse(RuleDraft.draft([sample], year: 2024), path: "/rules.yaml").sources.first)
        #expect(source.recordID == (isFirst ? "dsbh" : nil))
    }

    @Test("survives any header and value")
    func strangeTexts() throws {
        let headers = [
            "a: b", "# x", "- y", "\"q\"", "it's", "true", "12", "person_id", "Name", "name", "x\ny", "{[&*!|>%@`",
            "\u{1}", "ｘｍ",
            "é", "😀", "a\\b", "default", String(repeating: "长", count: 300),
        ]
        let columns = headers.map { Column($0, "yes|no: #|\"'\\|\u{7}|😀", "", .text) }
        let text = try RuleDraft.draft([sample("-odd name!.tar.csv", columns), sample("?.csv", columns)], year: 2024)
        let book = try RuleBook.parse(text, path: "rules.yaml")
        #expect(book.sources[0].mappings.map(\.path) == headers)
        #expect(book.sources.map(\.profile.name) == ["odd_name", "source"])
    }

    @Test(
        "merges nothing by itself where only shared things are compared",
        arguments: [(60, "merge: off"), (120, "merge: 0.8")])
    func mergesNothing(_ named: Int, _ line: String) throws {
        let columns = [
            ColumnSample(
                header: "phone", values: ["13800138000"], frequent: [], filled: 200, distinct: 100, records: 200),
            ColumnSample(header: "name", values: ["李华"], frequent: [], filled: named, distinct: 50, records: 200),
        ]
        let text = try RuleDraft.draft([FileSample(path: "a.csv", format: .csv, columns: columns)], year: 2024)
        #expect(text.contains(line))
        #expect(try RuleBook.parse(text, path: "rules.yaml").warnings.isEmpty)
    }

    @Test("takes the order of an export's other dates where a column does not show it")
    func orderOfOthers() throws {
        let columns = [
            Column("dob", "17/03/1985|07/03/1985", "", .date), Column("Date Registered", "07/03/2020", "", .date),
        ]
        func orders(_ columns: [Column]) throws -> [DateOrder?] {
            try RuleBook.parse(RuleDraft.draft([sample("a.csv", columns)], year: 2024), path: "r.yaml").schema.fields
                .map(\.dateOrder)
        }
        #expect(try orders(columns) == [.dayFirst, .dayFirst])
        #expect(try orders([columns[1]]) == [nil])
        #expect(try orders(columns + [Column("seen", "03/17/2021", "", .date)]) == [.dayFirst, nil, .monthFirst])
    }

    @Test(
        "knows the number of the office's own record by any of its names",
        arguments: ["Client No", "Patient ID", "person_id", "rec_no", "编号"])
    func recordID(_ header: String) throws {
        let text = try RuleDraft.draft(
            [sample("a.csv", [Column("姓名", "李华", "", .personName)], key: header)], year: 2024)
        #expect(try RuleBook.parse(text, path: "r.yaml").sources.first?.recordID == header)
    }

    @Test("names the date of the last change, for the values that stand")
    func updated() throws {
        let columns = [Column("姓名", "李华", "", .personName), Column("更新时间", "2024-05-01 10:00:00", "", .date)]
        let text = try RuleDraft.draft([sample("a.csv", columns)], year: 2024)
        #expect(text.contains("    updated: updated  # "))
        #expect(try RuleBook.parse(text, path: "r.yaml").match.comparisons.map(\.field) == [0])
    }

    @Test("proposes the latest year that two digits mean, for dates that have them")
    func shortYears() throws {
        let columns = [Column("dob", "3/15/70|10/27/76", "", .date), Column("opened", "3/15/1970", "", .date)]
        let book = try RuleBook.parse(RuleDraft.draft([sample("a.csv", columns)], year: 2024), path: "r.yaml")
        #expect(book.schema.fields.map(\.shortYearsUntil) == [2024, nil])
        #expect(book.schema.fields.map(\.dateOrder) == [.monthFirst, .monthFirst])
    }

    @Test("is refused when there is no column")
    func noColumn() {
        #expect(throws: Failure.self) {
            try RuleDraft.draft([sample("a.csv", [Column(" ", "x", "", .text)])], year: 2024)
        }
    }

    @Test(
        "names its files from its own folder",
        arguments: [
            ("in/a.csv", "rules/b.yaml", "../in/a.csv"), ("a.csv", "b.yaml", "a.csv"),
            ("./in/a.csv", "b.yaml", "in/a.csv"),
            ("rules/a.csv", "rules/b.yaml", "a.csv"), ("/x/a.csv", "/y/z/b.yaml", "../../x/a.csv"),
            ("/x/a.csv", "b.yaml", "/x/a.csv"),
        ])
    func paths(_ file: String, _ book: String, _ answer: String) {
        #expect(FolderPath.relative(file, toFolderOf: book) == answer)
        #expect(FolderPath.resolve(answer, againstFolderOf: book) == file.replacing("./", with: ""))
    }
}
