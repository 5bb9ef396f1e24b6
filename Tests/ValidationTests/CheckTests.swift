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
        Field(name: "last_visit", kind: .date),
        Field(name: "death_date", kind: .date),
        Field(name: "status", kind: .code, codes: ["正常": "正常", "迁出": "迁出", "死亡": "死亡"]),
        Field(name: "hukou_code", kind: .division),
        Field(name: "income", kind: .number),
        Field(name: "opened", kind: .date, ages: 18...60),
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
        case .phone: return (text, text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } && text.utf8.count <= 12)
        case .number: return (text, Double(text) != nil)
        default: return (text, true)
        }
    }

    static let plan = ValidationPlan(
        conditions: [],
        lifecycles: [Lifecycle(field: 14, next: ["正常": ["迁出", "死亡"], "迁出": ["正常", "死亡"]])], today: "2026-11-01")

    static func findings(_ rows: [Row], without: Set<String> = [], threads: Int = 1) throws -> [Finding] {
        try Validator.check(table(rows, without: without), plan: plan, threads: threads)
    }
}

/// Rows, and whether the check says something of the last one; with the suggestion it makes.
struct CheckCase: Sendable, CustomTestStringConvertible {
    let check: String
    let rows: [Registry.Row]
    let isFound: Bool
    let suggestion: String
    let field: String?
    /// Other checks that have something to say of the row.
    var besides: Set<String> = []
    /// For checks that need another schema, or a file with columns in their order.
    var table: RecordTable?

    static func yes(_ check: String, _ rows: Registry.Row..., suggests: String = "", in field: String? = nil)
        -> CheckCase
    {
        CheckCase(check: check, rows: rows, isFound: true, suggestion: suggests, field: field)
    }

    func besides(_ checks: String...) -> CheckCase {
        var copy = self
        copy.besides = Set(checks)
        return copy
    }

    static func no(_ check: String, _ rows: Registry.Row...) -> CheckCase {
        CheckCase(check: check, rows: rows, isFound: false, suggestion: "", field: nil)
    }

    static func yes(
        _ check: String, after rows: [Registry.Row], _ last: Registry.Row, suggests: String = "",
        in field: String? = nil
    ) -> CheckCase {
        CheckCase(check: check, rows: rows + [last], isFound: true, suggestion: suggests, field: field)
    }

    static func no(_ check: String, after rows: [Registry.Row], _ last: Registry.Row) -> CheckCase {
        CheckCase(check: check, rows: rows + [last], isFound: false, suggestion: "", field: nil)
    }

    static func yes(_ check: String, in table: RecordTable, suggests: String = "") -> CheckCase {
        CheckCase(check: check, rows: [], isFound: true, suggestion: suggests, field: nil, table: table)
    }

    static func no(_ check: String, in table: RecordTable) -> CheckCase {
        CheckCase(check: check, rows: [], isFound: false, suggestion: "", field: nil, table: table)
    }

    var records: RecordTable { table ?? Registry.table(rows) }

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
    .no("bad-phone", ["phone": "13800138000"], ["phone": "85221234567"]),
    .no("bad-phone", ["phone": "13800138000"], ["phone": "0085221234567"]),
    .no("bad-phone", ["phone": "13800138000"], ["phone": "886912345678"]),
    .no("bad-phone", ["phone": "13800138000"], ["phone": "95588"]),
    .yes("bad-phone", ["phone": "13800138000"], ["phone": "51234"]),
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

    .yes("malformed-value", ["email": "nowhere"], in: "email"),
    .no("malformed-value", ["email": "a@example.org"]),
    .no("malformed-value", ["birth_date": "1978-17-09"]),

