import Foundation
import Testing

@Suite struct ExportTests {
    private func withWorkspace<Value>(_ body: (String) throws -> Value) throws -> Value {
        try withFolder { folder in
            #expect(try Tool.run(["clean", "rules/registry.yaml", "--workspace", folder + "/w"]).status == 0)
            return try body(folder)
        }
    }

    private func export(_ folder: String, _ more: [String]) throws -> Tool.Result {
        try Tool.run(
            ["export", "--workspace", folder + "/w", "--purpose", "yearly count", "--recipient", "Statistics"] + more)
    }

    @Test func `every format is written, whole, private and logged with purpose and recipient`() throws {
        try withWorkspace { folder in
            let persons = try lines(folder + "/w/outbox/run-0001/master.csv").count - 1
            for (format, ending) in [
                ("machine", "csv"), ("excel", "csv"), ("xlsx", "xlsx"), ("xml", "xml"), ("jsonl", "jsonl"),
                ("sqlite", "sqlite"),
            ] {
                let path = "\(folder)/\(format).\(ending)"
                let result = try export(folder, ["--format", format, "--out", path, "--json"])
                #expect(result.status == 0)
                #expect(result.errors.isEmpty)
                let account = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
                #expect((account?["tables"] as? [String: Int]) == ["master": persons])
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == 0o600)
            }
            let machine = try String(contentsOfFile: folder + "/machine.csv", encoding: .utf8)
            let master = try String(contentsOfFile: folder + "/w/outbox/run-0001/master.csv", encoding: .utf8)
            #expect(machine.replacing("\r\n", with: "\n") == master)
            let verified = try Tool.run(["audit", "verify", "--workspace", folder + "/w"])
            #expect(verified.status == 0)
            let hidden = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(".") }
            #expect(hidden.isEmpty)
        }
    }

    @Test func `a folder that a run wrote outside of its workspace is no way around the trail`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean("--out", folder + "/res").status == 0)
            // Wherever it is taken to.
            try FileManager.default.moveItem(atPath: folder + "/res", toPath: folder + "/moved")
            let export = ["export", folder + "/moved", "--format", "machine", "--out"]
            let alone = try Tool.run(export + [folder + "/1.csv"])
            #expect(alone.status == 3 && alone.errors.contains("E-EXP-016"))
            let named = try registry.run(export + [folder + "/1.csv"])
            #expect(named.status == 3 && named.errors.contains("E-EXP-011"))
            let whole = export + [folder + "/1.csv", "--purpose", "count", "--recipient", "Statistics"]
            #expect(try registry.run(whole).status == 0)
            #expect(
                try registry.run(["audit", "show", "--type", "export.made", "--payload"]).output.contains("Statistics"))
            #expect(try registry.say("restrict", "a:A0003").status == 0)
            let restricted = try registry.run(
                export + [folder + "/2.csv", "--purpose", "count", "--recipient", "Statistics"])
            #expect(restricted.status == 7 && restricted.errors.contains("E-EXP-015"))
        }
    }

    @Test func `the tables of a run come together in a database`() throws {
        try withWorkspace { folder in
            let result = try export(folder, ["--format", "sqlite", "--what", "all", "--out", folder + "/all.sqlite"])
            #expect(result.status == 0)
            for table in ["master", "members", "pairs", "findings", "changes", "corrections"] {
                #expect(result.output.contains("\(table) ("))
            }
        }
    }

    @Test func `SEC-42: tokens are the same for one recipient and others for another, and the key is said`() throws {
        try withWorkspace { folder in
            func tokens(_ recipient: String, _ name: String, what: String = "master") throws -> ([[String]], String) {
                let path = "\(folder)/\(name).csv"
                let result = try Tool.run([
                    "export", "--workspace", folder + "/w", "--purpose", "study", "--recipient", recipient, "--format",
                    "machine", "--pseudonymise", "--key-file", folder + "/study.key", "--out", path, "--what", what,
                ])
                #expect(result.status == 0)
                let rows = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\r\n").dropLast()
                return (rows.map { $0.components(separatedBy: ",") }, result.output)
            }
            let (first, said) = try tokens("University", "a")
            #expect(said.contains("A new key was made: \(folder)/study.key"))
            #expect(said.contains("Year only: birth_date"))
            let (again, saidAgain) = try tokens("University", "b")
            #expect(first == again)
            #expect(!saidAgain.contains("new key"))
            let (other, _) = try tokens("Ministry", "c")
            #expect(first[1][0] != other[1][0] && first[1][1] != other[1][1])
            // The persons of the members are those of the master.
            let (members, _) = try tokens("University", "d", what: "members")
            let persons = Set(first.dropFirst().map { $0[0] })
            #expect(members.dropFirst().allSatisfy { persons.contains($0[2]) })
            // No number of a person is left.
            let ids = try lines(folder + "/w/outbox/run-0001/master.csv").flatMap { $0.components(separatedBy: ",") }
                .filter { $0.utf8.count == 18 && $0.utf8.first == 0x36 }
            let text = try String(contentsOfFile: folder + "/a.csv", encoding: .utf8)
            #expect(ids.count > 10 && ids.allSatisfy { !text.contains($0) })
        }
    }

    @Test func `the folder of a run is no way around the trail`() throws {
        try withWorkspace { folder in
            let run = folder + "/w/outbox/run-0001"
            let refused = try Tool.run(["export", run, "--format", "jsonl", "--out", folder + "/x.jsonl"])
            #expect(refused.status == 3)
            #expect(refused.errors.contains("E-EXP-011"))
            let result = try Tool.run([
                "export", run, "--format", "jsonl", "--out", folder + "/x.jsonl", "--purpose", "p", "--recipient", "r",
            ])
            #expect(result.status == 0)
            #expect(result.output.contains("of the audit trail"))
        }
    }

    @Test func `what cannot be exported is said, and leaves nothing`() throws {
        try withWorkspace { folder in
            let path = folder + "/x.csv"
            for (arguments, status, message) in [
                (["--format", "machine", "--what", "nothing"], 3, "has no table “nothing”"),
                (["--format", "machine", "--what", "master,members"], 3, "holds one table"),
                (["--format", "word"], 64, "is none of the formats"),
                (["--format", "machine", "--key-file", "k"], 64, "go with --pseudonymise"),
                (["--format", "machine", "--pseudonymise"], 3, "--key-file"),
                (
                    ["--format", "machine", "--pseudonymise", "--key-file", folder + "/k", "--keep", "nme"], 3,
                    "names no column"
                ),
            ] as [([String], Int32, String)] {
                let result = try export(folder, arguments + ["--out", path])
                #expect(result.status == status)
                #expect(result.errors.contains(message))
                #expect(!FileManager.default.fileExists(atPath: path))
            }
            // A table that was changed by hand is not given away as a run's result.
            try "person_id,name\nP1,x\n".write(
                toFile: folder + "/w/outbox/run-0001/master.csv", atomically: true, encoding: .utf8)
            let changed = try export(folder, ["--format", "machine", "--out", path])
            #expect(changed.status == 5)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `the next export shows which corrections were applied, ignored, contradicted or gone`() throws {
        try withWorkspace { folder in
            let list = try lines(folder + "/w/outbox/run-0001/corrections.csv")
                .map { $0.components(separatedBy: ",") }
            let changes = list.filter {
                $0[0] == "registry" && $0[3] == "phone" && ($0[4] == "change" || $0[4] == "fill")
            }
            #expect(changes.count >= 3)
            var rows = try String(contentsOfFile: Tool.root + "/inputs/registry.csv", encoding: .utf8)
                .components(separatedBy: "\r\n")
            let column = try #require(
                rows[0].replacing("\u{FEFF}", with: "").components(separatedBy: ",").firstIndex(of: "联系电话"))
            func edit(_ id: String, _ value: String?) throws {
                let place = try #require(rows.firstIndex { $0.contains(id) })
                guard let value else {
                    rows.remove(at: place)
                    return
                }
                var cells = rows[place].components(separatedBy: ",")
                cells[column] = value
                rows[place] = cells.joined(separator: ",")
            }
            try edit(changes[0][1], changes[0][6])
            try edit(changes[1][1], "13900000000")
            try edit(changes[2][1], nil)
            try rows.joined(separator: "\r\n").write(
                toFile: folder + "/registry.csv", atomically: true, encoding: .utf8)
            let result = try Tool.run([
                "clean", "rules/registry.yaml", "registry=\(folder)/registry.csv", "--workspace", folder + "/w",
            ])
            #expect(result.status == 0)
            #expect(result.output.contains("Corrections of run 1"))
            let follow = try lines(folder + "/w/outbox/run-0002/followup.csv").map { $0.components(separatedBy: ",") }
            func status(_ change: [String]) -> String? {
                follow.first { $0[1] == change[1] && $0[3] == "phone" }?[8]
            }
            #expect(status(changes[0]) == "applied")
            #expect(status(changes[1]) == "contradicted")
            #expect(status(changes[2]) == "vanished")
            #expect(follow.contains { $0[8] == "ignored" })
            #expect(follow.dropFirst().allSatisfy { $0[0] == "registry" })
            let manifest = try String(contentsOfFile: folder + "/w/outbox/run-0002/run.json", encoding: .utf8)
            #expect(manifest.contains("\"earlier_corrections\": {"))
        }
    }
}
