import Records
import Testing

@testable import Validation

@Suite struct ExpectationsTests {
    private static let everybody = ValidationPlan.Expectation(source: "registry", others: ["community", "dossier"])
    private static let women = ValidationPlan.Expectation(
        source: "dossier", others: ["registry"], expression: "sex = 'F'", severity: .warning)

    private static let full: Registry.Row = [
        "name": "王秀英", "sex": "女", "birth_date": "1978-09-17", "phone": "13800138000",
        "res_address": "四川省成都市龙泉驿区龙泉街道1号",
    ]

    private func absences(_ findings: [Finding]) -> [Finding] {
        findings.filter { $0.check.hasPrefix(Finding.absentPrefix) }
    }

    @Test func aPersonOfOtherSourcesWithoutARecordThereIsMissing() throws {
        let registry = LinkedRegistry(registry: [Self.full], community: [Self.full, Self.full])
        let found = absences(try registry.findings(groups: [0, 0, 2], expectations: [Self.everybody]))
        #expect(found.map(\.row) == [2])
        let finding = try #require(found.first)
        #expect(finding.kind == .omission && finding.severity == .error && finding.check == "absent-from-registry")
        let message = registry.message(finding, expectations: [Self.everybody])
        #expect(message.en.contains("registry has no record"))
        #expect(message.zh.contains("没有其记录"))
    }

    @Test func theConditionIsHeldAgainstARecordOfTheCallingSource() throws {
        let man: Registry.Row = ["name": "王伟", "sex": "男", "birth_date": "1978-09-17", "phone": "13800138001"]
        let registry = LinkedRegistry(registry: [Self.full, man], community: [Self.full])
        let found = absences(try registry.findings(groups: [0, 1, 2], expectations: [Self.women]))
        #expect(found.map(\.row) == [0])
        #expect(found.first?.severity == .warning)
    }

    @Test(arguments: [(0.9, Severity.info, 0), (0.1, .error, 0)])
    func aLinkNearlyMadeTurnsTheClaimIntoAQuestion(_ probability: Double, _ severity: Severity, _ other: Int) throws {
        let registry = LinkedRegistry(registry: [Self.full], community: [Self.full])
        let found = absences(
            try registry.findings(
                groups: [0, 1], unmerged: [UnmergedPair(a: 0, b: 1, probability: probability)],
                expectations: [Self.everybody]))
        #expect(found.map(\.severity) == [severity])
        #expect(found.first?.otherRow == other)
        let message = registry.message(try #require(found.first), expectations: [Self.everybody])
        #expect(message.en.contains("unless record registry1"))
    }

    @Test func aRecordTooThinToLinkProvesNothing() throws {
        let registry = LinkedRegistry(community: [["name": "王伟"]])
        #expect(absences(try registry.findings(groups: [0], expectations: [Self.everybody])).map(\.severity) == [.info])
    }

    @Test func aSourceThatTookNoPartExpectsNobody() throws {
        let other = ValidationPlan.Expectation(source: "hospital", others: ["community"])
        let registry = LinkedRegistry(community: [Self.full])
        #expect(absences(try registry.findings(groups: [0], expectations: [other])).isEmpty)
    }
}