    .yes("bad-resident-id", ["id_number": "51011219780917264"], in: "id_number"),
    .yes("bad-resident-id", ["id_number": "没有证件"], in: "id_number"),
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
    .yes("id-against-birth-date", ["id_number": "510112780917264", "birth_date": "1978-09-11"], in: "birth_date")
        .besides("legacy-resident-id"),
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
    .no("placeholder-date", ["birth_date": "1970-01-01"]),
    .yes(
        "placeholder-date", after: Array(repeating: ["birth_date": "1970-01-01"], count: 6),
        ["birth_date": "1970-01-01"]),
    .no("placeholder-date", ["birth_date": "1970-01-01", "id_number": invented(birth: "19700101")]),
    .no("placeholder-date", ["registered": "1970-01-01"]),
    .yes("placeholder-date", ["registered": "1111-11-11"], in: "registered"),
    .yes("placeholder-date", ["last_visit": "9999-12-31"], in: "last_visit"),
    .no("placeholder-date", ["valid_until": "9999-12-31"]),

    .yes("date-order", ["birth_date": "1978-09-17", "registered": "1977-01-01"], in: "birth_date"),
    .yes(
        "date-order", ["birth_date": "1978-09-17", "id_number": female, "registered": "1977-01-01"], in: "registered"),
    .no("date-order", ["birth_date": "1978-09-17", "registered": "1978-09-17"]),
    .no("date-order", ["birth_date": "1978-09-17", "registered": "不详"]),

