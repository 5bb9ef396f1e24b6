import Foundation
import Importers
import Records
import Testing

@testable import Reports

struct CorrectionsTests {
    private func corrections(_ records: RecordTable, source: Int, _ language: Language = .chinese) throws -> (
        CorrectionsFile.Summary, [UInt8]
    ) {
        func correction(_ row: Int, _ field: Int, _ before: String, _ after: String) -> Correction {
            Correction(
                action: before.isEmpty ? .fill : .change, row: row, field: field, before: before, after: after,
                reason: Text(en: "id says so", zh: "与身份证号不符"), evidence: Text(en: "R1", zh: "R1"))
        }
        let all = [
            correction(0, 1, "", "女"), correction(0, 2, "=1+1", "1985/3/8"), correction(2, 2, "19850307", "19850308"),
        ].filter { (records.starts[source]..<records.starts[source + 1]).contains($0.row) }
        return try withTemporaryFolder { folder in
            var summary: CorrectionsFile.Summary?
            try Outbox.write(
                to: folder + "/run",
                { outbox in
                    let (files, written) = try CorrectionsFile.write(
                        records, source: source, recordIDHeader: "编号", language: language, with: outbox.maker
                    ) { emit in for correction in all { try emit(correction) } }
                    for file in files { outbox.add(file) }
                    summary = written
                }, manifest: { _, _ in })
            return try (#require(summary), contents(folder + "/run/" + #require(summary).file))
        }
    }

    @Test func `an office gets its own columns, dates, codes and line ends`() throws {
        let (summary, bytes) = try corrections(sampleRecords(), source: 0)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "\u{FEFF}编号,姓名,性别,出生日期,行号,操作,栏目,原值,改为,理由,依据,发现编号\r\n"
                + "R1,,女,,2,补填,性别,,女,与身份证号不符,R1,\r\n"
                + "R1,,,1985/3/8,2,更改,出生日期,'=1+1,1985/3/8,与身份证号不符,R1,\r\n")
        #expect((summary.changes, summary.fills, summary.merges, summary.guardedCells) == (1, 1, 0, 1))
        #expect(summary.file == "corrections/registry.csv")
    }

    @Test func `an office that writes GB18030 is answered in it`() throws {
        let (summary, bytes) = try corrections(sampleRecords(), source: 1)
        #expect(summary.encoding == "gb18030")
        #expect(summary.note == nil)
        // 编号;
        #expect(bytes.starts(with: [0xB1, 0xE0, 0xBA, 0xC5, 0x3B]))
        #expect(bytes.last == 0x0A)
        let rest = bytes.split(separator: 0x0A)[1]
        #expect(rest.starts(with: Array("D,1;;;19850308;2;".utf8)))
        #expect(String(decoding: rest, as: UTF8.self).contains("dob;19850307;19850308;"))
    }

    @Test func `what the encoding does not have makes the file UTF-8, with a note`() throws {
        let (summary, bytes) = try corrections(sampleRecords(encoding: "windows-1252"), source: 1)
        #expect(summary.encoding == "utf-8")
        #expect(summary.note != nil)
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        let latin = try corrections(sampleRecords(encoding: "no-such-encoding"), source: 1)
        #expect(latin.0.encoding == "utf-8")
    }

    @Test func `reasons and columns are counted, the most frequent first`() throws {
        let (summary, _) = try corrections(sampleRecords(), source: 0)
        #expect(summary.reasons.map(\.count) == [2])
        #expect(summary.columns.map(\.name.en) == ["出生日期", "性别"])
    }

    /// The layout of an export with a namespace, a nested name, an attribute and a choice by attribute.
    private func layout() -> OfficeXML {
        let person = OfficeXML.Step(name: "o:person")
        return OfficeXML(
            record: ["export", "clients", "o:client"].map { OfficeXML.Step(name: $0) },
            recordID: OfficeXML.Place(steps: [], attribute: "no"),
            fields: [
                OfficeXML.Place(steps: [person, OfficeXML.Step(name: "name")]),
                OfficeXML.Place(steps: [person], attribute: "sex"),
                OfficeXML.Place(
                    steps: [
                        OfficeXML.Step(name: "date", attributes: [OfficeXML.Attribute(name: "type", value: "birth")])
                    ]),
            ], order: [0, 1, 2], namespaces: [OfficeXML.Attribute(name: "o", value: "urn:office")])
    }

    private func xml(_ records: RecordTable, source: Int, _ corrections: [Correction]) throws -> [UInt8] {
        try withTemporaryFolder { folder in
            try Outbox.write(
                to: folder + "/run",
                { outbox in
                    outbox.add(
                        try CorrectionsXML.write(
                            records, source: source, layout: layout(), language: .english, with: outbox.maker
                        ) { emit in for correction in corrections { try emit(correction) } })
                }, manifest: { _, _ in })
            return try contents(folder + "/run/corrections/\(records.sources[source].source).xml")
        }
    }

