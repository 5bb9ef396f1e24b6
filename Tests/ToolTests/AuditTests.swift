import Foundation
import Testing

@Suite struct AuditTests {
    private static let workspace = ["--workspace", "workspace"]

    private func audit(_ verb: String, _ more: [String], in folder: String) throws -> Tool.Result {
        try Tool.run(["audit", verb] + more, in: folder)
    }

    private func cleaned(_ folder: String) throws {
        let root = Tool.root
        let result = try Tool.run(
            ["clean", "\(root)/rules/registry.yaml", "--workspace", "workspace", "--out", "result"], in: folder)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test func `key, checkpoint, proof and verification fit together`() throws {
        try withFolder { folder in
            // The key may be asked for before the first run, and is made once.
            let made = try audit("key", Self.workspace, in: folder)
            #expect(made.status == 0, "\(made.errors)")
            let key = made.output.trimmingCharacters(in: .newlines)
            #expect(key.hasPrefix("qingku/"))
            let file = folder + "/workspace/audit.key"
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try audit("key", Self.workspace, in: folder).output == made.output)

            try cleaned(folder)
            let written = try String(contentsOfFile: folder + "/result/checkpoint.txt", encoding: .utf8)
            let printed = try audit("checkpoint", Self.workspace, in: folder)
            #expect(printed.output == written)
            #expect(written.hasPrefix(key.prefix { $0 != "+" } + "\n"))
            #expect(try String(contentsOfFile: folder + "/result/run.json", encoding: .utf8).contains("checkpoint.txt"))

            let sound = try audit(
                "verify", Self.workspace + ["--checkpoint", "result/checkpoint.txt", "--key", key, "--json"], in: folder
            )
            #expect(sound.status == 0, "\(sound.output)")
            #expect(sound.output.contains("\"sound\":true"))
            #expect(sound.output.contains("\"key\":\"\(key)\""))

            #expect(try audit("prove", ["2", "--out", "proof.json"] + Self.workspace, in: folder).status == 0)
            let proved = try audit("check-proof", ["proof.json", "--key", key], in: folder)
            #expect(proved.status == 0)
            #expect(proved.output.hasPrefix("Proved: event 2 of "))
            try FileManager.default.removeItem(atPath: file)
            // Neither a run's checkpoint nor a proof from it needs the secret.
            #expect(try audit("prove", ["3", "--payload", "--out", "p.json"] + Self.workspace, in: folder).status == 0)
            #expect(try audit("check-proof", ["p.json", "--key", key], in: folder).output.contains("{"))
            let text = try String(contentsOfFile: folder + "/proof.json", encoding: .utf8)
            try text.replacingOccurrences(of: "\"sequence\" : 2", with: "\"sequence\" : 3").write(
                toFile: folder + "/proof.json", atomically: true, encoding: .utf8)
            #expect(try audit("check-proof", ["proof.json", "--key", key], in: folder).status == 5)
            #expect(try audit("prove", ["999"] + Self.workspace, in: folder).status == 3)
        }
    }

