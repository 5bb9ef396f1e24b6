import Testing

@testable import Estimation

@Test func `3 errors in 400 pairs are 0.75 %, between 0.26 and 2.18 %`() {
    let found = ErrorRate(errors: 3, size: 400)
    #expect(found.rate == 0.0075)
    #expect((found.interval.lowerBound * 10_000).rounded() == 26)
    #expect((found.interval.upperBound * 10_000).rounded() == 218)
}

@Test(
    "so many clean pairs bound the rate",
    arguments: [
        (0, 0.001, 2_995), (0, 0.01, 299), (0, 0.05, 59), (1, 0.001, 4_742), (2, 0.001, 6_294), (3, 0.01, 773),
        (10, 0.01, 1_693),
    ])
func sizes(errors: Int, rate: Double, size: Int) {
    #expect(ErrorRate.size(with: errors, for: rate) == size)
    // One pair fewer would not do, and the bound of that sample says so too.
    #expect(ErrorRate(errors: errors, size: size).upperBound() <= rate + 1e-12)
    #expect(ErrorRate(errors: errors, size: size - 1).upperBound() > rate)
    #expect(ErrorRate(errors: errors, size: errors).missing(for: rate) == size - errors)
    #expect(ErrorRate(errors: errors, size: size + 5).missing(for: rate) == 0)
}

@Test func `empty, clean and spoilt samples have sound limits`() {
    #expect(ErrorRate(errors: 0, size: 0).interval == 0...1)
    #expect(ErrorRate(errors: 0, size: 0).upperBound() == 1)
    #expect(ErrorRate(errors: 0, size: 0).missing(for: 0.001) == 2_995)
    #expect(ErrorRate(errors: 0, size: 50).interval.lowerBound == 0)
    #expect(ErrorRate(errors: 50, size: 50).interval.upperBound == 1)
    #expect(ErrorRate(errors: 9, size: 3) == ErrorRate(errors: 3, size: 3))
}

/// By counting, for every number of errors: how often the interval holds the rate it was drawn from.
@Test("Wilson's interval covers, and Clopper and Pearson's bound always does", arguments: [0.002, 0.01, 0.05, 0.3])
func coverage(rate: Double) {
    let size = 400
    var (chance, covered, bounded) = (1.0, 0.0, 0.0)
    for _ in 0..<size { chance *= 1 - rate }
    for errors in 0...size {
        let found = ErrorRate(errors: errors, size: size)
        if found.interval.contains(rate) { covered += chance }
        if chance > 1e-12, found.upperBound() >= rate { bounded += chance }
        chance *= Double(size - errors) / Double(errors + 1) * rate / (1 - rate)
    }
    #expect(covered > 0.93)
    #expect(bounded > 0.95 - 1e-9)
}

@Test func `parts count by their size, and a clean part by what it may hide`() {
    let small = StratifiedErrors.Part(pairs: 1_000, found: ErrorRate(errors: 5, size: 100))
    let large = StratifiedErrors.Part(pairs: 100_000, found: ErrorRate(errors: 0, size: 400))
    #expect(StratifiedErrors([small]).errors == 50)
    #expect(StratifiedErrors([small, large]).errors == 50)
    #expect(StratifiedErrors([small, large]).interval.lowerBound == StratifiedErrors([small]).interval.lowerBound)
    #expect(StratifiedErrors([small, large]).interval.upperBound > 900)
    #expect(StratifiedErrors([]).interval == 0...0)
}

@Test func `κ of [[40,5],[7,48]] is 0.759`() throws {
    let agreement = Agreement([[40, 5], [7, 48]])
    #expect(((agreement.kappa ?? 0) * 1_000).rounded() == 759)
    // The standard error of Fleiss, Cohen and Everitt is 0.065.
    let interval = try #require(agreement.interval)
    #expect(abs(interval.upperBound - interval.lowerBound - 2 * 1.96 * 0.0652) < 0.004)
    #expect(interval.contains(0.759))
    #expect(agreement.cases == 100 && agreement.agreed == 88)
}

@Test func `without cases, or with one answer alone, there is no κ`() {
    #expect(Agreement([[0, 0], [0, 0]]).kappa == nil)
    #expect(Agreement([[9, 0], [0, 0]]).interval == nil)
    #expect(Agreement([[10, 0], [0, 10]]).kappa == 1)
    #expect(Agreement([[5, 5], [5, 5]]).kappa == 0)
}
