import FuzzyText
import Testing

struct UnitsTests {
    @Test("A scalar of the basic plane is its own unit")
    func basicPlane() {
        var units = Units()
        #expect(units.units(of: "aé王") == [0x61, 0xE9, 0x738B])
    }

    @Test("Rare characters get one unit each, the same again for the same character")
    func rare() {
        var units = Units()
        let first = units.units(of: "𬭎𠮷")
        #expect(first.count == 2)
        #expect(first[0] != first[1])
        #expect(units.units(of: "𠮷𬭎") == first.reversed())
    }

    @Test("Private use characters do not meet the units of rare ones")
    func privateUse() {
        var units = Units()
        var seen = Set<UInt16>()
        for scalar in UInt32(0x2_0000)..<0x2_0900 { seen.insert(units.unit(of: scalar)) }
        for scalar in UInt32(0xE000)..<0xE100 { seen.insert(units.unit(of: scalar)) }
        #expect(seen.count == 0x900 + 0x100)
    }

    @Test("More rare characters than there are units share the last one")
    func exhausted() {
        var units = Units()
        var last: UInt16 = 0
        for scalar in UInt32(0x2_0000)..<0x2_3000 { last = units.unit(of: scalar) }
        #expect(last == 0xF8FF)
        #expect(units.unit(of: 0x2_0000) == 0xD800)
    }

    @Test("UTF-8 bytes give the units of the text, broken ones U+FFFD", arguments: ["", "abc", "aé王𬭎z", "王"])
    func utf8(text: String) {
        var units = Units()
        var appended: [UInt16] = []
        Array(text.utf8).withUnsafeBufferPointer { units.append($0, to: &appended) }
        #expect(appended == units.units(of: text))
        var broken: [UInt16] = []
        [0x61, 0xFF, 0xE7, 0x8E].withUnsafeBufferPointer { units.append($0, to: &broken) }
        #expect(broken == [0x61, 0xFFFD, 0xFFFD])
    }
}
