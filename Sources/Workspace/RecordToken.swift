import Crypto
import Foundation
import GRDB
import Records

/// What is kept of an erased record's name: HMAC-SHA-256 under a key that lies beside the database, so that whoever has the
/// database alone cannot try out ids on it. The next export that has the record is recognised by it, and the record left out.
///
/// The ids of its findings stay too, in the ledger and in events. They are those that offices were sent, hashes of check,
/// source, record id and field without a key: who guesses the id of an erased record can confirm by them that it had one.
struct RecordToken: Sendable {
    private let key: SymmetricKey

    static let fileName = "erasure.key"

    /// - Parameter subjects: what erasures said of their key; see `subject`.
    /// - Throws: `E-ERA-001` when the key is not there, is none, or is not that of the erasures.
    init(directory: String, erasedUnder subjects: Set<String>) throws {
        let path = directory + "/" + Self.fileName
        guard let data = FileManager.default.contents(atPath: path),
            let bytes = Self.bytes(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines))
        else {
            throw Failure(
                .notDone, code: "E-ERA-001",
                Text(
                    en: "the key that recognises erased records is not there, and without it they would come back",
                    zh: "缺少识别已删除记录的密钥；没有它，已删除的记录会重新出现"),
                at: Place(file: path), advice: Text(en: "put the file back", zh: "请放回该文件"))
        }
        key = SymmetricKey(data: bytes)
        guard subjects.subtracting([subject]).isEmpty else { throw Self.foreign(path) }
    }

    private static func foreign(_ path: String) -> Failure {
        Failure(
            .notDone, code: "E-ERA-001",
            Text(
                en:
                    "this is not the key under which records were erased, or it was changed; with it they would not be recognised and would come back",
                zh: "这不是删除记录时所用的密钥，或该密钥已被改动；使用它将无法识别已删除的记录，这些记录会重新出现"),
            at: Place(file: path),
            advice: Text(
                en: "Put the right file back, from where you keep the keys; nothing was changed.",
                zh: "请从密钥保管处放回正确的文件；未作任何改动。"))
    }

    /// Makes the key where there is none.
    ///
    /// - Throws: as `init`; `E-WS-005` when the key cannot be written.
    static func making(in directory: String, erasedUnder subjects: Set<String>) throws -> RecordToken {
        let path = directory + "/" + fileName
        // A new key beside an old one would recognise those alone who are erased from now on.
        if subjects.isEmpty, !FileManager.default.fileExists(atPath: path) {
            let text = SymmetricKey(size: .bits256).withUnsafeBytes { Hex.text(Array($0)) } + "\n"
            try PrivateFile.write(Array(text.utf8), to: path)
        }
        return try RecordToken(directory: directory, erasedUnder: subjects)
    }

    private static let subjectPrefix = "erasure-key:"

    /// What the event of an erasure says of the key, among its subjects, which stay for good: by it another key is told from
    /// the right one. A keyed hash of nothing but its purpose, so it does not give the key away.
    var subject: String { Self.subjectPrefix + Hex.text(begin("check", "").finalize()) }

    /// What the erasures of a database said of their key; nothing, where an earlier version made them all.
    static func subjects(_ db: Database) throws -> Set<String> {
        var found: Set<String> = []
        try BulkQuery(db, "SELECT subjects FROM event WHERE sequence IN (SELECT event FROM erasure)").eachRow {
            found.formUnion(EventTable.subjects($0.bytes(0)).filter { $0.hasPrefix(subjectPrefix) })
        }
        return found
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        let bytes = stride(from: 0, to: 64, by: 2).compactMap { place in
            UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16)
        }
        return bytes.count == 32 ? bytes : nil
    }

    /// Takes the place of the office's id.
    func name(source: String, recordID: String) -> String {
        var hash = begin("name", source)
        hash.update(data: Array(recordID.utf8))
        return "erased:" + Hex.text(hash.finalize())
    }

    /// One that recognises nothing.
    static func anyName() -> String {
        "erased:" + SymmetricKey(size: .bits256).withUnsafeBytes { Hex.text(Array($0)) }
    }

    /// Of the cells of a record that has no id of its own.
    func content(source: String, layout: [UInt8], cells: UnsafeRawBufferPointer) -> String {
        var hash = begin("content", source)
        hash.update(data: layout)
        hash.update(data: cells)
        return Hex.text(hash.finalize())
    }

    /// Of what an erased record said of who it was.
    func value(_ text: String, field: String, source: String) -> String {
        var hash = begin("value", source)
        hash.update(data: Array("\(field)\u{1F}\(text)".utf8))
        return Hex.text(hash.finalize())
    }

    private func begin(_ what: String, _ source: String) -> HMAC<SHA256> {
        var hash = HMAC<SHA256>(key: key)
        hash.update(data: Array("qingku/erased/v1/\(what)\u{1F}\(source)\u{1F}".utf8))
        return hash
    }
}
