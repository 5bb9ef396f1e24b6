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
        MatchDefaults.keys(for: schema).map { key in
            key.parts.map { part in
                schema.fields[part.field].name + (part.transform.map { ".\($0)" } ?? "")
            }.joined(separator: " + ")
        }
    }

    @Test("of a Chinese registry join numbers, sounds, dates, places and phones")
    func chineseKeys() {
        #expect(
            keys(Self.chinese) == [
                "id_number", "name.pinyin + birth_date.year", "birth_date + name.surname", "birth_date + name.given",
                "birth_date + res_code.county", "name + res_code.county", "phone + name.surname", "phone + birth_date",
                "res_addr + name.given",
            ])
    }

    @Test("of a Latin registry join numbers, sounds, dates and places")
    func latinKeys() {
        #expect(
            keys(Self.latin) == [
                "ssn", "surname.sound + dob.year", "given_name.sound + dob.year_month", "dob + surname",
                "dob + given_name", "dob + postcode", "given_name + surname + postcode", "given_name + surname",
            ])
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
        arguments: [(["registered", "dob"], 1), (["died", "csrq"], 1), (["day"], 0), (["opened", "closed"], nil)])
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
