import Records
import Testing

@testable import Importers

struct EncodingTests {
    private static let chinese = "编号,姓名,住址\r\n1,王伟,北京市东城区东华门街道1号\r\n2,李娜,\"四川省,成都市\"\r\n3,张建国,上海市\r\n"
    private static let traditional = "編號,姓名,住址\r\n1,陳大文,臺北市\r\n2,黃美玲,高雄縣\r\n"
    private static let western = "id,name\r\n1,José Núñez\r\n2,Jürgen Müller\r\n3,François\r\n"

    @Test(
        "An encoding is found from the data",
        arguments: [
            (chinese, "UTF-8", [], "utf-8"), (chinese, "UTF-8", [0xEF, 0xBB, 0xBF], "utf-8"),
            (chinese, "GB18030", [], "gb18030"), (chinese, "GBK", [], "gb18030"), (traditional, "BIG5", [], "big5"),
            (chinese, "UTF-16LE", [0xFF, 0xFE], "utf-16le"), (chinese, "UTF-16BE", [0xFE, 0xFF], "utf-16be"),
            (chinese, "UTF-16LE", [], "utf-16le"), (chinese, "UTF-16BE", [], "utf-16be"),
            (western, "CP1252", [], "windows-1252"), (western, "UTF-8", [], "utf-8"),
            ("id,a\n1,x\n", "UTF-8", [], "utf-8"),
        ] as [(String, String, [UInt8], String)])
    func found(_ text: String, _ encoding: String, _ mark: [UInt8], _ name: String) throws {
        let sniffed = try Sniffer.sniff(bytes: mark + encoded(text, encoding), name: "file")
        #expect(sniffed.encoding == name)
        #expect(sniffed.issues.isEmpty)
        #expect(sniffed.dialect?.hasByteOrderMark == !mark.isEmpty)
        let columns = Array(sniffed.columns.map(\.path).dropFirst())
        let result = try read(mark + encoded(text, encoding), plan(columns, id: sniffed.columns[0].path))
        let expected = try read(text, plan(columns, id: sniffed.columns[0].path))
        #expect(result.cells == expected.cells)
        #expect(result.ids == expected.ids)
        #expect(result.table.lines == expected.table.lines)
        #expect(result.issues.isEmpty)
    }

    @Test(arguments: ["GB18030", "BIG5", "UTF-16LE", "UTF-16BE", "CP1252"])
    func `Record offsets are those of the file, in every encoding`(_ encoding: String) throws {
        let text = encoding == "CP1252" ? Self.western : encoding == "BIG5" ? Self.traditional : Self.chinese
        let bytes = encoded(text, encoding)
        let lines = text.split(separator: "\r\n")
        var offset = 0
        var expected: [UInt64] = []
        for line in lines {
            expected.append(UInt64(offset))
            offset += encoded(line + "\r\n", encoding).count
        }
        let columns = lines[0].split(separator: ",").map(String.init)
        let result = try read(bytes, plan(Array(columns.dropFirst()), encoding: encoding, id: columns[0]))
        #expect(result.table.offsets == Array(expected.dropFirst()))
    }

    @Test func `Bytes that are no characters are shown and replaced`() throws {
        let bytes = Array("id,姓名,b\n1,王".utf8) + [0xFF, 0xC3] + Array("伟,x\n2,李娜,y\n3,张".utf8) + [0xE4, 0xBC]
        let result = try read(bytes, plan(["姓名"], id: "id"))
        #expect(result.cells == [["王\u{FFFD}\u{FFFD}伟"], ["李娜"], ["张\u{FFFD}"]])
        #expect(result.checks.filter { $0 == "bad-bytes" }.count == 2)
        let issue = try #require(result.issues.first { $0.check == "bad-bytes" })
        #expect(issue.raw == "王\\xFF\\xC3伟")
        #expect(issue.place == Place(file: "file", line: 2, column: 4))
        #expect(issue.field == "f0")
        #expect(result.table.offsets == [12, 25, 36])
    }

