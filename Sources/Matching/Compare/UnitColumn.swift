import FuzzyText
import Records

/// The distinct values of a column as 16-bit units, end to end: what the kernels of `FuzzyText` read.
struct UnitColumn: Sendable {
    private let units: [UInt16]
    private let ends: [Int]
    private let signatures: [CharacterSignature]

    init(_ values: TextPool) {
        var mapping = Units()
        var units: [UInt16] = []
        var ends: [Int] = []
        var signatures: [CharacterSignature] = []
        for code in 0..<values.count {
            let start = units.count
            values.withUTF8(UInt32(code)) { mapping.append($0, to: &units) }
            ends.append(units.count)
            signatures.append(
                units.withUnsafeBufferPointer { CharacterSignature(UnsafeBufferPointer(rebasing: $0[start...])) })
        }
        self.units = units
        self.ends = ends
        self.signatures = signatures
    }

    func count(_ code: UInt32) -> Int {
        ends[Int(code)] - ends[Int(code) - 1]
    }

    @inline(__always)
    func with<Result>(
        _ a: UInt32, _ b: UInt32,
        _ body: (UnsafeBufferPointer<UInt16>, UnsafeBufferPointer<UInt16>) -> Result
    ) -> Result {
        let left = ends[Int(a) - 1]..<ends[Int(a)]
        let right = ends[Int(b) - 1]..<ends[Int(b)]
        return units.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[left]), UnsafeBufferPointer(rebasing: $0[right]))
        }
    }

    /// Jaro-Winkler similarity, or 0 where the characters alone show that it stays under `floor`.
    @inline(__always)
    func jaroWinkler(_ a: UInt32, _ b: UInt32, atLeast floor: Double) -> Double {
        with(a, b) { left, right in
            var prefix = 0
            while prefix < 4, prefix < left.count, prefix < right.count, left[prefix] == right[prefix] { prefix += 1 }
            let bound = signatures[Int(a)].jaroWinklerAtMost(
                signatures[Int(b)], count: left.count, otherCount: right.count, commonPrefix: prefix)
            return bound < floor ? 0 : JaroWinkler.similarity(left, right)
        }
    }

    /// Optimal string alignment distance, or `nil` when it is over `limit`.
    @inline(__always)
    func distance(_ a: UInt32, _ b: UInt32, atMost limit: Int) -> Int? {
        if signatures[Int(a)].editsAtLeast(signatures[Int(b)]) > limit { return nil }
        return with(a, b) { OSA.distance($0, $1, atMost: limit) }
    }
}
