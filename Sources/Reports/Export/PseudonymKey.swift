import Crypto
import Glibc
import Records

/// The secret that pseudonyms are made with: a file with 64 hex digits that only its owner may read.
package enum PseudonymKey {
    /// Reads the key; makes one where there is no file.
    ///
    /// - Throws: `E-KEY-001` when others may read the file, `E-KEY-002` when it is no key, `E-KEY-003` when it cannot be
    ///   read or made.
    package static func load(_ path: String) throws -> (key: [UInt8], isNew: Bool) {
        let new = retryingInterrupts { open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600)) }
        if new >= 0 { return (try make(path, new), true) }
        guard errno == EEXIST else { throw unusable(path) }
        return (try stored(path), false)
    }

    private static func make(_ path: String, _ descriptor: CInt) throws -> [UInt8] {
        defer { close(descriptor) }
        let key = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        let text = Array((Hex.text(key) + "\n").utf8)
        guard retryingInterrupts({ write(descriptor, text, text.count) }) == text.count,
            retryingInterrupts({ fsync(descriptor) }) == 0
        else {
            let failure = unusable(path)
            unlink(path)
            throw failure
        }
        return key
    }

    private static func stored(_ path: String) throws -> [UInt8] {
        let descriptor = retryingInterrupts { open(path, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw unusable(path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unusable(path) }
        guard status.st_mode & 0o077 == 0 else {
            throw Failure(
                .notPermitted, code: "E-KEY-001",
                Text(en: "others than its owner may read the key file", zh: "密钥文件可被所有者以外的人读取"),
                at: Place(file: path),
                advice: Text(en: "Run “chmod 600” on it, or make a new key.", zh: "请对它执行 chmod 600，或另建密钥。"))
        }
        var text = [UInt8](repeating: 0, count: 256)
        let count = retryingInterrupts { read(descriptor, &text, 256) }
        guard count >= 0 else { throw unusable(path) }
        guard let key = bytes(String(decoding: text[..<count], as: UTF8.self).trimmedBlanks) else {
            throw Failure(
                .badInput, code: "E-KEY-002",
                Text(en: "this is no key: expected 64 hex digits", zh: "这不是密钥：应为 64 位十六进制数字"),
                at: Place(file: path),
                advice: Text(
                    en: "Name a file that is not there, and a key will be made.", zh: "请指定一个不存在的文件名，将自动生成密钥。"))
        }
        return key
    }

    private static func bytes(_ hex: String) -> [UInt8]? {
        let digits = hex.unicodeScalars.map { $0.isASCII ? Character($0).hexDigitValue : nil }
        guard digits.count == 64, digits.allSatisfy({ $0 != nil }) else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8((digits[$0] ?? 0) * 16 + (digits[$0 + 1] ?? 0)) }
    }

    private static func unusable(_ path: String) -> Failure {
        let reason = String(cString: strerror(errno))
        return Failure(
            .storage, code: "E-KEY-003",
            Text(en: "the key file cannot be read or made (\(reason))", zh: "无法读取或创建密钥文件（\(reason)）"),
            at: Place(file: path))
    }
}
