import Standards
import Testing

@Suite struct DivisionsTests {
    let divisions = Divisions.shared

    @Test("A code knows its name, level and years")
    func look() {
        #expect(divisions.name("510105") == "青羊区")
        #expect(divisions.fullName("510105") == "四川省成都市青羊区")
        #expect(divisions.level("510105") == .county)
        #expect(divisions.level("510100") == .prefecture && divisions.level("510000") == .province)
        #expect(divisions.isInForce("110101") && !divisions.isInForce("110103") && divisions.isKnown("110103"))
        #expect(!divisions.isKnown("110199") && divisions.name("110199") == nil)
        #expect(!divisions.isKnown("11010") && !divisions.isKnown("1101011") && !divisions.isKnown("东城区"))
        #expect(!divisions.isKnown(4_000_000_000) && !divisions.isKnown(0) && !divisions.isKnown(999_999))
    }

    @Test(
        "A retired code leads to the one that took its place",
        arguments: [
            ("110201", "110114"), ("110101", "110101"), ("110103", "110103"), ("999999", "999999"), ("x", "x"),
        ])
    func successors(_ code: String, _ current: String) {
        #expect(divisions.current(code) == current)
    }

    @Test("Every successor is in the table and no chain runs in a circle")
    func successorsEnd() {
        for division in divisions.all {
            if let successor = division.successor { #expect(divisions.isKnown(successor), "\(division.code)") }
            let current = divisions.current(division.code)
            #expect(divisions.current(current) == current)
        }
    }

    @Test("Townships are known by county")
    func townships() {
        #expect(Townships.shared.names(of: 110101).prefix(2) == ["东华门街道", "景山街道"])
        #expect(Townships.shared.names(of: 110199).isEmpty && Townships.shared.names(of: 5).isEmpty)
        #expect(Townships.shared.codes.count == 41352)
    }
}
