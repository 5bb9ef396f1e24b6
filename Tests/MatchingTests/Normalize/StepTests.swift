import Records
import Testing

@testable import Matching

@Suite struct StepTests {
    /// Each step alone: text in → text out.
    static let tables: [(step: NormalizationStep, rows: [(String, String)])] = [
        (
            .controls,
            [("a\u{200B}b\u{FEFF}", "ab"), ("\u{202A}张\u{FE00}", "张"), ("a\u{0}\u{7F}", "a"), ("a\tb\r\n", "a\tb\r\n")]
        ),
        (
            .interpuncts,
            [
                ("买买提•艾力", "买买提·艾力"), ("买买提 . 艾力", "买买提·艾力"), ("-张三-", "张三"), ("J.Smith", "J.Smith"), ("张.J", "张.J"),
                ("买买提··艾力", "买买提·艾力"), ("---", "---"), ("买买提丶艾力", "买买提·艾力"),
            ]
        ),
        (.apostrophes, [("O’Brien", "O'Brien"), ("O´Brien`s", "O'Brien's")]),
        (.fullWidth, [("ＡＢｃ１２３！", "ABc123!"), ("　", "　"), ("汉", "汉")]),
        (
            .compatibility,
            [("①", "1"), ("ﬁ", "fi"), ("\u{F9D1}", "六"), ("汉字·𠮷", "汉字·𠮷"), ("ｱ", "ア"), ("\u{2F00}", "一")]
        ),
        (.blanks, [("　a \t\u{A0} b　", "a b"), ("\r\n", ""), ("ab", "ab")]),
        (.quotes, [("'123", "123"), ("\"张三\"", "张三"), ("=\"12\"", "12"), ("“张三”", "张三"), ("a'b", "a'b"), ("''", "")]),
        (.spreadsheetNumber, [("13800138000.0", "13800138000"), ("1.0.0", "1.0.0"), (".0", ".0"), ("1.5", "1.5")]),
        (
            .placeholder(for: .text),
            [
                ("不详", ""), ("N / A", ""), ("n.a.", ""), ("(null)", ""), ("...", ""), ("0", "0"), ("00", "00"),
                ("正常", "正常"),
            ]
        ),
        (.placeholder(for: .identifier), [("0", ""), ("00", "00"), ("000000", "")]),
        (
            .guardMark,
            [("'=1+1", "=1+1"), ("'012", "012"), ("'-3", "-3"), ("'tis", "'tis"), ("'", "'"), ("a'1", "a'1")]
        ),
        (.placeholder(for: .number), [("0", "0"), ("000000", "000000"), ("-", ""), ("无", "")]),
        (.brackets, [("张三(已故)", "张三"), ("张(大)三", "张三"), ("(张三)", "(张三)"), ("张三)", "张三"), ("张三(", "张三")]),
        (.brackets, [("张三(户主", "张三"), ("王(小明", "王 小明"), ("Maria (Anna Lopez", "Maria  Anna Lopez")]),
        (.honorifics, [("张建国先生", "张建国"), ("张先生", "张先生"), ("诸葛女士", "诸葛女士"), ("先生", "先生")]),
        (.blankForInterpunct, [("买买提 艾力", "买买提·艾力"), ("欧阳 修远明", "欧阳 修远明"), ("王 小明", "王 小明"), ("a 买买提艾力", "a 买买提艾力")]),
        (.hanBlanks, [("张 三", "张三"), ("a b 张", "a b张"), ("a b", "a b")]),
        (.commaName, [("Smith, John", "John Smith"), ("a,b,c", "a,b,c"), (",a", ",a"), ("张,三", "张,三")]),
        (.lowerCase, [("ABC é", "abc é"), ("ÄÖ", "äö")]),
        (
            .diacritics,
            [
                ("é", "e"), ("ø", "o"), ("ł", "l"), ("ß", "ss"), ("ǚ", "u"), ("й", "й"), ("각", "각"), ("がぎ", "がぎ"),
                ("đặng", "dang"),
            ]
        ),
        (.latinPunctuation, [("o'brien-smith jr.", "obrien smith jr"), ("a, b", "a b"), ("张-三", "张-三")]),
        (.titles, [("mr john", "john"), ("dr", "dr"), ("prof dr li", "li"), ("missy", "missy")]),
        (.date(DateReader()), [("1985/3/7", "1985-03-07"), ("x", "x")]),
        (.residentID, [("37140220060107962x", "37140220060107962X"), ("1 2-3", "123"), ("-", "-")]),
        (.identifier, [("a-1", "A1"), ("Ⅳ", "Ⅳ"), ("残字12", "残字12"), ("--", "")]),
        (.phone, [("+86 138-0013-8000", "13800138000"), ("转", "转"), ("12 34", "1234")]),
        (.division, [("510105001", "510105"), ("x", "x"), ("青羊区", "510105"), ("中国四川省", "510000")]),
        (.ethnicGroup, [("汉 族", "01"), ("x", "x")]),
        (.code(["男": "M"]), [("男", "M"), ("m", "M"), ("x", "x")]),
        (.email, [("A @b.CN", "a@b.cn")]),
        (.postcode, [("sw1 1aa", "SW11AA")]),
        (.houseNumber, [("No.12", "12"), ("0012", "12"), ("0", "0"), ("廿三号", "23"), ("NO", "NO")]),
        (.number, [("+1,000.10", "1000.1"), (".5", "0.5"), ("5.", "5"), (".", "."), ("1,00", "1,00"), ("-", "-")]),
        (.addressMarks, [("地址:青羊区,12#", "青羊区12号"), ("12#号", "12号"), ("#12号", "12号"), ("a,b", "a,b")]),
        (.addressCase, [("a座", "A座"), ("High St.", "high st")]),
        (
            .streetWords,
            [
                ("high st", "high street"), ("st", "st"), ("st kilda rd", "saint kilda road"),
                ("1 st kilda rd", "1 saint kilda road"),
            ]
        ),
        (.placeWords, [("st albans", "saint albans"), ("st", "st"), ("n york", "north york")]),
    ]

    @Test("A step does its one thing", arguments: tables.indices)
    func does(_ index: Int) {
        let (step, rows) = Self.tables[index]
        for (text, expected) in rows {
            let result = step.apply(text)
            #expect(result.utf8.elementsEqual(expected.utf8), "\(step.name): \(text) → \(result), expected \(expected)")
        }
    }

    @Test("Every step has a name of its own, a summary and a table")
    func list() {
        let names = NormalizationStep.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(names) == Set(Self.tables.map(\.step.name)))
        for step in NormalizationStep.all {
            #expect(step.summary.en.hasSuffix(".") && step.summary.zh.hasSuffix("。"), "\(step.name)")
            #expect(step.apply("").isEmpty, "\(step.name)")
        }
    }

    @Test("Every chain is made of listed steps", arguments: FieldKind.allCases)
    func chains(_ kind: FieldKind) {
        let names = Set(NormalizationStep.all.map(\.name))
        let steps = Normalizer(for: Field(name: "f", kind: kind)).steps
        #expect(!steps.isEmpty && steps.allSatisfy { names.contains($0.name) })
    }
}
