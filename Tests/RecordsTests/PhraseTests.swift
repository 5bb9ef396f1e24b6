import Records
import Testing

@Suite struct PhraseTests {
    @Test func `values stand in it as they would in a text, cells byte for byte`() {
        let (name, count, inner): (String, Int, Phrase) = ("姓名", -3, "“x”")
        let cell = Array("O’Neil, \u{FFFD}".utf8)
        let phrase: Phrase = cell.withUnsafeBufferPointer { "\(name) is \($0) \(count) times in \(inner)." }
        #expect(phrase.text == "姓名 is O’Neil, \u{FFFD} -3 times in “x”.")
        #expect(phrase.bytes == Array(phrase.text.utf8))
    }

    @Test func `an empty one is empty, and one is put behind another`() {
        var phrase = Phrase()
        #expect(phrase.isEmpty && ("" as Phrase).isEmpty && Phrase("").text.isEmpty)
        phrase.append("a")
        phrase.append(Phrase("，b"))
        #expect(phrase.text == "a，b" && !phrase.isEmpty)
    }

    @Test func `only the language that is asked for is made`() {
        func unwanted() -> Phrase {
            Issue.record("made")
            return ""
        }
        let phrase: Phrase = Language.chinese(en: unwanted(), zh: "好")
        #expect(phrase.text == "好")
    }
}
