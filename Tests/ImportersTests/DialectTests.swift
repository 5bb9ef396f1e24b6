import Records
import Testing

@testable import Importers

struct DialectTests {
    @Test(
        "Delimiter and quote are found from the data",
        arguments: [
            ("a,b,c\n1,2,3\n", ",", "\""),
            ("a;b;c\n1,5;2,5;3,5\n", ";", "\""),
            ("a\tb\n1\t2\n", "\t", "\""),
            ("a|b|c\n1|2,0|3\n", "|", "\""),
            ("'a','b'\n'1','x, y'\n'2','z'\n", ",", "'"),
            ("sep=;\na;b\n1,2;3\n", ";", "\""),
            ("a\n1\n2\n", ",", "\""),
        ])
    func found(_ text: String, _ delimiter: String, _ quote: String) throws {
        let sniffed = try Sniffer.sniff(bytes: Array(text.utf8), name: "file")
        #expect(sniffed.dialect?.delimiter == delimiter)
        #expect(sniffed.dialect?.quote == quote)
        #expect(!sniffed.issues.map(\.check).contains("ambiguous-dialect"))
    }

    @Test func `A close runner-up asks for a statement`() throws {
        let text = "a;b,c\n1;2,3\n4;5,6\n"
        let sniffed = try Sniffer.sniff(bytes: Array(text.utf8), name: "file")
        #expect(sniffed.issues.map(\.check) == ["ambiguous-dialect"])
        let stated = try read(text, plan(["b,c"], delimiter: ";", id: "a"))
        #expect(stated.cells == [["2,3"], ["5,6"]])
        #expect(stated.issues.isEmpty)
        #expect(stated.table.file.dialect?.guessed == ["encoding", "header", "quote"])
    }

    @Test func `The plan's columns decide between delimiters`() throws {
        let result = try read("a;b,c\n1;2,3\n4;5,6\n", plan(["b,c"], id: "a"))
        #expect(result.cells == [["2,3"], ["5,6"]])
        #expect(result.issues.isEmpty)
    }

    @Test(
        "Line ends are recorded",
        arguments: [
            ("a\n1\n", "lf"), ("a\r\n1\r\n", "crlf"), ("a\r1\r", "cr"), ("a\r\n1\n", "mixed"),
            ("a\r\n\"x\ny\"\r\n", "crlf"),
        ])
    func lineEndings(_ text: String, _ name: String) throws {
        #expect(try read(text, plan(["a"])).table.file.dialect?.lineEnding == name)
    }

    @Test(
        "A header is told from data, with no names to go by",
        arguments: [
            ("姓名,年龄\n王伟,40\n", true), ("1,王伟\n2,李娜\n", false), ("Title,,\nid,name,born\n1,x,1990\n", true),
            ("q1,q2\n3,5\n1,2\n", true), ("c0,c1\n,\nx,7\n", true), ("R1,王伟\n,\nR2,李娜\n", false),
            ("R1,王伟\n", false), ("1990-01-02,a1\n1991-02-03,4\n", false),
        ])
    func header(_ text: String, _ hasHeader: Bool) throws {
        #expect(try Sniffer.sniff(bytes: Array(text.utf8), name: "file").dialect?.hasHeader == hasHeader)
    }

    @Test(arguments: ["ab", "", "a", "1", "\"", "，"])
    func `What cannot be a delimiter is refused`(_ delimiter: String) {
        #expect(refusal(Array("a\n1\n".utf8), plan(["a"], delimiter: delimiter))?.code == "E-CSV-001")
    }
}
