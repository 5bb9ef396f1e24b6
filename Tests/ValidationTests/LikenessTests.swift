import Records
import Testing

@testable import Validation

@Suite struct SlipFinderTests {
    struct Case: Sendable {
        let kind: FieldKind
        let a: String
        let b: String
        let slip: Evidence.Slip?

        init(_ kind: FieldKind, _ a: String, _ b: String, _ slip: Evidence.Slip?) {
            self.kind = kind
            self.a = a
            self.b = b
            self.slip = slip
        }
    }

    @Test(arguments: [
        Case(.residentID, "510112197809172644", "510112197809172694", .digit),
        Case(.residentID, "510112197809172644", "510112197809172654", .adjacentKey),
        Case(.residentID, "510112197809172644", "510112197890172644", .transposition),
        Case(.residentID, "510112197809172644", "51011219780917264", .dropped),
        Case(.residentID, "510112197809172644", "510182195102036817", nil),
        Case(.phone, "13800138000", "1380013800", .dropped),
        Case(.phone, "13800138000", "13900148000", nil),
        Case(.date, "1978-09-07", "1978-07-09", .dayAndMonth),
        Case(.date, "1978-09-17", "1988-09-17", .adjacentKey),
        Case(.date, "1978-09-17", "1978-09-28", .digit),
        Case(.date, "1978-09-17", "1951-02-17", nil),
        Case(.date, "1978-09-17", "1978-17-09", nil),
        Case(.personName, "王秀英", "王秀鹰", .homophone),
        Case(.personName, "侯建国", "候建国", .homophone),
        Case(.personName, "王晴", "王睛", .lookAlike),
        Case(.personName, "徐明", "涂明", .lookAlike),
        Case(.personName, "王秀英", "王秀梅", .character),
        Case(.personName, "王秀英", "王英秀", .transposition),
        Case(.personName, "王秀英", "王英", .dropped),
        Case(.personName, "王英", "李秀", nil),
        Case(.address, "河南省郑州市惠济区新城街道朝阳大街246号", "河南省郑州市惠济区新城街道朝扬大街246号", .homophone),
        Case(.address, "河南省郑州市惠济区新城街道朝阳大街246号", "惠济区新城街道朝阳大街26号", .dropped),
        Case(.address, "惠济区新城街道朝阳大街246号", "河南省郑州时惠济区新城街道朝阳大街246号", .character),
        Case(.address, "河南省郑州市惠济区新城街道朝阳大街246号", "河南省郑州市惠济区老鸦陈街道民族路9号", nil),
        Case(.code, "1", "2", nil),
    ])
    func namesTheMistakeThatMakesOneOfTheOther(_ test: Case) {
        #expect(SlipFinder.slip(test.kind, test.a, test.b) == test.slip)
        #expect(SlipFinder.slip(test.kind, test.b, test.a) == test.slip)
        #expect(SlipFinder.slip(test.kind, test.a, test.a) == nil)
    }

    @Test(arguments: [
        ("1", "2", true), ("9", "0", true), ("0", "1", true), ("5", "8", true), ("1", "9", false), ("3", "3", false),
    ])
    func keysBesideEachOther(_ a: String, _ b: String, _ areNeighbours: Bool) throws {
        let (x, y) = (try #require(a.utf8.first), try #require(b.utf8.first))
        #expect(Keypad.areNeighbours(x, y) == areNeighbours)
    }
}

@Suite struct SameFormTests {
    @Test(arguments: [
        (FieldKind.personName, "张国兴", "張國興", true),
        (.personName, "阿依古丽·买买提", "阿依古丽买买提", true),
        (.personName, "王秀英", "Wang Xiuying", true),
        (.personName, "王秀英", "Xiuying WANG", true),
        (.personName, "王秀英", "Wang Xiumei", false),
        (.personName, "王秀英", "王秀鹰", false),
        (.address, "河南省郑州市惠济区新城街道朝阳大街246号", "惠济区新城街道朝阳大街246号", true),
        (.address, "河南省郑州市惠济区新城街道朝阳大街246号", "河南省郑州时惠济区新城街道朝阳大街246号", false),
        (.address, "河南省郑州市惠济区新城街道朝阳大街246号", "河南省郑州市惠济区新城街道朝阳大街24号", false),
        (.address, "河南省郑州市惠济区新城街道朝阳大街246号", "河南省郑州市金水区新城街道朝阳大街246号", false),
        (.division, "330126", "330182", true),
        (.division, "330100", "330182", true),
        (.division, "330182", "330106", false),
        (.division, "999999", "330106", false),
        (.phone, "01062345678", "62345678", true),
        (.phone, "13800138000", "13800138001", false),
        (.date, "1978-09-17", "1978-09-18", false),
        (.code, "1", "1", true),
    ])
    func tellsAnotherWayOfWritingFromAnotherValue(_ kind: FieldKind, _ a: String, _ b: String, _ isSame: Bool) {
        #expect(SameForm.holds(kind, a, b) == isSame)
        #expect(SameForm.holds(kind, b, a) == isSame)
    }
}

@Suite struct LinkedGroupsTests {
    @Test func groupsOfOneAreLeftOut() {
        let groups = LinkedGroups(
            smallest: [0, 1, 0, 3, 1, 0], records: Registry.table((0..<6).map { _ in ["name": "王伟"] }))
        #expect(groups.count == 2)
        #expect(groups[0] == [0, 2, 5])
        #expect(groups[1] == [1, 4])
        #expect(groups.group(of: 3) == nil)
        #expect(groups.rows(with: 3) == [3])
        #expect(groups.rows(with: 4) == [1, 4])
        #expect(LinkedGroups(smallest: [], records: Registry.table([])).count == 0)
    }

    @Test func partnersComeByFallingProbability() {
        let pairs = UnmergedPairs([
            UnmergedPair(a: 1, b: 4, probability: 0.2), UnmergedPair(a: 0, b: 1, probability: 0.7),
            UnmergedPair(a: 2, b: 3, probability: 0.5),
        ])
        #expect(pairs.partners(of: 1).map(\.row) == [0, 4])
        #expect(pairs.partners(of: 4).map(\.probability) == [0.2])
        #expect(pairs.partners(of: 9).isEmpty)
    }
}

@Suite struct NameCharactersTests {
    @Test func theCharacterThatNobodyElseHasIsTheRarerOne() {
        var interner = TextInterner()
        for name in ["王海明", "李海涛", "张海", "陈海燕", "王还明"] { _ = interner.intern(name) }
        let characters = NameCharacters(interner.pool)
        #expect(characters.advantage(of: "王海明", over: "王还明") > 1)
        #expect(characters.advantage(of: "王还明", over: "王海明") < -1)
        #expect(characters.advantage(of: "王海明", over: "王明") == 0)
        #expect(characters.advantage(of: "Anna", over: "Anne") == 0)
    }
}
