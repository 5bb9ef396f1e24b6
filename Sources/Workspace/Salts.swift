import Crypto

/// Random bytes that make a digest of something short say nothing without them.
struct Salts {
    /// In bytes.
    static let size = 16

    private var bytes: [UInt8] = []
    private var place = 0

    mutating func next() -> ArraySlice<UInt8> {
        if place == bytes.count {
            bytes = SymmetricKey(size: SymmetricKeySize(bitCount: Self.size * 64 * 8)).withUnsafeBytes { Array($0) }
            place = 0
        }
        defer { place += Self.size }
        return bytes[place..<place + Self.size]
    }
}
