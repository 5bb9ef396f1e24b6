import Foundation
import Records

/// How common each run of three characters is in the addresses of this registry: of two addresses that differ in one
/// character, the one with a run that hardly any other address has (友义大, 尚家村) is likelier to be the mistyped one.
struct AddressGrams: Sendable {
    /// By hash of the run. Two runs may share a place, which makes a rare one seem common and nothing worse.
    private var counts = [UInt32](repeating: 0, count: 1 << Self.bits)
    private static let bits = 20

    /// - Parameter addresses: each counts once, however many records have it.
    init(_ addresses: TextPool) {
        counts.withUnsafeMutableBufferPointer { counts in
            addresses.withView { texts in
                for code in 1..<UInt32(max(1, addresses.count)) {
                    Self.forEachRun(in: texts[code]) { counts[$0] &+= 1 }
                }
            }
        }
    }

    /// Natural logarithm of how much commoner the rarest run of `a` that `b` does not have is than the rarest one of `b` that
    /// `a` does not have; 0 where one of them has all runs of the other.
    func advantage(of a: String, over b: String) -> Double {
        let (left, right) = (runs(a), runs(b))
        let own = left.subtracting(right).map { counts[$0] }.min()
        let other = right.subtracting(left).map { counts[$0] }.min()
        guard let own, let other else { return 0 }
        // Each address is one of those counted.
        return log(Double(max(own, 1) - 1) + 0.5) - log(Double(max(other, 1) - 1) + 0.5)
    }

    private func runs(_ text: String) -> Set<Int> {
        var runs: Set<Int> = []
        var text = text
        text.withUTF8 { bytes in Self.forEachRun(in: bytes) { runs.insert($0) } }
        return runs
    }

    private static func forEachRun(in text: UnsafeBufferPointer<UInt8>, _ body: (Int) -> Void) {
        // Characters as their bytes: a digit of a house number is one as well.
        var (first, second, third): (UInt64, UInt64, UInt64) = (0, 0, 0)
        var seen = 0
        func close() {
            (first, second) = (second, third)
            third = 0
            seen += 1
        }
        for (index, byte) in text.enumerated() {
            third = third << 8 | UInt64(byte)
            let isLast = index + 1 == text.count || text[index + 1] & 0xC0 != 0x80
            guard isLast else { continue }
            if seen >= 2 {
                var hash = first &* 0x9E37_79B9_7F4A_7C15 ^ second &* 0xC2B2_AE3D_27D4_EB4F ^ third
                hash = (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
                body(Int(hash >> UInt64(64 - bits)))
            }
            close()
        }
    }
}
