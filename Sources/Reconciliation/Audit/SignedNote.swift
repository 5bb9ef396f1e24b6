import Foundation

/// A text with the signatures of those who stand for it: c2sp.org/signed-note.
package struct SignedNote: Sendable, Hashable {
    package struct Signature: Sendable, Hashable {
        let name: String
        let keyID: [UInt8]
        let bytes: [UInt8]
    }

    /// Ends with a line feed.
    package let body: String
    package private(set) var signatures: [Signature]

    private static let dash = "\u{2014} "

    package init(_ body: String, signedBy keys: [SigningKey]) throws {
        self.body = body
        signatures = try keys.map {
            Signature(name: $0.verifier.name, keyID: $0.verifier.id, bytes: try $0.signature(of: body))
        }
    }

    /// `nil` for a text that is no signed note. At most 1 MB and 100 signatures, as the specification advises.
    package init?(_ text: String) {
        guard text.utf8.count <= 1_000_000, text.hasSuffix("\n"),
            !text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" }),
            let border = text.range(of: "\n\n", options: [.backwards, .literal])
        else { return nil }
        body = String(text[..<text.index(after: border.lowerBound)])
        signatures = []
        let lines = text[border.upperBound...].dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard !lines.isEmpty, lines.count <= 100 else { return nil }
        for line in lines {
            let parts = line.dropFirst(Self.dash.count).split(separator: " ", omittingEmptySubsequences: false)
            guard line.hasPrefix(Self.dash), parts.count == 2, VerifierKey.isName(String(parts[0])),
                let data = Data(base64Encoded: String(parts[1])), data.count > 4
            else { return nil }
            signatures.append(
                Signature(name: String(parts[0]), keyID: Array(data.prefix(4)), bytes: Array(data.dropFirst(4))))
        }
    }

    package var text: String {
        body + "\n"
            + signatures.map { "\(Self.dash)\($0.name) \(Data($0.keyID + $0.bytes).base64EncodedString())\n" }.joined()
    }

    package enum Verdict: Sendable {
        case signed
        /// There is a signature in the key's name and it does not hold.
        case forged
        /// The key has not signed.
        case unsigned
    }

    package func verdict(of key: VerifierKey) -> Verdict {
        let own = signatures.filter { $0.name == key.name && $0.keyID == key.id }
        if own.isEmpty { return .unsigned }
        return own.allSatisfy { key.isSignature($0.bytes, of: body) } ? .signed : .forged
    }
}
