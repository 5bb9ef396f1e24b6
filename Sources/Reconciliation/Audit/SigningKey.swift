import Crypto
import Foundation
import Records

/// Who signed: the public half of a key, as C2SP signed notes write it (`name+hash+base64`).
package struct VerifierKey: Sendable, Hashable, CustomStringConvertible {
    /// Also the origin of the checkpoints.
    package let name: String
    /// Ed25519, 32 bytes.
    let publicKey: [UInt8]

    init(name: String, publicKey: [UInt8]) {
        self.name = name
        self.publicKey = publicKey
    }

    /// `nil` for a text that is no Ed25519 verifier key, or whose hash is not that of its name and key.
    package init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, Self.isName(parts[0]), let key = Data(base64Encoded: parts[2]), key.count == 33,
            key.first == 1
        else { return nil }
        self.init(name: parts[0], publicKey: Array(key.dropFirst()))
        guard parts[1] == idText else { return nil }
    }

    /// Without blanks and `+`, which the notation needs for itself.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty && !name.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "+" || $0.value < 0x20 }
    }

    /// The first four bytes of SHA-256(name ‖ LF ‖ 0x01 ‖ key): tells keys of one name apart.
    var id: [UInt8] { Array(SHA256.hash(data: Array(name.utf8) + [0x0A, 0x01] + publicKey).prefix(4)) }

    var idText: String { Hex.text(id) }

    package var description: String { "\(name)+\(idText)+\(Data([1] + publicKey).base64EncodedString())" }

    func isSignature(_ signature: [UInt8], of text: String) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: Data(text.utf8))
    }
}

/// The secret half. Written as Go's signed notes do (`PRIVATE+KEY+name+hash+base64`).
package struct SigningKey: Sendable {
    package let verifier: VerifierKey
    private let key: Curve25519.Signing.PrivateKey

    /// A new one.
    package init(name: String) {
        precondition(VerifierKey.isName(name), "a key's name has no blanks and no +")
        key = Curve25519.Signing.PrivateKey()
        verifier = VerifierKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// `nil` for a text that is no such key.
    package init?(_ text: String) {
        let mark = "PRIVATE+KEY+"
        guard text.hasPrefix(mark) else { return nil }
        let parts = text.dropFirst(mark.count).split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 3, VerifierKey.isName(parts[0]), let seed = Data(base64Encoded: parts[2]),
            seed.count == 33, seed.first == 1,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Array(seed.dropFirst()))
        else { return nil }
        self.key = key
        verifier = VerifierKey(name: parts[0], publicKey: Array(key.publicKey.rawRepresentation))
        guard parts[1] == verifier.idText else { return nil }
    }

    /// The secret itself: goes into the key file and nowhere else.
    package var text: String {
        "PRIVATE+KEY+\(verifier.name)+\(verifier.idText)+\(Data([1] + Array(key.rawRepresentation)).base64EncodedString())"
    }

    /// - Throws: `E-AUD-001` when the system's cryptography refuses.
    func signature(of text: String) throws -> [UInt8] {
        do {
            return Array(try key.signature(for: Data(text.utf8)))
        } catch {
            throw Failure(
                .notDone, code: "E-AUD-001",
                Text(en: "the checkpoint could not be signed: \(error)", zh: "无法签署检查点：\(error)"))
        }
    }
}
