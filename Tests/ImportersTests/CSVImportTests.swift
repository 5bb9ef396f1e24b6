import Records
import Testing

@testable import Importers

struct CSVImportTests {
    @Test func `Only mapped columns are kept, as they came`() throws {
        let result = try read("id,name,age\n7, Wáng ,40\n8,,\n", plan(["name"], id: "id"))
        #expect(result.cells == [[" Wáng "], [""]])
        #expect(result.ids == ["7", "8"])
        #expect(result.table.lines == [2, 3])
        #expect(result.table.offsets == [12, 25])
        #expect(result.table.columns[0]?.header == "name")
        #expect(result.issues.isEmpty)
        #expect(result.table.file.size == 29)
        #expect(result.table.file.dialect?.headers == ["id", "name", "age"])
        #expect(result.table.file.dialect?.guessed == ["delimiter", "encoding", "header", "quote"])
    }

    @Test func `The hash is that of the bytes`() throws {
        let result = try read("a\nabc\n", plan(["a"]))
        #expect(result.table.file.sha256 == "6b6494035bc577dae2ff22d9522d839aff3a497561447d65da21ddd11bd5f151")
    }

    @Test(
        "A fault of a row is an issue at its place, and the run goes on",
        arguments: [
            ("id,a\n1,x\n2\n3,z", "ragged-row", 3, nil),
            ("id,a\n1,x,y\n3,z", "ragged-row", 2, nil),
            ("id,a\n1,\"x\n3,z", "unterminated-quote", 2, 3),
            ("id,a\n1,\"x\"y\n3,z", "text-after-quote", 2, 6),
            ("id,a\n1,x\"y\n3,z", "stray-quote", 2, 4),
            ("id,a\n1,x\n1,z", "duplicate-record-id", 3, nil),
            ("id,a\n1,x\n,z", "missing-record-id", 3, nil),
            ("id,a\n1,王\u{0}伟\n2,z", "nul-character", 2, 3),
            ("id,a\n1,王\u{FFFD}\n2,z", "damaged-text", 2, 3),
            ("id,a\n1,x\n2,锟斤拷", "damaged-text", 3, 3),
            ("id,a,a\n1,x,y", "duplicate-header", 1, nil),
            ("id,a\n\n1,x\n,\n", "blank-rows", 2, nil),
            ("id,a\n1,x,\n2,y,\n", "trailing-delimiter", 2, nil),
            ("Title,\nid,a\n1,x\n", "title-rows", 1, nil),
            ("id,a\n1,x\r\n2,y\n", "mixed-line-endings", nil, nil),
            ("id,a\n", "no-rows", nil, nil),
        ] as [(String, String, Int?, Int?)])
    func rowFaults(_ text: String, _ check: String, _ line: Int?, _ column: Int?) throws {
        let result = try read(text, plan(["a"], id: "id"))
        #expect(result.checks == [check])
        #expect(result.issues.first?.place.line == line)
        #expect(result.issues.first?.place.column == column)
        #expect(result.issues.first?.source == "office")
    }

    @Test func `Without quoting a quote is a letter like any other`() throws {
        let result = try read("id,a\n1,\"x\n2,y\"z\n3,\"v\"\n", plan(["a"], quote: "none", id: "id"))
        #expect(result.checks == [])
        #expect(result.ids == ["1", "2", "3"])
        #expect(result.cells.map { $0[0] } == ["\"x", "y\"z", "\"v\""])
    }

    @Test func `A second record with the same id is called by number, free names only`() throws {
        let result = try read("id,a\nA,1\nA,2\nA,3\nA#2,4\n,5\n,6\n", plan(["a"], id: "id"))
        #expect(result.ids == ["A", "A#2", "A#3", "A#2#2", "line 6", "line 7"])
        #expect(Set(result.ids).count == 6)
        let duplicate = try #require(result.issues.first { $0.check == "duplicate-record-id" })
        #expect(duplicate.recordID == "A#2")
        #expect(duplicate.message.en.contains("lines 2 and 3"))
    }

