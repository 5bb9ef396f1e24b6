import Records
import Testing

@testable import Estimation

/// Pairs whose truth follows from the model's odds by a known shift and slope.
private func decided(
    _ count: Int, shift: Double, slope: Double, seed: UInt64, from: Double = -4, to: Double = 8
) -> [CalibrationFit.Decided] {
    var random = SeededRandom(state: seed)
    return (0..<count).map { _ in
        let logit = from + (to - from) * random.unit()
        return CalibrationFit.Decided(
            logit: logit, isSame: random.unit() < Calibration.probability(shift + slope * logit), standsFor: 1)
    }
}

@Test func `without decisions, and with few, the model is left nearly as it is`() {
    let none = CalibrationFit([]).calibration
    #expect(none.changesNothing)
    let few = CalibrationFit(decided(5, shift: -2, slope: 0.5, seed: 1)).calibration
    #expect(few.shift.magnitude < 1.5 && (few.slope - 1).magnitude < 0.3)
}

@Test("a known shift and slope are found again", arguments: [(-2.0, 0.6), (0, 1), (1.5, 1.3), (-1, 0.8)])
func found(shift: Double, slope: Double) {
    let fit = CalibrationFit(decided(4_000, shift: shift, slope: slope, seed: 7))
    #expect((fit.calibration.shift - shift).magnitude < 4 * fit.covariance.shift.squareRoot() + 0.02)
    #expect((fit.calibration.slope - slope).magnitude < 4 * fit.covariance.slope.squareRoot() + 0.02)
}

@Test func `a sample that stops at a score is made good by what its pairs stand for`() {
    // Where the model's odds are bent, the decided doubtful pairs alone would say something else of the others.
    var all: [CalibrationFit.Decided] = []
    for (logit, rate, decided, pairs) in [(0.0, 0.3, 400, 400), (3.0, 0.9, 400, 400), (7.0, 0.97, 50, 20_000)] {
        for index in 0..<decided {
            all.append(
                CalibrationFit.Decided(
                    logit: logit, isSame: Double(index) < rate * Double(decided),
                    standsFor: Double(pairs) / Double(decided)))
        }
    }
    let weighted = CalibrationFit(all).calibration
    let plain = CalibrationFit(all.map { .init(logit: $0.logit, isSame: $0.isSame, standsFor: 1) }).calibration
    func miss(_ calibration: Calibration) -> Double {
        (Calibration.probability(calibration.shift + calibration.slope * 7) - 0.97).magnitude
    }
    #expect(miss(weighted) < miss(plain))
}

@Test func `order stays, and odds are found back`() {
    let calibration = Calibration(shift: -1.2, slope: 0.7, decisions: 50)
    var last = -1.0
    for probability in [0.001, 0.2, 0.5, 0.9, 0.999, 0.999_999] {
        let read = calibration(probability)
        #expect(read > last)
        last = read
        let odds = calibration.modelOdds(of: read / (1 - read))
        #expect((odds / (probability / (1 - probability)) - 1).magnitude < 1e-6)
    }
    #expect(Calibration.none(0.123_456_789) == 0.123_456_789)
}

@Test func `the outlook covers what a known calibration comes to`() throws {
    let truth = Calibration(shift: -1.5, slope: 0.7, decisions: 0)
    let cells = (-40...100).map { step in
        CalibrationOutlook.Cell(logit: Double(step) / 10, pairs: 200, undecided: 200)
    }
    let real = CalibrationOutlook(cells, lines: (0.99, 0.5), truth)
    var covered = 0
    for seed in 0..<40 {
        let fit = CalibrationFit(decided(300, shift: -1.5, slope: 0.7, seed: UInt64(seed), from: -4, to: 10))
        let outlook = CalibrationOutlook(cells, lines: (0.99, 0.5), fit.calibration, draws: fit.draws(400))
        let (seen, right) = (try #require(outlook.recall), try #require(real.recall))
        if seen.interval.contains(right.value) { covered += 1 }
    }
    #expect(covered >= 35)
    let model = CalibrationOutlook(cells, lines: (0.99, 0.5), .none)
    #expect(try #require(model.precision).value > 0.99)
    // Fewer pairs pass the line once the odds are read with less trust.
    #expect(try #require(real.recall).value < #require(model.recall).value)
    #expect(CalibrationOutlook([], lines: (0.99, 0.5), .none).precision == nil)
}

extension SeededRandom {
    /// From 0 to 1, without 1.
    fileprivate mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
