import Profiling
import Records
import Testing

@Suite struct FormTests {
    @Test(arguments: [
        ("2024-01-09", "9999-99-99"), ("Anna", "Aaaa"), ("王小明", "汉汉汉"), ("1990年3月7日", "9999年9月9日"),
        ("年月日", "汉汉汉"), ("Zoë", "Aaa"), ("Éva", "Aaa"), ("１２号", "９９汉"), ("Ａb", "Ａa"), ("a\u{200B}b", "a⌀a"),
        ("a\tb", "a␤a"), ("\u{3000}王", "␣汉"), ("\u{FFFD}?", "\u{FFFD}?"), ("Иван", "Aaaa"), ("", ""),
        ("\u{20000}", "汉"), ("\u{E000}", "▯"), ("😀", "※"), ("ひらがな", "文文文文"), ("北京，朝阳", "汉汉，汉汉"),
    ])
    func `a form has one sign for each character`(_ text: String, _ form: String) {
        let profile = profiled([text, ""])
        #expect(profile.patterns.first?.form ?? "" == form)
    }

    @Test func `a long text is cut, and what is rare in the rest is kept`() {
        let text = String(repeating: "a", count: 60) + "\u{200B}" + String(repeating: "b", count: 9) + " "
        let form = profiled([text]).patterns[0].form
        #expect(form == String(repeating: "a", count: 48) + "…⌀ ")
        #expect(profiled([text]).lengths?.most == 71)
    }

    @Test func `many exact forms are drawn together`() {
        let names = (1...40).map { "A" + String(repeating: "b", count: $0) }
        let profile = profiled(names)
        #expect(profile.patternsAreGeneral)
        #expect(profile.patterns.first?.form == "Aa+")
        #expect(profile.patterns.first?.cells == 39)
    }

    @Test func `few forms stay exact`() {
        let profile = profiled(["2024-01-01", "2024-01-02", "1.2.2024"])
        #expect(!profile.patternsAreGeneral)
        #expect(profile.patterns.map(\.form) == ["9999-99-99", "9.9.9999"])
        #expect(profile.patterns.map(\.cells) == [2, 1])
    }
}
