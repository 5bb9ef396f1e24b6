import Records
import Testing

@testable import Matching

@Suite struct QuickFormTests {
    /// xorshift64*, so that a failure comes again.
    struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return state &* 2_685_821_657_736_338_717
        }
    }

    static let pieces: [String] = [
        "张", "三", "买买提", "艾力", "·", "•", ".", "。", "-", "/", " ", "　", "无", "不详", "先生", "女士", "志", "丶", "年", "月", "日",
        "1985", "19850307", "3", "7", "07", "12", "2024", "0", "00", "000000", "x", "X", "Mr", "smith", "Nan", "NULL",
        "号", "路", "市",
        "13800138000", "110101", "110101001", "11010119850307043", "330211331114025", "(", ")", "'", "é", "\u{200B}",
        "A", "b", "😀",
        "12 ", " high", " st", " St", " rd ", "n", " West", "street", "mt ", "o'", "07", "+61", "+", "@", ".com",
        "mail", "a.b@c.org", "Lee@x", "37140220060107962x",
        "null", "no", ";", "_", "-0", "\"",
        "１", "Ａ", ":", "T", "00:00:00", "\u{FFFD}", "㐀", "䷀", "#", ",", "\u{301}", "민", "𠮷", "\0", "\r\n",
    ]

    @Test("The short way gives the answer of the steps on whatever it takes", arguments: FieldKind.allCases)
    func agreesWithSteps(_ kind: FieldKind) {
        var random = Random(state: 20_240_630)
        var taken = 0
        for order in [nil] + (kind == .date ? DateOrder.allCases : []) {
            let field = Field(name: "f", kind: kind, codes: ["男": "M"], dateOrder: order)
            let normalizer = Normalizer(for: field)
            for _ in 0..<2400 {
                var text = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                    Self.pieces.randomElement(using: &random) ?? ""
                }.joined()
                var output: [UInt8] = []
                guard let isWellFormed = text.withUTF8({ QuickForm.normalize($0, field, into: &output) }) else {
                    continue
                }
                taken += 1
                let value = normalizer.throughSteps(text)
                let quick = String(decoding: output, as: UTF8.self)
                let isRight = quick.utf8.elementsEqual(value.utf8)
                #expect(isRight, "\(kind) \(text): quick \(quick), steps \(value)")
                #expect(isWellFormed == (!value.isEmpty && Normalizer.isWellFormed(value, field)), "\(kind) \(text)")
            }
        }
        let hasShortWay: Set<FieldKind> = [
            .personName, .givenName, .surname, .residentID, .date, .division, .phone, .address, .identifier,
            .houseNumber, .number, .text, .street, .city, .postcode, .email,
        ]
        #expect((taken > 0) == hasShortWay.contains(kind))
    }

    @Test("Bytes that are no text come through", arguments: FieldKind.allCases)
    func brokenBytes(_ kind: FieldKind) {
        var random = Random(state: 7)
        let normalizer = Normalizer(for: Field(name: "f", kind: kind))
        var output: [UInt8] = []
        for _ in 0..<400 {
            let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = bytes.withUnsafeBufferPointer { normalizer.normalize($0, into: &output) }
        }
    }

    @Test(
        "Ordinary values take the short way",
        arguments: [
            (FieldKind.personName, "王建国"), (.personName, "买买提·艾力"), (.personName, "John Smith"), (.date, "1985-03-07"),
            (.date, "1985年3月7日"), (.date, "19850307"), (.date, "1985/3/7"), (.date, "1985.03.07"),
            (.residentID, "37140220060107962x"),
            (.phone, "13800138000"), (.division, "510105"), (.address, "四川省成都市青羊区西御河街道龙泉路212号水岸苑12号楼1单元202室"),
            (.identifier, "20240001"), (.text, "正常"), (.number, "17"),
            (.phone, "0242484717"), (.phone, "+44 (20) 7946-0018"), (.street, "58 Church Road"),
            (.street, "7 N. O'Brien St"), (.address, "12/4 High st"), (.city, "Melbourne"), (.postcode, "SW1A 1AA"),
            (.identifier, "ab-123 456"), (.email, "Anna.Lee@example.org"), (.givenName, "Nina"),
        ])
    func ordinary(_ kind: FieldKind, _ text: String) {
        var text = text
        var output: [UInt8] = []
        #expect(text.withUTF8 { QuickForm.normalize($0, Field(name: "f", kind: kind), into: &output) } == true)
    }
}

@Suite struct StreetWordsTests {
    @Test("On bytes, street words become what the step makes of them")
    func agreesWithStep() {
        var random = QuickFormTests.Random(state: 11)
        let words = [
            "st", "rd", "n", "north", "12", "7", "kilda", "ave", "sw", "southwest", "street", "dr", "e", "high", "blvd",
        ]
        for _ in 0..<4000 {
            let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                words.randomElement(using: &random) ?? ""
            }.joined(separator: " ")
            let expected = NormalizationStep.streetWords.apply(text)
            var bytes = Array(text.utf8)
            if StreetWords.mayChange(bytes) { StreetWords.rewrite(&bytes) }
            #expect(String(decoding: bytes, as: UTF8.self) == expected, "\(text)")
        }
    }
}
