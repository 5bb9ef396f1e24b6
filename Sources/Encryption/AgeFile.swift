import Crypto
import Foundation
import Records

/// Files that only the holders of certain keys can read, in the format of `age` (C2SP, version 1), whose own tools read and
/// write them too. Keys are X25519; files with a pass phrase are not read.
package enum AgeFile {
    /// What names of such files end with.
    package static let ending = ".age"

    /// Longer headers are none of ours: one with a thousand recipients has 200 KB.
    private static let longestHeader = 1 << 20

    /// Whether a file begins as an encrypted one does.
    package static func isEncrypted(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let mark = Data(AgeHeader.firstLine.utf8)
        return (try? file.read(upToCount: mark.count)) == mark
    }

    /// Writes what the file holds to another, which is there and empty, readable for any one of the recipients.
    ///
    /// - Parameter recipients: at least one.
    /// - Throws: `E-ENC-006` when the system refuses, or for a recipient that no key can have.
    package static func encrypt(_ path: String, to output: String, for recipients: [AgeRecipient]) throws {
        precondition(!recipients.isEmpty, "somebody has to be able to read it")
        try withFiles(path, output) { plain, sealed in
            let fileKey = SymmetricKey(size: .bits128)
            let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
            try sealed.write(contentsOf: Data(try AgeHeader.text(fileKey, to: recipients).utf8) + salt)
            let key = AgeStream.key(fileKey, salt: salt)
            try AgeStream.eachPiece(plain, size: AgeStream.piece) { piece, number, isLast in
                let box = try ChaChaPoly.seal(piece, using: key, nonce: AgeStream.nonce(number, isLast: isLast))
                try sealed.write(contentsOf: box.ciphertext + box.tag)
            }
        }
    }

    /// Writes what an encrypted file holds to another, which is there and empty.
    ///
    /// - Throws: `E-ENC-004` when none of the keys opens it, `E-ENC-005` when it was changed or cut off, `E-ENC-006` when the
    ///   system refuses. What was written until then is to be thrown away.
    package static func decrypt(_ path: String, to output: String, with identities: [AgeIdentity]) throws {
        try withFiles(path, output) { sealed, plain in
            let beginning = try sealed.read(upToCount: longestHeader) ?? Data()
            guard let header = AgeHeader(beginning) else { throw damaged(path) }
            guard let fileKey = header.fileKey(identities) else { throw closed(path) }
            try sealed.seek(toOffset: UInt64(header.bytes))
            guard let salt = try sealed.read(upToCount: AgeStream.salt), salt.count == AgeStream.salt else {
                throw damaged(path)
            }
            let key = AgeStream.key(fileKey, salt: salt)
            try AgeStream.eachPiece(sealed, size: AgeStream.piece + AgeStream.tag) { piece, number, isLast in
                let nonce = AgeStream.nonce(number, isLast: isLast)
                guard piece.count >= AgeStream.tag, number == 0 || piece.count > AgeStream.tag,
                    let box = try? ChaChaPoly.SealedBox(
                        nonce: nonce, ciphertext: piece.dropLast(AgeStream.tag), tag: piece.suffix(AgeStream.tag)),
                    let opened = try? ChaChaPoly.open(box, using: key)
                else { throw damaged(path) }
                try plain.write(contentsOf: opened)
            }
        }
    }

    private static func withFiles(
        _ input: String, _ output: String, _ body: (FileHandle, FileHandle) throws -> Void
    ) throws {
        do {
            let from = try FileHandle(forReadingFrom: URL(fileURLWithPath: input))
            defer { try? from.close() }
            let to = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
            defer { try? to.close() }
            try body(from, to)
            try to.synchronize()
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(
                .storage, code: "E-ENC-006",
                Text(
                    en: "the encrypted copy cannot be written or read: \(error.localizedDescription)",
                    zh: "无法写入或读取加密副本：\(error.localizedDescription)"), at: Place(file: output))
        }
    }

    /// Nothing of the file or the key is said.
    private static func closed(_ path: String) -> Failure {
        Failure(
            .notPermitted, code: "E-ENC-004",
            Text(en: "the file does not open with this key", zh: "此密钥无法打开该文件"), at: Place(file: path),
            advice: Text(
                en: "Give the key file (--identity) of one of the recipients it was encrypted to.",
                zh: "请用 --identity 给出其加密接收方之一的密钥文件。"))
    }

    private static func damaged(_ path: String) -> Failure {
        Failure(
            .verification, code: "E-ENC-005",
            Text(en: "the encrypted file was changed or cut off", zh: "加密文件已被改动或截断"), at: Place(file: path),
            advice: Text(en: "Take another copy of it.", zh: "请换用另一份副本。"))
    }
}