    .yes("exchanged-columns", ["name": "男", "sex": "吴涛峰"], suggests: "吴涛峰"),
    .yes(
        "exchanged-columns",
        ["id_number": invented(birth: "20070504"), "birth_date": "2020-11-24", "registered": "2007-05-04"],
        suggests: "2007-05-04"),
    .no(
        "exchanged-columns",
        ["id_number": invented(birth: "20070504"), "birth_date": "2020-11-24", "registered": "2007-05-05"]),
    .no(
        "id-against-birth-date",
        ["id_number": invented(birth: "20070504"), "birth_date": "2020-11-24", "registered": "2007-05-04"]),
    .yes("bad-date", ["birth_date": "1978-09-31", "id_number": invented()], suggests: "1978-09-17", in: "birth_date"),
    .yes("bad-date", ["birth_date": "1990-02-30", "id_number": invented()], in: "birth_date"),
    .yes(
        "doubled-text", ["res_address": String(repeating: "中山路十二号", count: 4)], suggests: "中山路十二号", in: "res_address"),
    .yes("damaged-text", ["name": "王\u{FFFD}"], in: "name"),
    .yes("damaged-text", ["res_address": "锟斤拷锟斤拷路"], in: "res_address"),
    .yes("damaged-text", ["name": "李Ã©"], in: "name"),
    .yes("damaged-text", ["name": "王?"], in: "name"),
    .yes("damaged-text", ["res_address": "????路12号"], in: "res_address"),
    .no("damaged-text", ["name": "José", "res_address": "what? 中山路"]),
    .no("damaged-text", ["name": "São João"]),
    .no("damaged-text", ["name": "José\u{A0}García", "res_address": "Café\u{A0}du Nord «André»…"]),
    .yes("damaged-text", ["name": "王å¼\u{A0}"], in: "name"),

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
        ["name": "李秀英", "id_number": male, "birth_date": "1945-03-04"], in: "id_number"
    ).besides("id-against-birth-date"),
    .yes(
        "same-id-different-people",
        after: (0..<60).map { ["name": "王伟", "insurance": "A\($0)", "birth_date": "1939-12-09"] },
        ["name": "李秀英", "insurance": "A0", "birth_date": "1945-03-04"], in: "insurance"),
    // The number of a household.
    .no(
        "same-id-different-people",
        after: (0..<120).map {
            ["name": $0 % 2 == 0 ? "王伟" : "李秀英", "insurance": "H\($0 / 2)", "birth_date": "19\(40 + $0 % 2 * 9)-02-03"]
        }, ["name": "李秀英", "insurance": "H59", "birth_date": "1949-02-03"]),
    .no(
        "same-id-different-people", ["name": "李建国", "id_number": male, "birth_date": "1939-12-09"],
        ["name": "李建国", "id_number": male, "birth_date": "1945-03-04"]),
    .no(
        "same-id-different-people", ["name": "李建国", "id_number": male, "birth_date": "1939-12-09"],
        ["name": "李秀英", "id_number": male, "birth_date": "1939-12-08"]),
    .no(
        "same-id-different-people", ["name": "李建国", "id_number": male, "birth_date": "1939-12-09"],
        ["name": "李秀英", "id_number": male]),

    .yes("masked-value", ["id_number": "510112********2644"], in: "id_number"),
    .yes("masked-value", ["name": "张*"], in: "name"),
    .yes("masked-value", ["phone": "138****8000"], in: "phone"),
    .no("masked-value", ["name": "张三", "res_address": "中山路1*2号3栋4单元"]),
    .no("masked-value", ["phone": "****"]),

    .yes("placeholder-value", ["name": "某某之子"], in: "name"),
    .yes("placeholder-value", ["name": "王某"], in: "name"),
    .yes("placeholder-value", ["name": "王芳之女"], in: "name"),
    .yes("placeholder-value", ["name": "测试01"], in: "name"),
    .yes("placeholder-value", ["name": "test 2"], in: "name"),
    .yes("placeholder-value", ["phone": "13800138000"], in: "phone"),
    .yes("placeholder-value", ["phone": "11111111111"], in: "phone"),
    .yes("placeholder-value", ["phone": "12345678901"], in: "phone"),
    .yes("placeholder-value", ["id_number": "111111111111111111"], in: "id_number"),
    .yes("placeholder-value", ["insurance": "123456789"], in: "insurance"),
    .yes("placeholder-value", ["name": "王先生"], in: "name"),
    .yes("placeholder-value", ["name": "欧阳女士"], in: "name"),
    .yes("placeholder-value", ["name": "同上"], in: "name"),
    .yes("placeholder-value", ["res_address": "同上"], in: "res_address"),
    .yes("placeholder-value", ["res_address": "见户口本"], in: "res_address"),
    .no("placeholder-value", ["name": "张建国先生"]),
    .no("placeholder-value", ["name": "王先", "res_address": "上同村3号"]),
    .no("placeholder-value", ["name": "李生", "res_address": "见龙镇"]),
    .no("placeholder-value", ["name": "王之涣", "phone": "13812345678"]),
    .no("placeholder-value", ["name": "李之女贞"]),
    .no("placeholder-value", ["name": "tester jones"]),
    .no("placeholder-value", ["name": "吴名", "insurance": "1234", "phone": "13987654321"]),

    .yes("record-number-gap", in: numbered((1...60).filter { $0 != 59 })),
    .no("record-number-gap", in: numbered(Array(1...60))),
    .no("record-number-gap", in: numbered((1...60).map { $0 * 3 })),
    .no("record-number-gap", in: numbered([1, 2, 3, 5])),

    .yes("volume-break", after: months { $0 == 29 ? 0 : 40 }, ["registered": "2022-06-01"], in: "registered"),
    .no("volume-break", after: months { 30 + $0 * 2 + ($0 % 3) * 4 }, ["registered": "2022-06-01"]),
    .no("volume-break", after: months { $0 == 29 ? 0 : 3 }, ["registered": "2022-06-01"]),

    .yes("letters-for-digits", ["id_number": "51O112197809172644"], suggests: female, in: "id_number"),
    .yes("letters-for-digits", ["id_number": "5lO11219780917264S"], in: "id_number"),
    .yes("letters-for-digits", ["phone": "l3800l38123"], suggests: "13800138123", in: "phone"),
    .yes("letters-for-digits", ["registered": "2O01-02-03"], suggests: "2001-02-03", in: "registered"),
    .no("letters-for-digits", ["id_number": female, "phone": "13800138123"]),
    .no("letters-for-digits", ["id_number": "G12345678", "insurance": "BOSS12345"]),

    .yes("digits-for-letters", ["name": "joseph"], ["name": "j0seph"], suggests: "joseph", in: "name"),
    .yes("digits-for-letters", ["name": "wil1iam"], in: "name"),
    .no("digits-for-letters", ["name": "joseph"], ["name": "张3"]),

    .yes("spreadsheet-number", ["phone": "1.38E+10"], in: "phone"),
    .no("spreadsheet-number", ["insurance": "1E10", "phone": "13800138123"]),

    .yes(
        "resident-id-dissolved-division", ["id_number": invented(division: "110103", birth: "20200101")],
        in: "id_number"),
    .no("resident-id-dissolved-division", ["id_number": invented(division: "110103", birth: "20090101")]),
    .no("resident-id-dissolved-division", ["id_number": female]),

    .yes("other-document", ["id_number": "E12345678"], in: "id_number"),
    .yes("other-document", ["id_number": "H1234567890"], in: "id_number"),
    .yes("other-document", ["id_number": "02837465"], in: "id_number"),
    .yes("other-document", ["id_number": "USA110000123456"], in: "id_number"),
    .yes("other-document", ["id_number": invented(division: "911840")], in: "id_number"),
    .no("other-document", ["id_number": invented(division: "830000")]),
    .no("other-document", ["id_number": "990101198503070316"]),
    .no("other-document", ["id_number": "E1234"]),
    .no("other-document", ["id_number": "19500101"]),

    .yes("id-against-division", after: natives(1000), ["id_number": female, "hukou_code": "330106"], in: "id_number"),
    .no("id-against-division", after: natives(1000), ["id_number": female, "hukou_code": "510112"]),
    .no("id-against-division", ["id_number": female, "hukou_code": "330106"]),

    .yes("event-order", ["registered": "2020-05-01", "last_visit": "2019-05-01"], in: "last_visit"),
    .yes("event-order", ["last_visit": "2020-05-01", "death_date": "2019-05-01"], in: "death_date"),
    .no("event-order", ["registered": "2020-05-01", "last_visit": "2020-05-01", "death_date": "2020-05-01"]),
    .no("event-order", ["registered": "2029-05-01", "last_visit": "2020-05-01"]),

    .yes("age-limit", ["birth_date": "1890-01-01"], in: "birth_date"),
    .yes("age-limit", ["birth_date": "2010-01-01", "opened": "2020-01-01"], in: "opened"),
    .no("age-limit", ["birth_date": "1890-01-01", "death_date": "1980-01-01"]),
    .no("age-limit", ["birth_date": "2000-01-01", "opened": "2020-01-01"]),
    .no("age-limit", ["opened": "2020-01-01"]),

    .yes("status-transition", ["status": "正常", "death_date": "2020-01-01"], in: "status"),
    .no("status-transition", ["status": "死亡", "death_date": "2020-01-01"]),
    .no("status-transition", ["status": "正常"]),

    .yes("shifted-row", in: shifted(["王伟", "", "王芳", female, "13812345678", "四川省成都市青羊区西御河街道1号"])),
    .no("shifted-row", in: shifted(["王伟", "A1", female, "13812345678", "四川省成都市青羊区西御河街道1号", ""])),
    .no("shifted-row", in: shifted(["王伟", "A1", "13812345678", female, "四川省成都市青羊区西御河街道1号", ""])),

    .yes("exchanged-columns", ["id_number": "13812345678", "phone": female], suggests: female, in: "id_number"),
    .yes(
        "exchanged-columns", ["name": "四川省成都市青羊区西御河街道1号", "res_address": "欧阳娜娜"], suggests: "欧阳娜娜",
        in: "name"),
    .no("exchanged-columns", ["id_number": female, "phone": "13812345678"]),
    .no("exchanged-columns", ["name": "王伟", "res_address": "石家庄"]),

    .yes("misplaced-value", ["id_number": "13812345678"], in: "id_number"),
    .yes("misplaced-value", ["name": "四川省成都市青羊区西御河街道1号"], in: "name"),
    .yes("misplaced-value", ["phone": female], in: "phone"),
    .yes("misplaced-value", ["res_address": "a@example.org"], in: "res_address"),
    .no("misplaced-value", ["res_address": "白云山", "name": "欧阳石家"]),
    .no("misplaced-value", ["id_number": "510112780917264", "phone": "01062345678"]),
    .no("misplaced-value", ["name": "买买提江阿不都热合曼", "birth_date": "1985-03-07"]),

    .yes("exchanged-names", in: people("Mary", "Smith"), suggests: "Smith"),
    .no("exchanged-names", in: people("Smith", "Mary")),
    .no("exchanged-names", in: people("Jones", "Mary")),

    .yes("misread-encoding", ["name": "寮犱笁涓板叞"], suggests: "张三丰兰", in: "name"),
    .yes("misread-encoding", ["name": "ÀîËÄ"], suggests: "李四", in: "name"),
    .yes("misread-encoding", ["name": "JosÃ©"], suggests: "José", in: "name"),
    .no("misread-encoding", ["name": "张三", "res_address": "四川省成都市青羊区西御河街道1号"]),
    .no("misread-encoding", ["name": "Müller Ångström"]),
    .no("misread-encoding", ["name": "José", "res_address": "São João – 3"]),

    .yes("mixed-scripts", ["name": "Mаry"], suggests: "Mary", in: "name"),
    .yes("mixed-scripts", ["name": "Иванoв"], in: "name"),
    .no("mixed-scripts", ["name": "Иванов", "res_address": "Σ Street"]),
    .no("mixed-scripts", ["name": "Mary"]),

    .yes("private-use-characters", ["name": "王\u{E863}"], in: "name"),
    .no("private-use-characters", ["name": "王\u{FF0E}伟", "res_address": "\u{20000}"]),

    .yes("rare-characters", ["name": "王\u{2F2D}"], in: "name"),
    .yes("rare-characters", ["name": "王\u{3400}"], in: "name"),
    .no("rare-characters", ["name": "王〇"]),
    .no("rare-characters", ["name": "王䶮"]),

    .yes(
        "truncated-text", after: addresses(cutAt: 26), ["res_address": "四川省成都市青羊区西御河街道龙泉路一百二十三号四单元"]),
    .no("truncated-text", after: addresses(cutAt: 99), ["res_address": "四川省成都市青羊区西御河街道龙泉路一百二十三号四单元"]),

    .yes("doubled-text", ["name": "张三张三"], suggests: "张三", in: "name"),
    .no("doubled-text", ["name": "那仁那仁"]),
    .yes("doubled-text", ["name": "johnson johnson"], suggests: "johnson", in: "name"),
    .no("doubled-text", ["name": "丽丽"]),
    .no("doubled-text", ["name": "jojo", "phone": "12341234"]),

    .yes("phone-on-many", after: sharers(20), ["name": "李四", "birth_date": "1951-01-01", "phone": "13812345678"]),
    .no("phone-on-many", after: sharers(9), ["name": "李四", "birth_date": "1951-01-01", "phone": "13812345678"]),
    .no("phone-on-many", after: sharers(20), ["name": "李四", "birth_date": "1951-01-01", "phone": "13812345679"]),

    .yes("frequent-value", after: births(crowd: 60), ["birth_date": "1980-01-01"], in: "birth_date"),
    .no("frequent-value", after: births(crowd: 10), ["birth_date": "1980-01-01"]),

    .yes("unusual-pattern", after: insured(600), ["insurance": "X12"], in: "insurance"),
    .no("unusual-pattern", after: insured(600), ["insurance": "90000777"]),
    .no("unusual-pattern", after: insured(50), ["insurance": "X12"]),

    .yes("outlying-number", after: earners(200), ["income": "9900000000"], in: "income"),
    .no("outlying-number", after: earners(200), ["income": "25000"]),
]

