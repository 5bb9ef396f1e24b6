import Foundation
import Records

/// How common each character is in the names of this registry, at their beginning and after it: of two names that differ
/// in one character, the one whose character hardly anybody else has is likelier to be the mistyped one.
struct NameCharacters: Sendable {
    /// By scalar, the beginning apart from the rest.
    private var counts: [UInt32: (first: Int32, later: Int32)] = [:]

    init(_ names: TextPool) {
        for code in 1..<UInt32(max(1, names.count)) {
            names.withUTF8(code) { bytes in
                var isFirst = true
                for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where scalar.value >= 0x2E80 {
                    if isFirst {
                        counts[scalar.value, default: (0, 0)].first += 1
                    } else {
                        counts[scalar.value, default: (0, 0)].later += 1
                    }
                    isFirst = false
                }
            }
        }
    }

    /// Natural logarithm of how much commoner the characters of `a` are than those of `b`, where the two differ; 0 for names
    /// of different lengths or in letters.
    func advantage(of a: String, over b: String) -> Double {
        let (x, y) = (a.unicodeScalars.map(\.value), b.unicodeScalars.map(\.value))
        guard x.count == y.count else { return 0 }
        var sum = 0.0
        for index in x.indices where x[index] != y[index] {
            guard x[index] >= 0x2E80, y[index] >= 0x2E80 else { return 0 }
            sum += log(x[index], isFirst: index == 0) - log(y[index], isFirst: index == 0)
        }
        return sum
    }

    /// The name itself is one of those counted, so one is taken off and half of one put in its place.
    private func log(_ scalar: UInt32, isFirst: Bool) -> Double {
        let count = counts[scalar] ?? (0, 0)
        return Foundation.log(Double(max(0, (isFirst ? count.first : count.later) - 1)) + 0.5)
    }
}
