import Records
import Testing

@testable import Importers

struct XMLImportTests {
    private let clients = plan(["name", "sex"], format: .xml, id: "@no", record: "/r/c")

    @Test func `Records know their line, byte and file`() throws {
        let text =
            "<?xml version='1.0' encoding='UTF-8'?>\n<r>\n <c\n  no='1'><name>王伟</name></c><c no='2'>\n<name>李</name></c>\n</r>"
        let result = try read(text, clients)
        #expect(result.table.lines == [3, 4])
        let bytes = Array(text.utf8)
        for offset in result.table.offsets { #expect(bytes[Int(offset)...].starts(with: "<c".utf8)) }
        #expect(result.table.file.encoding == "utf-8")
        #expect(result.table.file.recordPath == "/r/c")
        #expect(result.table.file.size == bytes.count)
        #expect(result.checks == ["missing-column"])
        #expect(result.table.columns[1] == nil)
    }

    @Test func `Offsets stay right over many chunks, lines beyond 65535`() throws {
        let text = "<r>\n" + (1...70_000).map { "<c no='\($0)'><name>张</name></c>\n" }.joined() + "</r>"
        let result = try read(text, clients, chunkSize: 4096)
        let bytes = Array(text.utf8)
        #expect(result.table.count == 70_000)
        #expect(result.table.lines.last == 70_001)
        for row in stride(from: 0, to: 70_000, by: 997) {
            let start = Int(result.table.offsets[row])
            #expect(bytes[start...].starts(with: "<c no='\(row + 1)'".utf8))
        }
    }

    @Test(arguments: ["GB18030", "GBK", "BIG5", "UTF-16LE", "UTF-16BE"])
    func `Declared encodings are read`(_ encoding: String) throws {
        let name = encoding == "BIG5" ? "陳大文" : "王伟"
        let declared = encoding.hasPrefix("UTF-16") ? "UTF-16" : encoding
        let mark: [UInt8] = encoding == "UTF-16LE" ? [0xFF, 0xFE] : encoding == "UTF-16BE" ? [0xFE, 0xFF] : []
        let text = "<?xml version='1.0' encoding='\(declared)'?><r><c no='1'><name>\(name)</name><sex>x</sex></c></r>"
        let result = try read(mark + encoded(text, encoding), clients)
        #expect(result.cells == [[name, "x"]])
        #expect(result.table.file.encoding == (encoding == "GBK" ? "gb18030" : encoding.lowercased()))
    }

    @Test func `A file that says GB 2312 and holds GBK is read`() throws {
        let text = "<?xml version='1.0' encoding='GB2312'?><r><c no='1'><name>朱镕曌</name><sex>x</sex></c></r>"
        #expect(try read(encoded(text, "GBK"), clients).cells == [["朱镕曌", "x"]])
    }

    @Test func `A wrong declaration stops the run and names the encoding; stating it reads the file`() throws {
        let text = "<?xml version='1.0' encoding='UTF-8'?><r><c no='1'><name>王伟李娜张三</name><sex>男</sex></c></r>"
        let bytes = encoded(text, "GB18030")
        let failure = try #require(refusal(bytes, clients))
        #expect(failure.code == "E-XML-003")
        #expect(failure.advice?.en.contains("gb18030") == true)
        let stated = plan(["name", "sex"], format: .xml, encoding: "gb18030", id: "@no", record: "/r/c")
        #expect(try read(bytes, stated).cells == [["王伟李娜张三", "男"]])
    }

    @Test func `A file cut in the middle gives the whole records and the place`() throws {
        let result = try read("<r><c no='1'><name>王</name><sex>x</sex></c>\n<c no='2'><name>张", clients)
        #expect(result.cells == [["王", "x"]])
        let issue = try #require(result.issues.first)
        #expect(issue.check == "truncated")
        #expect(issue.severity == .error)
        #expect(issue.place.line == 2)
        #expect(issue.message.en.contains("<name>"))
    }

    @Test func `A break in the middle keeps the records before it`() throws {
        let result = try read("<r><c no='1'><name>王</name><sex>x</sex></c>\n<c no='2'></name></r>", clients)
        #expect(result.table.count == 1)
        #expect(result.checks == ["not-well-formed"])
        #expect(result.issues[0].place.line == 2)
    }

    @Test func `Repeats are joined, blank elements are empty, duplicates and missing ids are told`() throws {
        let text =
            "<r><c no='1'><name>a</name><name>b</name><sex> \n </sex></c><c no='1'><sex>y</sex></c><c><sex>z</sex></c></r>"
        let result = try read(text, clients)
        #expect(result.cells == [["a;b", ""], ["", "y"], ["", "z"]])
        #expect(result.ids == ["1", "1#2", "line 2"])
        #expect(result.checks == ["repeated-element", "duplicate-record-id", "missing-record-id"])
    }

    @Test func `A thousand repeats of two elements in turn are joined whole`() throws {
        let visits = (0..<1_000).map { "<name>visit \(1_000 + $0)</name><sex>note \($0)</sex>" }.joined()
        let result = try read("<r><c no='1'>\(visits)</c></r>", clients)
        #expect(result.cells[0][0].split(separator: ";").count == 1_000)
        #expect(result.cells[0][1].hasSuffix(";note 998;note 999"))
        #expect(result.checks == ["repeated-element", "repeated-element"])
    }

    @Test func `When no element matches, the message names those that are there`() throws {
        let failure = try #require(refusal(Array("<x><y/><y/></x>".utf8), clients))
        #expect(failure.code == "E-XML-005")
        #expect(failure.message.en.contains("/x/y (2)"))
    }

    @Test func `A default namespace is explained`() throws {
        let text = "<r xmlns='urn:k'><c no='1'><name>a</name><sex>m</sex></c></r>"
        let failure = try #require(refusal(Array(text.utf8), clients))
        #expect(failure.advice?.en.contains("urn:k") == true)
        let use = plan(
            ["k:name", "*:sex"], format: .xml, id: "@no", record: "/k:r/k:c", namespaces: ["k": "urn:k"])
        #expect(try read(text, use).cells == [["a", "m"]])
    }

    @Test func `A record id or fields that are nowhere stop the run`() {
        #expect(refusal(Array("<r><c><name>a</name></c></r>".utf8), clients)?.code == "E-XML-006")
        #expect(refusal(Array("<r><c no='1'><nom>a</nom></c></r>".utf8), clients)?.code == "E-XML-006")
    }

    @Test func `A missing path names the nearest`() throws {
        let result = try read("<r><c no='1'><name>a</name><sexe>m</sexe></c></r>", clients)
        #expect(result.checks == ["missing-column"])
        #expect(result.issues[0].message.en.contains("sexe"))
    }

    @Test func `Long values are cut and said`() throws {
        var limits = ImportLimits()
        limits.field = 7
        let result = try read("<r><c no='1'><name>王王王王</name><sex>x</sex></c></r>", clients, limits: limits)
        #expect(result.cells == [["王王", "x"]])
        #expect(result.checks == ["field-too-long"])
    }
}
