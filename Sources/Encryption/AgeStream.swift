import Crypto
import Foundation
import Records

/// The content of an encrypted file: pieces of 64 KiB, each sealed by itself with its number, the last one marked. A piece
/// that was changed, moved or left out does not open, nor does a file that was cut off between two.
enum AgeStream {
    static let piece = 1 << 16
    static let tag = 16
    /// Random bytes before the first piece, which the key of the content is made with.
    static let salt = 16

    static func key(_ fileKey: SymmetricKey, salt: Data) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: fileKey, salt: salt, info: Data("payload".utf8), outputByteCount: 32)
    }

    static func nonce(_ number: UInt64, isLast: Bool) -> ChaChaPoly.Nonce {
        var bytes = Data(count: 12)
        for place in 0..<8 { bytes[10 - place] = UInt8(truncatingIfNeeded: number >> UInt64(8 * place)) }
        bytes[11] = isLast ? 1 : 0
        guard let nonce = try? ChaChaPoly.Nonce(data: bytes) else { preconditionFailure("twelve bytes are a nonce") }
        return nonce
    }

    /// Calls for each piece of what is left of the file, in order; an empty file is one empty piece.
    ///
    /// - Parameter size: of a piece. One is read ahead, to know the last.
    static func eachPiece(_ file: FileHandle, size: Int, _ body: (Data, UInt64, Bool) throws -> Void) throws {
        var number: UInt64 = 0
        var next = try full(file, size)
        while true {
            try Interruption.check()
            let piece = next
            next = piece.count < size ? Data() : try full(file, size)
            try body(piece, number, next.isEmpty)
            if next.isEmpty { return }
            number += 1
        }
    }

    /// So many bytes, or all that are left.
    private static func full(_ file: FileHandle, _ size: Int) throws -> Data {
        var data = Data()
        while data.count < size, let more = try file.read(upToCount: size - data.count), !more.isEmpty { data += more }
        return data
    }
}
