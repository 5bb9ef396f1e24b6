import Crypto
import Foundation
import Records

/// Whom a file is encrypted to: the public half of a key, `age1…`.
package struct AgeRecipient: Sendable, Hashable, CustomStringConvertible {
    let key: [UInt8]

    init(key: [UInt8]) { self.key = key }

    /// - Returns: `nil` when it is none, or has a slip.
    package init?(_ text: String) {
        guard let key = Bech32.bytes(text, prefix: "age"), key.count == 32 else { return nil }
        self.key = key
    }

    package var description: String { Bech32.text(key, prefix: "age") }

    /// Those that an option names: each a recipient, or a file with one on each line; empty lines and those that begin with
    /// `#` are left out.
    ///
    /// - Throws: `E-ENC-001` for what is neither; a secret key is not repeated in the message.
    package static func named(_ arguments: [String]) throws -> [AgeRecipient] {
        try arguments.flatMap { argument -> [AgeRecipient] in
            if let recipient = AgeRecipient(argument) { return [recipient] }
            if AgeIdentity.isSecret(argument) { throw secretGiven() }
            guard let text = KeyLines.text(argument) else {
                throw unknown(argument, at: nil)
            }
            let recipients = try KeyLines(text).map { line, word in
                if AgeIdentity.isSecret(word) { throw secretGiven(at: Place(file: argument, line: line)) }
                guard let recipient = AgeRecipient(word) else {
                    throw unknown(word, at: Place(file: argument, line: line))
                }
                return recipient
            }
            guard !recipients.isEmpty else { throw unknown("", at: Place(file: argument)) }
            return recipients
        }
    }

    private static func unknown(_ text: String, at place: Place?) -> Failure {
        Failure(
            .badInput, code: "E-ENC-001",
            Text(
                en: "expected a recipient (age1…) or a file of them, found “\(text.prefix(80))”",
                zh: "应为接收方公钥（age1…）或其文件，实为“\(text.prefix(80))”"), at: place,
            advice: Text(
                en: "qingku keygen makes a key and prints its recipient; one slip makes it another text.",
                zh: "qingku keygen 可生成密钥并打印接收方公钥；抄错一个字符即无效。"))
    }

    private static func secretGiven(at place: Place? = nil) -> Failure {
        Failure(
            .badInput, code: "E-ENC-001",
            Text(en: "this is a secret key, where its recipient (age1…) belongs", zh: "这是私钥，此处应为接收方公钥（age1…）"),
            at: place,
            advice: Text(
                en:
                    "Give the “public key” of the file it came from. A secret that stood in a command may have been seen.",
                zh: "请使用其文件中的“public key”。出现在命令中的私钥可能已被他人看到。"))
    }
}

/// The secret half of a key: `AGE-SECRET-KEY-1…`.
package struct AgeIdentity: Sendable {
    private static let prefix = "age-secret-key-"

    let key: Curve25519.KeyAgreement.PrivateKey

    /// A new one.
    package init() { key = Curve25519.KeyAgreement.PrivateKey() }

    /// - Returns: `nil` when it is none, or has a slip.
    package init?(_ text: String) {
        guard let bytes = Bech32.bytes(text, prefix: Self.prefix), bytes.count == 32,
            let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
    }

    package var recipient: AgeRecipient { AgeRecipient(key: Array(key.publicKey.rawRepresentation)) }

    private var text: String { Bech32.text(Array(key.rawRepresentation), prefix: Self.prefix).uppercased() }

    /// What a file with this key holds, as `age-keygen` writes it.
    package var file: String { "# public key: \(recipient)\n\(text)\n" }

    static func isSecret(_ text: String) -> Bool { text.lowercased().hasPrefix(prefix) }

    /// Those in a file, one a line.
    ///
    /// - Throws: `E-ENC-002` when it cannot be read or has a line that is no key, `E-ENC-003` when others may read it.
    package static func read(_ path: String) throws -> [AgeIdentity] {
        var status = stat()
        guard stat(path, &status) == 0, let text = KeyLines.text(path) else {
            throw Failure(
                .badInput, code: "E-ENC-002", Text(en: "the key file cannot be read", zh: "无法读取密钥文件"),
                at: Place(file: path))
        }
        guard status.st_mode & 0o077 == 0 else {
            throw Failure(
                .notPermitted, code: "E-ENC-003",
                Text(en: "others than its owner may read the key file", zh: "密钥文件可被所有者以外的人读取"),
                at: Place(file: path),
                advice: Text(
                    en: "Run “chmod 600” on it. If somebody may have read it, make a new key for what comes.",
                    zh: "请对它执行 chmod 600；若可能已被读取，今后请使用新密钥。"))
        }
        let identities = try KeyLines(text).map { line, word in
            guard let identity = AgeIdentity(word) else { throw noKey(Place(file: path, line: line)) }
            return identity
        }
        guard !identities.isEmpty else { throw noKey(Place(file: path)) }
        return identities
    }

    private static func noKey(_ place: Place) -> Failure {
        Failure(
            .badInput, code: "E-ENC-002",
            Text(en: "expected a secret key (AGE-SECRET-KEY-1…)", zh: "应为私钥（AGE-SECRET-KEY-1…）"), at: place,
            advice: Text(
                en: "Give the file that qingku keygen or age-keygen wrote.", zh: "请给出 qingku keygen 或 age-keygen 写出的文件。"
            ))
    }
}

/// The lines of a file of keys that say something, with their numbers.
private struct KeyLines {
    private let lines: [(line: Int, word: String)]

    init(_ text: String) {
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            .map { ($0 + 1, $1.trimmingCharacters(in: .whitespaces)) }
            .filter { !$1.isEmpty && !$1.hasPrefix("#") }
    }

    func map<Key>(_ key: (Int, String) throws -> Key) rethrows -> [Key] { try lines.map(key) }

    /// Of a file that is small enough to be one of keys.
    static func text(_ path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: 1 << 20), data.count < 1 << 20 else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}
