import Matching
import Records
import Testing

@testable import Rules

@Suite("Match defaults")
struct MatchDefaultsTests {
    static let chinese = Schema([
        Field(name: "name", kind: .personName), Field(name: "sex", kind: .code),
        Field(name: "id_number", kind: .residentID), Field(name: "registered", kind: .date),
        Field(name: "birth_date", kind: .date), Field(name: "ethnic_code", kind: .ethnicGroup),
        Field(name: "res_code", kind: .division), Field(name: "res_addr", kind: .address),
        Field(name: "phone", kind: .phone),
    ])
    static let latin = Schema([
        Field(name: "given_name", kind: .givenName), Field(name: "surname", kind: .surname),
        Field(name: "dob", kind: .date), Field(name: "postcode", kind: .postcode),
        Field(name: "ssn", kind: .identifier),
    ])

    private func keys(_ schema: Schema) -> [String] {
        MatchDefaults.keys(for: schema).map { $0.description(in: schema) + ($0.atMost == nil ? "" : " ?") }
    }

    @Test("of a Chinese registry join numbers, sounds, dates, places and phones")
    func chineseKeys() {
        #expect(
            keys(Self.chinese) == [
                "id_number", "id_number.birth_sequence", "phone", "name.pinyin + birth_date.year",
                "name.pinyin + birth_date.month_day", "name.sound + birth_date.year_month", "birth_date + name.surname",
                "birth_date + name.given", "name.pinyin + res_code.county", "name.pinyin + res_addr.county",
                "res_addr.door + res_addr.county", "res_addr.door + birth_date.year",
                "birth_date.unordered + res_code.county", "birth_date.unordered + res_addr.county", "birth_date ?",
                "name.sound + birth_date.year ?", "name.given ?", "birth_date.year_month ?",
                "res_code.county + birth_date.year ?", "res_addr.county + birth_date.year ?",
            ])
    }

    @Test("of a Latin registry join numbers, sounds, dates and places")
    func latinKeys() {
        #expect(
            keys(Self.latin) == [
                "ssn", "given_name <> surname", "given_name.sound <> surname.sound + dob.year",
                "given_name.sound <> surname.sound + dob.month_day", "surname.prefix4 + given_name.prefix3",
                "given_name.nickname + dob.year_month", "surname.sound + dob.year_month",
                "surname.sound + dob.month_day", "surname.sound + given_name.initial + dob.year",
                "dob + given_name.initial", "dob + surname.initial", "given_name.sound <> surname.sound + postcode",
                "surname.sound + given_name.initial + postcode", "given_name.nickname + surname.initial + postcode",
                "dob.unordered + postcode", "dob.year_month + postcode", "dob.month_day + postcode",
                "dob.year_day + postcode", "dob ?", "given_name.nickname + dob.year ?", "surname.sound + dob.year ?",
                "surname.sound ?", "given_name.nickname ?", "dob.year_month ?", "postcode + dob.year ?",
            ])
    }

    @Test("take a birth date in three columns for one")
    func birthInParts() {
        let fields = ["given_name", "surname", "birth_year", "birth_month", "birth_day"]
        let kinds: [FieldKind] = [.givenName, .surname, .number, .number, .number]
        let found = keys(Schema(zip(fields, kinds).map { Field(name: $0, kind: $1) }))
        #expect(found.contains("surname.sound + birth_year + birth_month"))
        #expect(found.contains("birth_year + birth_month + birth_day + given_name.initial"))
        #expect(found.contains("birth_year + birth_month + birth_day ?"))
    }

    @Test("of a register with one column compare it with itself")
    func oneColumn() {
        #expect(keys(Schema([Field(name: "surname", kind: .surname)])) == ["surname.sound"])
        #expect(keys(Schema([Field(name: "name", kind: .personName)])) == ["name.sound", "name.given ?"])
        #expect(keys(Schema([Field(name: "birth_date", kind: .date)])) == ["birth_date", "birth_date.year_month ?"])
        #expect(keys(Schema([Field(name: "phone", kind: .phone)])) == ["phone"])
    }

    @Test("compare what belongs to persons and homes, not codes, sensitive fields or dates of files")
    func comparisons() {
        let names = MatchDefaults.comparisons(for: Self.chinese).map { Self.chinese.fields[$0.field].name }
        #expect(names == ["name", "id_number", "birth_date", "res_addr", "phone"])
    }

    @Test("use only transforms and comparators that fit the field's kind", arguments: [chinese, latin])
    func fit(_ schema: Schema) {
        let vocabulary = Vocabulary.standard
        for part in MatchDefaults.keys(for: schema).flatMap(\.parts) {
            guard let transform = part.transform else { continue }
            #expect(vocabulary.keyTransforms[transform]?.contains(schema.fields[part.field].kind) == true)
        }
        for kind in FieldKind.allCases {
            #expect(vocabulary.comparators[Comparator.standard(for: kind).name]?.contains(kind) == true)
        }
    }

    @Test(
        "take the date called a birth date, or the only one",
        arguments: [
            (["registered", "dob"], 1), (["died", "csrq"], 1), (["day"], 0), (["opened", "closed"], nil),
            (["更新时间"], nil),
            (["mother_birth_date"], nil), (["mother_birth_date", "birth_date"], 1),
        ])
    func birthDate(_ names: [String], _ answer: Int?) {
        #expect(MatchDefaults.birthDate(in: Schema(names.map { Field(name: $0, kind: .date) })) == answer)
    }
}

@Suite("The nearest known name")
struct NearestTests {
    @Test(
        "is the one with the fewest changed letters, when few are",
        arguments: [
            ("pupose", "purpose"), ("Purpose", "purpose"), ("record-id", "record_id"), ("feilds", "fields"),
            ("birth", "birth_date"), ("zzz", nil), ("", nil), (String(repeating: "x", count: 5000), nil),
        ])
    func nearest(_ text: String, _ answer: String?) {
        #expect(Nearest.name(to: text, among: ["fields", "purpose", "record_id", "birth_date", "registry"]) == answer)
    }
}
