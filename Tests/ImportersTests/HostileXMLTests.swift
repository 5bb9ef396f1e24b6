import Records
import Testing

@testable import Importers

/// The attack forms everybody knows, written here; none may open anything, take long or be taken for a register.
struct HostileXMLTests {
    private static let use = plan(["n"], format: .xml, record: "//r")

    @Test(
        "Every DOCTYPE is refused, with its line",
        arguments: [
            "<!DOCTYPE a>", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
            "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>",
            "<!DOCTYPE a [<!ENTITY l 'ha'><!ENTITY m '&l;&l;&l;&l;&l;&l;&l;&l;'><!ENTITY x '&m;&m;&m;&m;&m;&m;'>]>",
            "<!DOCTYPE a [<!ENTITY x '&y;'><!ENTITY y '&x;'>]>",
        ])
    func documentType(_ declaration: String) throws {
        let text = "<?xml version='1.0'?>\n\(declaration)<a><r><n>&x;</n></r></a>"
        let failure = try #require(refusal(Array(text.utf8), Self.use))
        #expect(failure.code == "E-XML-001")
        #expect(failure.place?.line == 2)
        #expect(XMLReader.checkWellFormed(bytes: Array(text.utf8)) == .documentType)
    }

    @Test func `Nothing is included and no instruction is followed`() throws {
        let text = """
            <?xml-stylesheet href="file:///etc/passwd"?><a xmlns:xi="http://www.w3.org/2001/XInclude">\
            <r><n>x<xi:include href="/etc/hostname" parse="text"/><?include y?></n></r></a>
            """
        #expect(try read(text, Self.use).cells == [["x"]])
    }

    @Test(
        "What is not well-formed is refused",
        arguments: [
            "<a><r n='1' n='2'/></a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>\u{1}</a>", "<a>&nbsp;</a>", "<a></b>",
            "<a/><b/>",
            "<a", "<a><!-- -- --></a>", "<?xml version='1.0'?>", "text", "<a b=c/>", "<a><![CDATA[x</a>", "<a>]]></a>",
            "<x:a/>", "<a xmlns:p='u' xmlns:q='u' p:k='1' q:k='2'/>",
        ])
    func notWellFormed(_ text: String) {
        for size in [1, 2, 5, 1000] {
            let verdict = XMLReader.checkWellFormed(bytes: Array(text.utf8), chunkSize: size)
            #expect(verdict != .wellFormed && verdict != .documentType)
        }
    }

    @Test(
        "What is well-formed is read",
        arguments: [
            "<a/>",
            "<?xml version='1.0' encoding='utf-8' standalone='yes'?><a b='&lt;&#x20BB7;'>&amp;<![CDATA[<]]></a>",
            "<!-- c --><a xmlns='u'><?p i?></a><!-- d -->\n", "<王 伟='1'/>", "\u{FEFF}<a/>",
        ])
    func wellFormed(_ text: String) {
        for size in [1, 2, 5, 1000] {
            #expect(XMLReader.checkWellFormed(bytes: Array(text.utf8), chunkSize: size) == .wellFormed)
        }
    }

    @Test func `Depth, attributes, tags and comments have limits`() throws {
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(refusal(Array(deep.utf8), Self.use)?.code == "E-XML-004")
        let attributes = "<a " + (0..<300).map { "k\($0)='' " }.joined() + "/>"
        #expect(refusal(Array(attributes.utf8), Self.use)?.code == "E-XML-004")
        let manyAttributes = "<a " + (0..<50_000).map { "k\($0)='' " }.joined() + "/>"
        #expect(refusal(Array(manyAttributes.utf8), Self.use)?.code == "E-XML-004")
        let comment = "<a><!--" + String(repeating: "x", count: 5 << 20) + "--></a>"
        #expect(refusal(Array(comment.utf8), Self.use)?.code == "E-XML-004")
        let name = "<" + String(repeating: "n", count: 60_000) + "/>"
        #expect(refusal(Array(name.utf8), Self.use) != nil)
        let reference = "<a><r><n>&" + String(repeating: "x", count: 5 << 20)
        #expect(refusal(Array(reference.utf8), Self.use) != nil)
    }

    @Test func `A long text is read, a longer one cut`() throws {
        let text = "<a><r><n>" + String(repeating: "长", count: 100_000) + "</n></r></a>"
        #expect(try read(text, Self.use).cells[0][0].utf8.count == 300_000)
        let longer = "<a><r><n>" + String(repeating: "x", count: 3 << 20) + "</n></r></a>"
        let result = try read(longer, Self.use)
        #expect(result.cells[0][0].utf8.count == 1 << 20)
        #expect(result.checks == ["field-too-long"])
    }

    @Test func `Behind the closed root nothing may follow`() {
        #expect(refusal(Array("<a><r><n>1</n></r></a>\n<a/>".utf8), Self.use)?.code == "E-XML-002")
    }

    @Test(arguments: ["", " ", "\u{0}", "a,b\n1,2", "{\"a\": 1}"])
    func `What is no XML gets a clear message`(_ text: String) throws {
        let failure = try #require(refusal(Array(text.utf8), Self.use))
        #expect(["E-IMP-002", "E-IMP-004"].contains(failure.code))
    }
}
