import Testing

@testable import Synthesis

@Suite struct SeededGeneratorTests {
    @Test func `The numbers are those of xoshiro256 whose state comes from SplitMix64`() {
        var generator = SeededGenerator(seed: 0, stream: "")
        #expect(
            (0..<3).map { _ in generator.next() } == [
                0xFB54_05F7_BD79_C540, 0x780C_98E2_6CEA_5883, 0x2A14_6E09_80FE_BC66,
            ])
    }

    @Test func `Streams and seeds give different numbers`() {
        let firsts = [("a", 1), ("b", 1), ("a", 2)].map { stream, seed in
            var generator = SeededGenerator(seed: seed, stream: stream)
            return generator.next()
        }
        #expect(Set(firsts).count == 3)
    }

    @Test func `An index lies in its range and every one comes`() {
        var generator = SeededGenerator(seed: 1, stream: "index")
        let draws = (0..<2000).map { _ in generator.index(7) }
        #expect(Set(draws) == Set(0..<7))
        #expect(generator.index(0) == 0)
        #expect(generator.index(-3) == 0)
    }

    @Test func `A shuffle keeps every element`() {
        var generator = SeededGenerator(seed: 1, stream: "shuffle")
        var list = Array(0..<100)
        generator.shuffle(&list)
        #expect(list != Array(0..<100))
        #expect(list.sorted() == Array(0..<100))
    }
}

@Suite struct StablePowerTests {
    @Test(arguments: [
        (2.0, 10.0, 1024.0), (9, 0.5, 3), (4, -0.5, 0.5), (0.5, 1.15, 0.4506252),
        (0.25, 1.6, 0.1088188),
        (30, 1.05, 35.56127), (0, 1.15, 0), (7, 0, 1),
    ])
    func `A power is right to five digits`(base: Double, exponent: Double, expected: Double) {
        #expect(abs(stablePower(base, exponent) - expected) <= 1e-5 * max(1, expected))
    }
}

@Suite struct WeightedChoiceTests {
    @Test func `Draws follow the weights`() {
        var generator = SeededGenerator(seed: 3, stream: "weights")
        let choice = WeightedChoice([1, 0, 3], size: 4000)
        var counts = [0, 0, 0]
        for _ in 0..<40_000 { counts[choice.draw(&generator)] += 1 }
        #expect(counts[1] == 0)
        #expect(abs(counts[0] - 10_000) < 400)
    }

    @Test func `A ranked choice draws the first most`() {
        var generator = SeededGenerator(seed: 3, stream: "ranks")
        let choice = RankedChoice(50, shift: 2, power: 1)
        var counts = Array(repeating: 0, count: 50)
        for _ in 0..<50_000 { counts[choice.draw(&generator)] += 1 }
        #expect(counts[0] > counts[5] && counts[5] > counts[25] && counts[49] > 0)
    }
}
