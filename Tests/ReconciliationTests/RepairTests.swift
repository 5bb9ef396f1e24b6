import Reconciliation
import Records
import Testing

/// What a check knows of a cell it found wrong takes part in the master, where the rule book says so.
struct RepairTests {
    private static let fields = [
        Field(name: "name", kind: .personName), Field(name: "code", kind: .division),
        Field(name: "address", kind: .address),
    ]

    private static func finding(_ row: Int, _ field: Int, _ suggestion: String, _ kind: Finding.Kind = .error)
        -> Finding
    {
        Finding(kind: kind, check: "some-check", severity: .error, row: row, field: field, suggestion: suggestion)
    }

    private static func master(
        _ cells: [[String]], _ rules: [String], _ findings: [Finding]
    ) throws -> (Master, RecordTable) {
        let records = Registry.table(
            fields, [Registry.Office("a", cells.enumerated().map { ["\($0.offset + 1)"] + $0.element })])
        let master = try Reconciler.master(
            records: records, assignment: Registry.onePerson(records), plan: SurvivorshipPlan(standard: rules),
            findings: findings)
        return (master, records)
    }

    @Test func `a repaired cell stands in the master with the check that knew it`() throws {
        let (master, records) = try Self.master(
            [["李强", "440122", ""]], ["repaired", "valid"], [Self.finding(0, 1, "440117")])
        #expect(master.value(0, 1, in: records) == "440117")
        #expect(master.columns[1].replacements[0]?.cause == .check("some-check"))
        var changes: [Changes.Change] = []
        Changes(master: master, records: records).each { changes.append($0) }
        #expect(changes.map(\.field) == [1])
        #expect(changes.first?.replacement?.cause == .check("some-check"))
    }

    @Test func `without the rule nothing is repaired`() throws {
        let (master, records) = try Self.master([["李强", "440122", ""]], ["valid"], [Self.finding(0, 1, "440117")])
        #expect(master.value(0, 1, in: records) == "440122")
        #expect(master.columns[1].replacements.isEmpty)
    }

    @Test func `a record that has the value itself stands for it`() throws {
        let (master, records) = try Self.master(
            [["李墙", "", ""], ["李强", "", ""], ["李疆", "", ""]], ["repaired", "valid", "majority"],
            [Self.finding(0, 0, "李强")])
        #expect(master.value(0, 0, in: records) == "李强")
        #expect(master.columns[0].rows == [1])
        #expect(master.columns[0].replacements.isEmpty)
    }

    @Test func `an empty cell is filled with what follows from the record, not with what another record lends it`()
        throws
    {
        var lent = Self.finding(0, 1, "110101", .omission)
        let (filled, records) = try Self.master([["李强", "", ""]], ["repaired", "valid"], [lent])
        #expect(filled.value(0, 1, in: records) == "110101")
        lent = Finding(
            kind: .omission, check: "some-check", severity: .info, row: 0, field: 1, suggestion: "110101", otherRow: 0)
        let (master, table) = try Self.master([["李强", "", ""]], ["repaired", "valid"], [lent])
        #expect(master.value(0, 1, in: table).isEmpty)
    }

    @Test func `what two full addresses have in common is the address of neither`() throws {
        let short = "春熙路1号"
        let full = ["四川省成都市锦江区春熙路1号", "河北省石家庄市长安区春熙路1号"]
        for order in [[short, full[0], full[1]], [full[1], short, full[0]]] {
            let (master, records) = try Self.master(order.map { ["李强", "", $0] }, ["majority", "trust"], [])
            #expect(master.value(0, 2, in: records) != short)
            #expect(master.columns[2].rivals[0] != nil)
        }
        // Those that agree speak for each other, whatever their form.
        let (agreed, table) = try Self.master(
            [short, full[0], full[0], full[1]].map { ["李强", "", $0] }, ["majority", "fullest"], [])
        #expect(agreed.value(0, 2, in: table) == full[0])
    }

    @Test func `the fuller form of an address survives, and other addresses are left alone`() throws {
        let full = "云南省昆明市官渡区关上街道南湖路41号"
        let (master, records) = try Self.master(
            [["李强", "", "官渡区关上街道南湖路41号"], ["李强", "", full]], ["fullest"], [])
        #expect(master.value(0, 2, in: records) == full)
        let (other, table) = try Self.master(
            [["李强", "", "官渡区关上街道南湖路42号"], ["李强", "", full]], ["fullest"], [])
        #expect(other.value(0, 2, in: table) == "官渡区关上街道南湖路42号")
    }
}
