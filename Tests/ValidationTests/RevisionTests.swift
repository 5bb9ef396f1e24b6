import Records
import Testing

@testable import Validation

/// A finding of the first look, and what the linked records make of it.
private struct RevisionCase: Sendable, CustomTestStringConvertible {
    let name: String
    let registry: LinkedRegistry
    let check: String
    let row: Int
    let field: String
    let suggestion: String
    var unmerged: [UnmergedPair] = []
    var groups: [UInt32]?

    var testDescription: String { name }
}

/// 1978-09-17, female.
private let own = "510112197809172644"
/// The same person's number with the last digit of the day mistyped.
private let slipped = "510112197809162644"
/// 1951-02-03, male: somebody else's.
private let foreign = "510182195102036817"

private let revisions: [RevisionCase] = [
    RevisionCase(
        name: "the birth date has a slip, and nothing is known but the id",
        registry: LinkedRegistry(registry: [["id_number": own, "birth_date": "1978-09-11"]]),
        check: "id-against-birth-date", row: 0, field: "birth_date", suggestion: "1978-09-17"),
    RevisionCase(
        name:
            "nothing agrees, so that the id seems somebody else's, but the linked record has the birth date of the id",
        registry: LinkedRegistry(
            registry: [["id_number": own, "birth_date": "1951-02-03"]],
            community: [["id_number": own, "birth_date": "1978-09-17"]]),
        check: "id-against-birth-date", row: 0, field: "birth_date", suggestion: "1978-09-17"),
    RevisionCase(
        name: "the linked record has another id, which names the birth date",
        registry: LinkedRegistry(
            registry: [["id_number": foreign, "birth_date": "1978-09-17"]],
            community: [["id_number": own, "birth_date": "1978-09-17"]]),
        check: "id-against-birth-date", row: 0, field: "id_number", suggestion: own),
    RevisionCase(
        name: "the record with the right id was held apart for its id",
        registry: LinkedRegistry(
            registry: [["id_number": foreign, "birth_date": "1978-09-17"]],
            community: [["id_number": own, "birth_date": "1978-09-17"]]),
        check: "id-against-birth-date", row: 0, field: "id_number", suggestion: own,
        unmerged: [UnmergedPair(a: 0, b: 1, probability: 0.999)], groups: [0, 1]),
    RevisionCase(
        name: "the only linked record agrees with the sex of the id",
        registry: LinkedRegistry(
            registry: [["id_number": own, "birth_date": "1978-09-17", "sex": "男"]],
            community: [["id_number": own, "birth_date": "1978-09-17", "sex": "女"]]),
        check: "id-against-sex", row: 0, field: "sex", suggestion: "F"),
    RevisionCase(
        name: "another id of the person says the recorded sex",
        registry: LinkedRegistry(
            registry: [["id_number": own, "birth_date": "1978-09-17", "sex": "男"]],
            community: [["id_number": "510112197809171692", "birth_date": "1978-09-17", "sex": "男"]],
            dossier: [["id_number": "510112197809171692", "birth_date": "1978-09-17", "sex": "男"]]),
        check: "id-against-sex", row: 0, field: "id_number", suggestion: ""),
    RevisionCase(
        name: "a wrong check character, and the linked record has the number",
        registry: LinkedRegistry(
            registry: [["id_number": "510112197809172645"]],
            community: [["id_number": own, "birth_date": "1978-09-17"]]),
        check: "resident-id-checksum", row: 0, field: "id_number", suggestion: own),
    RevisionCase(
        name: "a slip in the id, the record has no birth date, the linked one has",
        registry: LinkedRegistry(
            registry: [["id_number": slipped, "sex": "女"]], community: [["birth_date": "1978-09-17", "sex": "女"]]),
        check: "resident-id-checksum", row: 0, field: "id_number", suggestion: own),
    RevisionCase(
        name: "a missing name, and one record alone has it: a proposal would be wrong too often",
        registry: LinkedRegistry(registry: [["name": ""]], community: [["name": "王秀英"]]),
        check: "missing-required", row: 0, field: "name", suggestion: ""),
    RevisionCase(
        name: "a missing name that two linked records have",
        registry: LinkedRegistry(
            registry: [["name": ""]], community: [["name": "王秀英"]], dossier: [["name": "王秀英"]]),
        check: "missing-required", row: 0, field: "name", suggestion: "王秀英"),
    RevisionCase(
        name: "a birth date in the future",
        registry: LinkedRegistry(
            registry: [["birth_date": "2044-09-17"]], community: [["birth_date": "1978-09-17"]],
            dossier: [["birth_date": "1978-09-17", "id_number": own]]),
        check: "future-date", row: 0, field: "birth_date", suggestion: "1978-09-17"),
    RevisionCase(
        name: "a telephone with a digit too few, one slip from that of two others",
        registry: LinkedRegistry(
            registry: [["phone": "1380013800"]], community: [["phone": "13800138000"]],
            dossier: [["phone": "13800138000"]]),
        check: "bad-phone", row: 0, field: "phone", suggestion: "13800138000"),
    RevisionCase(
        name: "a telephone with a digit too few, and another one: it may be an older one",
        registry: LinkedRegistry(
            registry: [["phone": "1591234567"]], community: [["phone": "13800138000"]],
            dossier: [["phone": "13800138000"]]),
        check: "bad-phone", row: 0, field: "phone", suggestion: ""),
    RevisionCase(
        name: "a name in pinyin, and two records with its characters",
        registry: LinkedRegistry(
            registry: [["name": "Wang Xiuying"]], community: [["name": "王秀英"]], dossier: [["name": "王秀英"]]),
        check: "name-in-latin", row: 0, field: "name", suggestion: "王秀英"),
    RevisionCase(
        name: "the linked record lies where the code says",
        registry: LinkedRegistry(
            registry: [["res_code": "510112", "res_address": "河南省郑州市惠济区新城街道朝阳大街246号"]],
            community: [["res_code": "510112", "res_address": "四川省成都市龙泉驿区龙泉街道1号"]]),
        check: "address-against-division", row: 0, field: "res_address", suggestion: ""),
]

