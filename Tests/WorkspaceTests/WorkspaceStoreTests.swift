import Foundation
import GRDB
import Records
import Testing

@testable import Workspace

struct WorkspaceStoreTests {
    @Test func `a new workspace is private and durable`() throws {
        let sample = Sample()
        #expect(!WorkspaceStore.exists(at: sample.directory))
        let store = try sample.open()
        #expect(WorkspaceStore.exists(at: sample.directory))
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(sample.directory) == 0o700)
        for file in try FileManager.default.contentsOfDirectory(atPath: sample.directory) {
            #expect(try mode(sample.directory + "/" + file) == 0o600, "\(file)")
        }
        let settings = try store.read { db in
            try ["journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check"].map {
                try String.fetchOne(db, sql: "PRAGMA \($0)") ?? ""
            }
        }
        #expect(settings == ["wal", "2", "1", "0", "1"])
        #expect(try Sample.problems(store).isEmpty)
    }

    @Test func `a second writer is told who holds the workspace`() throws {
        let sample = Sample()
        let store = try sample.open()
        #expect {
            try sample.open()
        } throws: { error in
            let failure = error as? Failure
            return failure?.kind == .busy && failure?.code == "E-WS-001"
                && failure?.message.en.contains("process \(ProcessInfo.processInfo.processIdentifier) on ") == true
        }
        withExtendedLifetime(store) {}
    }

    @Test func `a closed workspace opens again, and the writer waits for it`() throws {
        let sample = Sample()
        _ = try sample.open()
        _ = try sample.open()
    }

    @Test func `readers see the last commit beside a writer`() throws {
        let sample = Sample()
        let store = try sample.open()
        func take(_ name: String, _ body: () throws -> Void) throws {
            try store.commit { writer in
                _ = try writer.importBatch(
                    Sample.source("a", [["1", name, "1"]]), schema: Sample.schema, time: Sample.time, event: 1)
                try body()
            }
        }
        try take("李强") {}
        let reader = try WorkspaceStore.openReadOnly(directory: sample.directory)
        try take("李刚") {
            let seen = try reader.batches().count
            #expect(seen == 1)
        }
        #expect(try reader.batches().count == 2)
    }

    @Test func `a new workspace takes in its first exports without a log, and has one again afterwards`() throws {
        let sample = Sample()
        let store = try sample.open()
        var isLogged: [Bool] = []
        for name in ["李强", "李刚"] {
            try store.commit { writer in
                _ = try writer.importBatch(
                    Sample.source("a", [["1", name, "1"]]), schema: Sample.schema, time: Sample.time, event: 1)
                isLogged.append(FileManager.default.fileExists(atPath: store.databasePath + "-wal"))
            }
        }
        #expect(isLogged == [false, true])
    }

    @Test func `a workspace nobody writes to can be read`() throws {
        let sample = Sample()
        #expect(throws: Failure.self) { try WorkspaceStore.openReadOnly(directory: sample.directory) }
        _ = try sample.open()
        #expect(try WorkspaceStore.openReadOnly(directory: sample.directory).lastRun() == nil)
    }

    @Test func `a newer workspace is left alone`() throws {
        let sample = Sample()
        _ = try sample.open()
        try sample.tamper("INSERT INTO grdb_migrations (identifier) VALUES ('99 from the future')")
        for open in [sample.open, { try WorkspaceStore.openReadOnly(directory: sample.directory) }] {
            #expect {
                try open()
            } throws: { ($0 as? Failure)?.code == "E-WS-003" }
        }
    }

    @Test(arguments: ["ALTER TABLE batch_content RENAME COLUMN left_out TO lacking", "DROP TABLE batch_content"])
    func `a workspace with the tables of another build is refused in plain words`(_ change: String) throws {
        let sample = Sample()
        _ = try sample.open()
        try sample.tamper(change)
        for open in [sample.open, { try WorkspaceStore.openReadOnly(directory: sample.directory) }] {
            #expect {
                try open()
            } throws: { ($0 as? Failure)?.code == "E-WS-010" }
        }
    }

    @Test func `a workspace that is behind is told from none`() throws {
        let sample = Sample()
        _ = try sample.open()
        try sample.tamper("DELETE FROM grdb_migrations WHERE identifier LIKE '3 %'; DROP TABLE calibration")
        #expect {
            try WorkspaceStore.openReadOnly(directory: sample.directory)
        } throws: { ($0 as? Failure)?.message.en.contains("earlier version") == true }
        _ = try sample.open()
        _ = try WorkspaceStore.openReadOnly(directory: sample.directory)
    }

    @Test func `what is no database is reported as damaged`() throws {
        let sample = Sample()
        try FileManager.default.createDirectory(atPath: sample.directory, withIntermediateDirectories: true)
        try Data(repeating: 0x51, count: 8192).write(to: URL(fileURLWithPath: sample.directory + "/registry.sqlite"))
        #expect {
            try sample.open()
        } throws: { error in
            (error as? Failure)?.kind == .verification && (error as? Failure)?.code == "E-WS-004"
        }
    }

    @Test func `a commit that fails leaves nothing`() throws {
        struct Killed: Error {}
        let sample = Sample()
        let store = try sample.open()
        let source = Sample.source("a", [["1", "李强", "1"]])
        #expect(throws: Killed.self) {
            try store.commit { writer in
                try Sample.run(writer, [source], persons: [1], new: [1])
                throw Killed()
            }
        }
        #expect(try store.batches().isEmpty)
        #expect(try store.lastRun() == nil)
        #expect(try store.lastEvent() == nil)
        #expect(try Sample.problems(store).isEmpty)
    }

    @Test func `a run without its event is refused as a whole`() throws {
        let sample = Sample()
        let store = try sample.open()
        #expect {
            try store.commit { writer in
                try writer.remember(StoredRuleBook(sha256: Sample.hash(7), path: "", text: ""))
                try writer.save(
                    StoredRun(
                        id: 1, name: "r", folder: "f", finishedAt: Sample.time, tool: "", rules: Sample.hash(7),
                        inputs: Sample.hash(1), decisions: Sample.hash(2), batches: [], records: 0, persons: 0,
                        basis: 0, day: "2026-11-21", language: .english, event: 1, outputs: []))
            }
        } throws: { ($0 as? Failure)?.code == "E-WS-005" }
        #expect(try store.ruleBook() == nil)
    }

    @Test func `who had an id before is looked up without going through all records`() throws {
        let sample = Sample()
        let plan = try sample.open().read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + IDHolders.query).map { $0["detail"] as String }
        }
        #expect(!plan.isEmpty && !plan.contains { $0.hasPrefix("SCAN version") }, "\(plan)")
    }

    @Test(
        "a workspace that can only be read says what to do about it, for the desk too",
        .enabled(if: geteuid() != 0, "root may write everywhere"))
    func readOnly() throws {
        let sample = Sample()
        _ = try sample.open()
        let folder = sample.directory
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder) }
        #expect {
            _ = try DeskIndex(directory: folder)
        } throws: { error in
            let failure = error as? Failure
            return failure?.code == "E-WS-005" && failure?.advice?.en.contains("work on a copy") == true
        }
    }

    @Test(
        "network file systems are known by their mounts",
        arguments: [
            ("/data/ws", nil), ("/mnt/share/ws", "nfs4"), ("/mnt/share", "nfs4"), ("/mnt/shared", nil),
            ("/mnt/share/local/ws", nil), ("/mnt/my disk/ws", "cifs"), ("/home/li/cloud/x", "fuse.sshfs"),
            ("/home/li/usb", nil),
        ] as [(String, String?)])
    func mounts(_ path: String, _ type: String?) {
        let table = MountTable(
            """
            22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
            40 22 0:40 / /mnt/share rw,relatime shared:5 - nfs4 server:/x rw
            41 40 8:2 / /mnt/share/local rw - xfs /dev/sdb rw
            42 22 0:41 / /mnt/my\\040disk rw - cifs //server/y rw
            43 22 0:42 / /home/li/cloud rw master:3 - fuse.sshfs li@server: rw
            44 22 0:43 / /home/li/usb rw - fuseblk /dev/sdc rw
            nonsense
            """)
        #expect(table.networkFileSystem(of: path) == type)
    }
}
