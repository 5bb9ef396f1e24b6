import Testing

@testable import Records

struct RecordViewTests {
    private static let cells = [
        "", "Anna", " Anna", "Anna  Lee", "Anna Lee ", "Anna\tLee", "Anna\u{A0}Lee", "Zoë Lee", "Zoë  Lee", "É tienne",
        "张 三", "O'Brien\r\nJr", "a \u{301}b", "\u{3000}x", "x\u{2003}y", "é è", "12 High St",
    ]

    /// A table of one source whose normalised values are the cells in lower case, or just the cells.
    private static func table(
        _ kind: FieldKind, lowered: Bool, cells: [String] = cells, missing: Set<String> = []
    ) -> RecordTable {
        var (ids, raw, values) = (TextInterner(), TextInterner(), TextInterner())
        let recordIDs = cells.indices.map { ids.intern("R\($0)") }
        let written = cells.map { raw.intern($0) }
        let codes = cells.map { values.intern(missing.contains($0) ? "" : lowered ? $0.lowercased() : $0) }
        let source = SourceTable(
            profile: SourceProfile(name: "a"),
            file: SourceFile(path: "a.csv", format: .csv, sha256: "", size: 0, encoding: "utf-8"), recordIDs: recordIDs,
            recordIDPool: ids.pool, lines: cells.indices.map { UInt32($0) }, offsets: cells.indices.map { UInt64($0) },
            columns: [SourceTable.Column(header: "h", codes: written, values: raw.pool)])
        let column = RecordTable.Column(
            codes: lowered ? codes : written, values: lowered ? values.pool : raw.pool,
            isWellFormed: cells.map { _ in true })
        return RecordTable(schema: Schema([Field(name: "f", kind: kind)]), sources: [source], columns: [column])
    }

    @Test(arguments: [FieldKind.street, .givenName, .address, .text], [true, false])
    func `the view shows the bytes of the table`(kind: FieldKind, lowered: Bool) {
        let records = Self.table(kind, lowered: lowered)
        records.withView { view in
            for row in 0..<records.count {
                let shown = view.withShown(row, 0) { String(decoding: $0, as: UTF8.self) }
                #expect(Array(shown.utf8) == Array(records.shown(row, 0).utf8))
                #expect(String(decoding: view.raw(row, 0), as: UTF8.self) == records.raw(row, 0))
                #expect(String(decoding: view.recordID(row), as: UTF8.self) == records.recordID(row))
                #expect(view.source(row) == "a")
                let isSame = records.shown(row, 0).utf8.elementsEqual(records.raw(row, 0).utf8)
                #expect(view.isShownUnchanged(row, 0) == isSame, "\(Self.cells[row])")
            }
        }
    }

    @Test(arguments: [FieldKind.street, .text], [true, false])
    func `a field is shown unchanged only when each of its cells is`(kind: FieldKind, lowered: Bool) {
        for cell in Self.cells {
            let records = Self.table(kind, lowered: lowered, cells: ["", "Anna Lee", cell])
            records.withView { view in
                #expect(!view.isShownUnchanged(0) || view.isShownUnchanged(2, 0), "\(cell)")
            }
        }
        let plain = Self.table(.street, lowered: lowered, cells: ["", "12 High St", "Anna"])
        plain.withView { view in #expect(view.isShownUnchanged(0)) }
        let missing = Self.table(.street, lowered: true, cells: ["n/a", "Anna"], missing: ["n/a"])
        missing.withView { view in #expect(!view.isShownUnchanged(0) && !view.isShownUnchanged(0, 0)) }
    }

    @Test func `an interner goes on from the texts of a pool`() {
        var first = TextInterner()
        let texts = (0..<300).map { "text \($0)" }
        let codes = texts.map { first.intern($0) }
        var second = TextInterner(first: 200, of: first.pool)
        #expect(second.count == 200)
        #expect(texts[..<199].map { second.intern($0) } == Array(codes[..<199]))
        #expect(second.intern("new") == 200)
        #expect(second.intern("text 250") == 201)
        #expect(second.pool[5] == first.pool[5] && second.pool[200] == "new")
        var empty = TextInterner(first: 0, of: TextPool())
        #expect(empty.intern("a") == 1)
    }
}
