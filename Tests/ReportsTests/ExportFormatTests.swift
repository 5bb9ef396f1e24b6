import Foundation
import Records
import Testing

@testable import Reports

/// Cells that a careless program would spoil.
let hardCells = [
    "0012", "=1+1", "+8613800138000", "-", "@SUM(A1)", "\t=1", "'quoted", "说\"好\"", "一\n二", "a\r\nb", "😀", "𠀀𪚥",
    "110101198503072316", "1.10101E+17", "1985-03-07", "3-1", "1/2", "TRUE", "Mar 5", "12345678901", "123456789012",
    " 7",
    "＝1", "", "a,b;c", "null", "é", "e\u{301}", "_x0041_", "0.5", "00", "５６", "¥3",
]

struct ExportFormatTests {
    static let fields = [
        FieldFacts(name: "name", kind: .personName), FieldFacts(name: "id_number", kind: .residentID),
        FieldFacts(name: "birth_date", kind: .date),
    ]

    /// Writes a table as a run would, exports it, and gives the export, its account and the list of touched cells.
    static func export(
        _ format: ExportFormat, header: [String], rows: [[String]], pseudonyms: Pseudonyms? = nil
    ) throws -> (bytes: [UInt8], written: ExportFile.Written, list: String) {
        try withTemporaryFolder { folder in
            try Outbox.write(
                to: folder + "/run",
                { outbox in
                    try outbox.file("master.csv") { sink in
                        try sink.header(header)
                        for row in rows {
                            for cell in row { sink.cell(cell) }
                            try sink.endRow()
                        }
                    }
                }, manifest: { _, sink in sink.append("{}") })
            let table = try StoredTable(
                name: "master", path: folder + "/run/master.csv", sha256: nil, fields: fields)
            let file = ExportFile(
                format: format, tables: [table], fields: fields, pseudonyms: pseudonyms,
                note: ExportNote(title: "T", purpose: "P & Q", recipient: "R"))
            let path = folder + "/out/export." + format.ending
            let written = try file.write(to: path, from: folder) { _ in }
            let list = written.touchedPath.map { (try? contents($0)) ?? [] } ?? []
            #expect(try listing(folder + "/out").count == (written.touchedPath == nil ? 1 : 2))
            return (try contents(path), written, String(decoding: list, as: UTF8.self))
        }
    }

    @Test func `machine CSV is RFC 4180 with every cell as it is`() throws {
        let (bytes, written, _) = try Self.export(
            .machine, header: ["name", "a,b"], rows: [["=1", "x\"y"], ["", "一\n二"]])
        #expect(String(decoding: bytes, as: UTF8.self) == "name,\"a,b\"\r\n=1,\"x\"\"y\"\r\n,\"一\n二\"\r\n")
        #expect(written.touchedPath == nil)
        #expect(written.rows.map(\.rows) == [2])
    }

    @Test(
        arguments: [
            ("=1+1", .formula), ("+86", .formula), ("-", .formula), ("-5.2", .formula), ("@a", .formula),
            ("\t=1", .formula),
            ("\r", .formula), ("＝1", .formula), (" =1", .formula), ("0012", .number), ("00", .number),
            ("12345678901", nil),
            ("123456789012", .number), ("11010119850307231X", nil), ("1.10101E+17", .number), ("3-1", .number),
            ("1/2", .number), ("12:30", .number), ("5 Mar", .number), ("Mar 5", .number), ("SEPT2", .number),
            ("true", .number), ("1985年3月", .number), ("10%", .number), ("1.50", .number), ("1.5", nil), ("0.5", nil),
            ("0", nil), ("7", nil), (".5", .number), ("(3)", .number), ("#N/A", .number), ("¥3", .number),
            ("５", .number),
            (" 7", .number), ("'x", .apostrophe), ("张三", nil), ("3号楼", nil), ("5 Main Street", nil), ("Mary", nil),
            ("a=1", nil), ("", nil), ("1985-03-07", .number), ("😀", nil),
        ] as [(String, TouchedCells.Why?)])
    func `a spreadsheet changes some texts, and these get a mark`(cell: String, why: TouchedCells.Why?) {
        var cell = cell
        #expect(cell.withUTF8 { SpreadsheetText.mark($0, .prose) } == why)
    }

    @Test func `a whole day in a column of dates stays a date for a spreadsheet`() {
        for (cell, why) in [("1985-03-07", nil), ("1985-03", .number), ("19850307", nil)]
            as [(
                String, TouchedCells.Why?
            )]
        {
            var cell = cell
            #expect(cell.withUTF8 { SpreadsheetText.mark($0, .field(.date, isBirth: true)) } == why)
        }
    }

