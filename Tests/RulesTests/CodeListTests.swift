import Records
import Testing

@testable import Rules

@Suite struct CodeListTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let header: String
        let values: KeyValuePairs<String, Int>
        /// `nil`: no list.
        let codes: [String: String]?
        var leftOut = 0

        var testDescription: String { "\(header) \(values)" }
    }

    static let cases: [Case] = [
        Case(header: "性别", values: ["男": 146, "女": 152, "吴涛峰": 1, "3": 1], codes: ["男": "M", "女": "F"], leftOut: 2),
        Case(
            header: "性别", values: ["男": 9, "女": 9, "110112200407265872": 1, "未知": 1], codes: ["男": "M", "女": "F"],
            leftOut: 1),
        Case(header: "性别", values: ["男 ": 3, "女": 1, "男": 2], codes: ["男": "M", "女": "F"]),
        Case(header: "sex", values: ["M": 5, "F": 4, "f": 1], codes: ["M": "M", "F": "F", "f": "F"]),
        Case(
            header: "xb", values: ["1": 502, "2": 494, "0": 3, "9": 1],
            codes: ["1": "M", "2": "F", "9": "9", "M": "M", "F": "F"]),
        Case(header: "sex", values: ["F": 9], codes: ["F": "F"]),
        Case(header: "级别", values: ["1": 50, "2": 50], codes: ["1": "1", "2": "2"]),
        Case(header: "是否建档", values: ["是": 50, "否": 60, "王伟": 1], codes: ["是": "1", "否": "0"], leftOut: 1),
        Case(
            header: "婚姻状况", values: ["已婚": 561, "未婚": 331, "离异": 107, "丧偶": 1],
            codes: ["已婚": "已婚", "未婚": "未婚", "离异": "离异", "丧偶": "丧偶"]),
        Case(
            header: "婚姻状况", values: ["已婚": 561, "未婚": 331, "王小伟": 1, "1990-01-02": 1],
            codes: ["已婚": "已婚", "未婚": "未婚"], leftOut: 2),
        Case(
            header: "status",
            values: ["active": 400, "closed": 300, "pending": 200, "activ": 1, "void": 1, "cloesd": 1],
            codes: ["active": "active", "closed": "closed", "pending": "pending", "void": "void"], leftOut: 2),
        // Too many of the values are rare: a slip and a rare code cannot be told apart.
        Case(
            header: "state",
            values: [
                "nsw": 353, "vic": 250, "qld": 168, "vix": 2, "nsq": 2, "nt": 2, "nrw": 1, "gas": 1, "qdl": 1,
            ], codes: nil),
        Case(header: "备注", values: ["电话打不通??": 48, "每月第一周走访，注意其子在外地务工": 42, "独居": 40], codes: nil),
        Case(header: "文件", values: ["a": 1, "b": 1, "c": 1], codes: nil),
        Case(header: "所有", values: ["x": 100], codes: nil),
    ]

    @Test(arguments: cases)
    func `a list holds what is usual, and nothing that may be an error or personal`(_ entry: Case) {
        let column = Column.counted(entry.header, entry.values)
        let list = CodeList(column, isSex: HeaderWord.of(entry.header)?.field == "sex", most: 30)
        let codes = list.map { Dictionary($0.codes.map { ($0.written, $0.code) }) { first, _ in first } }
        #expect(codes == entry.codes)
        #expect((list?.leftOut.values ?? 0) == entry.leftOut)
    }

    @Test func `values from the end of the file are on the list`() throws {
        let early = Array(repeating: ["东镇", "西镇"], count: 300).flatMap { $0 }
        let late = Array(repeating: "新镇", count: 90)
        var interner = TextInterner()
        let codes = (early + late).map { interner.intern($0) }
        let guess = ColumnGuess(
            ColumnSample(SourceTable.Column(header: "乡镇", codes: codes, values: interner.pool)))
        #expect(guess.kind == .code)
        #expect(guess.codes.map(\.written) == ["东镇", "西镇", "新镇"])
    }

    @Test func `a form counts by records where the values are few`() {
        let column = Column.counted("所在", ["110105": 1496, "1972-06-22": 1, "北京市朝阳区建国路285号": 1, "119999": 1])
        #expect(ColumnGuess(column).kind == .division)
    }

    @Test func `what is left out is counted in the draft, and its values are not in it`() throws {
        let sample = FileSample(
            path: "a.csv", format: .csv,
            columns: [
                Column.counted("姓名", ["李华": 1, "王伟": 1]),
                Column.counted("性别", ["男": 146, "女": 152, "吴涛峰": 2]),
            ])
        let text = try RuleDraft.draft([sample], year: 2024)
        #expect(text.contains("  sex: { type: code, required: true, codes: { 女: F, 男: M } }"), "\(text)")
        #expect(text.contains("a.性别: by its name; not listed: 1 unlike the others, in 2 records"))
        #expect(!text.contains("吴涛峰"))
        let chinese = try RuleDraft.draft([sample], language: .chinese, year: 2024)
        #expect(chinese.contains("依列名；另有 1 个与其余不同的取值未列入（2 条记录）"))
    }

    @Test(arguments: [(["正常": 9], FieldKind.code), (["正常": 9, "在册": 1], .text)] as [([String: Int], FieldKind)])
    func `a list stands while it holds what the other office writes`(
        _ other: [String: Int], _ kind: FieldKind
    ) throws {
        let lists = FileSample(
            path: "a.csv", format: .csv, columns: [Column.counted("人员状态", ["正常": 90, "迁出": 9, "死亡": 9])])
        let free = FileSample(
            path: "b.csv", format: .csv,
            columns: [Column.counted("状态", ["正常": other["正常"] ?? 0, "在册": other["在册"] ?? 0])])
        for samples in [[lists, free], [free, lists]] {
            let field = try #require(
                try RuleBook.parse(RuleDraft.draft(samples, year: 2024), path: "/r.yaml").schema.fields.first)
            #expect(field.kind == kind)
            #expect(field.codes.keys.sorted() == (kind == .code ? ["死亡", "正常", "迁出"].sorted() : []))
        }
    }

    @Test(arguments: [("备注", FieldKind.text), ("notes", .text), ("档级", .code)])
    func `remarks are no codes`(_ header: String, _ kind: FieldKind) {
        #expect(ColumnGuess(Column.counted(header, ["独居": 30, "残疾": 40])).kind == kind)
    }
}

