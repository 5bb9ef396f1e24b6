import Foundation
import Records
import Testing

@testable import Importers

@Suite struct XMLSelfTestTests {
    @Test func `the parser of this machine refuses every probe`() {
        #expect(XMLSelfTest.unguarded.isEmpty)
    }

    /// What the entities of a probe would come to, for a parser that follows them.
    private func expanded(_ document: [UInt8]) throws -> String {
        let text = String(decoding: document, as: UTF8.self)
        guard let path = text.firstMatch(of: #/file:\/\/([^"]+)"/#).map({ String($0.1) }) else { return text }
        return try String(contentsOfFile: path, encoding: .utf8)
    }

    @Test func `the files that the probes name are there, and hold what a parser would have to bring`() {
        var seen: [String] = []
        let got = XMLSelfTest.probe { document in seen.append(try expanded(document)) }
        #expect(got == XMLSelfTest.Probe.allCases)
        #expect(seen.count == 3 && seen.allSatisfy { $0.contains(XMLSelfTest.marker) })
        #expect(seen[2].contains("&l9;") && seen[2].contains("<!ENTITY l9 "))
    }

    @Test(arguments: XMLSelfTest.Probe.allCases)
    func `a parser that follows one kind of entity is found out`(_ probe: XMLSelfTest.Probe) {
        let refusal = Failure(.badInput, code: "E-XML-001", Text(en: "a DOCTYPE", zh: "DOCTYPE"))
        var number = -1
        let found = XMLSelfTest.probe { _ in
            number += 1
            if XMLSelfTest.Probe.allCases[number] != probe { throw refusal }
        }
        #expect(found == [probe])
    }

    @Test func `a parser that fails for another reason has no guard either`() {
        let found = XMLSelfTest.probe { _ in
            throw Failure(.badInput, code: "E-XML-002", Text(en: "not well-formed", zh: "格式不正确"))
        }
        #expect(found == XMLSelfTest.Probe.allCases)
    }

    @Test func `once a probe got through, no XML is read, and status 5 says so`() throws {
        let document = Array("<r><c><t>x</t></c></r>".utf8)
        let plan = SourcePlan(
            profile: SourceProfile(name: "s"), path: nil, format: .xml, recordPath: "/r/c",
            mappings: [SourcePlan.Mapping(field: 0, path: "t")])
        let schema = Schema([Field(name: "t", kind: .text)])
        let source = try XMLImport.read(plan, ByteSource(document, path: "x.xml"), schema)
        #expect(source.table.count == 1)
        let failure = #expect(throws: Failure.self) {
            try XMLImport.read(
                plan, ByteSource(document, path: "x.xml"), schema, unguarded: [.externalEntity, .billionLaughs])
        }
        #expect(failure?.code == "E-XML-011" && failure?.kind == .verification)
        #expect(failure?.message.en.contains("external entity, billion laughs") == true)
    }
}
