import Crypto
import Foundation
import GRDB
import Records
import Testing

@testable import Workspace

struct VerifyTests {
    static func workspace() throws -> Sample {
        let sample = Sample()
        let store = try sample.open()
        let source = Sample.source("a", sha: "1", [["1", "李强", "13800000001"], ["2", "王秀", ""], ["3", "张三", ""]])
        let later = Sample.source("a", sha: "2", [["1", "李强", "13800000002"], ["2", "王秀", ""]])
        let folder = sample.directory + "/outbox/run-2"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("person_id\n".utf8).write(to: URL(fileURLWithPath: folder + "/master.csv"))
        try store.commit { try Sample.run($0, [source], persons: [1, 2, 3], new: [1, 2, 3]) }
        try store.commit {
            try Sample.run(
                $0, [later], persons: [1, 1], merged: [.init(from: 2, into: 1)],
                outputs: [
                    StoredRun.Output(
                        path: "master.csv", sha256: Hex.text(SHA256.hash(data: Data("person_id\n".utf8))), size: 10)
                ])
        }
        try store.commit { try $0.append(Sample.event(3)) }
        #expect(try Sample.problems(store).isEmpty)
        return sample
    }

    @Test(
        "tampering with the store is found",
        arguments: [
            ("UPDATE record_version SET cells = CAST(replace(cells, '1380', '1390') AS BLOB) WHERE id = 1", [.record]),
            ("UPDATE record_version SET cells = x'00' WHERE id = 2", [.record]),
            ("UPDATE record_version SET digest = zeroblob(32) WHERE id = 1", [.record, .batch]),
            ("UPDATE record SET record_id = '7' WHERE id = 1", [.record, .record]),
            ("DELETE FROM record_version WHERE id = 3", [.batch]),
            ("UPDATE record_version SET batch = 2 WHERE id = 2", [.batch, .batch]),
            ("DELETE FROM record_version WHERE cells IS NULL", [.batch]),
            ("DELETE FROM record WHERE id = 3", [.reference, .batch]),
            ("DELETE FROM event WHERE sequence = 2", [.reference, .reference]),
            ("UPDATE event SET sequence = 9 WHERE sequence = 3", [.reference]),
            ("DELETE FROM batch WHERE id = 1", [.reference]),
            ("DELETE FROM batch_content WHERE batch = 1", [.batch]),
            ("UPDATE batch_content SET digest = zeroblob(32) WHERE batch = 2", [.batch]),
            ("UPDATE batch_content SET rows = substr(rows, 1, 3) WHERE batch = 1", [.batch]),
            ("INSERT INTO person_alias VALUES (1, 2, 2)", [.person, .person]),
        ] as [(String, [WorkspaceStore.Problem.Kind])])
    func tampering(_ sql: String, _ kinds: [WorkspaceStore.Problem.Kind]) throws {
        let sample = try Self.workspace()
        try sample.tamper(sql)
        let problems = try Sample.problems(try sample.open())
        #expect(Set(problems.map(\.kind)).isSuperset(of: kinds), "\(problems.map(\.message.en))")
    }

    @Test func `a reader sees one moment, whatever is committed meanwhile`() throws {
        let sample = try Self.workspace()
        let reader = try WorkspaceStore.openReadOnly(directory: sample.directory)
        let writer = try sample.open()
        try reader.readAsOfNow {
            let before = try reader.lastEvent()
            try writer.commit { try $0.append(Sample.event(4)) }
            #expect(try reader.lastEvent() == before)
            #expect(try reader.runs().count == 2)
        }
        #expect(try reader.lastEvent()?.sequence == 4)
    }

    @Test func `digests of the same records are others in another workspace`() throws {
        func digests() throws -> [Data] {
            let sample = try Self.workspace()
            return try sample.open().read {
                try Data.fetchAll($0, sql: "SELECT digest FROM record_version WHERE digest IS NOT NULL")
            }
        }
        let (some, others) = (try digests(), try digests())
        #expect(some.count == 4 && Set(some + others).count == 8)
    }

    @Test func `one flipped byte in the file is found`() throws {
        let sample = try Self.workspace()
        let url = URL(fileURLWithPath: sample.directory + "/registry.sqlite")
        var bytes = try Data(contentsOf: url)
        let place = try #require(bytes.range(of: Data("王秀".utf8)))
        bytes[place.lowerBound + 5] ^= 1
        try bytes.write(to: url)
        let problems = try Sample.problems(try sample.open())
        #expect(problems.map(\.kind) == [.record])
        #expect(problems.first?.message.en == "record 2 of batch 1 is not as it was imported")
    }

    @Test func `a changed or missing output is found, a folder moved away is not missed`() throws {
        let sample = try Self.workspace()
        let folder = sample.directory + "/outbox/run-2"
        try Data("person_id\nP00000001\n".utf8).write(to: URL(fileURLWithPath: folder + "/master.csv"))
        #expect(try Sample.problems(try sample.open()).map(\.kind) == [.output])
        try FileManager.default.removeItem(atPath: folder + "/master.csv")
        #expect(try Sample.problems(try sample.open()).map(\.kind) == [.output])
        try FileManager.default.removeItem(atPath: folder)
        #expect(try Sample.problems(try sample.open()).isEmpty)
    }

    @Test func `flipping bytes anywhere never crashes`() throws {
        let sample = try Self.workspace()
        let url = URL(fileURLWithPath: sample.directory + "/registry.sqlite")
        let sound = try Data(contentsOf: url)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<60 {
            var bytes = sound
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            try bytes.write(to: url)
            do {
                _ = try Sample.problems(try sample.open())
            } catch is Failure {}
        }
    }

    @Test func `the guard rails hold against accidents`() throws {
        let sample = try Self.workspace()
        let store = try sample.open()
        for sql in [
            "DELETE FROM event", "UPDATE event SET actor = 'x'", "UPDATE batch SET path = ''",
            "DELETE FROM membership", "UPDATE record SET record_id = 'x'", "DELETE FROM run",
        ] {
            #expect(throws: (any Error).self, "\(sql)") { try store.database.write { try $0.execute(sql: sql) } }
        }
    }
}
