import Records
import TestSupport
import Testing

@testable import Matching

/// Levels are named in the tables: a row reads as two values → the level they reach.
@Suite struct ComparatorTests {
    static func level(_ comparator: Comparator, _ a: String, _ b: String) -> String {
        var interner = TextInterner()
        let codes = [interner.intern(a), interner.intern(b)]
        let column = RecordTable.Column(
            codes: codes, values: interner.pool, isWellFormed: Array(repeating: true, count: interner.pool.count))
        let prepared = comparator.prepare(column, comparator.ladder)
        if codes.contains(0) { return comparator.ladder.levels[0] }
        if codes[0] == codes[1] {
            return comparator.ladder.levels[Int(comparator.ladder.exactLevels(of: column)[Int(codes[0])])]
        }
        return comparator.ladder.levels[Int(prepared.level(codes[0], codes[1]))]
    }

    @Test(arguments: [
        ("王小明", "王小明", "exact, common"), ("王晓明", "王曉明", "variant form"),
        ("买买提·艾力", "买买提艾力", "variant form"), ("王小明", "wang xiaoming", "romanised"),
        ("张国华", "chang kuo-hua", "romanised"), ("曹雪芹", "ts'ao hsüeh-ch'in", "romanised"),
        ("李志伟", "li chih wei", "romanised"), ("王小明", "chang kuo-hua", "else"),
        ("张伟", "张炜", "same sound and tone"), ("李建国", "李健国", "same sound and tone"),
        ("王芳", "王放", "same sound"), ("王小明", "王明", "partly equal"), ("王小明", "李小明", "given name only"),
        ("王小明", "王小红", "one character different"), ("王伟", "王芳", "surname only"), ("王伟", "李芳", "else"),
        ("robert smith", "smith robert", "else"), ("robert smith", "robert smyth", "one character different"),
        ("", "王伟", "missing"),
    ])
    func fullNamesReachTheLevelOfTheirBestChannel(_ a: String, _ b: String, _ level: String) {
        #expect(Self.level(.personName, a, b) == level)
        #expect(Self.level(.personName, b, a) == level)
    }

    @Test("Every interpunct is passed over, wherever a step left it", arguments: ["·", "•", "‧", "⋅", "・", "･", "⸱"])
    func interpuncts(_ dot: String) {
        #expect(Self.level(.personName, "张三" + dot, "张三丰") != "missing")
        #expect(Self.level(.personName, "张" + dot + "三", "张三") == "variant form")
        #expect(Self.level(.personName, "张" + dot + "三", "张山") == Self.level(.personName, "张三", "张山"))
    }

    @Test("Texts of any length are compared by their beginning")
    func longTexts() {
        let remark = String(repeating: "lorem ipsum ", count: 20_000)
        #expect(Self.level(.personName, remark + "a", remark + "b") != "missing")
        #expect(Self.level(.givenName, remark + "a", "b " + remark) != "missing")
        let page = String(repeating: "阿卜杜拉", count: 50_000)
        #expect(Self.level(.personName, page, "买买提" + page) != "missing")
    }

    @Test(
        "Addresses of namesakes are told apart by their digits",
        arguments: [
            ("aisha7081@mail.com", "aisha6979@mail.com", "else"),
            ("robert255@smith.net", "roberta25@smith.net", "nearly equal"),
            ("li.wei82@mail.cn", "li.wei28@mail.cn", "nearly equal"),
            ("li.wei82@mail.cn", "li.wei82@post.cn", "same name"),
        ])
    func emails(_ a: String, _ b: String, _ level: String) {
        #expect(Self.level(.email, a, b) == level)
        #expect(Self.level(.email, b, a) == level)
    }

    @Test(
        "Names of several words are alike word by word",
        arguments: [
            ("thanh thuy", "thanh hung", "somewhat alike"), ("quang hung", "quang huong", "nearly equal"),
            ("thi linh", "thi hung", "somewhat alike"), ("anna maria", "anna", "nickname or part"),
            ("maria jose", "jose maria", "nickname or part"), ("anna maria", "anna luisa", "somewhat alike"),
        ])
    func compoundNames(_ a: String, _ b: String, _ level: String) {
        #expect(Self.level(.givenName, a, b) == level)
        #expect(Self.level(.givenName, b, a) == level)
    }

    @Test("A street without a number is no door")
    func doors() {
        #expect(Self.level(.address, "青羊区人民中路", "成都市青羊区人民中路") == "same road or village")
        #expect(Self.level(.address, "青羊区人民中路5号", "成都市青羊区人民中路5号") == "same door")
    }

