import Foundation
import Testing

/// Backups and restores from outside.
@Suite struct BackupTests {
    private func withWorkspace(_ body: (String) throws -> Void) throws {
        try withFolder { folder in
            #expect(try Tool.run(["clean", "rules/latin.yaml", "--workspace", folder + "/w"]).status == 0)
            try body(folder)
        }
    }

    @Test func `a backup is private, whole, and never written over by accident`() throws {
        try withWorkspace { folder in
            let path = folder + "/a.backup"
            let made = try Tool.run(["backup", "--workspace", folder + "/w", "--out", path])
            #expect(made.status == 0)
            #expect(made.output.contains("proved"))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let first = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(try Tool.run(["backup", "--workspace", folder + "/w", "--out", path]).status == 3)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
            #expect(try Tool.run(["backup", "--workspace", folder + "/w", "--out", path, "--force"]).status == 0)
            let shown = try Tool.run(["audit", "show", "--type", "backup.made", "--workspace", folder + "/w"])
            #expect(shown.output.contains("backup.made"))
            #expect(try Tool.run(["audit", "verify", "--workspace", folder + "/w"]).status == 0)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(".") }
            #expect(left.isEmpty)
            #expect(try Tool.run(["backup", "--workspace", folder + "/none", "--out", folder + "/b"]).status == 2)
        }
    }

    @Test func `a backup is never written into the workspace it is of, whatever the way there`() throws {
        try withWorkspace { folder in
            let workspace = folder + "/w"
            try FileManager.default.createSymbolicLink(atPath: folder + "/link", withDestinationPath: workspace)
            func kept() throws -> [Data?] {
                let files = try contents(workspace)
                return ["registry.sqlite", "audit.key"].map { files[$0] }
            }
            let before = try kept()
            for path in [
                "w/registry.sqlite", "w/audit.key", "w/erasure.key", "w/lock", "w/new.backup", "w/outbox/new.backup",
                "w/../w/registry.sqlite", "link/registry.sqlite",
            ] {
                let refused = try Tool.run([
                    "backup", "--workspace", workspace, "--out", "\(folder)/\(path)", "--force",
                ])
                #expect(refused.status == 3, "\(path)")
                #expect(refused.errors.contains("E-BAK-008"), "\(path): \(refused.errors)")
            }
            #expect(try kept() == before)
            #expect(try Tool.run(["audit", "verify", "--workspace", workspace]).status == 0)
        }
    }

    @Test func `a key that lies elsewhere is not written over either`() throws {
        try withFolder { folder in
            let (workspace, key) = (folder + "/w", folder + "/signing.key")
            #expect(try Tool.run(["audit", "key", "--workspace", workspace, "--file", key]).status == 0)
            let refused = try Tool.run(["backup", "--workspace", workspace, "--out", key, "--force"])
            #expect(refused.errors.contains("E-BAK-008"))
            #expect(try Tool.run(["backup", "--workspace", workspace, "--out", folder + "/b"]).status == 0)
        }
    }

