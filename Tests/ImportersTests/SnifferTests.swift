import Records
import Testing

@testable import Importers

struct SnifferTests {
    @Test func `A CSV file's columns come with values and counts`() throws {
        let sniffed = try Sniffer.sniff(bytes: Array("编号,姓名\n1,王伟\n2,李娜\n3,王伟\n4,\n".utf8), name: "file", samples: 1)
        #expect(sniffed.format == .csv)
        #expect(
            sniffed.columns == [
                .init(path: "编号", samples: ["1"], filled: 4, distinct: 4),
                .init(path: "姓名", samples: ["王伟"], filled: 3, distinct: 2),
            ])
        #expect(sniffed.records == 4)
    }

    @Test func `An XML file's record element and paths are found`() throws {
        let text = """
            <export date="2026-01-01"><clients><client no="1"><person idno="11"><name>王</name></person>\
            <contact type="home">010</contact><contact type="mobile" ok="y">138</contact></client>\
            <client no="2"><person idno="12"><name>李</name></person><contact type="mobile">139</contact></client>\
            <client no="3"><person idno="12"><name>张</name></person></client></clients></export>
            """
        let sniffed = try Sniffer.sniff(bytes: Array(text.utf8), name: "file")
        #expect(sniffed.format == .xml)
        #expect(sniffed.recordCandidates.first == .init(path: "/export/clients/client", count: 3))
        #expect(
            sniffed.columns.map(\.path) == [
                "@no", "person/@idno", "person/name", "contact[@type='home']", "contact[@type='home']/@ok",
                "contact[@type='mobile']", "contact[@type='mobile']/@ok",
            ])
        #expect(sniffed.columns[0] == .init(path: "@no", samples: ["1", "2", "3"], filled: 3, distinct: 3))
        #expect(sniffed.columns[5].samples == ["138", "139"])
    }

    @Test func `Namespaces get prefixes that the paths use`() throws {
        let text = "<r xmlns='urn:d'><c a='1'><n>x</n></c><c a='2'><n>y</n></c></r>"
        let sniffed = try Sniffer.sniff(bytes: Array(text.utf8), name: "file")
        #expect(sniffed.namespaces == ["ns": "urn:d"])
        #expect(sniffed.recordCandidates.first?.path == "/ns:r/ns:c")
        #expect(sniffed.columns.map(\.path) == ["@a", "ns:n"])
        let use = plan(
            sniffed.columns.map(\.path), format: .xml, record: sniffed.recordCandidates[0].path,
            namespaces: sniffed.namespaces)
        #expect(try read(text, use).cells == [["1", "x"], ["2", "y"]])
    }

    @Test func `A long file is judged by its start`() throws {
        let rows = (0..<20_000).map { "<c no='\($0)'><n>张伟</n></c>" }.joined()
        let sniffed = try Sniffer.sniff(bytes: Array("<r>\(rows)</r>".utf8), name: "file", samples: 3)
        #expect(sniffed.records > 1000)
        #expect(sniffed.columns[0].samples == ["0", "1", "2"])
        #expect(sniffed.issues.isEmpty)
    }

    @Test func `Every format is in the list once`() {
        #expect(Set(InputFormat.all.map(\.format)).count == InputFormat.all.count)
        #expect(
            InputFormat.all.allSatisfy { !$0.summary.en.isEmpty && !$0.summary.zh.isEmpty && !$0.extensions.isEmpty })
    }
}
