import Testing

@testable import Synthesis

@Suite struct ConfusionsTests {
    let confusions = Confusions()

    private func others(_ character: String, _ table: Confusions.Table) -> [String] {
        let scalar = character.unicodeScalars.first?.value ?? 0
        return (table[scalar] ?? []).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [("伟", "委"), ("伟", "伪"), ("丽", "利"), ("国", "过")])
    func `A character is heard as another`(character: String, heard: String) {
        #expect(others(character, confusions.homophones).contains(heard))
        #expect(!others(character, confusions.homophones).contains(character))
    }

    @Test func `A character is written in its traditional form`() {
        #expect(others("国", confusions.traditional).first == "國")
    }

    @Test(arguments: [("吕丽", "luli"), ("王小明", "wangxiaoming"), ("", ""), ("A·B", "")])
    func `A name is written in Latin letters`(name: String, latin: String) {
        #expect(String(decoding: confusions.romanised(Bytes(name)), as: UTF8.self) == latin)
    }
}

@Suite struct ByteTextTests {
    @Test(arguments: [
        (0, 1, "0"), (7, 3, "007"), (1234, 2, "1234"), (10, 2, "10"), (99_999_999, 8, "99999999"),
    ])
    func `A number is written with leading zeros`(number: Int, width: Int, text: String) {
        #expect(String(decoding: Bytes(number: number, width: width), as: UTF8.self) == text)
    }

    @Test func `Characters of any length are told apart`() {
        let text = Bytes("a·中𠀀")
        #expect(text.glyphs.map(\.count) == [1, 2, 3, 4])
        #expect(text.glyphs.map { text.scalar(at: $0) } == [0x61, 0xB7, 0x4E2D, 0x20000])
        #expect(Bytes().glyphs.isEmpty)
    }

    @Test func `Digits and X become full-width`() {
        #expect(String(decoding: Bytes("1号9X").fullWidth, as: UTF8.self) == "１号９Ｘ")
    }
}
