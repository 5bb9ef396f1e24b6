import Reconciliation
import Records
import Testing

struct OfficeNotationTests {
    /// The column's cells as `raw→normalised`, then a value (and how another office wrote it) → the form expected.
    struct Case: Sendable, CustomTestStringConvertible {
        let kind: FieldKind
        let cells: [String]
        let value: String
        var raw: String?
        let written: String
        var codes: [String: String] = [:]
        /// Cells of another source.
        var others: [String] = []

        var testDescription: String { "\(kind.rawValue) like \(cells): \(value) is written \(written)" }
    }

    static let cases: [Case] = [
        Case(kind: .date, cells: ["19850307→1985-03-07"], value: "2001-12-09", written: "20011209"),
        Case(kind: .date, cells: ["1985-03-07→1985-03-07"], value: "2001-12-09", written: "2001-12-09"),
        Case(kind: .date, cells: ["1985/3/7→1985-03-07"], value: "2001-02-09", written: "2001/2/9"),
        Case(kind: .date, cells: ["1985.03.07→1985-03-07"], value: "2001-02-09", written: "2001.02.09"),
        Case(kind: .date, cells: ["1985年3月7日→1985-03-07"], value: "2001-12-09", written: "2001年12月9日"),
        Case(kind: .date, cells: ["1985年03月07日→1985-03-07"], value: "2001-12-09", written: "2001年12月09日"),
        Case(kind: .date, cells: ["17/03/1985→1985-03-17"], value: "2001-12-09", written: "09/12/2001"),
        Case(kind: .date, cells: ["3/17/1985→1985-03-17"], value: "2001-12-09", written: "12/9/2001"),
        Case(kind: .date, cells: ["17031985→1985-03-17"], value: "2001-12-09", written: "09122001"),
        Case(kind: .date, cells: ["1985/12/17→1985-12-17"], value: "2001-02-09", written: "2001/02/09"),
        Case(
            kind: .date, cells: ["03/03/1985→1985-03-03", "04/03/1985→1985-04-03"], value: "2001-02-09",
            written: "02/09/2001"),
        Case(
            kind: .date, cells: ["1985/3/7→1985-03-07", "1985-03-08→1985-03-08", "1985/3/9→1985-03-09"],
            value: "2001-02-09", written: "2001/2/9"),
        Case(kind: .date, cells: ["unknown→!unknown", ""], value: "2001-02-09", written: "2001-02-09"),
        Case(kind: .date, cells: ["1985/3/7→1985-03-07"], value: "1985", written: "1985"),
        Case(kind: .code, cells: ["1→M", "2→F"], value: "F", written: "2"),
        Case(kind: .code, cells: ["男→M", "男→M", "1→M"], value: "M", written: "男"),
        Case(
            kind: .code, cells: ["男→M"], value: "F", written: "女",
            codes: ["男": "M", "女": "F", "male": "M", "female": "F", "1": "M", "2": "F"]),
        Case(
            kind: .code, cells: ["male→M"], value: "F", written: "female",
            codes: ["男": "M", "女": "F", "male": "M", "female": "F", "1": "M", "2": "F"]),
        Case(kind: .ethnicGroup, cells: ["汉族→01"], value: "03", written: "回族", others: ["回→03", "回族→03", "03→03"]),
        Case(kind: .ethnicGroup, cells: ["汉→01"], value: "03", written: "回", others: ["回→03", "回族→03", "03→03"]),
        Case(kind: .ethnicGroup, cells: ["汉→01"], value: "05", written: "05"),
        Case(kind: .residentID, cells: [], value: "11010519491231002X", written: "11010519491231002X"),
        Case(kind: .personName, cells: ["王 秀→王秀"], value: "李强", raw: "李　强", written: "李强"),
        Case(
            kind: .personName, cells: ["Mary Ann→mary ann"], value: "john smith", raw: " John Smith",
            written: "John Smith"),
        Case(
            kind: .personName, cells: ten("MARY ANN→mary ann"), value: "john smith", raw: "John Smith",
            written: "JOHN SMITH"),
        // A few cells are no habit.
        Case(
            kind: .personName, cells: Array(ten("MARY ANN→mary ann").dropLast()), value: "john smith",
            raw: "John Smith", written: "John Smith"),
        Case(
            kind: .email, cells: ten("a@b.example→a@b.example"), value: "x@y.example", raw: "X@Y.example",
            written: "x@y.example"),
    ]

    private static func ten(_ cell: String) -> [String] { Array(repeating: cell, count: 10) }

    @Test("a value in the office's own notation", arguments: cases)
    func writes(_ test: Case) throws {
        let records = Registry.table(
            [Field(name: "field", kind: test.kind, codes: test.codes)],
            [
                Registry.Office("own", test.cells.enumerated().map { ["\($0)", $1] }),
                Registry.Office("other", test.others.enumerated().map { ["\($0)", $1] }),
            ])
        let notation = try #require(OfficeNotation.learn(records).first)
        #expect(notation.write(test.value, asWritten: test.raw ?? test.value, field: 0) == test.written)
    }
}
