import Crypto
import Glibc

/// Random bytes that make a digest of something short say nothing without them.
struct Salts {
    /// In bytes.
    static let size = 16

    private var bytes: [UInt8] = []
    private var place = 0

    mutating func next() -> ArraySlice<UInt8> {
        if place == bytes.count {
            bytes = Self.random(Self.size * 16)
            place = 0
        }
        defer { place += Self.size }
        return bytes[place..<place + Self.size]
    }

    /// - Parameter count: at most 256.
    private static func random(_ count: Int) -> [UInt8] {
        // On Linux a key is made of eight bytes at a time, each a call of the system: a second for a million salts.
        var bytes = [UInt8](repeating: 0, count: count)
        if bytes.withUnsafeMutableBytes({ getentropy($0.baseAddress, $0.count) }) == 0 { return bytes }
        return SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { Array($0) }
    }
}
