import FuzzyText
import Testing

struct DistanceTests {
    private func units(_ text: String) -> [UInt16] { [UInt16](text) }

    @Test(
        "Jaro-Winkler gives the published values",
        arguments: [
            ("MARTHA", "MARHTA", 0.9611), ("DIXON", "DICKSONX", 0.8133), ("DWAYNE", "DUANE", 0.84), ("王小明", "王晓明", 0.8),
            ("JELLYFISH", "SMELLYFISH", 0.8963), ("", "", 1), ("A", "", 0), ("A", "A", 1), ("AB", "BA", 0),
        ] as [(String, String, Double)])
    func jaroWinkler(a: String, b: String, value: Double) {
        #expect(abs(on(units(a), units(b), JaroWinkler.similarity) - value) < 0.0001)
    }

    @Test(
        "An exchange of neighbours is one edit for OSA and two for Levenshtein",
        arguments: [
            ("ab", "ba", 1, 2), ("ca", "abc", 3, 3), ("kitten", "sitting", 3, 3), ("", "abc", 3, 3),
            ("abc", "abc", 0, 0),
            ("19850307", "19850370", 1, 2), ("a", "b", 1, 1), ("王小明", "王明小", 1, 2),
        ])
    func edits(a: String, b: String, osa: Int, levenshtein: Int) {
        #expect(on(units(a), units(b), OSA.distance) == osa)
        #expect(on(units(a), units(b), Levenshtein.distance) == levenshtein)
    }

    @Test("A negative limit is never met, a huge one always")
    func limits() {
        #expect(on(units("a"), units("a")) { OSA.distance($0, $1, atMost: -1) } == nil)
        #expect(on(units("a"), units("b")) { OSA.distance($0, $1, atMost: .max) } == 1)
    }

    @Test("Very long texts are compared in linear memory")
    func long() {
        let a = [UInt16](repeating: 0x61, count: 20_000)
        let b = [UInt16](repeating: 0x61, count: 9_999) + [0x62] + [UInt16](repeating: 0x61, count: 9_000)
        #expect(on(a, b, OSA.distance) == 1_001)
    }

    @Test(
        "Word sets disregard order and forgive an edit in a long word",
        arguments: [
            ("high street", "street high", 1), ("12 high street", "13 high street", 2.0 / 3),
            ("stanley street", "stanley setreet", 1),
            ("a b c", "a b", 0.8), ("li wei", "lu wei", 0.5), ("", "", 1), ("", "a", 0), ("a a", "a", 2.0 / 3),
            ("  a ", "a", 1),
            // The first word could take the partner that the second needs.
            ("brown brawn", "brawn brewn", 1),
        ] as [(String, String, Double)])
    func tokenSet(a: String, b: String, value: Double) {
        #expect(on(units(a), units(b), TokenSet.similarity) == value)
        #expect(on(units(b), units(a), TokenSet.similarity) == value)
    }

    @Test("A q below 1 counts as 1")
    func diceOfNothing() {
        #expect(on(units("ab"), units("ba")) { QGrams.dice($0, $1, q: 0) } == 1)
    }
}
