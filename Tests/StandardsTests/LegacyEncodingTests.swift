import Standards
import Testing

@Suite struct LegacyEncodingTests {
    @Test(arguments: ["张三", "中文, 123", "㐀", "é"])
    func whatGBKWritesItReads(_ text: String) throws {
        let gbk = try #require(LegacyEncoding.gbk)
        if let bytes = gbk.encode(text.unicodeScalars) { #expect(gbk.decode(bytes) == text) }
    }

    @Test func theBytesAreThoseOfGBK() throws {
        let gbk = try #require(LegacyEncoding.gbk)
        #expect(gbk.encode("张A".unicodeScalars) == [0xD5, 0xC5, 0x41])
        #expect(gbk.encode("\u{1F600}".unicodeScalars) == nil)
        #expect(gbk.decode([0xD5]) == nil)
        #expect(gbk.decode([0xFF, 0xFF]) == nil)
    }

    @Test func windows1252HasQuotesWhereLatinHasNothing() {
        #expect(LegacyEncoding.windows1252("é“\u{81}".unicodeScalars) == [0xE9, 0x93, 0x81])
        #expect(LegacyEncoding.windows1252("张".unicodeScalars) == nil)
    }

    @Test func commonCharactersAreToldFromRareOnes() {
        let table = HanFrequency.shared
        #expect(table.isCommon(0x5F20) && table.isStandard(0x5F20))
        #expect(!table.isCommon(0x5BEE))
        #expect(!table.isStandard(0x2F2D) && !table.isCommon(0x41))
    }
}