    @Test func `an office that exports XML gets its own structure, and the account in another namespace`() throws {
        let bytes = try xml(
            sampleRecords(), source: 0,
            [
                Correction(
                    action: .fill, row: 0, field: 1, before: "", after: "女", reason: Text(en: "a<b", zh: ""),
                    evidence: Text(en: "R1", zh: "")),
                Correction(
                    action: .change, row: 0, field: 2, before: "x\u{1}", after: "1985/3/8",
                    reason: Text(en: "r", zh: ""),
                    evidence: Text(en: "e", zh: ""),
                    finding: Finding(kind: .error, check: "bad-date", severity: .error, row: 0, field: 2)),
                Correction(
                    action: .merge, row: 1, field: nil, before: "R2", after: "R1", reason: Text(en: "twice", zh: ""),
                    evidence: Text(en: "e", zh: "")),
                Correction(
                    action: .add, row: 2, field: nil, before: "", after: "", reason: Text(en: "absent", zh: ""),
                    evidence: Text(en: "dossier D,1", zh: ""),
                    cells: [.init(field: 0, text: "王五"), .init(field: 2, text: "1985/3/7")]),
            ])
        let records = sampleRecords()
        let id = Finding(kind: .error, check: "bad-date", severity: .error, row: 0, field: 2).id(in: records)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == """
                <?xml version="1.0" encoding="UTF-8"?>
                <export xmlns:o="urn:office" xmlns:q="urn:qingku:corrections:1" q:source="registry"><clients>
                <o:client no="R1"><o:person sex="女"/><date type="birth">1985/3/8</date>\
                <q:correction action="fill" path="性别" before="" after="女" reason="a&lt;b" evidence="R1" line="2"/>\
                <q:correction action="change" path="出生日期" before="x\u{FFFD}" after="1985/3/8" reason="r" evidence="e" \
                finding="\(id)" line="2" replaced="true"/></o:client>
                <o:client no="R2"><q:correction action="merge" into="R1" reason="twice" evidence="e" line="3"/></o:client>
                <o:client><o:person><name>王五</name></o:person><date type="birth">1985/3/7</date>\
                <q:correction action="add" reason="absent" evidence="dossier D,1"/></o:client>
                </clients></export>

                """)
    }

    @Test(arguments: ["gb18030", "gb2312", "windows-1252", "utf-16", "no-such-encoding"])
    func `XML holds every character in every encoding`(encoding: String) throws {
        let bytes = try xml(
            sampleRecords(encoding: encoding), source: 1,
            [
                Correction(
                    action: .change, row: 2, field: 0, before: "张三", after: "𠀀é", reason: Text(en: "r", zh: ""),
                    evidence: Text(en: "e", zh: ""))
            ])
        let schema = Schema([Field(name: "name", kind: .personName)])
        let plan = SourcePlan(
            profile: SourceProfile(name: "dossier"), path: nil, format: .xml, recordID: "@no",
            recordPath: "/export/clients/o:client", namespaces: ["o": "urn:office"],
            mappings: [SourcePlan.Mapping(field: 0, path: "o:person/name")])
        let table = try Importer.read(plan, bytes: bytes, name: "dossier.xml", schema: schema).table
        #expect(table.columns[0].map { $0.values[$0.codes[0]] } == "𠀀é")
        #expect(table.recordIDPool[table.recordIDs[0]] == "D,1")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+cmd|x", "'+cmd|x"), ("@a", "'@a"), ("\t=1", "'\t=1"), ("＝1", "'＝1"), ("-", "'-"),
        ("-3", "'-3"), ("+4", "'+4"), ("+49 30 1234", "'+49 30 1234"), ("012", "'012"), ("'a", "''a"),
        ("510104195002301234", "'510104195002301234"), ("-x", "'-x"), ("", ""), ("a=1", "a=1"), ("张三", "张三"),
        ("13800138000", "13800138000"), ("3", "3"),
    ])
    func `what a spreadsheet would run or change is guarded, as in an export for spreadsheets`(
        cell: String, guarded: String
    ) {
        var line = OfficeLine(delimiter: 0x2C, end: "")
        line.append(cell, .text)
        #expect(line.touched.count == (cell == guarded ? 0 : 1))
        #expect(line.finish { String(decoding: $0, as: UTF8.self) } == guarded)
    }

    @Test func `an office's dates stay, and cells that were touched are listed`() throws {
        var line = OfficeLine(delimiter: 0x2C, end: "")
        line.append("1985/3/8", .date)
        line.append("=1985", .date)
        #expect(line.finish { String(decoding: $0, as: UTF8.self) } == "1985/3/8,'=1985")
        let (summary, _) = try corrections(sampleRecords(), source: 0)
        #expect(summary.touchedFile == "corrections/registry.touched.csv")
    }
}