/// Records registered month by month from January 2020; June 2022 is month 29.
func months(_ count: (Int) -> Int) -> [Registry.Row] {
    (0..<50).flatMap { month -> [Registry.Row] in
        let day = "\(2020 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)-01"
        return (0..<count(month)).map { _ in ["registered": day] }
    }
}

/// A source whose record ids are `R` and these numbers.
private func numbered(_ numbers: [Int]) -> RecordTable {
    var builder = RecordTableBuilder(Registry.fields)
    builder.add(
        numbers.map { _ in Registry.cells(["name": "王伟"]) }, recordIDs: numbers.map { "R\($0 < 10 ? "0" : "")\($0)" })
    return builder.table(normalize: Registry.normalize)
}

private func natives(_ count: Int) -> [Registry.Row] {
    (0..<count).map { number in
        let text = String(1000 + number)
        let id = ResidentID(first17: "51011219780917" + text.suffix(3))?.text ?? ""
        return ["id_number": id, "hukou_code": "510112"]
    }
}

/// One row of a file with the columns name, insurance, id, phone, address, mail.
private func shifted(_ cells: [String]) -> RecordTable {
    let names = ["name", "insurance", "id_number", "phone", "res_address", "email"]
    var builder = RecordTableBuilder(Registry.fields)
    let row = Registry.fields.map { field in names.firstIndex(of: field.name).map { cells[$0] } ?? "" }
    builder.add([row], headers: names)
    return builder.table(normalize: Registry.normalize)
}

