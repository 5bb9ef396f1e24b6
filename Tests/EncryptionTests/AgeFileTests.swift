import Foundation
import Records
import Testing

@testable import Encryption

/// SEC-43: an encrypted file opens only with its key, and a wrong key reveals nothing.
@Suite final class AgeFileTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/age-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func file(_ name: String, _ content: Data = Data()) throws -> String {
        let path = folder + "/" + name
        try content.write(to: URL(fileURLWithPath: path))
        return path
    }

    private func encrypted(_ content: Data, for recipients: [AgeRecipient]) throws -> Data {
        let (plain, sealed) = (try file("plain", content), try file("sealed"))
        try AgeFile.encrypt(plain, to: sealed, for: recipients)
        return try Data(contentsOf: URL(fileURLWithPath: sealed))
    }

    private func opened(_ content: Data, _ identities: [AgeIdentity]) throws -> Data {
        let (sealed, plain) = (try file("sealed", content), try file("opened"))
        try AgeFile.decrypt(sealed, to: plain, with: identities)
        return try Data(contentsOf: URL(fileURLWithPath: plain))
    }

    private static func content(_ count: Int) -> Data {
        Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
    }

    @Test(
        "What went in comes out, around the bounds of pieces",
        arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 200_001])
    func roundTrip(_ count: Int) throws {
        let identity = AgeIdentity()
        let content = Self.content(count)
        let sealed = try encrypted(content, for: [identity.recipient])
        #expect(try opened(sealed, [identity]) == content)
        let pieces = max(1, (count + 65_535) / 65_536)
        #expect(sealed.count == AgeHeader(sealed).map { $0.bytes + 16 + count + 16 * pieces })
    }

    @Test("Any one of the recipients opens it, and nobody else")
    func recipients() throws {
        let (first, second, other) = (AgeIdentity(), AgeIdentity(), AgeIdentity())
        let sealed = try encrypted(Data("清库".utf8), for: [first.recipient, second.recipient])
        #expect(try opened(sealed, [second]) == Data("清库".utf8))
        #expect(try opened(sealed, [other, first]) == Data("清库".utf8))
        let failure = #expect(throws: Failure.self) { try self.opened(sealed, [other]) }
        #expect(failure?.code == "E-ENC-004")
        #expect(failure.map { "\($0.message.en)\($0.advice?.en ?? "")".contains("age1") } == false)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/opened")).isEmpty)
    }

    @Test("The same content is never the same file twice")
    func fresh() throws {
        let identity = AgeIdentity()
        let twice = try (0..<2).map { _ in try encrypted(Data("a".utf8), for: [identity.recipient]) }
        #expect(twice[0] != twice[1])
    }

    @Test("One changed byte anywhere is found")
    func changed() throws {
        let identity = AgeIdentity()
        let sealed = try encrypted(Data("who is there twice".utf8), for: [identity.recipient])
        for place in sealed.indices {
            var wrong = sealed
            wrong[place] ^= 1
            let failure = #expect(throws: Failure.self) { try self.opened(wrong, [identity]) }
            #expect(failure.map { ["E-ENC-004", "E-ENC-005"].contains($0.code) } == true)
        }
    }

    @Test("A file cut off anywhere, gone on with, or with pieces exchanged is found")
    func pieces() throws {
        let identity = AgeIdentity()
        let sealed = try encrypted(Self.content(3 << 16), for: [identity.recipient])
        let start = try #require(AgeHeader(sealed)).bytes + 16
        let piece = 65_552
        func expectDamaged(_ wrong: Data) {
            let failure = #expect(throws: Failure.self) { try self.opened(wrong, [identity]) }
            #expect(failure?.code == "E-ENC-005")
        }
        for end in [10, start - 16, start, start + 1, start + piece, start + 2 * piece, sealed.count - 1] {
            expectDamaged(sealed[..<end])
        }
        expectDamaged(sealed + Data([0]))
        expectDamaged(sealed + sealed[start...])
        let (first, second) = (sealed[start..<start + piece], sealed[start + piece..<start + 2 * piece])
        expectDamaged(sealed[..<start] + second + first + sealed[(start + 2 * piece)...])
    }

    /// A key that is used nowhere else.
    private static let known = "AGE-SECRET-KEY-1GFRASCDU7DVHUMLFPUC6JTK6W0QJCVWVRLCJAJMWLS507T62DA8QMW0CUR"

    @Test(
        "Files of the age tool open",
        arguments: [
            (
                """
                YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBCYWhjMzl2Um9mREFtRm9PRjE3cC9GVlZkSE1yT2R2VDh0RVlMMFdIZVFN\
                CmZKV3pCZ0lQUm9SWVNINXFFczZneG1Gc2lwbnR4MXhrS2EwZ0VxMXNGNjgKLS0tIDlBRTFnS05UVDNjUEcrTkRSdE14clVCaXp1\
                azVrcUUvckZNSzhkVkp0WTQKPOZM1XC4ZlDdwM4hbyfNXdMyBcV4yq5NYfVZXNd61bR635u4fXwdsSVzE/TqJu5sx9c0/SYzGFgP\
                usXy
                """, "the quick brown fox, 清库\n"
            ),
            (
                """
                YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBsTk4vaFZMUWN5dEJBbHRSdWhqa0ZSUHZxWDF1SngxQXN0cXB3dnZjMzEw\
                ClhEdVA0UVV1bnhxY3NvSUlsd3lFYnltN2JrVTQ4RGExdStCODJkNWhFckUKLS0tIGZPUmRwaVJTNjhkdGJGRkVPREVUMnlCMFFq\
                N2lPQUF6UFp4KzhoNmRMN0kKDsrD3MRZBEnJYpA10HOLxD2K2wnxJGSKduOZxJpM164=
                """, ""
            ),
        ])
    func foreign(_ base64: String, _ content: String) throws {
        let identity = try #require(AgeIdentity(Self.known))
        #expect(identity.recipient.description == "age10x8gx2lcagea6rz27ku6jnq0ftpfww88rrvalfm9hldadpy5ecqssw42eu")
        let sealed = try #require(Data(base64Encoded: base64))
        #expect(try String(decoding: opened(sealed, [identity]), as: UTF8.self) == content)
    }

    @Test("A file of keys is read, and what is wrong in it is said with its line")
    func keyFiles() throws {
        let identity = AgeIdentity()
        let path = try file("key", Data(("# mine\n\n" + identity.file).utf8))
        chmod(path, 0o600)
        #expect(try AgeIdentity.read(path).map(\.recipient) == [identity.recipient])
        chmod(path, 0o640)
        #expect(#expect(throws: Failure.self) { try AgeIdentity.read(path) }?.code == "E-ENC-003")
        let wrong = try file("wrong", Data("# none\nage1qqq\n".utf8))
        chmod(wrong, 0o600)
        let failure = #expect(throws: Failure.self) { try AgeIdentity.read(wrong) }
        #expect(failure?.code == "E-ENC-002")
        #expect(failure?.place?.line == 2)
        #expect(#expect(throws: Failure.self) { try AgeIdentity.read(self.folder + "/none") }?.code == "E-ENC-002")
    }

    @Test("Recipients come by name or in a file, and a secret key is not repeated")
    func recipientFiles() throws {
        let (first, second) = (AgeIdentity(), AgeIdentity())
        let list = try file("list", Data("# offices\n\(first.recipient)\n\n\(second.recipient)\n".utf8))
        #expect(try AgeRecipient.named([list]) == [first.recipient, second.recipient])
        #expect(try AgeRecipient.named([second.recipient.description]) == [second.recipient])
        let secret = first.file.split(separator: "\n").last.map(String.init) ?? ""
        let keys = try file("keys", Data(first.file.utf8))
        for argument in [secret, keys] {
            let failure = #expect(throws: Failure.self) { try AgeRecipient.named([argument]) }
            #expect(failure?.code == "E-ENC-001")
            #expect(failure?.message.en.contains(secret.dropFirst(16)) == false)
        }
        let failure = #expect(throws: Failure.self) { try AgeRecipient.named(["age1none"]) }
        #expect(failure?.code == "E-ENC-001")
        #expect(failure?.message.en.contains("age1none") == true)
    }
}
