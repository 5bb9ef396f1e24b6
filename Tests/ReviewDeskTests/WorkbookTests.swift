import Foundation
import Importers
import Records
import Reports
import Testing

/// Workbooks as they are written and read, hostile ones too.
struct WorkbookTests {
    private func saved(_ rows: [[String]]) throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "/qingku-\(UUID().uuidString).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let book = FormWorkbook(
            title: "t", sheet: "s", columns: rows[0].map { .init($0, width: 10) }, rows: Array(rows.dropFirst()),
            guideSheet: "g", guide: [], refusal: "")
        try book.write(to: path)
        return Array(try #require(FileManager.default.contents(atPath: path)))
    }

    @Test(arguments: [
        "=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "\t=1", "a_x0041_b", "王\u{1}五", "  x ",
    ])
    func `SEC-24: what looks like a formula is text, and comes back as it was`(text: String) throws {
        let rows = [["a", "b"], [text, "x"]]
        let sheet = try WorkbookSheet(saved(rows))
        #expect(sheet.rows.count == 2)
        #expect(sheet.rows[1].cells[0] == .text(text))
    }

    @Test func `SEC-28: what is no workbook, or grows too large, is refused`() throws {
        let good = try saved([["a"], ["b"]])
        #expect(try WorkbookSheet(good).rows.count == 2)
        for bytes in [[], Array("PK\u{3}\u{4}".utf8), Array(good.dropLast(30)), Array(good.dropFirst(10))] {
            #expect(throws: Failure.self) { try WorkbookSheet(bytes) }
        }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try? WorkbookSheet(bytes)
        }
    }
}
