import Records
import Testing

@testable import Validation

/// Records of one person, and what the check has to say of them.
private struct LinkedCase: Sendable, CustomTestStringConvertible {
    let check: String
    let registry: LinkedRegistry
    /// Row, field and suggestion; `nil`: nothing.
    let expected: Expected?

    struct Expected: Sendable {
        let row: Int
        let field: String?
        var suggestion = ""
        var other: Int?
    }

    var testDescription: String { "\(check): \(registry.registry) \(registry.community) \(registry.dossier)" }
}

private let female = "510112197809172644"

private let linkedCases: [LinkedCase] = [
    // Two against one.
    LinkedCase(
        check: "differs-from-linked",
        registry: LinkedRegistry(
            registry: [["name": "王秀英", "registered": "2001-02-03"]],
            community: [["name": "王秀英", "registered": "2001-02-03"]],
            dossier: [["name": "王秀鹰", "registered": "2001-02-03"]]),
        expected: .init(row: 2, field: "name", suggestion: "王秀英", other: 0)),
    // An id says which of two birth dates is right, even where the id stands in another record.
    LinkedCase(
        check: "differs-from-linked",
        registry: LinkedRegistry(
            registry: [["name": "王秀英", "birth_date": "1978-09-17", "id_number": female]],
            community: [["name": "王秀英", "birth_date": "1978-09-11"]]),
        expected: .init(row: 1, field: "birth_date", suggestion: "1978-09-17", other: 0)),
    // A telephone one digit away, and two records for the other.
    LinkedCase(
        check: "differs-from-linked",
        registry: LinkedRegistry(
            registry: [["phone": "13800138000"]], community: [["phone": "13800138000"], ["phone": "13800138600"]]),
        expected: .init(row: 2, field: "phone", suggestion: "13800138000", other: 0)),
    // An address whose divisions are misspelt.
    LinkedCase(
        check: "differs-from-linked",
        registry: LinkedRegistry(
            registry: [["res_address": "河南省郑州市惠济区新城街道朝阳大街246号"]],
            community: [["res_address": "河南省郑州时惠济区新城街道朝阳大街246号"]]),
        expected: .init(row: 1, field: "res_address", suggestion: "河南省郑州市惠济区新城街道朝阳大街246号", other: 0)),
    LinkedCase(
        check: "differs-from-linked",
        registry: LinkedRegistry(registry: [["name": "王秀英"]], community: [["name": "王秀英"]]), expected: nil),
    // Copies of one record do not outvote another.
    LinkedCase(
        check: "differs-from-linked",
        registry: LinkedRegistry(
            registry: [["name": "王秀英"]], community: [["name": "王秀鹰"], ["name": "王秀鹰"], ["name": "王秀鹰"]]),
        expected: nil),
    // A wrong number has been reported already, with the right one.
    LinkedCase(
        check: "differs-from-linked",
        registry: LinkedRegistry(
            registry: [["id_number": female, "birth_date": "1978-09-17"]],
            community: [["id_number": "510112197809172645", "birth_date": "1978-09-17"]]),
        expected: nil),

    LinkedCase(
        check: "linked-values-differ",
        registry: LinkedRegistry(registry: [["ethnic": "汉族"]], community: [["ethnic": "回族"]]),
        expected: .init(row: 1, field: "ethnic", other: 0)),
    // The register's cell is shown, the reference stands beside it.
    LinkedCase(
        check: "linked-values-differ",
        registry: LinkedRegistry(registry: [["ethnic": "汉族"]], dossier: [["ethnic": "回族"]]),
        expected: .init(row: 0, field: "ethnic", other: 1)),
    LinkedCase(
        check: "linked-values-differ",
        registry: LinkedRegistry(registry: [["ethnic": "汉族"]], community: [["ethnic": ""]]), expected: nil),

    // Of one day, or of a day that nobody knows, two states are two values.
    LinkedCase(
        check: "linked-values-differ",
        registry: LinkedRegistry(
            registry: [["status": "迁出", "last_visit": "2020-05-01"]],
            community: [["status": "正常", "last_visit": "2020-05-01"]]),
        expected: .init(row: 1, field: "status", other: 0)),
    LinkedCase(
        check: "linked-values-differ",
        registry: LinkedRegistry(registry: [["status": "迁出"]], community: [["status": "正常"]]),
        expected: .init(row: 1, field: "status", other: 0)),
    LinkedCase(
        check: "linked-values-differ",
        registry: LinkedRegistry(
            registry: [["status": "正常", "last_visit": "2020-05-01"]],
            community: [["status": "迁出", "last_visit": "2021-05-01"]]),
        expected: nil),

    LinkedCase(
        check: "linked-status-order",
        registry: LinkedRegistry(
            registry: [["status": "死亡", "last_visit": "2020-05-01"]],
            community: [["status": "正常", "last_visit": "2021-05-01"]]),
        expected: .init(row: 1, field: "status", other: 0)),
    // The export of the dossier is of 2024.
    LinkedCase(
        check: "linked-status-order",
        registry: LinkedRegistry(
            registry: [["status": "死亡", "last_visit": "2020-05-01"]], dossier: [["status": "迁出"]]),
        expected: .init(row: 1, field: "status", other: 0)),
    // 死亡 has been led to by one of the two records of the day before.
    LinkedCase(
        check: "linked-status-order",
        registry: LinkedRegistry(
            registry: [["status": "正常", "last_visit": "2020-05-01"]],
            community: [["status": "死亡", "last_visit": "2020-05-01"], ["status": "正常", "last_visit": "2021-05-01"]]),
        expected: nil),
    LinkedCase(
        check: "linked-status-order",
        registry: LinkedRegistry(
            registry: [["status": "正常", "last_visit": "2020-05-01"]],
            community: [["status": "迁出", "last_visit": "2021-05-01"], ["status": "死亡", "last_visit": "2022-05-01"]]),
        expected: nil),
    // The record itself says already that it cannot be.
    LinkedCase(
        check: "linked-status-order",
        registry: LinkedRegistry(
            registry: [["status": "死亡", "last_visit": "2020-05-01"]],
            community: [["status": "正常", "last_visit": "2021-05-01", "death_date": "2020-04-01"]]),
        expected: nil),

    LinkedCase(
        check: "linked-value-changed",
        registry: LinkedRegistry(registry: [["phone": "13800138000"]], community: [["phone": "15912345678"]]),
        expected: .init(row: 1, field: "phone", other: 0)),
    LinkedCase(
        check: "linked-value-changed",
        registry: LinkedRegistry(
            registry: [["res_address": "河南省郑州市惠济区新城街道朝阳大街246号"]], dossier: [["res_address": "惠济区新城街道朝阳大街246号"]]),
        expected: nil),
    LinkedCase(
        check: "linked-value-changed",
        registry: LinkedRegistry(registry: [["res_code": "330126"]], community: [["res_code": "330182"]]), expected: nil
    ),

    LinkedCase(
        check: "written-differently",
        registry: LinkedRegistry(registry: [["name": "张国兴"]], community: [["name": "張國興"]]),
        expected: .init(row: 1, field: "name", other: 0)),
    LinkedCase(
        check: "written-differently",
        registry: LinkedRegistry(
            registry: [["name": "张国兴"], ["name": "李明"]], community: [["name": "Zhang Guoxing"]]),
        expected: .init(row: 2, field: "name", other: 0)),
    LinkedCase(
        check: "written-differently",
        registry: LinkedRegistry(registry: [["name": "张国兴"]], community: [["name": "张国兴"]]), expected: nil),

    LinkedCase(
        check: "fillable-from-linked",
        registry: LinkedRegistry(
            registry: [["ethnic": "汉族", "birth_date": "1978-09-17", "id_number": female]],
            community: [["birth_date": ""]]),
        expected: .init(row: 1, field: "birth_date", suggestion: "1978-09-17", other: 0)),
    // An address may be an old one: it is shown, not proposed.
    LinkedCase(
        check: "fillable-from-linked",
        registry: LinkedRegistry(registry: [["phone": "13800138000"]], community: [["phone": ""]]),
        expected: .init(row: 1, field: "phone", other: 0)),
    LinkedCase(
        check: "fillable-from-linked",
        registry: LinkedRegistry(registry: [["phone": ""]], community: [["phone": ""]]), expected: nil),

    LinkedCase(
        check: "too-thin-to-link", registry: LinkedRegistry(registry: [["name": "王伟", "phone": "13800138000"]]),
        expected: .init(row: 0, field: nil)),
    LinkedCase(
        check: "too-thin-to-link",
        registry: LinkedRegistry(registry: [["name": "王伟", "phone": "13800138000", "birth_date": "1978-09-17"]]),
        expected: nil),
    LinkedCase(
        check: "too-thin-to-link", registry: LinkedRegistry(registry: [["name": "王伟", "id_number": female]]),
        expected: nil),
    LinkedCase(
        check: "too-thin-to-link",
        registry: LinkedRegistry(registry: [["name": "王伟"]], community: [["name": "王伟"]]), expected: nil),
]