    @Test func `spreadsheet CSV has a mark, quotes everywhere, and a list of what was touched`() throws {
        let (bytes, written, list) = try Self.export(
            .excel, header: ["person_id", "id_number", "name"],
            rows: [["P1", "110101198503072316", "=cmd|'/c calc'!A0"], ["P2", "", "张三"]])
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "\u{FEFF}\"person_id\",\"id_number\",\"name\"\r\n"
                + "\"P1\",\"'110101198503072316\",\"'=cmd|'/c calc'!A0\"\r\n\"P2\",\"\",\"张三\"\r\n")
        #expect(
            list == "table,row,first_cell,column,why\nmaster,1,P1,id_number,number\nmaster,1,P1,name,formula\n")
        #expect(written.touched.map(\.cells) == [1, 1])
    }

    @Test func `JSON Lines read back to the same cells`() throws {
        let rows = hardCells.map { [$0, "\0\u{1}\u{1F}\\\u{2028}"] }
        let (bytes, _, _) = try Self.export(.jsonl, header: ["name", "说明"], rows: rows)
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == rows.count)
        for (line, row) in zip(lines, rows) {
            let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: String]
            #expect(
                object.map { [Array(($0["name"] ?? "").utf8), Array(($0["说明"] ?? "").utf8)] }
                    == row.map { Array($0.utf8) })
        }
    }

    @Test func `XML has a record a row, and says which characters it could not hold`() throws {
        let (bytes, written, list) = try Self.export(
            .xml, header: ["person_id", "name"],
            rows: [["P1", "a<b>&\"\r\n𠀀"], ["P2", "x\u{1}y\u{FFFE}"], ["P3", ""]])
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == """
                <?xml version="1.0" encoding="UTF-8"?>
                <export table="master" title="T" purpose="P &amp; Q" recipient="R">
                <record><field name="person_id">P1</field><field name="name">a&lt;b&gt;&amp;&quot;&#13;
                𠀀</field></record>
                <record><field name="person_id">P2</field><field name="name" replaced="true">x\u{FFFD}y\u{FFFD}</field></record>
                <record><field name="person_id">P3</field><field name="name"/></record>
                </export>

                """)
        #expect(list.contains("master,2,P2,name,character"))
        #expect(written.touched.map(\.why) == [.character])
    }

    @Test func `a file that is there already is not written over`() throws {
        try withTemporaryFolder { folder in
            try Data("keep".utf8).write(to: URL(fileURLWithPath: folder + "/a.csv"))
            try Data("x\n".utf8).write(to: URL(fileURLWithPath: folder + "/master.csv"))
            let table = try StoredTable(name: "master", path: folder + "/master.csv", sha256: nil, fields: [])
            let file = ExportFile(
                format: .machine, tables: [table], fields: [], pseudonyms: nil,
                note: ExportNote(title: "", purpose: "", recipient: ""))
            #expect(throws: Failure.self) { try file.write(to: folder + "/a.csv", from: folder) { _ in } }
            #expect(try contents(folder + "/a.csv") == Array("keep".utf8))
            #expect(throws: CancellationError.self) {
                try file.write(to: folder + "/b.csv", from: folder) { _ in throw CancellationError() }
            }
            #expect(try listing(folder) == ["a.csv", "master.csv"])
        }
    }

    @Test(arguments: ["a,b\n1\n", "a,b\n\"1\"x,2\n", "a\n1", "", "a\nx\"y\n"])
    func `what is no table of a run is refused`(text: String) throws {
        try withTemporaryFolder { folder in
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/t.csv"))
            #expect(throws: Failure.self) {
                let table = try StoredTable(name: "t", path: folder + "/t.csv", sha256: nil, fields: [])
                try table.eachRow { _ in }
            }
        }
    }

    @Test func `a table that was changed by hand is refused`() throws {
        try withTemporaryFolder { folder in
            try Data("a\n1\n".utf8).write(to: URL(fileURLWithPath: folder + "/t.csv"))
            let table = try StoredTable(
                name: "t", path: folder + "/t.csv", sha256: String(repeating: "0", count: 64), fields: [])
            #expect { try table.eachRow { _ in } } throws: { ($0 as? Failure)?.code == "E-OUT-012" }
        }
    }

    @Test func `a table larger than a piece of reading comes back whole`() throws {
        let rows = (0..<30_000).map { ["P\($0)", hardCells[$0 % hardCells.count]] }
        let (bytes, written, _) = try Self.export(.jsonl, header: ["person_id", "name"], rows: rows)
        #expect(written.rows.map(\.rows) == [30_000])
        #expect(bytes.count { $0 == 0x0A } == 30_000)
    }

    @Test func `formats have different names and a summary in both languages`() {
        #expect(Set(ExportFormat.all.map(\.name)).count == ExportFormat.all.count)
        #expect(ExportFormat.all.allSatisfy { !$0.summary.en.isEmpty && !$0.summary.zh.isEmpty })
    }
}
