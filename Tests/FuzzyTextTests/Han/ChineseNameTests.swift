import FuzzyText
import Testing

struct ChineseNameTests {
    private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    @Test(
        "Han names are told from others",
        arguments: [
            ("王小明", true), ("阿依古丽·买买提", true), ("〇", true), ("𬭎", true), ("Wang", false), ("王X明", false), ("", false),
            ("·", false), ("王 明", true), ("王1", false),
        ])
    func isHan(text: String, truth: Bool) {
        #expect(ChineseName.isHan(text) == truth)
    }

    @Test(
        "The surname is one character, two when compound, none when there is an interpunct",
        arguments: [
            ("王小明", 1), ("王明", 1), ("欧阳修", 2), ("歐陽娜娜", 2), ("欧阳", 1), ("上官婉儿", 2), ("阿依古丽·买买提", 0), ("王", 0), ("", 0),
            ("Wang", 0), ("单于飞", 2), ("於梨华", 1),
        ])
    func surnameLength(name: String, length: Int) {
        #expect(ChineseName.surnameLength(scalars(name)) == length)
    }

    @Test(
        "A name is read with its surname as a surname",
        arguments: [
            ("单田芳", "shan4 tian2 fang1"), ("解晓东", "xie4 xiao3 dong1"), ("尉迟恭", "yu4 chi2 gong1"), ("王单", "wang2 dan1"),
            ("曾国藩", "zeng1 guo2 fan1"), ("張偉", "zhang1 wei3"), ("阿依古丽·买买提", "a1 yi1 gu3 li4 mai3 mai3 ti2"), ("", ""),
        ])
    func readings(name: String, truth: String) {
        #expect(ChineseName.readings(of: scalars(name)).map(\.text).joined(separator: " ") == truth)
    }

    @Test("Characters without a reading are equal to themselves alone")
    func unreadable() {
        let readings = ChineseName.readings(of: scalars("王㐂㐃㐂"))
        #expect(readings.count == 4)
        #expect(readings[1] == readings[3])
        #expect(readings[1] != readings[2])
        #expect(readings[1].text == "")
        #expect(readings[1].confusable != readings[2].confusable)
    }

    @Test(
        "The pinyin key is the same for Han and romanised forms",
        arguments: [
            "wang xiaoming": [
                "王小明", "王晓明", "王曉明", "WANG Xiaoming", "Xiaoming Wang", "wang xiao-ming", "wang xiao ming",
                "Wang, Xiaoming",
                "wangxiaoming", "Wáng Xiǎomíng", "XIAOMING WANG", "Xiaoming WANG", "Wang  Xiao'ming",
            ],
            "wang xian": ["王西安", "王贤", "Wang Xi'an", "Wang Xian"],
            "ouyang xiu": ["欧阳修", "Ouyang Xiu", "ouyangxiu", "OUYANG Xiu", "Xiu Ouyang"],
            "lv buwei": ["吕不韦", "Lü Buwei", "LYU Buwei", "Lv Buwei", "Lu\u{308} Buwei"],
            "shan tianfang": ["单田芳", "Shan Tianfang", "Tianfang Shan"],
            "li wang": ["李旺", "Li Wang"],
            "wang li": ["王丽", "Wang Li", "Li WANG"],
            "zhang wei": ["张伟", "Zhang Wei", "ZHANG WEI", "章薇"],
            "ayiguli maimaiti": ["阿依古丽·买买提"],
        ])
    func pinyinKey(key: String, names: [String]) {
        for name in names { #expect(ChineseName.pinyinKey(name) == key, "\(name)") }
    }

    @Test(
        "Other names keep their folded form as key",
        arguments: ["John Smith": "john smith", "Müller, Jürgen": "muller jurgen", "": "", "王X明": "wangxming", "…": ""])
    func otherKeys(name: String, key: String) {
        #expect(ChineseName.pinyinKey(name) == key)
    }

    @Test(
        "The confusable key joins what dialects confuse",
        arguments: [["张生", "臧森", "Zhang Sheng"], ["黄惠", "方飞", "Huang Hui"], ["刘宁", "牛林", "Liu Ning"]])
    func confusableKey(names: [String]) {
        #expect(Set(names.map(ChineseName.confusableKey)).count == 1, "\(names.map(ChineseName.confusableKey))")
    }
}
