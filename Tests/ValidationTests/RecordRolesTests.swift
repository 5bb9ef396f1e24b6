import Records
import Testing

@testable import Validation

@Suite struct RecordRolesTests {
    @Test(arguments: [
        (["registered", "birth_date"], true, "birth_date"),
        (["registered", "dob"], true, "dob"),
        (["birth_of_child", "date_of_birth"], false, "date_of_birth"),
        (["登记日期", "出生日期"], true, "出生日期"),
        (["geburtstag", "registered"], false, "geburtstag"),
        (["geburtstag", "registered"], true, ""),
    ])
    func theBirthDateIsFoundByItsName(_ dates: [String], _ hasID: Bool, _ expected: String) {
        let fields = dates.map { Field(name: $0, kind: .date) } + (hasID ? [Field(name: "id", kind: .residentID)] : [])
        let roles = RecordRoles(Schema(fields))
        #expect(roles.birthDate.map { fields[$0].name } ?? "" == expected)
    }

    @Test func theSexIsACodeFieldWithMAndF() {
        let sex = ["男": "M", "女": "F"]
        let fields = [
            Field(name: "status", kind: .code, codes: ["a": "A"]), Field(name: "partner_sex", kind: .code, codes: sex),
            Field(name: "sex", kind: .code, codes: sex),
        ]
        #expect(RecordRoles(Schema(fields)).sex == 2)
        #expect(RecordRoles(Schema(Array(fields[..<2]))).sex == 1)
        #expect(RecordRoles(Schema(Array(fields[..<1]))).sex == nil)
    }

    @Test func codesAndAddressesOfOnePlaceAreFoundByTheirStem() {
        let fields = [
            Field(name: "hukou_code", kind: .division), Field(name: "hukou_addr", kind: .address),
            Field(name: "res_addr", kind: .address), Field(name: "res_code", kind: .division),
            Field(name: "office", kind: .division),
        ]
        let places = RecordRoles(Schema(fields)).places
        #expect(places == [.init(division: 0, address: 1), .init(division: 3, address: 2)])
    }
}