/// Many people, and last one with these two names.
private func people(_ surname: String, _ given: String) -> RecordTable {
    var builder = RecordTableBuilder([Field(name: "surname", kind: .surname), Field(name: "given", kind: .givenName)])
    let surnames = ["Jones", "Smith", "Brown"]
    let given = (["Mary", "John", "Anna"], given)
    let rows = (0..<200).map { [surnames[$0 % 3], given.0[$0 / 3 % 3]] }
    builder.add(rows + [[surname, given.1]])
    return builder.table()
}

private func addresses(cutAt width: Int) -> [Registry.Row] {
    (0..<300).map { number in
        let tail = String(repeating: "苑", count: number % 23)
        return ["res_address": String("四川省成都市\(number)号\(tail)".prefix(width))]
    }
}

private func sharers(_ count: Int) -> [Registry.Row] {
    (0..<count).map { number in
        let surname = ["王", "李", "张", "刘", "陈"][number % 5]
        return ["name": "\(surname)\(number / 5)", "birth_date": "\(1950 + number)-02-03", "phone": "13812345678"]
    }
}

private func births(crowd: Int) -> [Registry.Row] {
    (0..<400).map { ["birth_date": CivilDate(dayNumber: $0 * 20)?.description ?? ""] }
        + (0..<crowd).map { _ in ["birth_date": "1980-01-01"] }
}

