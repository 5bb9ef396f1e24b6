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
                    let (file, written) = try CorrectionsFile.write(
                        records, source: source, recordIDHeader: "编号", language: language, with: outbox.maker
                    ) { emit in for correction in all { try emit(correction) } }
                    outbox.add(file)
                    summary = written
                }, manifest: { _, _ in })
            return try (#require(summary), contents(folder + "/run/" + #require(summary).file))
        }
    }

    @Test func `an office gets its own columns, dates, codes and line ends`() throws {
        let (summary, bytes) = try corrections(sampleRecords(), source: 0)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "\u{FEFF}编号,行号,操作,栏目,原值,改为,理由,依据\r\n" + "R1,2,补填,性别,,女,与身份证号不符,R1\r\n"
                + "R1,2,更改,出生日期,'=1+1,1985/3/8,与身份证号不符,R1\r\n")
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
        #expect(rest.starts(with: Array("D,1;2;".utf8)))
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

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+cmd|x", "'+cmd|x"), ("@a", "'@a"), ("\t=1", "'\t=1"), ("＝1", "'＝1"), ("-", "-"),
        ("-5.2", "-5.2"),
        ("+86 138-0013-8000", "+86 138-0013-8000"), ("-x", "'-x"), ("", ""), ("a=1", "a=1"), ("张三", "张三"),
    ])
    func `formulas are guarded, numbers are not`(cell: String, guarded: String) {
        #expect(guardedCell(cell) == guarded)
    }
}