    @Test func `SEC-43: an encrypted backup opens only with its key, and a wrong key learns nothing`() throws {
        try withWorkspace { folder in
            let keys = try ["mine", "other"].map { name in
                let made = try Tool.run(["keygen", "--out", "\(folder)/\(name).key"])
                #expect(made.status == 0)
                return made.output.trimmingCharacters(in: .newlines)
            }
            let mode = try FileManager.default.attributesOfItem(atPath: folder + "/mine.key")[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try Tool.run(["keygen", "--out", folder + "/mine.key"]).status != 0)
            let path = folder + "/a.age"
            let made = try Tool.run(["backup", "--workspace", folder + "/w", "--out", path, "--encrypt-to", keys[0]])
            #expect(made.status == 0)
            #expect(
                try String(decoding: Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self).contains("SQLite")
                    == false)
            let said = try Tool.run([
                "audit", "show", "--type", "backup.made", "--payload", "--workspace", folder + "/w",
            ])
            #expect(said.output.contains(keys[0]))

            let restore = ["restore", path, "--workspace", folder + "/new"]
            let without = try Tool.run(restore)
            #expect(without.status == 3 && without.errors.contains("E-BAK-009"))
            let wrong = try Tool.run(restore + ["--identity", folder + "/other.key"])
            #expect(wrong.status == 7 && wrong.errors.contains("E-ENC-004"))
            #expect(!wrong.errors.contains("age1") && !wrong.errors.contains("AGE-SECRET"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/new").allSatisfy { $0 == "lock" })
            let right = try Tool.run(
                restore + ["--identity", folder + "/other.key", "--identity", folder + "/mine.key"])
            #expect(right.status == 0, "\(right.errors)")
            #expect(try Tool.run(["audit", "verify", "--workspace", folder + "/new"]).status == 0)

            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(fileURLWithPath: path))
            let changed = try Tool.run(restore + ["--identity", folder + "/mine.key", "--force"])
            #expect(changed.status == 5 && changed.errors.contains("E-ENC-005"), "\(changed)")
        }
    }

    @Test func `SEC-43: an encrypted export and the list beside it open only with the key`() throws {
        try withWorkspace { folder in
            let recipient = try Tool.run(["keygen", "--out", folder + "/key"]).output.trimmingCharacters(in: .newlines)
            let made = try Tool.run([
                "export", "--workspace", folder + "/w", "--format", "excel", "--purpose", "count", "--recipient",
                "office",
                "--encrypt-to", recipient, "--out", folder + "/master.csv.age",
            ])
            #expect(made.status == 0)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains("master") }
            #expect(files.sorted() == ["master.csv.age", "master.csv.touched.csv.age"])
            for file in files {
                let text = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file))
                #expect(text.starts(with: Data("age-encryption.org/v1\n-> X25519 ".utf8)))
            }
            let secret = try String(contentsOfFile: folder + "/key", encoding: .utf8).split(separator: "\n")[1]
            let refused = try Tool.run([
                "export", "--workspace", folder + "/w", "--format", "excel", "--purpose", "count", "--recipient",
                "office",
                "--encrypt-to", String(secret), "--out", folder + "/b.age",
            ])
            #expect(refused.status == 3 && refused.errors.contains("E-ENC-001"))
            #expect(!refused.errors.contains(secret.dropFirst(16)))
        }
    }

    @Test func `a damaged backup is refused and changes nothing`() throws {
        try withWorkspace { folder in
            let path = folder + "/a.backup"
            #expect(try Tool.run(["backup", "--workspace", folder + "/w", "--out", path]).status == 0)
            var random = SystemRandomNumberGenerator()
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            for place in (0..<6).map({ _ in Int.random(in: 100..<whole.count, using: &random) }) + [-1, -2] {
                var bytes = whole
                switch place {
                case -1: bytes = whole.prefix(whole.count / 2)
                case -2: bytes = Data("not a database".utf8)
                default: for byte in place..<min(place + 400, bytes.count) { bytes[byte] ^= 0x5A }
                }
                try bytes.write(to: URL(fileURLWithPath: path))
                let database = try contents(folder + "/w")["registry.sqlite"]
                let refused = try Tool.run(["restore", path, "--workspace", folder + "/w", "--force"])
                // Bytes of a free page say nothing.
                if refused.status == 0 { continue }
                #expect(refused.status == 5, "\(place): \(refused.errors)")
                #expect(try contents(folder + "/w")["registry.sqlite"] == database)
            }
        }
    }

    @Test func `an older copy names what would be lost, and the gap once it is forced`() throws {
        try withWorkspace { folder in
            let (workspace, path) = (folder + "/w", folder + "/a.backup")
            let kept = folder + "/kept.txt"
            #expect(try Tool.run(["backup", "--workspace", workspace, "--out", path]).status == 0)
            // Nothing but the word of the backup itself came after it.
            #expect(try Tool.run(["restore", path, "--workspace", workspace]).status == 0)
            #expect(try Tool.run(["audit", "verify", "--workspace", workspace]).status == 0)
            let rules =
                try String(contentsOfFile: Tool.root + "/rules/latin.yaml", encoding: .utf8)
                .replacing("../inputs", with: Tool.root + "/inputs") + "\n# another book\n"
            try rules.write(toFile: folder + "/latin.yaml", atomically: true, encoding: .utf8)
            #expect(try Tool.run(["clean", folder + "/latin.yaml", "--workspace", workspace]).status == 0)
            let note = try Tool.run(["audit", "checkpoint", "--workspace", workspace]).output
            try note.write(toFile: kept, atomically: true, encoding: .utf8)

            let refused = try Tool.run(["restore", path, "--workspace", workspace])
            #expect(refused.status == 5)
            #expect(refused.errors.contains("run.completed 1"))
            // The workspace is gone; its checkpoint is not.
            let elsewhere = try Tool.run(["restore", path, "--workspace", folder + "/v", "--checkpoint", kept])
            #expect(elsewhere.status == 5)
            #expect(elsewhere.errors.contains("would be lost"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/v/registry.sqlite"))

            let forced = try Tool.run(["restore", path, "--workspace", workspace, "--force"])
            #expect(forced.status == 0)
            #expect(forced.output.contains("Lost: events"))
            let aside = try FileManager.default.contentsOfDirectory(atPath: workspace).filter {
                $0.hasPrefix("replaced-")
            }
            #expect(!aside.isEmpty)
            let shown = try Tool.run([
                "audit", "show", "--type", "backup.restored", "--payload", "--json", "--workspace", workspace,
            ]).output
            #expect(shown.contains("run.completed"))
            #expect(try Tool.run(["audit", "verify", "--workspace", workspace]).status == 0)
            // What was kept elsewhere still tells.
            let told = try Tool.run(["audit", "verify", "--workspace", workspace, "--checkpoint", kept])
            #expect(told.status == 5)
            #expect(try Tool.run(["clean", folder + "/latin.yaml", "--workspace", workspace]).status == 0)
            #expect(try Tool.run(["audit", "verify", "--workspace", workspace]).status == 0)
        }
    }

    @Test func `a restore forgets no restriction and gives no person's number to somebody else`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            func person(_ name: String) throws -> String? {
                let row = try registry.newest("master.csv").first { $0.contains(name) }
                return row?.split(separator: ",").first.map(String.init)
            }
            #expect(try registry.clean().status == 0)
            #expect(try registry.run("backup", "--out", folder + "/copy.sqlite").status == 0)
            registry.a.append(SmallRegistry.Person(40))
            #expect(try registry.clean().status == 0)
            let given = try #require(try person(SmallRegistry.Person(40).name))
            #expect(try registry.run("restrict", "a:A0004", "--reason", "contested").status == 0)
            #expect(try registry.run("restrict", "a:A0040", "--reason", "contested").status == 0)
            let restored = try registry.run("restore", folder + "/copy.sqlite", "--force")
            #expect(restored.status == 0, "\(restored.errors)")
            #expect(restored.output.contains("1 records that were restricted since the backup were restricted again"))
            #expect(restored.output.contains("Restricted before and not in the backup: a:A0040"))
            #expect(restored.output.contains("New persons are numbered from"))
            try registry.verifies()
            #expect(try verifier(registry.workspace).status == 0)

            registry.a[registry.a.count - 1] = SmallRegistry.Person(41)
            #expect(try registry.clean().status == 0)
            #expect(try !registry.newest("members.csv").contains { $0.contains("A0004") })
            let other = try #require(try person(SmallRegistry.Person(41).name))
            #expect(other > given)
            try registry.verifies("--replay")
            #expect(try verifier(registry.workspace).status == 0)
        }
    }

    @Test func `a copy of another registry does not take the place of this one`() throws {
        try withWorkspace { folder in
            #expect(try Tool.run(["clean", "rules/latin.yaml", "--workspace", folder + "/other"]).status == 0)
            #expect(
                try Tool.run(["backup", "--workspace", folder + "/other", "--out", folder + "/o.backup"]).status == 0)
            let refused = try Tool.run(["restore", folder + "/o.backup", "--workspace", folder + "/w"])
            #expect(refused.status == 5)
            #expect(refused.errors.contains("E-BAK-007"))
        }
    }

    /// Contents of the files that stand in a folder while a command runs, as far as they were seen.
    private func seen(in folder: String, while arguments: [String]) throws -> [Data] {
        let running = try Tool.start(arguments)
        var seen: Set<Data> = []
        while running.process.isRunning {
            for path in (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? [] {
                guard let file = FileHandle(forReadingAtPath: folder + "/" + path) else { continue }
                if let head = try? file.read(upToCount: 21), !head.isEmpty { seen.insert(head) }
                try? file.close()
            }
            usleep(500)
        }
        let result = try Tool.finish(running)
        #expect(result.status == 0, "\(result.errors)")
        return Array(seen)
    }

    @Test func `SEC-43: where an encrypted file goes nothing stands in the clear, not even for a moment`() throws {
        try withWorkspace { folder in
            let recipient = try Tool.run(["keygen", "--out", folder + "/key"]).output.trimmingCharacters(in: .newlines)
            let (drive, place) = (folder + "/drive", ["--workspace", folder + "/w"])
            try FileManager.default.createDirectory(atPath: drive, withIntermediateDirectories: true)
            let age = Data("age-encryption.org/v1".utf8)
            let backup = ["backup", "--out", drive + "/a.age", "--encrypt-to", recipient] + place
            let export =
                [
                    "export", "--format", "sqlite", "--purpose", "count", "--recipient", "office", "--encrypt-to",
                    recipient, "--out", drive + "/b.age",
                ] + place
            for command in [backup, export] {
                let heads = try seen(in: drive, while: command)
                #expect(heads.allSatisfy { $0 == age || age.starts(with: $0) }, "\(command[0])")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: drive).sorted() == ["a.age", "b.age"])
            let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/w").filter { $0.contains("tmp-") }
            #expect(left.isEmpty, "\(left)")
        }
    }

    @Test func `what a killed process left of a backup or an export goes with the next one`() throws {
        try withWorkspace { folder in
            let recipient = try Tool.run(["keygen", "--out", folder + "/key"]).output.trimmingCharacters(in: .newlines)
            let place = ["--workspace", folder + "/w"]
            let export = ["export", "--format", "excel", "--purpose", "count", "--recipient", "office"] + place
            let commands = [
                ["backup", "--out", folder + "/a"] + place, export + ["--out", folder + "/b.csv"],
                ["backup", "--out", folder + "/c.age", "--encrypt-to", recipient] + place,
                export + ["--out", folder + "/d.csv.age", "--encrypt-to", recipient],
            ]
            // No process has such a number.
            let left = [
                ".a.tmp-4194999", ".b.csv.tmp-4194999", ".c.age.tmp-4194999", ".d.csv.age.tmp-4194999",
                "w/.outgoing.tmp-4194999",
            ]
            for name in left {
                try FileManager.default.createDirectory(
                    atPath: folder + "/" + name, withIntermediateDirectories: true)
                try Data("SQLite".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)/registry.sqlite"))
            }
            for command in commands {
                let done = try Tool.run(command)
                #expect(done.status == 0, "\(done.errors)")
            }
            for name in left { #expect(!FileManager.default.fileExists(atPath: folder + "/" + name), "\(name)") }
        }
    }
}
