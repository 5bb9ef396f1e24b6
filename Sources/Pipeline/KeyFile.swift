import Foundation
import Glibc
import Reconciliation
import Records
import Workspace

/// The file with the secret half of the key that signs checkpoints: one line, mode 0600.
enum KeyFile {
    /// Makes a key, or takes the one that a run which was ended before its commit left there.
    ///
    /// - Throws: `E-AUD-002` when the file cannot be written, and as `read`.
    static func make(_ path: String, name: String) throws -> SigningKey {
        if FileManager.default.fileExists(atPath: path) { return try read(path) }
        let key = SigningKey(name: name)
        do {
            try PrivateFile.write(Array((key.text + "\n").utf8), to: path)
        } catch let failure as Failure {
            throw Failure(.storage, code: "E-AUD-002", failure.message, at: Place(file: path), advice: failure.advice)
        }
        return key
    }

    /// A key that takes the place of others, made as above.
    ///
    /// - Parameter retired: those that signed until now.
    /// - Throws: `E-AUD-014` when the file holds one of these, or another registry's.
    static func make(_ path: String, succeeding retired: [VerifierKey], name: String) throws -> SigningKey {
        let key = try make(path, name: name)
        guard key.verifier.name == name, !retired.contains(key.verifier) else {
            throw Failure(
                .badInput, code: "E-AUD-014",
                Text(
                    en: "this file holds a key already that cannot take the place of the one that signs here",
                    zh: "该文件中已有密钥，且不能用来更换此处签名的密钥"), at: Place(file: path),
                advice: Text(
                    en:
                        "Name a file that is not there yet, or none: keys of other registries, and those that signed before, do not do.",
                    zh: "请用 --file 给出新文件，或不用 --file：其他登记库的密钥或已用过的密钥不可使用。"))
        }
        return key
    }

    /// - Throws: `E-AUD-003` when it is not there, `E-AUD-004` when others may read it, `E-AUD-005` when it is no key.
    static func read(_ path: String) throws -> SigningKey {
        var status = stat()
        guard stat(path, &status) == 0, let data = FileManager.default.contents(atPath: path) else {
            throw Failure(
                .notDone, code: "E-AUD-003",
                Text(en: "the key that signs checkpoints is not there", zh: "签署检查点的密钥不在此处"), at: Place(file: path),
                advice: Text(
                    en: "put the file back; if it is lost for good: qingku audit key --lost REASON",
                    zh: "请放回该文件；若确已丢失：qingku audit key --lost 原因"))
        }
        guard status.st_mode & 0o077 == 0 else {
            throw Failure(
                .notPermitted, code: "E-AUD-004",
                Text(
                    en: "others than its owner may read the key that signs checkpoints",
                    zh: "签署检查点的密钥可被所有者以外的人读取"), at: Place(file: path),
                advice: Text(
                    en: "chmod 600 the file; if somebody may have read it: qingku audit key --rotate",
                    zh: "请执行 chmod 600；若可能已被他人读取：qingku audit key --rotate"))
        }
        guard let key = SigningKey(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)) else {
            throw Failure(
                .badInput, code: "E-AUD-005", Text(en: "this is no signing key", zh: "这不是签名密钥"), at: Place(file: path),
                advice: Text(en: "put the right file back", zh: "请放回正确的文件"))
        }
        return key
    }
}
