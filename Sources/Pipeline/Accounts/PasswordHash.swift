import Crypto
import CryptoExtras
import Foundation

/// A password as it is kept: scrypt (RFC 7914) with a salt of its own, `$scrypt$ln=17,r=8,p=1$SALT$HASH`.
///
/// One hash takes 128 MiB and a few tenths of a second, for the desk as for whoever tries a list of passwords.
package struct PasswordHash: Sendable, Hashable {
    /// The base-2 logarithm of scrypt's N.
    package static let cost = 17
    private static let blockSize = 8
    private static let parallelism = 1

    let cost: Int
    private let salt: [UInt8]
    private let hash: [UInt8]

    /// - Parameter cost: logarithm of the number of rounds, 10 to 20.
    package init(of password: String, cost: Int = Self.cost) throws {
        self.cost = cost
        salt = Self.random(16)
        hash = try Self.derive(password, salt, cost)
    }

    /// Of no password: takes as long to compare with as any other.
    package static func nobody(cost: Int = Self.cost) -> PasswordHash {
        PasswordHash(cost: cost, salt: random(16), hash: random(32))
    }

    private init(cost: Int, salt: [UInt8], hash: [UInt8]) {
        (self.cost, self.salt, self.hash) = (cost, salt, hash)
    }

    private static func random(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: .min ... .max) } }

    /// `nil` for what is no hash as `text` writes it.
    package init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", parts[2].hasPrefix("ln="),
            parts[2].hasSuffix(",r=8,p=1"), let cost = Int(parts[2].dropFirst(3).dropLast(8)), (10...20).contains(cost),
            let salt = Data(base64Encoded: String(parts[3])), let hash = Data(base64Encoded: String(parts[4])),
            salt.count == 16, hash.count == 32
        else { return nil }
        self.cost = cost
        self.salt = Array(salt)
        self.hash = Array(hash)
    }

    package var text: String {
        "$scrypt$ln=\(cost),r=8,p=1$\(Data(salt).base64EncodedString())$\(Data(hash).base64EncodedString())"
    }

    /// Compares all of it, wherever the first difference is.
    package func isOf(_ password: String) throws -> Bool {
        let made = try Self.derive(password, salt, cost)
        return zip(made, hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0 && made.count == hash.count
    }

    /// The same letters typed in another way (NFC or NFD) are the same password.
    private static func derive(_ password: String, _ salt: [UInt8], _ cost: Int) throws -> [UInt8] {
        let bytes = Array(password.precomposedStringWithCanonicalMapping.utf8)
        return try KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost, blockSize: blockSize,
            parallelism: parallelism
        ).withUnsafeBytes { Array($0) }
    }
}
