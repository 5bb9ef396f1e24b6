import Records
import Standards
import TestSupport
import Testing

@testable import Validation

/// A small registry as the normalising step would hand it over.
enum Registry {
    static let fields = [
        Field(name: "name", kind: .personName, required: true),
        Field(name: "sex", kind: .code, codes: ["男": "M", "女": "F", "M": "M", "F": "F"]),
        Field(name: "id_number", kind: .residentID),
        Field(name: "birth_date", kind: .date),
        Field(name: "ethnic", kind: .ethnicGroup),
        Field(name: "res_code", kind: .division),
        Field(name: "res_address", kind: .address),
        Field(name: "phone", kind: .phone),
        Field(name: "email", kind: .email),
        Field(name: "registered", kind: .date),
        Field(name: "insurance", kind: .identifier),
        Field(name: "valid_until", kind: .date),
    ]
    static let asOf = "2024-06-30"

    typealias Row = KeyValuePairs<String, String>

    static func table(_ rows: [Row], without: Set<String> = []) -> RecordTable {
        var builder = RecordTableBuilder(fields)
        builder.add(rows.map(cells), asOf: asOf, without: without)
        return builder.table(normalize: normalize)
    }

    static func cells(_ row: Row) -> [String] {
        fields.map { field in row.first { $0.key == field.name }?.value ?? (field.required ? "王伟" : "") }
    }

    static func normalize(_ field: Field, _ cell: String) -> (text: String, isWellFormed: Bool) {
        if ["不详", "-"].contains(cell) { return ("", true) }
        let text = String(String.UnicodeScalarView(cell.unicodeScalars.filter { $0 != "\u{200B}" && $0 != "\u{202E}" }))
        switch field.kind {
        case .date: return (text, CivilDate(iso: text) != nil)
        case .residentID:
            let id = ResidentID.upgrading(legacy15: text) ?? text
            return (id, ResidentID(id) != nil)
        case .code: return (field.codes[text] ?? text, field.codes[text] != nil)
        case .ethnicGroup: return (EthnicGroup.code(for: text) ?? text, EthnicGroup.code(for: text) != nil)
        case .email: return (text, text.contains("@"))
        case .division: return (text, text.utf8.count == 6)
        default: return (text, true)
        }
    }

    static func findings(_ rows: [Row], without: Set<String> = [], threads: Int = 1) throws -> [Finding] {
        try Validator.check(
            table(rows, without: without), plan: ValidationPlan(conditions: [], today: "2026-11-01"), threads: threads)
    }
}

/// Rows, and whether the check says something of the last one; with the suggestion it makes.
struct CheckCase: Sendable, CustomTestStringConvertible {
    let check: String
    let rows: [Registry.Row]
    let isFound: Bool
    let suggestion: String
    let field: String?

    static func yes(_ check: String, _ rows: Registry.Row..., suggests: String = "", in field: String? = nil)
        -> CheckCase
    {
        CheckCase(check: check, rows: rows, isFound: true, suggestion: suggests, field: field)
    }

    static func no(_ check: String, _ rows: Registry.Row...) -> CheckCase {
        CheckCase(check: check, rows: rows, isFound: false, suggestion: "", field: nil)
    }

    var testDescription: String { "\(check) \(isFound ? "in" : "not in") \(rows.last.map { "\($0)" } ?? "")" }
}

private let female = "510112197809172644"
private let male = "510182193912096812"

