import FuzzyText
import Testing

struct ReadingTests {
    private func reading(_ text: String) -> Reading? {
        HanTable.shared.reading(text.unicodeScalars.first?.value ?? 0)
    }

    @Test("Homophones have equal readings; another tone has the same syllable")
    func homophones() {
        #expect(reading("伟")?.syllable == reading("炜")?.syllable)
        #expect(reading("伟")?.syllable != reading("威")?.syllable)
        #expect(reading("伟")?.toneless == reading("威")?.toneless)
        #expect(reading("张")?.tonelessText == "zhang")
    }

    @Test(
        "Sounds that dialects mix up share their confusable reading",
        arguments: [
            "张臧", "陈岑", "沈森", "刘牛", "兰南", "任冷", "热乐", "胡福", "黄方", "惠费", "王万", "程陈", "林凌", "建江", "关光",
        ])
    func confusable(pair: String) {
        let readings = pair.map { reading(String($0))?.confusable }
        #expect(readings[0] == readings[1], "\(pair.map { reading(String($0))?.confusableText ?? "" })")
        #expect(readings[0] != nil)
    }

    @Test("Other sounds stay apart", arguments: ["王李", "张章吉", "黑费", "何佛", "高赵", "吴胡"])
    func distinct(group: String) {
        let readings = group.map { reading(String($0))?.confusable }
        #expect(readings.first != readings.last)
    }
}
