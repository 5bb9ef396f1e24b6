import Standards
import Testing

@Suite struct TablesTests {
    @Test(
        "An ethnic group is known by name, code and letters",
        arguments: [
            ("汉族", "01"), ("汉", "01"), ("01", "01"), ("1", "01"), ("HA", "01"), ("ha", "01"), ("维吾尔族", "05"),
            ("维吾尔", "05"), ("56", "56"), ("JN", "56"), ("97", "97"), ("其他", "97"), ("57", nil), ("族", nil), ("", nil),
            ("00", nil),
        ] as [(String, String?)])
    func ethnicGroups(_ text: String, _ code: String?) {
        #expect(EthnicGroup.code(for: text) == code)
    }

    @Test("Ethnic groups have names")
    func ethnicNames() {
        #expect(EthnicGroup.name(of: "01") == "汉族" && EthnicGroup.name(of: "56") == "基诺族")
        #expect(EthnicGroup.name(of: "1") == nil && EthnicGroup.all.count == 58)
    }

    @Test(
        "Surnames have weights, compound ones are found at the head of a name",
        arguments: [
            ("欧阳修明", 2), ("欧阳修", 2), ("欧阳", 1), ("王小明", 1), ("王", 1), ("", 0),
        ])
    func surnames(_ name: String, _ length: Int) {
        #expect(Surnames.shared.length(inName: name) == length)
        #expect(Surnames.shared.weight("王") > Surnames.shared.weight("龚") && Surnames.shared.weight("無") == 0)
    }

    @Test("Every embedded table has its header and rows of as many fields", arguments: CSVTable.Name.allCases)
    func embedded(_ name: CSVTable.Name) {
        let table = CSVTable(name)
        let columns = table.header.count
        #expect(columns >= 2)
        var count = 0
        for row in table {
            count += 1
            if row.count != columns || row.utf8(0).isEmpty { Issue.record("row \(count)") }
        }
        #expect(count >= 56)
    }
}