    @Test func `the other verifier agrees on a real run`() throws {
        try withFolder { folder in
            try cleaned(folder)
            let key = try audit("key", Self.workspace, in: folder).output.trimmingCharacters(in: .newlines)
            #expect(
                try audit("prove", ["2", "--payload", "--out", "proof.json"] + Self.workspace, in: folder).status == 0)
            func python(_ arguments: [String]) throws -> Int32 {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                process.arguments = ["python3", Tool.root + "/Tests/Verifier/verify.py"] + arguments
                process.currentDirectoryURL = URL(fileURLWithPath: folder)
                process.standardOutput = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                return process.terminationStatus
            }
            let database = "workspace/registry.sqlite"
            #expect(try python(["--checkpoint", "result/checkpoint.txt", "--key", key, database]) == 0)
            #expect(try python(["--proof", "proof.json", "--key", key]) == 0)
            let text = try String(contentsOfFile: folder + "/result/checkpoint.txt", encoding: .utf8)
            var lines = text.components(separatedBy: "\n")
            lines[1] = "1"
            try lines.joined(separator: "\n").write(toFile: folder + "/forged.txt", atomically: true, encoding: .utf8)
            #expect(try python(["--checkpoint", "forged.txt", database]) == 5)
            #expect(try audit("verify", ["--checkpoint", "forged.txt"] + Self.workspace, in: folder).status == 5)
        }
    }

    @Test func `events are shown by type, time and subject`() throws {
        try withFolder { folder in
            try cleaned(folder)
            let all = try audit("show", Self.workspace, in: folder).output.split(separator: "\n")
            #expect(all.first?.hasPrefix("1\t") == true)
            #expect(all.contains { $0.contains("\tbatch.imported\tbatch:1") })
            let imports = try audit("show", ["--type", "batch.imported"] + Self.workspace, in: folder).output
            #expect(imports.split(separator: "\n").count == 3)
            let batch = try audit("show", ["--subject", "batch:2", "--json", "--payload"] + Self.workspace, in: folder)
            #expect(batch.output.split(separator: "\n").count == 2)
            #expect(batch.output.contains("\"erased\":false"))
            #expect(try audit("show", ["--since", "2999"] + Self.workspace, in: folder).output.isEmpty)
            #expect(try audit("show", ["--last", "1"] + Self.workspace, in: folder).output.contains("rows.sealed"))
            #expect(try audit("show", ["--since", "yesterday"] + Self.workspace, in: folder).status == 64)
        }
    }

    @Test func `a key is rotated, replaced when it is lost, and refused when others may read it`() throws {
        try withFolder { folder in
            try cleaned(folder)
            let first = try audit("key", Self.workspace, in: folder).output
            let rotated = try audit("key", ["--rotate"] + Self.workspace, in: folder)
            #expect(rotated.status == 0, "\(rotated.errors)")
            #expect(rotated.output != first)
            #expect(!FileManager.default.fileExists(atPath: folder + "/workspace/audit.key"))
            #expect(try audit("verify", ["--key", first] + Self.workspace, in: folder).status == 0)

            try FileManager.default.removeItem(atPath: folder + "/workspace/audit-2.key")
            let lost = try audit("key", ["--rotate"] + Self.workspace, in: folder)
            #expect(lost.status == 2)
            #expect(lost.errors.contains("E-AUD-003"))
            let replaced = try audit(
                "key", ["--lost", "drive broke", "--file", "other.key"] + Self.workspace, in: folder)
            #expect(replaced.status == 0, "\(replaced.errors)")
            let verified = try audit("verify", Self.workspace, in: folder)
            #expect(verified.status == 0)
            #expect(verified.output.contains("replaced a lost key"))

            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder + "/other.key")
            let open = try audit("key", ["--rotate"] + Self.workspace, in: folder)
            #expect(open.status == 7)
            #expect(open.errors.contains("E-AUD-004"))
        }
    }

    @Test func `the key of another registry, or the one in use, does not take the place of a key`() throws {
        try withFolder { folder in
            try cleaned(folder)
            #expect(try audit("key", ["--workspace", folder + "/other"], in: folder).status == 0)
            let (own, other) = (folder + "/workspace/audit.key", folder + "/other/audit.key")
            let before = try Data(contentsOf: URL(fileURLWithPath: own))
            for file in [other, own] {
                let refused = try audit("key", ["--rotate", "--file", file] + Self.workspace, in: folder)
                #expect(refused.status == 3 && refused.errors.contains("E-AUD-014"), "\(refused)")
                #expect(try Data(contentsOf: URL(fileURLWithPath: own)) == before)
            }
            try FileManager.default.removeItem(atPath: own)
            let lost = try audit("key", ["--lost", "drive broke", "--file", other] + Self.workspace, in: folder)
            #expect(lost.status == 3 && lost.errors.contains("E-AUD-014"), "\(lost)")
            try before.write(to: URL(fileURLWithPath: own))
            #expect(chmod(own, 0o600) == 0)
            #expect(try audit("verify", Self.workspace, in: folder).status == 0)
        }
    }
}
