import Crypto

/// A SHA-256 hash without memory of its own, so that a million of them cost nothing but their 32 bytes.
package struct TreeHash: Sendable, Hashable {
    private var words: SIMD4<UInt64>

    /// `nil` unless there are 32 bytes.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        var words = SIMD4<UInt64>()
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.words = words
    }

    /// `nil` unless the text is 64 lower-case digits.
    package init?(hex: String) {
        var words = SIMD4<UInt64>()
        var hex = hex
        let isWhole = hex.withUTF8 { digits in
            guard digits.count == 64 else { return false }
            return withUnsafeMutableBytes(of: &words) { bytes in
                for place in 0..<32 {
                    guard let high = Self.value(digits[place * 2]), let low = Self.value(digits[place * 2 + 1]) else {
                        return false
                    }
                    bytes[place] = high << 4 | low
                }
                return true
            }
        }
        guard isWhole else { return nil }
        self.words = words
    }

    init(_ digest: SHA256.Digest) {
        words = digest.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    package var hex: String {
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? value + 48 : value + 87 }
        return withUnsafeBytes(of: words) { bytes in
            String(unsafeUninitializedCapacity: 64) { text in
                for place in 0..<32 {
                    text[place * 2] = digit(bytes[place] >> 4)
                    text[place * 2 + 1] = digit(bytes[place] & 15)
                }
                return 64
            }
        }
    }

    func append(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: words) { bytes.append(contentsOf: $0) }
    }

    func update(_ hash: inout SHA256) {
        withUnsafeBytes(of: words) { hash.update(bufferPointer: $0) }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 97...102: digit - 87
        default: nil
        }
    }
}