private func insured(_ count: Int) -> [Registry.Row] { (0..<count).map { ["insurance": "\(90_000_000 + $0)"] } }

private func earners(_ count: Int) -> [Registry.Row] { (0..<count).map { ["income": "\(12_000 + $0 * 317 % 30_000)"] } }

/// An id with a right check character.
private func invented(division: String = "510112", birth: String = "19780917") -> String {
    ResidentID(first17: division + birth + "264")?.text ?? ""
}

@Suite struct CheckTests {
    @Test(arguments: cases)
    func eachCheckFindsItsErrorAndNothingElse(_ test: CheckCase) throws {
        let records = test.records
        let all = try Validator.check(records, plan: Registry.plan, threads: 1)
        // The rows before the last one are what it is seen against.
        let found = all.filter { $0.check == test.check && $0.row == records.count - 1 }
        #expect(found.isEmpty != test.isFound, "\(all.filter { $0.row == records.count - 1 })")
        // Two cells that changed places are a finding each.
        #expect(!test.isFound || found.count <= (test.check.hasPrefix("exchanged") ? 2 : 1))
        guard test.isFound, let finding = found.first else { return }
        // What an id that stands alone could fill is said beside what is wrong.
        let others = all.filter { $0.row == records.count - 1 && $0.check != "inferable-missing" }.map(\.check)
        #expect(Set(others).subtracting([test.check]) == test.besides)
        #expect(finding.suggestion == test.suggestion)
        if let field = test.field { #expect(finding.field.map { Registry.fields[$0].name } == field) }
        let message = Validator.message(of: finding, in: records, plan: Registry.plan)
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
                "res_code": "510112", "res_address": "四川省成都市龙泉驿区龙泉街道1号", "phone": "13812345608",
                "email": "a@example.org", "registered": "2001-02-03", "insurance": "A1", "valid_until": "2030-01-01",
            ]
        ])
        #expect(found.isEmpty, "\(found)")
    }
}