    @Test(arguments: [
        ("robert", "robert", "exact, common"), ("robert", "bob", "nickname or part"), ("r", "robert", "initial"),
        ("mary ann", "mary", "nickname or part"), ("jon", "john", "nearly equal"), ("robert", "alice", "else"),
    ])
    func givenNames(_ a: String, _ b: String, _ level: String) {
        #expect(Self.level(.givenName, a, b) == level)
        #expect(Self.level(.givenName, b, a) == level)
    }

    @Test(arguments: [
        ("dobbins jr", "dobbins senior", "else"), ("dobbins ii", "dobbins iii", "else"),
        ("dobbins jr", "dobbins ii", "nearly equal"), ("dobbins", "dobbins jr", "nearly equal"),
        ("jr", "sr", "else"), ("robert jr", "bob jr", "nickname or part"),
    ])
    func marksOfGenerationsTellFatherFromSon(_ a: String, _ b: String, _ level: String) {
        #expect(Self.level(.givenName, a, b) == level)
        #expect(Self.level(.givenName, b, a) == level)
    }

    @Test func marksOfGenerationsCountInSurnamesAndFullNames() {
        #expect(Self.level(.surname, "dobbins jr", "dobbins sr") == "else")
        #expect(Self.level(.personName, "robert smith jr", "robert smith sr") == "else")
        #expect(Self.level(.personName, "robert smith jr", "robert smyth jr") == "one character different")
    }

    @Test(arguments: [
        ("jon smith", "john smith", "one edit"), ("jon smiht", "john smith", "two edits"), ("ann", "robert", "else"),
        ("ann", "ann", "exact, common"),
    ])
    func plainLevelsCountEditsOnly(_ a: String, _ b: String, _ level: String) {
        #expect(Self.level(Comparator.personName.plain, a, b) == level)
        #expect(Comparator.code.plain.ladder.levels == Comparator.code.ladder.levels)
    }

    @Test(arguments: [
        ("1985-03-07", "1985-03-07", "exact"), ("1985-03-07", "1985-07-03", "one digit off or exchanged"),
        ("1985-03-07", "1985-03-17", "one digit off or exchanged"),
        ("1985-03-07", "1958-03-07", "one digit off or exchanged"), ("1985-03-07", "1985-03-29", "two parts equal"),
        ("1985-03-07", "1985-11-29", "same year"), ("1985-03-07", "1971-11-29", "else"),
        ("1985-13-07", "1985-07-13", "one digit off or exchanged"), ("1985-03-07", "1984-03-08", "two digits off"),
    ])
    func dates(_ a: String, _ b: String, _ level: String) {
        #expect(Self.level(.date, a, b) == level)
        #expect(Self.level(.date, b, a) == level)
    }

    @Test(arguments: [
        ("11010519491231002X", "11010519491231002X", "exact"),
        ("11010519491231002X", "110105194912310029", "one digit off"),
        ("11010519491231002X", "110105194912315678", "same division and birth date"),
        ("11010519491231002X", "110105199912310011", "else"),
        ("11010519491231002X", "11010591491231002X", "one digit off"),
    ])
    func residentIDs(_ a: String, _ b: String, _ level: String) {
        #expect(Self.level(.residentID, a, b) == level)
        #expect(Self.level(.residentID, b, a) == level)
    }

    @Test(arguments: [
        ("110105", "110105", "exact"), ("110101", "110105", "same prefecture"), ("110105", "650102", "else"),
    ])
    func divisions(_ a: String, _ b: String, _ level: String) {
        #expect(Self.level(.division, a, b) == level)
    }

    @Test(arguments: Comparator.all)
    func everyComparatorHasAUniqueNameBothLanguagesAndAtMostSixteenLevels(_ comparator: Comparator) {
        #expect(Comparator.all.count { $0.name == comparator.name } == 1)
        #expect(!comparator.summary.en.isEmpty && !comparator.summary.zh.isEmpty)
        #expect(comparator.ladder.count <= 16)
        #expect(comparator.ladder.levels.first == "missing" && comparator.ladder.levels[1] == "else")
    }

    @Test(arguments: Comparator.all)
    func everyComparatorGivesEqualValuesTheBestGradeAndIgnoresOrder(_ comparator: Comparator) {
        let values = ["王小明", "110105", "11010519491231002X", "1985-03-07", "robert", "13800138000", "北京市东城区和平路3号"]
        for a in values {
            #expect(Self.level(comparator, a, a).hasPrefix("exact"))
            for b in values { #expect(Self.level(comparator, a, b) == Self.level(comparator, b, a)) }
        }
    }

    @Test(arguments: FieldKind.allCases)
    func everyFieldKindHasAStandardComparator(_ kind: FieldKind) {
        #expect(Comparator.all.contains { $0.name == Comparator.standard(for: kind).name })
    }
}
