import Crypto
import Foundation

/// The head of an encrypted file: the file's own key, wrapped once for each recipient, and a code over it all
/// (C2SP age, version 1).
struct AgeHeader {
    /// How the key is wrapped for one recipient.
    private struct Stanza {
        let words: [Substring]
        let body: [UInt8]
    }

    static let firstLine = "age-encryption.org/v1"
    private static let label = "age-encryption.org/v1/X25519"
    /// Characters of a line of a stanza's body.
    private static let width = 64

    private let stanzas: [Stanza]
    /// All that the code is over.
    private let signed: String
    private let code: [UInt8]
    /// Of the whole header.
    let bytes: Int

    // MARK: Writing

    /// - Throws: for a recipient that is no point of the curve.
    static func text(_ fileKey: SymmetricKey, to recipients: [AgeRecipient]) throws -> String {
        let stanzas = try recipients.map { try stanza(fileKey, to: $0) }
        let signed = ([firstLine] + stanzas + ["---"]).joined(separator: "\n")
        return signed + " " + base64(code(signed, fileKey)) + "\n"
    }

    private static func stanza(_ fileKey: SymmetricKey, to recipient: AgeRecipient) throws -> String {
        let ephemeral = Curve25519.KeyAgreement.PrivateKey()
        let share = Array(ephemeral.publicKey.rawRepresentation)
        let other = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: recipient.key)
        let wrapKey = wrapKey(try ephemeral.sharedSecretFromKeyAgreement(with: other), share, recipient.key)
        let sealed = try ChaChaPoly.seal(fileKey.withUnsafeBytes { Data($0) }, using: wrapKey, nonce: noNonce)
        return "-> X25519 \(base64(share))\n" + base64(sealed.ciphertext + sealed.tag)
    }

    // MARK: Reading

    /// - Returns: `nil` for what is not the beginning of such a file.
    init?(_ beginning: Data) {
        let mark = Data("\n--- ".utf8)
        guard let found = beginning.range(of: mark), let end = beginning[found.upperBound...].firstIndex(of: 10),
            let text = String(bytes: beginning[..<end], encoding: .utf8)
        else { return nil }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popFirst().map(String.init) == Self.firstLine, let last = lines.popLast(),
            let code = Self.bytes(last.dropFirst(4)), code.count == 32
        else { return nil }
        var stanzas: [Stanza] = []
        while let line = lines.popFirst() {
            guard line.hasPrefix("-> ") else { return nil }
            var body = ""
            while true {
                guard let part = lines.popFirst(), part.utf8.count <= Self.width else { return nil }
                body += part
                if part.utf8.count < Self.width { break }
            }
            guard let bytes = Self.bytes(body[...]) else { return nil }
            stanzas.append(Stanza(words: line.dropFirst(3).split(separator: " "), body: bytes))
        }
        self.stanzas = stanzas
        signed = text.prefix(text.count - last.count) + "---"
        self.code = code
        bytes = end - beginning.startIndex + 1
    }

    /// The file's key; `nil` when none of the identities opens it, or somebody changed the header.
    func fileKey(_ identities: [AgeIdentity]) -> SymmetricKey? {
        for identity in identities {
            for stanza in stanzas {
                guard let key = Self.opened(stanza, by: identity) else { continue }
                let isWhole = HMAC<SHA256>.isValidAuthenticationCode(
                    code, authenticating: Data(signed.utf8), using: Self.codeKey(key))
                return isWhole ? key : nil
            }
        }
        return nil
    }

    private static func opened(_ stanza: Stanza, by identity: AgeIdentity) -> SymmetricKey? {
        guard stanza.words.count == 2, stanza.words[0] == "X25519", let share = bytes(stanza.words[1]),
            share.count == 32, stanza.body.count == 32,
            let point = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: share),
            let secret = try? identity.key.sharedSecretFromKeyAgreement(with: point),
            let box = try? ChaChaPoly.SealedBox(
                nonce: noNonce, ciphertext: stanza.body[..<16], tag: stanza.body[16...]),
            let opened = try? ChaChaPoly.open(box, using: wrapKey(secret, share, identity.recipient.key))
        else { return nil }
        return SymmetricKey(data: opened)
    }

    // MARK: Keys

    /// Each key wraps one message only, so that the nonce may be zero.
    private static var noNonce: ChaChaPoly.Nonce { AgeStream.nonce(0, isLast: false) }

    private static func wrapKey(_ secret: SharedSecret, _ share: [UInt8], _ recipient: [UInt8]) -> SymmetricKey {
        secret.hkdfDerivedSymmetricKey(
            using: SHA256.self, salt: share + recipient, sharedInfo: Data(label.utf8), outputByteCount: 32)
    }

    private static func codeKey(_ fileKey: SymmetricKey) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: fileKey, salt: Data(), info: Data("header".utf8), outputByteCount: 32)
    }

    private static func code(_ signed: String, _ fileKey: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: codeKey(fileKey))
    }

    /// Without padding.
    private static func base64(_ bytes: some Sequence<UInt8>) -> String {
        String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
    }

    /// - Returns: `nil` for what `base64` would not have written.
    private static func bytes(_ text: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: text + padding), base64(data) == text else { return nil }
        return Array(data)
    }
}