private let cases: [CheckCase] = [
    .yes("missing-required", ["name": ""], in: "name"),
    .yes("missing-required", ["name": "不详"], in: "name"),
    .no("missing-required", ["name": "王伟"]),

    .yes("inferable-missing", ["id_number": female, "sex": "F"], suggests: "1978-09-17", in: "birth_date"),
    .yes("inferable-missing", ["id_number": male, "birth_date": "1939-12-09"], suggests: "M", in: "sex"),
    .no("inferable-missing", ["id_number": female, "sex": "M"]),
    .no("inferable-missing", ["id_number": female, "birth_date": "1951-02-03"]),
    .no("inferable-missing", ["id_number": "510112197809172645"]),
    .no("inferable-missing", ["id_number": "510112780917264"]),

    .yes("bad-date", ["birth_date": "1978-17-09"], in: "birth_date"),
    .yes("bad-date", ["birth_date": "1978-17-09", "id_number": female, "sex": "F"], suggests: "1978-09-17"),
    .yes("bad-date", ["registered": "last year"], in: "registered"),
    .no("bad-date", ["birth_date": "1978-09-17"]),
    .no("bad-date", ["birth_date": "不详"]),

    .yes("bad-phone", ["phone": "13800138000"], ["phone": "1380013800"]),
    .yes("bad-phone", ["phone": "13800138000"], ["phone": "138001380001"]),
    .yes("bad-phone", ["phone": "13800138000"], ["phone": "12800138000"]),
    .no("bad-phone", ["phone": "13800138000"], ["phone": "01062345678"]),
    .no("bad-phone", ["phone": "13800138000"], ["phone": "057188886666"]),
    .no("bad-phone", ["phone": "13800138000"], ["phone": "4008001234"]),
    .no("bad-phone", ["phone": "13800138000"], ["phone": "88886666"]),
    .yes("bad-phone", ["phone": "0391234567"], ["phone": "12345"]),
    .no("bad-phone", ["phone": "0391234567"], ["phone": "0281234567"]),

    .yes("bad-division", ["res_code": "630163"], in: "res_code"),
    .yes("bad-division", ["res_code": "6301"], in: "res_code"),
    .no("bad-division", ["res_code": "630102"]),
    .no("bad-division", ["res_code": "330126"]),

    .yes("retired-division", ["res_code": "330126"], suggests: "330182", in: "res_code"),
    .no("retired-division", ["res_code": "330182"]),
    .no("retired-division", ["res_code": "630163"]),

    .yes("bad-code", ["sex": "X"], in: "sex"),
    .no("bad-code", ["sex": "男"]),

    .yes("bad-ethnic-group", ["ethnic": "火星族"], in: "ethnic"),
    .no("bad-ethnic-group", ["ethnic": "汉"]),

    .yes("malformed-value", ["email": "nobody"], in: "email"),
    .no("malformed-value", ["email": "a@example.org"]),
    .no("malformed-value", ["birth_date": "1978-17-09"]),

    .yes("bad-resident-id", ["id_number": "51011219780917264"], in: "id_number"),
    .yes("bad-resident-id", ["id_number": "无证"], in: "id_number"),
    .no("bad-resident-id", ["id_number": "510112197809172645"]),
    .no("bad-resident-id", ["id_number": "5.10112E+17"]),

    .yes("resident-id-checksum", ["id_number": "510112197809172645"], in: "id_number"),
    .yes(
        "resident-id-checksum", ["id_number": "510112197809712644", "birth_date": "1978-09-17", "sex": "F"],
        suggests: female),
    .yes(
        "resident-id-checksum", ["id_number": "510112198809172644", "birth_date": "1978-09-17", "sex": "F"],
        suggests: female),
    .yes("resident-id-checksum", ["id_number": "510112198809172644", "sex": "F"], suggests: ""),
    .no("resident-id-checksum", ["id_number": female]),
    .no("resident-id-checksum", ["id_number": "510112780917264"]),

    .yes("resident-id-spreadsheet-damage", ["id_number": "5.10112E+17"], in: "id_number"),
    .yes("resident-id-spreadsheet-damage", ["id_number": "510112197809172000"], in: "id_number"),
    .no("resident-id-spreadsheet-damage", ["id_number": female]),

    .yes("resident-id-division", ["id_number": invented(division: "519999")], in: "id_number"),
    .no("resident-id-division", ["id_number": female]),
    .no("resident-id-division", ["id_number": "51999919780917264X"]),

    .yes("resident-id-birth", ["id_number": invented(birth: "19780931")], in: "id_number"),
    .yes("resident-id-birth", ["id_number": invented(birth: "20250101")], in: "id_number"),
    .yes("resident-id-birth", ["id_number": invented(birth: "18790101")], in: "id_number"),
    .no("resident-id-birth", ["id_number": female]),

    .yes("legacy-resident-id", ["id_number": "510112780917264"], suggests: female, in: "id_number"),
    .no("legacy-resident-id", ["id_number": female]),
    .no("legacy-resident-id", ["id_number": "510112781317264"]),

    .yes(
        "id-against-birth-date", ["id_number": female, "birth_date": "1978-09-11"], suggests: "1978-09-17",
        in: "birth_date"),
    .yes("id-against-birth-date", ["id_number": female, "birth_date": "1951-02-03"], in: "id_number"),
    .yes("id-against-birth-date", ["id_number": "510112780917264", "birth_date": "1978-09-11"], in: "birth_date"),
    .no("id-against-birth-date", ["id_number": female, "birth_date": "1978-09-17"]),
    .no("id-against-birth-date", ["id_number": "510112197809172645", "birth_date": "1978-09-11"]),
    .no("id-against-birth-date", ["id_number": female, "birth_date": "2031-09-17"]),
    .no("id-against-birth-date", ["id_number": female, "birth_date": "不详"]),

    .yes(
        "id-against-sex", ["id_number": female, "birth_date": "1978-09-17", "sex": "男"], suggests: "F", in: "sex"),
    .yes("id-against-sex", ["id_number": female, "sex": "男"], in: "sex"),
    .no("id-against-sex", ["id_number": female, "birth_date": "1978-09-17", "sex": "女"]),
    .no("id-against-sex", ["id_number": female, "birth_date": "1951-02-03", "sex": "男"]),
    .no("id-against-sex", ["id_number": female, "sex": "X"]),

    .yes("address-against-division", ["res_code": "510112", "res_address": "四川省成都市青羊区西御河街道1号"], in: "res_code"),
    .no("address-against-division", ["res_code": "510105", "res_address": "四川省成都市青羊区西御河街道1号"]),
    .no("address-against-division", ["res_code": "510105", "res_address": "成都市青羊区西御河街道1号"]),
    .no("address-against-division", ["res_code": "510100", "res_address": "四川省成都市青羊区西御河街道1号"]),
    .no("address-against-division", ["res_code": "330126", "res_address": "浙江省杭州市建德市梅城镇1号"]),
    .no("address-against-division", ["res_code": "510112", "res_address": "中山路1号"]),
    .no("address-against-division", ["res_code": "519999", "res_address": "四川省成都市青羊区西御河街道1号"]),

    .yes("future-date", ["registered": "2024-07-01"], in: "registered"),
    .yes("future-date", ["birth_date": "2078-09-17", "id_number": female], suggests: "1978-09-17", in: "birth_date"),
    .no("future-date", ["registered": "2024-06-30"]),
    .no("future-date", ["valid_until": "2034-01-01"]),

    .yes("implausible-date", ["registered": "1079-01-01"], in: "registered"),
    .no("implausible-date", ["registered": "1979-01-01"]),

    .yes("placeholder-date", ["birth_date": "1900-01-01"], in: "birth_date"),
    .yes("placeholder-date", ["birth_date": "1970-01-01", "id_number": female], suggests: "1978-09-17"),
    .no("placeholder-date", ["birth_date": "1970-01-02"]),
    .no("placeholder-date", ["birth_date": "1970-01-01", "id_number": invented(birth: "19700101")]),
    .no("placeholder-date", ["registered": "1970-01-01"]),

    .yes("date-order", ["birth_date": "1978-09-17", "registered": "1977-01-01"], in: "birth_date"),
    .yes(
        "date-order", ["birth_date": "1978-09-17", "id_number": female, "registered": "1977-01-01"], in: "registered"),
    .no("date-order", ["birth_date": "1978-09-17", "registered": "1978-09-17"]),
    .no("date-order", ["birth_date": "1978-09-17", "registered": "不详"]),

    .yes("damaged-text", ["name": "王\u{FFFD}"], in: "name"),
    .yes("damaged-text", ["res_address": "锟斤拷锟斤拷路"], in: "res_address"),
    .yes("damaged-text", ["name": "JosÃ©"], in: "name"),
    .yes("damaged-text", ["name": "王?"], in: "name"),
    .no("damaged-text", ["name": "José", "res_address": "what? 中山路"]),
    .no("damaged-text", ["name": "São João"]),

    .yes("invisible-characters", ["name": "王\u{200B}伟"], suggests: "王伟", in: "name"),
    .yes("invisible-characters", ["id_number": "\u{202E}" + female], suggests: female, in: "id_number"),
    .no("invisible-characters", ["name": "王伟"]),
    .no("invisible-characters", ["name": "علی\u{200C}رضا"]),
    .no("invisible-characters", ["res_address": "中山路\n1号", "name": "–·…"]),

    .yes("name-in-latin", ["name": "李娜"], ["name": "王伟"], ["name": "zhang san"], in: "name"),
    .no("name-in-latin", ["name": "John Smith"], ["name": "Mary Jones"]),
    .no("name-in-latin", ["name": "李娜"], ["name": "王伟"], ["name": "张三A"]),

    .yes(
        "same-id-different-people", ["name": "李建国", "id_number": male, "birth_date": "1939-12-09"],
        ["name": "李秀英", "id_number": male, "birth_date": "1945-03-04"], in: "id_number"),
    .yes(
        "same-id-different-people", ["name": "王伟", "insurance": "A77", "birth_date": "1939-12-09"],
        ["name": "李秀英", "insurance": "A77", "birth_date": "1945-03-04"], in: "insurance"),
    .no(
        "same-id-different-people", ["name": "李建国", "id_number": male, "birth_date": "1939-12-09"],
        ["name": "李建国", "id_number": male, "birth_date": "1945-03-04"]),
    .no(
        "same-id-different-people", ["name": "李建国", "id_number": male, "birth_date": "1939-12-09"],
        ["name": "李秀英", "id_number": male, "birth_date": "1939-12-08"]),
    .no(
        "same-id-different-people", ["name": "李建国", "id_number": male, "birth_date": "1939-12-09"],
        ["name": "李秀英", "id_number": male]),
]

