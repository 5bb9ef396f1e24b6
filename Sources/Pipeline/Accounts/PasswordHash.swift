import Crypto
import CryptoExtras
import Foundation

/// A password as it is kept: scrypt (RFC 7914) with a salt of its own, `$scrypt$ln=16,r=8,p=2$SALT$HASH`.
///
/// One hash takes 64 MiB and a few tenths of a second, for the desk as for whoever tries a list of passwords. Of the
/// settings that OWASP's Password Storage Cheat Sheet holds equal (N = 2^17 and p = 1, 2^16 and 2, 2^15 and 3, …) it is
/// the second: the first alone would take half of the memory that a desk may have.
package struct PasswordHash: Sendable, Hashable {
    /// The base-2 logarithm of scrypt's N.
    package static let cost = 16
    private static let blockSize = 8
    private static let parallelism = 2

    let cost: Int
    private let parallelism: Int
    private let salt: [UInt8]
    private let hash: [UInt8]

    /// - Parameter cost: logarithm of the number of rounds, 10 to 20.
    package init(of password: String, cost: Int = Self.cost) throws {
        self.cost = cost
        parallelism = Self.parallelism
        salt = Self.random(16)
        hash = try Self.derive(password, salt, cost, parallelism)
    }

    /// Of no password: takes as long to compare with as any other.
    package static func nobody(cost: Int = Self.cost) -> PasswordHash {
        PasswordHash(cost: cost, salt: random(16), hash: random(32))
    }

    private init(cost: Int, salt: [UInt8], hash: [UInt8]) {
        (self.cost, parallelism, self.salt, self.hash) = (cost, Self.parallelism, salt, hash)
    }

    private static func random(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: .min ... .max) } }

    /// `nil` for what is no hash as `text` writes it.
    package init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
            let (cost, parallelism) = Self.settings(parts[2]),
            let salt = Data(base64Encoded: String(parts[3])), let hash = Data(base64Encoded: String(parts[4])),
            salt.count == 16, hash.count == 32
        else { return nil }
        (self.cost, self.parallelism) = (cost, parallelism)
        self.salt = Array(salt)
        self.hash = Array(hash)
    }

    /// Of `ln=16,r=8,p=2`.
    private static func settings(_ text: Substring) -> (cost: Int, parallelism: Int)? {
        guard let match = text.wholeMatch(of: /ln=([0-9]{2}),r=8,p=([1-9])/), let cost = Int(match.1),
            let ways = Int(match.2), (10...20).contains(cost)
        else { return nil }
        return (cost, ways)
    }

    package var text: String {
        "$scrypt$ln=\(cost),r=\(Self.blockSize),p=\(parallelism)$\(Data(salt).base64EncodedString())$\(Data(hash).base64EncodedString())"
    }

    /// Compares all of it, wherever the first difference is.
    package func isOf(_ password: String) throws -> Bool {
        let made = try Self.derive(password, salt, cost, parallelism)
        return zip(made, hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0 && made.count == hash.count
    }

    /// The same letters typed in another way (NFC or NFD) are the same password.
    private static func derive(
        _ password: String, _ salt: [UInt8], _ cost: Int, _ parallelism: Int
    ) throws -> [UInt8] {
        let bytes = Array(password.precomposedStringWithCanonicalMapping.utf8)
        return try KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost, blockSize: blockSize,
            parallelism: parallelism
        ).withUnsafeBytes { Array($0) }
    }
}
