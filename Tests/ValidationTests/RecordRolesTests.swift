import Records
import Testing

@testable import Validation

@Suite struct RecordRolesTests {
    @Test(arguments: [
        (["registered", "birth_date"], true, "birth_date"),
        (["registered", "dob"], true, "dob"),
        (["birth_of_child", "date_of_birth"], false, "date_of_birth"),
        (["登记日期", "出生日期"], true, "出生日期"),
        (["geburtstag", "registered"], true, "geburtstag"),
        (["入户时间", "生辰"], false, "生辰"),
        (["发证日期", "入户时间"], false, ""),
    ])
    func theBirthDateIsFoundByItsName(_ dates: [String], _ hasID: Bool, _ expected: String) {
        let fields = dates.map { Field(name: $0, kind: .date) } + (hasID ? [Field(name: "id", kind: .residentID)] : [])
        let roles = RecordRoles(Schema(fields))
        #expect(roles.birthDate.map { fields[$0].name } ?? "" == expected)
    }

    @Test(
        arguments: [
            ("deregistered_on", [], [], false), ("studied_since", [], [], false),
            ("registered", ["registered"], [], true),
            ("dateOfDeath", [], ["dateOfDeath"], true), ("service_end", [], [], false), ("next_visit", [], [], false),
            ("登记日期", ["登记日期"], [], true), ("死亡日期", [], ["死亡日期"], true),
        ] as [(String, [String], [String], Bool)])
    func rolesOfDatesAreTakenFromWholeWords(
        _ name: String, _ entered: [String], _ died: [String], _ isPast: Bool
    ) {
        let fields = [Field(name: "birth_date", kind: .date), Field(name: name, kind: .date)]
        let roles = RecordRoles(Schema(fields))
        #expect(roles.events.entered.map { fields[$0].name } == entered)
        #expect(roles.events.died.map { [fields[$0].name] } ?? [] == died)
        #expect(roles.events.visited.isEmpty)
        if !isPast, name.contains("_e") || name.contains("next") { #expect(roles.pastDates == [0]) }
    }

    @Test func aCommunityIsNoUnit() {
        #expect(RecordRoles(Schema([Field(name: "community", kind: .text)])).office == nil)
        #expect(RecordRoles(Schema([Field(name: "unit_name", kind: .text)])).office == 0)
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
