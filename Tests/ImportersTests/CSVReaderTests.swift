import Testing

@testable import Importers

struct CSVReaderTests {
    @Test(
        "Rows are those of RFC 4180",
        arguments: [
            ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
            ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
            ("a\r\nb\nc\rd", [["a"], ["b"], ["c"], ["d"]]),
            ("1,\"\",3", [["1", "", "3"]]),
            ("1,,3", [["1", "", "3"]]),
            ("1,2,", [["1", "2", ""]]),
            (",", [["", ""]]),
            ("\"a,b\",c", [["a,b", "c"]]),
            ("\"a\nb\",c\nd,e", [["a\nb", "c"], ["d", "e"]]),
            ("\"a\r\nb\"\r\nc", [["a\r\nb"], ["c"]]),
            ("\"say \"\"hi\"\"\",x", [["say \"hi\"", "x"]]),
            ("\"\"\"\"", [["\""]]),
            ("\"\"\"\"\"\"", [["\"\""]]),
            (" a , b ", [[" a ", " b "]]),
            ("姓名,😎\n王伟,x", [["姓名", "😎"], ["王伟", "x"]]),
            ("", []),
            ("\n", [[""]]),
            ("\"\"", [[""]]),
        ] as [(String, [[String]])])
    func rows(_ text: String, _ expected: [[String]]) {
        #expect(rows(text) == expected)
    }

    @Test(
        "What RFC 4180 forbids costs one row at most",
        arguments: [
            // A lost quote at the end of the file.
            ("1,\"Anna,F\n2,Bob,M\n", [["1", "\"Anna", "F"], ["2", "Bob", "M"]]),
            // A lost quote that a later quoted cell would close.
            ("1,\"Anna,F\n2,\"Bob\",M\n", [["1", "\"Anna", "F"], ["2", "Bob", "M"]]),
            // Text behind a closing quote.
            ("1,\"a\"b,c\n2,d,e", [["1", "\"a\"b", "c"], ["2", "d", "e"]]),
            ("1,\"Hey, \" it\",3", [["1", "Hey, \" it", "3"]]),
            ("1,\"a\" ,3", [["1", "a", "3"]]),
            // A quote inside an unquoted cell.
            ("1,5\" nail,3", [["1", "5\" nail", "3"]]),
            ("1, \"a\",3", [["1", " \"a\"", "3"]]),
            ("\"", [["\""]]),
            // Line two begins with an empty quoted cell and text behind it.
            ("\"a\n\"\"b\nc", [["\"a"], ["\"\"b"], ["c"]]),
        ] as [(String, [[String]])])
    func lenient(_ text: String, _ expected: [[String]]) {
        #expect(rows(text) == expected)
    }

    @Test func `A quoted cell over the limit is a lost quote`() {
        var limits = ImportLimits()
        limits.field = 20
        let text = "1,\"short\n2,b\n3,c\n4,d\n5,e\n6,\"f\"\n"
        let rows = CSVRows.read(Array(text.utf8), delimiter: 0x2C, quote: 0x22, isWhole: true, limits: limits)
        #expect(
            rows.map(\.cells) == [["1", "\"short"], ["2", "b"], ["3", "c"], ["4", "d"], ["5", "e"], ["6", "f"]])
    }

    @Test func `Of a record over the limit the first cells are kept`() {
        var limits = ImportLimits()
        limits.record = 16
        let text = "1,2,345678901234567890,x\n2,b\n"
        let rows = CSVRows.read(Array(text.utf8), delimiter: 0x2C, quote: 0x22, isWhole: true, limits: limits)
        #expect(rows.map(\.cells) == [["1", "2"], ["2", "b"]])
        #expect(rows.map(\.line) == [1, 2])
    }

    @Test func `Line numbers count every line end inside quotes once`() {
        let text = "a,b\r\n\"x\r\ny\nz\",1\r\nlast,2"
        let rows = CSVRows.read(Array(text.utf8), delimiter: 0x2C, quote: 0x22, isWhole: true)
        #expect(rows.map(\.line) == [1, 2, 5])
    }

    private func rows(_ text: String) -> [[String]] {
        CSVRows.read(Array(text.utf8), delimiter: 0x2C, quote: 0x22, isWhole: true).map(\.cells)
    }
}