@Suite struct LinkedCheckTests {
    @Test(arguments: linkedCases)
    private func eachCheckSaysWhichCellOrNothing(_ test: LinkedCase) throws {
        let fields = Registry.fields.map(\.name)
        // A second person in the register is nobody's double.
        var groups = [UInt32](repeating: 0, count: test.registry.table.count)
        for row in test.registry.registry.indices.dropFirst() { groups[row] = UInt32(row) }
        let all = try test.registry.findings(groups: groups)
        let found = all.filter { finding in
            finding.check == test.check
                && (test.expected == nil || finding.field.map { fields[$0] } == test.expected?.field)
        }
        guard let expected = test.expected else {
            #expect(found.isEmpty, "\(found)")
            return
        }
        let finding = try #require(found.first, "\(all)")
        #expect(found.count == 1)
        #expect(finding.row == expected.row)
        #expect(finding.suggestion == expected.suggestion)
        #expect(finding.otherRow == expected.other)
        let message = test.registry.message(finding)
        #expect(message.en != message.zh)
        #expect(message.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
        #expect(!(message.en + message.zh).unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test(arguments: Check.all.filter(\.isLinked).map(\.name))
    func eachCheckHasACaseForAndOneAgainst(_ name: String) {
        #expect(linkedCases.contains { $0.check == name && $0.expected != nil })
        #expect(linkedCases.contains { $0.check == name && $0.expected == nil })
    }

    @Test func aFieldThatTwoOfficesMeanDifferentlyIsNotCompared() throws {
        let days = (0..<40).map { "2001-01-\(10 + $0 % 18)" }
        let registry = LinkedRegistry(
            registry: days.map { ["name": "王伟", "registered": $0] },
            community: days.map { _ in ["name": "王伟", "registered": "2015-05-05"] })
        let groups = (0..<80).map { UInt32($0 % 40) }
        #expect(try registry.findings(groups: groups).filter { $0.field == 9 }.isEmpty)
    }

    @Test func theOfficeThatIsSeldomWrongIsBelievedOnceTheDataShowIt() throws {
        // In 300 persons of three records each, one office alone is wrong in every third.
        let names = ["汉族", "回族"]
        var rows: (registry: [Registry.Row], community: [Registry.Row], dossier: [Registry.Row]) = ([], [], [])
        for index in 0..<300 {
            rows.registry.append(["ethnic": "汉族", "phone": "138\(10_000_000 + index)"])
            rows.community.append(["ethnic": "汉族", "phone": "138\(10_000_000 + index)"])
            rows.dossier.append(["ethnic": names[index % 3 == 0 ? 1 : 0], "phone": "138\(10_000_000 + index)"])
        }
        rows.registry.append(["ethnic": "汉族"])
        rows.dossier.append(["ethnic": "回族"])
        let registry = LinkedRegistry(registry: rows.registry, community: rows.community, dossier: rows.dossier)
        var groups = (0..<301).map { UInt32($0) }
        groups += (0..<300).map { UInt32($0) }
        groups += (0..<301).map { UInt32($0) }
        let last = try registry.findings(groups: groups).filter { $0.row == 901 || $0.row == 300 && $0.field == 4 }
        let finding = try #require(last.first { $0.field == 4 })
        #expect(finding.check == "differs-from-linked")
        #expect(finding.row == 901)
        #expect(finding.evidence.reasons.contains(.source("registry")))
    }

    /// 癌 is in nobody's name, 爱 in many: that weighs more than that the register is wrong less often.
    @Test func whatTwoValuesSayAgainstEachOtherOutweighsTheOffices() throws {
        let others = ["王爱国", "李爱民", "张爱华", "刘爱军", "陈爱平", "杨爱英", "赵爱玲", "黄爱红", "周爱芳", "吴爱珍", "徐小爱", "孙敬爱"]
            .flatMap { name in ["甲", "乙", "丙", "丁"].map { name + $0 } }
        let registry = LinkedRegistry(
            registry: [["name": "李华癌"]] + others.map { ["name": $0] }, community: [["name": "李华爱"]])
        let last = UInt32(others.count + 1)
        let groups = (0...last).map { $0 == last ? 0 : $0 }
        let findings = try registry.findings(groups: groups).filter { $0.field != nil && $0.otherRow != nil }
        #expect(findings.map(\.row) == [0])
        #expect(findings.map(\.otherRow) == [Int(last)])
    }

    @Test func theRarerRunOfCharactersIsTheSlip() {
        var addresses = TextInterner()
        for number in 1...60 {
            _ = addresses.intern("云南省昆明市官渡区关上街道友谊大街\(number)号")
            _ = addresses.intern("四川省成都市彭州市丽春镇上家村\(number)组")
        }
        let slips = [
            ("云南省昆明市官渡区关上街道友谊大街7号", "云南省昆明市官渡区关上街道友义大街7号"),
            ("四川省成都市彭州市丽春镇上家村7组", "四川省成都市彭州市丽春镇尚家村7组"),
        ]
        for (_, wrong) in slips { _ = addresses.intern(wrong) }
        let grams = AddressGrams(addresses.pool)
        for (right, wrong) in slips {
            #expect(grams.advantage(of: right, over: wrong) > 3)
            #expect(grams.advantage(of: wrong, over: right) < -3)
            #expect(grams.advantage(of: right, over: right) == 0)
        }
        #expect(grams.advantage(of: "", over: "甲") == 0)
    }

    @Test(arguments: [1, 2, 5])
    func theLookDoesNotDependOnThreads(_ threads: Int) throws {
        for test in linkedCases {
            let one = try test.registry.findings(threads: 1).map { $0.id(in: test.registry.table) + $0.detail }
            #expect(
                try test.registry.findings(threads: threads).map { $0.id(in: test.registry.table) + $0.detail } == one)
        }
    }
}