    @Test func `Without a record id the line number is the id`() throws {
        #expect(try read("a\nx\n\"y\nz\"\nw\n", plan(["a"])).ids == ["2", "3", "5"])
    }

    @Test func `Without a header columns go by number`() throws {
        let result = try read("1,Anna\n2,Bob\n", plan(["2"], id: "1"))
        #expect(result.cells == [["Anna"], ["Bob"]])
        #expect(result.table.file.dialect?.hasHeader == false)
        let stated = try read("n,m\n2,Bob\n", plan(["2"], hasHeader: false))
        #expect(stated.cells == [["m"], ["Bob"]])
    }

    @Test func `A missing column is an issue that names the nearest header`() throws {
        let result = try read("id,full_name,dob\n1,x,y\n", plan(["dob", "fullname"], id: "id"))
        #expect(result.checks == ["missing-column"])
        #expect(result.issues[0].message.en.contains("full_name"))
        #expect(result.issues[0].field == "f1")
        #expect(result.table.columns[1] == nil)
    }

    @Test(
        "What makes the whole file unreadable stops the run",
        arguments: [
            ("", "E-IMP-002"), ("x,y\n1,2\n", "E-CSV-002"), ("a,y\n1,2\n", "E-CSV-002"),
            ("\u{1F}\u{8B}", "E-CSV-002"), ("<?xml version='1.0'?><a/>", "E-IMP-004"),
            ("PK\u{3}\u{4}rest", "E-IMP-003"), ("\n\n\n", "E-CSV-004"),
        ])
    func unreadable(_ text: String, _ code: String) {
        #expect(refusal(Array(text.utf8), plan(["a"], id: "id"))?.code == code)
        #expect(refusal(Array(text.utf8), plan(["a"], id: "id"))?.kind == .badInput)
    }

    @Test func `Compressed files are refused by name`() {
        let magics: [[UInt8]] = [
            [0x1F, 0x8B, 8], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], [0x50, 0x4B, 3, 4], [0x42, 0x5A, 0x68],
            [0x28, 0xB5, 0x2F, 0xFD],
        ]
        for magic in magics {
            #expect(refusal(magic + [1, 2, 3], plan(["a"]))?.code == "E-IMP-003")
            #expect(refusal(magic + [1, 2, 3], plan(["a"], format: .xml, record: "/a"))?.code == "E-IMP-003")
        }
    }

    @Test func `A missing file and a folder are told apart from a bad one`() {
        for path in ["/nonexistent/file.csv", "/"] {
            #expect(throws: Failure.self) {
                try Importer.read(plan(["a"]).plan, path: path, schema: plan(["a"]).schema)
            }
        }
    }

    @Test func `Issues of a kind are capped and the rest is counted`() throws {
        var limits = ImportLimits()
        limits.issues = 3
        let text = "id,a\n" + (1...10).map { "\($0)\n" }.joined()
        let result = try read(text, plan(["a"], id: "id"), limits: limits)
        #expect(result.table.count == 10)
        #expect(result.checks == ["ragged-row", "ragged-row", "ragged-row", "ragged-row"])
        #expect(result.issues.last?.message.en.hasPrefix("7 more") == true)
    }

    @Test func `A cell over the limit is cut at a character`() throws {
        var limits = ImportLimits()
        limits.field = 10
        let result = try read("id,a\n1,王王王王王\n2,x\n", plan(["a"], id: "id"), limits: limits)
        #expect(result.cells == [["王王王"], ["x"]])
        #expect(result.checks == ["field-too-long"])
    }

    @Test func `A million columns are counted, not kept`() throws {
        let text = "id,a\n1,x" + String(repeating: ",", count: 200_000) + "y\n2,z\n"
        let result = try read(text, plan(["a"], id: "id"))
        #expect(result.cells == [["x"], ["z"]])
        #expect(result.checks == ["ragged-row"])
    }
}