@Suite struct AmountsTests {
    static func column(_ header: String, _ values: [String]) -> ColumnSample {
        var interner = TextInterner()
        let codes = values.map { interner.intern($0) }
        return ColumnSample(SourceTable.Column(header: header, codes: codes, values: interner.pool))
    }

    /// 478 different ones of four digits, some twice.
    static let incomes = (0..<1000).map { String(1200 + $0 * 37 % 478) }

    static let cases: [(String, [String], FieldKind)] = [
        ("收入", incomes, .number), ("收入", series(50_000, 50), .number), ("x", incomes, .number),
        ("x", ["1.5", "2.25", "-3", "1,200.5"], .number), ("年龄", ["3", "40", "40", "7"], .number),
        ("x", incomes + ["many", "many", "few"], .number),
        // Padded, all of one length, or one a record: they name something.
        ("x", series(0, 50).map { "00\($0)" } + ["001", "002"], .text), ("x", series(73_000, 50) + ["73001"], .text),
        ("x", series(1, 300), .text), ("card no", incomes, .text), ("工号", incomes, .text),
        ("邮编", series(100_000, 90), .postcode), ("电话", series(1000, 90).map { "1380013\($0)" }, .phone),
        ("收入", ["many", "few", "12", "13"], .text),
    ]

    private static func series(_ first: Int, _ count: Int) -> [String] {
        (first..<(first + count)).map(String.init)
    }

    @Test(arguments: cases)
    func `amounts are numbers, and what only has digits is none`(
        _ header: String, _ values: [String], _ kind: FieldKind
    ) {
        #expect(ColumnGuess(Self.column(header, values)).kind == kind)
    }
}
