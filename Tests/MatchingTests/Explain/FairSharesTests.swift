import Foundation
import Testing

@testable import Matching

@Suite struct FairSharesTests {
    @Test(arguments: [0, 1, 2, 5, 10])
    func `prior and shares add up to the total`(_ fields: Int) {
        var random = SeededRandom(seed: UInt64(fields))
        func chance() -> Double { Double(1 + random.below(1_000)) / 1_001 }
        let classes = (0..<7).map { (share: chance(), isMatch: $0 < 2) }
        let rows = (0..<fields).map { _ in classes.map { _ in chance() } }
        let fair = FairShares(classes, fields: rows)
        #expect(abs(fair.prior + fair.shares.reduce(0, +) - fair.total) < 1e-9)
    }

    @Test func `with one class on each side a share is the field's own weight`() {
        let fair = FairShares([(0.1, true), (0.9, false)], fields: [[0.8, 0.1], [0.3, 0.6]])
        #expect(abs(fair.shares[0] - 3) < 1e-12)
        #expect(abs(fair.shares[1] + 1) < 1e-12)
        #expect(abs(fair.prior - log2(1.0 / 9)) < 1e-12)
    }

    @Test func `fields that say the same share the weight alike`() {
        let classes = [(share: 0.1, isMatch: true), (share: 0.5, isMatch: false), (share: 0.4, isMatch: false)]
        let row = [0.9, 0.01, 0.9]
        let fair = FairShares(classes, fields: [row, row])
        #expect(abs(fair.shares[0] - fair.shares[1]) < 1e-12)
    }
}