@Suite struct RevisionTests {
    @Test(arguments: revisions)
    private func theLikelierCulpritIsNamedWithWhatShouldStandThere(_ test: RevisionCase) throws {
        let all = try test.registry.findings(groups: test.groups, unmerged: test.unmerged)
        let found = all.filter { $0.check == test.check && $0.row == test.row }
        #expect(found.map { $0.field.map { Registry.fields[$0].name } } == [test.field], "\(all)")
        #expect(found.map(\.suggestion) == [test.suggestion])
        let message = try test.registry.message(#require(found.first))
        #expect(message.en != message.zh)
        #expect(!(message.en + message.zh).unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test func theIDOfAFindingDoesNotChangeWithItsEvidence() throws {
        let registry = LinkedRegistry(
            registry: [["id_number": "510112197809172645"]], community: [["id_number": own]])
        let records = registry.table
        let alone = try registry.findings(groups: [0, 1]).first { $0.check == "resident-id-checksum" }
        let together = try registry.findings().first { $0.check == "resident-id-checksum" }
        #expect(alone?.id(in: records) == together?.id(in: records))
        #expect(alone?.evidence.reasons.isEmpty == true)
        #expect(together?.evidence.reasons.isEmpty == false)
        #expect(together?.statement == alone?.detail)
    }

    @Test func ofTwoDatesInTheWrongOrderTheOneWrongByItselfIsTheCulprit() throws {
        let condition = ValidationPlan.Condition(
            id: "valid-before-registered", expression: "valid_until < registered", severity: .error, fields: [11, 9])
        let alone = LinkedRegistry(registry: [["registered": "2010-05-05", "valid_until": "2009-01-01"]])
        let future = LinkedRegistry(registry: [["registered": "2044-05-05", "valid_until": "2009-01-01"]])
        func field(_ registry: LinkedRegistry) throws -> Int? {
            try registry.findings(conditions: [condition]).first { $0.check == condition.id }?.field
        }
        #expect(try field(alone) == 11)
        #expect(try field(future) == 9)
    }
}
