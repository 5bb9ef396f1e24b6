import Records
import Synthesis
import Testing

@Suite struct NoiseKindTests {
    @Test func `Names are unique and lead back to the kind`() {
        #expect(Set(NoiseKind.all.map(\.name)).count == NoiseKind.all.count)
        for kind in NoiseKind.all { #expect(NoiseKind(name: kind.name) == kind) }
        #expect(NoiseKind(name: "no such kind") == nil)
    }

    @Test(arguments: NoiseKind.all)
    func `A kind has a sentence in both languages and a rate`(kind: NoiseKind) {
        #expect(!kind.sentence.en.isEmpty && !kind.sentence.zh.isEmpty)
        #expect(kind.rate > 0 && kind.rate <= 1)
    }

    @Test func `A rate is read from kind and share`() throws {
        #expect(try RateOverride("homophone=0.1") == RateOverride(.homophone, 0.1))
    }

    @Test(arguments: ["homophone", "homophone=", "homophone=x", "nothing=0.1", "=0.1", ""])
    func `What is no rate is refused`(text: String) {
        #expect(throws: Failure.self) { try RateOverride(text) }
    }
}
