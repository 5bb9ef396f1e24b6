import FuzzyText
import Testing

struct HanTableTests {
    private func scalar(_ text: String) -> UInt32 { text.unicodeScalars.first?.value ?? 0 }
    private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    @Test(
        "Traditional and variant forms lead to the standard simplified form",
        arguments: [
            "張": "张", "劉": "刘", "陳": "陈", "楊": "杨", "黃": "黄", "趙": "赵", "吳": "吴", "孫": "孙", "馬": "马", "鄭": "郑",
            "謝": "谢",
            "許": "许", "韓": "韩", "馮": "冯", "鄧": "邓", "蕭": "萧", "蔣": "蒋", "葉": "叶", "閻": "阎", "呂": "吕", "蘇": "苏",
            "盧": "卢",
            "鍾": "钟", "譚": "谭", "陸": "陆", "賈": "贾", "鄒": "邹", "龍": "龙", "萬": "万", "錢": "钱", "嚴": "严", "賴": "赖",
            "麗": "丽",
            "華": "华", "國": "国", "強": "强", "衞": "卫", "衛": "卫", "羣": "群", "峯": "峰", "喆": "喆", "昇": "昇", "於": "於",
            "乾": "乾",
            "王": "王", "a": "a", "后": "后", "後": "后", "裏": "里", "裡": "里", "餘": "余", "瀋": "沈", "讎": "仇", "専": "专",
            "買": "买",
        ])
    func simplified(form: String, standard: String) {
        #expect(HanTable.shared.simplified(scalar(form)) == scalar(standard))
    }

    @Test("A standard form is its own standard form")
    func simplifiedTwice() {
        let table = HanTable.shared
        for scalar in UInt32(0)...0x3_1FFF {
            let once = table.simplified(scalar)
            if table.simplified(once) != once { Issue.record("\(scalar) → \(once) → \(table.simplified(once))") }
        }
    }

    @Test(
        "Characters have their usual reading, in any form",
        arguments: ["王": "wang2", "張": "zhang1", "女": "nv3", "吕": "lv3", "的": "de5", "略": "lve4", "𬭎": "hong2"])
    func reading(character: String, reading: String) {
        #expect(HanTable.shared.reading(scalar(character))?.text == reading)
    }

    @Test(
        "What is no Han character, or an unlisted one, has no reading", arguments: ["a", "1", "·", "㐂", "\u{10FFFF}"])
    func noReading(text: String) {
        #expect(HanTable.shared.reading(scalar(text)) == nil)
    }

    @Test(
        "Surnames are read as surnames",
        arguments: [
            "单": "shan4", "單": "shan4", "仇": "qiu2", "曾": "zeng1", "解": "xie4", "区": "ou1", "區": "ou1", "查": "zha1",
            "任": "ren2", "华": "hua4", "朴": "piao2", "盖": "ge3", "缪": "miao4", "宁": "ning4", "乐": "yue4", "覃": "qin2",
            "召": "shao4", "员": "yun4", "黑": "he4", "秘": "bi4", "冼": "xian3", "洗": "xian3", "纪": "ji3", "葛": "ge3",
            "隗": "wei3", "那": "na1", "尹": "yin3", "翟": "zhai2", "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "萬俟": "mo4 qi2",
            "长孙": "zhang3 sun1", "長孫": "zhang3 sun1", "澹台": "tan2 tai2", "令狐": "ling2 hu2", "单于": "chan2 yu2",
        ])
    func surnameReading(surname: String, reading: String) {
        let found = HanTable.shared.surnameReading(scalars(surname))?.map(\.text).joined(separator: " ")
        #expect(found == reading)
    }

    @Test("A surname read as usual has no reading of its own", arguments: ["王", "李", "欧阳", ""])
    func usualSurname(surname: String) {
        #expect(HanTable.shared.surnameReading(scalars(surname)) == nil)
    }

    @Test(
        "Look-alikes are found in both orders and in traditional form",
        arguments: ["己已", "未末", "土士", "郎朗", "陈阵", "陣陳", "晴睛", "戌戍", "冶治"])
    func looksAlike(pair: String) {
        let (a, b) = (scalars(pair)[0], scalars(pair)[1])
        #expect(HanTable.shared.looksAlike(a, b))
        #expect(HanTable.shared.looksAlike(b, a))
    }

    @Test("Equal and unlike characters are no look-alikes", arguments: ["王王", "王李", "张張", "伟丽", "ab"])
    func doesNotLookAlike(pair: String) {
        #expect(!HanTable.shared.looksAlike(scalars(pair)[0], scalars(pair)[1]))
    }
}
