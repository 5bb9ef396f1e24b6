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
                var index = 0
                while index < bytes.count {
                    let (scalar, length) = Self.scalar(bytes, index)
                    index += length
                    if scalar < 0x2E80 { continue }
                    if isFirst {
                        counts[scalar, default: (0, 0)].first += 1
                    } else {
                        counts[scalar, default: (0, 0)].later += 1
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

    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (UInt32, Int) {
        let lead = UInt32(bytes[index])
        func next(_ offset: Int) -> UInt32 {
            index + offset < bytes.count ? UInt32(bytes[index + offset]) & 0x3F : 0
        }
        if lead < 0x80 { return (lead, 1) }
        if lead < 0xE0 { return ((lead & 0x1F) << 6 | next(1), 2) }
        if lead < 0xF0 { return ((lead & 0x0F) << 12 | next(1) << 6 | next(2), 3) }
        return ((lead & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
    }
}