    @Test func `A character cut in half at the end is reported and the rest kept`() throws {
        let bytes = encoded("id,姓名\r\n1,王伟\r\n2,李娜", "GB18030").dropLast()
        let result = try read(Array(bytes), plan(["姓名"], id: "id"))
        #expect(result.cells == [["王伟"], ["李\u{FFFD}"]])
        #expect(result.checks == ["bad-bytes"])
    }

    @Test func `Lines in another encoding are told, not guessed`() throws {
        let bytes = Array("id,姓名\r\n1,王伟\r\n".utf8) + encoded("2,李娜\r\n", "GB18030")
        let result = try read(bytes, plan(["姓名"], id: "id"))
        #expect(result.checks == ["mixed-encodings", "bad-bytes"])
        #expect(result.cells[0] == ["王伟"])
        #expect(result.issues[0].place.line == 3)
    }

    @Test(arguments: [("GB18030", "gb18030"), ("ISO-8859-1", "iso-8859-1")])
    func `Double encoding is recognised and the repair offered`(_ misreading: String, _ command: String) throws {
        let once = Array("id,姓名\n1,王伟\n2,张伟娜\n".utf8)
        let twice = try #require(Iconv(from: misreading)).convert(once).text
        let sniffed = try Sniffer.sniff(bytes: twice, name: "file")
        #expect(sniffed.issues.map(\.check) == ["mojibake"])
        #expect(sniffed.issues[0].message.en.contains("-t \(command)"))
        let failure = try #require(refusal(twice, plan(["姓名"], id: "id")))
        #expect(failure.code == "E-CSV-002")
        #expect(failure.advice?.en.contains("iconv") == true)
    }

    @Test func `A stated encoding that the bytes contradict stops the run and names theirs`() throws {
        let failure = try #require(refusal(encoded(Self.chinese, "GB18030"), plan(["姓名"], encoding: "utf-8")))
        #expect(failure.code == "E-IMP-006")
        #expect(failure.advice?.en.contains("gb18030") == true)
    }

    @Test(arguments: [
        "UTF-8", "utf8", "GBK", "gb2312", "GB 18030", "CP936", "Big5", "windows-1252", "latin1", "windows-1251",
    ])
    func `Encodings go by their usual names`(_ name: String) throws {
        #expect(throws: Never.self) { try TextEncoding.named(name) }
    }

    @Test(arguments: ["", "utf-7", "klingon", "UTF-8//IGNORE", "../../x", "utf-32", "ebcdic-us"])
    func `Other names are refused`(_ name: String) {
        #expect(throws: Failure.self) { try TextEncoding.named(name) }
    }

    @Test func `Han characters that GB 18030-2022 moved are read`() throws {
        let bytes =
            Array("id,a\n1,".utf8) + [0x82, 0x35, 0x90, 0x37] + [0x0A] + Array("2,".utf8) + [
                0x82, 0x35, 0x91, 0x34, 0x0A,
            ]
        #expect(try read(bytes, plan(["a"], encoding: "gb18030", id: "id")).cells == [["\u{9FB4}"], ["\u{9FBB}"]])
    }

    @Test func `Byte order marks are skipped however many`() throws {
        let bytes: [UInt8] = [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + Array("id,a\n1,x\n".utf8)
        let result = try read(bytes, plan(["a"], id: "id"))
        #expect(result.cells == [["x"]])
        #expect(result.checks == ["doubled-byte-order-mark"])
        #expect(result.table.offsets == [11])
    }

    @Test func `Text far behind a plain start still decides the encoding`() throws {
        let bytes =
            Array("id,a\n".utf8) + Array(repeating: Array("1234567,plain\n".utf8), count: 30_000).joined()
            + encoded("x,王伟\ny,李娜\n", "GB18030")
        let result = try read(bytes, plan(["a"]))
        #expect(result.table.file.encoding == "gb18030")
        #expect(result.cells.last == ["李娜"])
        #expect(result.issues.isEmpty)
    }
}
