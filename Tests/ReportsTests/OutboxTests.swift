import Foundation
import Records
import Testing

@testable import Reports

struct Stop: Error {}

struct OutboxTests {
    private func write(_ folder: String, _ text: String) throws -> [OutputFile] {
        try Outbox.write(
            to: folder + "/run",
            { outbox in
                try outbox.file("a.csv") { sink in
                    try sink.header(["x"])
                    sink.cell(text)
                    try sink.endRow()
                }
                try outbox.file("corrections/b.csv") { $0.append("b") }
            }, manifest: { files, sink in sink.append(manifest(files.map(\.name))) })
    }

    private func manifest(_ names: [String]) -> String {
        "{\"outputs\":[" + names.map { "{\"file\":\"\($0)\"}" }.joined(separator: ",") + "]}"
    }

    @Test func `files come with rows, bytes and SHA-256, the manifest last`() throws {
        try withTemporaryFolder { folder in
            let files = try write(folder, "1")
            #expect(files.map(\.name) == ["a.csv", "corrections/b.csv", "run.json"])
            #expect(files.map(\.rows) == [1, nil, nil])
            #expect(files.map(\.bytes) == [4, 1, 59])
            #expect(files[1].sha256 == "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d")
            #expect(try contents(folder + "/run/run.json") == Array(manifest(["a.csv", "corrections/b.csv"]).utf8))
        }
    }

    @Test func `files that are only hashed have the digests of those that are written, and are nowhere`() throws {
        try withTemporaryFolder { folder in
            func file(_ maker: FileMaker) throws -> OutputFile {
                try maker.file("sub/a.csv") { sink in
                    try sink.header(["x"])
                    for number in 0..<100_000 {
                        sink.cell("\(number)")
                        try sink.endRow()
                    }
                }
            }
            var written: OutputFile?
            try Outbox.write(to: folder + "/run") { outbox in
                written = try file(outbox.maker)
            } manifest: { _, sink in
                sink.append("{}")
            }
            let before = try listing(folder + "/run/sub")
            #expect(try file(.hashing) == written)
            #expect(throws: Stop.self) { try FileMaker.hashing.file("b.csv") { _ in throw Stop() } }
            #expect(try listing(folder + "/run/sub") == before)
        }
    }

    @Test func `only the owner may read what is written`() throws {
        try withTemporaryFolder { folder in
            _ = try write(folder, "1")
            for (path, mode) in [("/run", 0o700), ("/run/corrections", 0o700), ("/run/a.csv", 0o600)] {
                let attributes = try FileManager.default.attributesOfItem(atPath: folder + path)
                #expect(attributes[.posixPermissions] as? Int == mode)
            }
        }
    }

    @Test func `a new folder replaces the old one whole`() throws {
        try withTemporaryFolder { folder in
            _ = try write(folder, "1")
            _ = try write(folder, "2")
            #expect(try listing(folder) == ["run"])
            #expect(try listing(folder + "/run") == ["a.csv", "corrections", "run.json"])
            #expect(try contents(folder + "/run/a.csv") == Array("x\n2\n".utf8))
        }
    }

    @Test(arguments: ["stray.txt", "registry.sqlite", "corrections.old"])
    func `a folder that holds anything else is refused and stays as it is`(stray: String) throws {
        try withTemporaryFolder { folder in
            _ = try write(folder, "1")
            try "mine".write(toFile: folder + "/run/" + stray, atomically: false, encoding: .utf8)
            #expect(throws: Failure.self) { try write(folder, "2") }
            #expect(try contents(folder + "/run/a.csv") == Array("x\n1\n".utf8))
            #expect(try contents(folder + "/run/" + stray) == Array("mine".utf8))
        }
    }

    @Test(arguments: ["in the body", "in a file", "in the manifest"])
    func `a failure leaves the old folder untouched and nothing beside it`(place: String) throws {
        try withTemporaryFolder { folder in
            _ = try write(folder, "1")
            #expect(throws: Stop.self) {
                try Outbox.write(
                    to: folder + "/run",
                    { outbox in
                        try outbox.file("a.csv") { sink in
                            sink.append("new")
                            if place == "in a file" { throw Stop() }
                        }
                        if place == "in the body" { throw Stop() }
                    }, manifest: { _, _ in throw Stop() })
            }
            #expect(try listing(folder) == ["run"])
            #expect(try contents(folder + "/run/a.csv") == Array("x\n1\n".utf8))
        }
    }

    @Test func `leftovers of a killed run go, those of a living one stay`() throws {
        try withTemporaryFolder { folder in
            let files = FileManager.default
            for name in [".run.tmp-999999999", ".run.tmp-1", ".run.tmp-x", ".other.tmp-999999999"] {
                try files.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
            }
            try "half".write(toFile: folder + "/.run.tmp-999999999/a.csv", atomically: false, encoding: .utf8)
            _ = try write(folder, "1")
            #expect(try listing(folder) == [".other.tmp-999999999", ".run.tmp-1", ".run.tmp-x", "run"])
        }
    }

    @Test func `an old folder set aside by a killed run comes back first`() throws {
        try withTemporaryFolder { folder in
            _ = try write(folder, "1")
            try FileManager.default.moveItem(atPath: folder + "/run", toPath: folder + "/.run.old-999999999")
            #expect(throws: Stop.self) {
                try Outbox.write(to: folder + "/run", { _ in throw Stop() }, manifest: { _, _ in })
            }
            #expect(try listing(folder) == ["run"])
            #expect(try contents(folder + "/run/a.csv") == Array("x\n1\n".utf8))
        }
    }

    @Test func `a file that failed can be written again`() throws {
        try withTemporaryFolder { folder in
            try Outbox.write(
                to: folder + "/run",
                { outbox in
                    #expect(throws: Stop.self) { try outbox.file("a") { _ in throw Stop() } }
                    try outbox.file("a") { $0.append("again") }
                }, manifest: { _, _ in })
            #expect(try contents(folder + "/run/a") == Array("again".utf8))
        }
    }

    @Test(arguments: ["/", ".", "..", "a/..", ""])
    func `a folder without a name of its own is refused`(path: String) {
        #expect(throws: Failure.self) { try Outbox.write(to: path, { _ in }, manifest: { _, _ in }) }
    }

    @Test func `a file in the way is not replaced`() throws {
        try withTemporaryFolder { folder in
            try "mine".write(toFile: folder + "/run", atomically: false, encoding: .utf8)
            #expect(throws: Failure.self) { try write(folder, "1") }
            #expect(try listing(folder) == ["run"])
            #expect(try contents(folder + "/run") == Array("mine".utf8))
        }
    }

    @Test(arguments: [
        (ENOSPC, "E-OUT-001"), (EFBIG, "E-OUT-001"), (EDQUOT, "E-OUT-001"), (EIO, "E-OUT-002"), (EACCES, "E-OUT-002"),
    ])
    func `what the system refuses is a storage failure`(error: Int32, code: String) {
        let failure = storageFailure(error, "/full/a.csv")
        #expect(failure.kind == .storage)
        #expect(failure.code == code)
        #expect(failure.place?.file == "/full/a.csv")
    }

    @Test(arguments: [
        ("registry", "registry"), ("社区卫生", "社区卫生"), ("../etc/passwd", "_.._etc_passwd"), ("", "_"),
        (".hidden", "_.hidden"),
        ("a b:c", "a_b_c"),
    ])
    func `file names keep letters and cannot leave the folder`(name: String, file: String) {
        #expect(Outbox.fileName(for: name) == file)
    }
}