/// An id with a right check character.
private func invented(division: String = "510112", birth: String = "19780917") -> String {
    ResidentID(first17: division + birth + "264")?.text ?? ""
}

@Suite struct CheckTests {
    @Test(arguments: cases)
    func eachCheckFindsItsErrorAndNothingElse(_ test: CheckCase) throws {
        let found = try Registry.findings(test.rows).filter { $0.check == test.check && $0.row == test.rows.count - 1 }
        #expect(found.count == (test.isFound ? 1 : 0))
        guard test.isFound, let finding = found.first else { return }
        #expect(finding.suggestion == test.suggestion)
        if let field = test.field { #expect(finding.field.map { Registry.fields[$0].name } == field) }
        let message = Validator.message(
            of: finding, in: Registry.table(test.rows), plan: ValidationPlan(conditions: [], today: "2026-11-01"))
        #expect(message.en != message.zh)
        #expect(message.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
        for text in [message.en, message.zh] {
            #expect(!text.contains("““") && !text.contains("Optional") && !text.contains("  "))
        }
    }

    /// Those that look at linked records have theirs in `LinkedCheckTests`.
    @Test(arguments: Check.all.filter { !$0.isLinked }.map(\.name))
    func eachCheckHasACaseForAndOneAgainst(_ name: String) {
        #expect(cases.contains { $0.check == name && $0.isFound })
        #expect(cases.contains { $0.check == name && !$0.isFound })
    }

    @Test func namesAreUniqueAndStableInForm() {
        let names = Check.all.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names {
            #expect(name.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || $0 == 0x2D })
            #expect(Check.named(name)?.name == name)
        }
        #expect(cases.allSatisfy { names.contains($0.check) })
    }

    @Test(arguments: Check.all.map(\.name))
    func titlesStandInBothLanguages(_ name: String) throws {
        let check = try #require(Check.named(name))
        #expect(!check.title.en.isEmpty && check.title.en.utf8.allSatisfy { $0 < 0x80 })
        #expect(check.title.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
    }

    @Test func aFieldTheSourceDoesNotHaveIsNotMissing() throws {
        let found = try Registry.findings([["id_number": "510112197809172644"]], without: ["name", "birth_date"])
        #expect(found.map(\.check) == ["inferable-missing"])
        #expect(found.first?.suggestion == "F")
    }

    @Test func aPerfectRecordHasNoFindings() throws {
        let found = try Registry.findings([
            [
                "name": "王秀英", "sex": "女", "id_number": "510112197809172644", "birth_date": "1978-09-17",
                "ethnic": "汉族",
                "res_code": "510112", "res_address": "四川省成都市龙泉驿区龙泉街道1号", "phone": "13800138000",
                "email": "a@example.org", "registered": "2001-02-03", "insurance": "A1", "valid_until": "2030-01-01",
            ]
        ])
        #expect(found.isEmpty, "\(found)")
    }
}
