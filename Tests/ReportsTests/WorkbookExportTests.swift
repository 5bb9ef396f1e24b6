import Foundation
import Records
import Testing

@testable import Reports

struct WorkbookExportTests {
    static let python = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// Sheets by name, each its rows of cells as an independent reader sees them: Python's own zip and XML.
    private func read(_ bytes: [UInt8]) throws -> [[String: String]] {
        let script = #"""
            import json, re, sys, zipfile, xml.etree.ElementTree as E
            n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
            z = zipfile.ZipFile(sys.argv[1])
            out = []
            def text(s): return re.sub('_x([0-9A-Fa-f]{4})_', lambda m: chr(int(m.group(1), 16)), s)
            for i, sheet in enumerate(E.fromstring(z.read('xl/workbook.xml')).iter(n + 'sheet')):
                root = E.fromstring(z.read('xl/worksheets/sheet%d.xml' % (i + 1)))
                cells = {'': sheet.get('name')}
                for c in root.iter(n + 'c'):
                    t = c.find(n + 'is')
                    cells[c.get('r')] = ('s:' + text(''.join(x.text or '' for x in t.iter(n + 't')))) if t is not None else 'n:' + (c.findtext(n + 'v') or '')
                cells['pane'] = str(root.find('.//' + n + 'pane').get('ySplit'))
                cells['filter'] = root.find(n + 'autoFilter').get('ref')
                cells['formulas'] = str(len(list(root.iter(n + 'f'))))
                out.append(cells)
            json.dump(out, sys.stdout)
            """#
        return try withTemporaryFolder { folder in
            let path = folder + "/x.xlsx"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: Self.python ?? "")
            process.arguments = ["-c", script, path]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let data = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return try #require(JSONSerialization.jsonObject(with: data) as? [[String: String]])
        }
    }

    @Test(.enabled(if: python != nil)) func `a workbook has every cell as text, a frozen header and filters`() throws {
        let cells = hardCells + ["nul\0inside", "c\u{1}d", "\u{FFFE}", "_x0041_ and _xZZ_"]
        let (bytes, written, _) = try ExportFormatTests.export(
            .xlsx, header: ["person_id", "name", "records"], rows: cells.enumerated().map { ["P\($0)", $1, "3"] })
        let sheets = try read(bytes)
        #expect(sheets.count == 1)
        let sheet = try #require(sheets.first)
        #expect((sheet[""], sheet["pane"], sheet["formulas"]) == ("master", "1", "0"))
        #expect(sheet["filter"] == "A1:C\(cells.count + 1)")
        #expect(sheet["B1"] == "s:name")
        for (row, cell) in cells.enumerated() where !cell.isEmpty {
            // XML readers give CRLF as LF.
            let found = (sheet["B\(row + 2)"] ?? "").replacing("\r\n", with: "\n")
            #expect(
                Array(found.utf8) == Array(("s:" + cell.replacing("\r\n", with: "\n")).utf8), "\(cell.debugDescription)"
            )
            #expect(sheet["C\(row + 2)"] == "n:3")
        }
        #expect(written.touchedPath == nil)
    }

    @Test(.enabled(if: python != nil)) func `a cell that is too long is cut and listed`() throws {
        let long = String(repeating: "字", count: 40_000)
        let (bytes, _, list) = try ExportFormatTests.export(
            .xlsx, header: ["person_id", "name"], rows: [["P1", long]])
        #expect(try read(bytes).first?["B2"] == "s:" + String(repeating: "字", count: 32_767))
        #expect(list.contains("master,1,P1,name,long"))
    }
}
