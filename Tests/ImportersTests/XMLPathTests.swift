import Records
import Testing

@testable import Importers

struct XMLPathTests {
    private static let document = """
        <?xml version="1.0"?>
        <export xmlns:v="urn:v">
        <client no="C1"><person idno="110"><name>王<b>大</b>伟<!-- x --></name></person>
        <contact type="home">010</contact><contact type="mobile" verified="yes">138</contact><v:note>seen</v:note></client>
        <client no="C2"><person idno="A&amp;B"><name><![CDATA[李 & <娜>]]></name></person><contact type="mobile">139</contact>
        <contact type="mobile">140</contact><empty>
        </empty></client>
        </export>
        """

    @Test(
        "Paths find elements, attributes and text",
        arguments: [
            ("@no", ["C1", "C2"]),
            ("person/@idno", ["110", "A&B"]),
            ("person/name", ["王大伟", "李 & <娜>"]),
            ("person/name/text()", ["王伟", "李 & <娜>"]),
            ("person/name/b", ["大", ""]),
            ("contact[@type='mobile']", ["138", "139;140"]),
            ("contact[@type=\"home\"]", ["010", ""]),
            ("contact[@type='mobile']/@verified", ["yes", ""]),
            ("contact[@verified]", ["138", ""]),
            ("contact", ["010;138", "139;140"]),
            ("v:note", ["seen", ""]),
            ("*:note", ["seen", ""]),
        ])
    func values(_ path: String, _ expected: [String]) throws {
        let use = plan([path, "@no"], format: .xml, id: "@no", record: "/export/client", namespaces: ["v": "urn:v"])
        let result = try read(Self.document, use)
        #expect(result.cells.map { $0[0] } == expected)
        #expect(result.ids == ["C1", "C2"])
        #expect(result.table.lines == [3, 5])
    }

    @Test func `The record's own text is all of it`() throws {
        let result = try read("<a><r>x<b>y</b></r><r>z</r></a>", plan(["."], format: .xml, record: "//r"))
        #expect(result.cells == [["xy"], ["z"]])
        #expect(result.ids == ["1", "2"])
    }

    @Test(
        "Record paths are absolute or anywhere",
        arguments: [
            ("/a/b/r", 2), ("//r", 3), ("//b/r", 2), ("/a/r", 1), ("/a/*:r", 1), ("//r[@k]", 1), ("//r[@k='2']", 1),
        ])
    func recordPaths(_ path: String, _ count: Int) throws {
        let text = "<a><b><r n='1'/></b><b><r n='2' k='2'><r n='9'/></r></b><r n='3'/></a>"
        #expect(try read(text, plan(["@n"], format: .xml, record: path)).table.count == count)
    }

    @Test(
        "What is wrong with a path is told with its column",
        arguments: [
            ("", 1), ("/a", 1), ("a/", 3), ("a//b", 3), ("a[", 3), ("a[b]", 3), ("a[@b", 5), ("a[@b=c]", 6),
            ("a[@b='c]", 6),
            ("@a/b", 3), ("a b", 2), ("x:a", 1), ("text()/a", 7), ("1a", 1),
        ])
    func wrong(_ path: String, _ column: Int) {
        do {
            _ = try XMLPath(field: path)
            Issue.record("\(path) was taken")
        } catch {
            #expect((error as? Failure)?.code == "E-XML-010")
            #expect((error as? Failure)?.message.en.contains("column \(column):") == true)
        }
    }

    @Test(arguments: ["a/b", "", "/", "//", "/a/", "/a/@b", "/a/text()", "/a b"])
    func `A record path names an element`(_ path: String) {
        #expect(throws: Failure.self) { try XMLPath(record: path) }
    }
}
