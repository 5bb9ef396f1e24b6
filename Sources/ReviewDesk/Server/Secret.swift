import Crypto
import Foundation

/// Random texts that open something, and how they are kept: only their digest stays in memory.
package enum Secret {
    /// 256 bits, as 43 characters that a URL and a cookie take.
    package static func make() -> String {
        encode((0..<32).map { _ in UInt8.random(in: .min ... .max) })
    }

    static func digest(_ text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }

    /// The same for a secret and a purpose, whenever the desk was started; says nothing about the secret.
    static func token(for secret: String, _ purpose: String) -> String {
        let key = SymmetricKey(data: Array(secret.utf8))
        return encode(HMAC<SHA256>.authenticationCode(for: Array(purpose.utf8), using: key))
    }

    /// In a time that does not depend on where they differ.
    static func isSame(_ a: String, _ b: String) -> Bool {
        let (a, b) = (digest(a), digest(b))
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }
}
