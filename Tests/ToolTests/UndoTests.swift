import Foundation
import Testing

/// What people say and take back, from outside.
@Suite struct UndoTests {
    /// What says when and by whom a run was made, or compares it with the one before.
    private static let accounts: Set<String> = [
        "run.json", "checkpoint.txt", "identity_changes.csv", "report.html",
        // Drawn by a run that fits a model; later ones go on with it.
        "sample.csv",
    ]

    private struct Desk {
        let workspace: String

        init(_ folder: String) throws {
            workspace = folder + "/w"
            #expect(try Tool.run(["clean", "rules/registry.yaml", "--workspace", workspace]).status == 0)
        }

        func say(_ words: String...) throws -> Tool.Result {
            try Tool.run(words + ["--workspace", workspace, "--reason", "seen the card", "--by", "wang"])
        }

        func ask(_ words: String...) throws -> Tool.Result { try Tool.run(words + ["--workspace", workspace]) }

        /// Findings without what the ledger remembers of them.
        func outputs(_ run: Int, except accounts: Set<String>) throws -> [String: Data] {
            var files = try contents(workspace + "/outbox/run-000\(run)", except: accounts)
            if let findings = files["findings.csv"] {
                let text = String(decoding: findings, as: UTF8.self)
                files["findings.csv"] = Data(text.replacing(",returned,", with: ",open,").utf8)
            }
            return files
        }

        func rows(_ file: String, _ run: Int) throws -> [[String]] {
            try lines(workspace + "/outbox/run-000\(run)/\(file)").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
        }

        /// Two persons of one record each.
        func strangers() throws -> [(record: String, person: String)] {
            let members = try rows("members.csv", 1).dropFirst()
            let sizes = Dictionary(grouping: members) { $0[2] }
            return members.filter { sizes[$0[2]]?.count == 1 && $0[0] == "registry" }.prefix(2).map {
                ("\($0[0]):\($0[1])", $0[2])
            }
        }

        func person(of record: String, _ run: Int) throws -> String? {
            try rows("members.csv", run).first { "\($0[0]):\($0[1])" == record }?[2]
        }

        func cell(_ field: String, of person: String, _ run: Int) throws -> String? {
            let master = try rows("master.csv", run)
            guard let column = master[0].firstIndex(of: field) else { return nil }
            return master.first { $0[0] == person }?[column]
        }

        /// Sequence of the newest word.
        func newest() throws -> String {
            let list = try ask("undo", "--list", "--limit", "1").output
            return String(list.prefix { $0 != " " })
        }
    }

    @Test func `a merge that is taken back leaves both sides as they were, byte for byte`() throws {
        try withFolder { folder in
            let desk = try Desk(folder)
            let pair = try desk.strangers()
            let merged = try desk.say("decide", "same", pair[0].record, pair[1].record)
            #expect(merged.status == 0)
            #expect(merged.output.contains("\(pair[1].record)  \(pair[1].person) → \(pair[0].person)  merged"))
            #expect(try desk.person(of: pair[1].record, 2) == pair[0].person)
            #expect(
                try desk.rows("identity_changes.csv", 2).last?.dropFirst().prefix(3)
                    == ["merged", pair[1].person, pair[0].person])
            let undone = try desk.say("undo", try desk.newest())
            #expect(undone.status == 0)
            #expect(undone.output.contains("returned"))
            #expect(try desk.outputs(3, except: Self.accounts) == desk.outputs(1, except: Self.accounts))
            #expect(try desk.ask("audit", "verify").status == 0)
        }
    }

    @Test func `a dry run shows what would come of it and records nothing`() throws {
        try withFolder { folder in
            let desk = try Desk(folder)
            let pair = try desk.strangers()
            let before = try desk.ask("audit", "show").output
            let result = try desk.say("decide", "same", pair[0].record, pair[1].record, "--dry-run")
            #expect(result.status == 0)
            #expect(result.output.contains("1 record would change its person:"))
            #expect(try desk.ask("audit", "show").output == before)
        }
    }

    @Test func `an undo can be undone, and every run comes out the same again`() throws {
        try withFolder { folder in
            let desk = try Desk(folder)
            let pair = try desk.strangers()
            _ = try desk.say("decide", "same", pair[0].record, pair[1].record)
            _ = try desk.say("undo", try desk.newest())
            _ = try desk.say("undo", try desk.newest())
            #expect(try desk.outputs(4, except: Self.accounts) == desk.outputs(2, except: Self.accounts))
            for run in 1...4 {
                let replay = try desk.ask("audit", "replay", "--run", "\(run)")
                #expect(replay.status == 0)
                #expect(replay.output.contains("comes out the same"))
            }
            let refused = try desk.ask("master", "--as-of", "1", "--out", folder + "/then")
            #expect(refused.status == 3 && refused.errors.contains("E-EXP-011"))
            let within = try desk.ask("master", "--as-of", "1", "--out", desk.workspace + "/outbox/then")
            #expect(within.status == 0)
            let then = try desk.ask(
                "master", "--as-of", "1", "--out", folder + "/then", "--purpose", "appeal 7", "--recipient", "Court")
            #expect(then.status == 0)
            #expect(
                try contents(folder + "/then", except: ["run.json"])
                    == desk.outputs(1, except: ["run.json", "checkpoint.txt"]))
            let given = try desk.ask("audit", "show", "--type", "export.made", "--payload")
            #expect(given.output.contains("appeal 7") && given.output.contains("Court"))
        }
    }

    @Test func `a value somebody writes stands in the master, and goes with its undo`() throws {
        try withFolder { folder in
            let desk = try Desk(folder)
            let person = try desk.strangers()[0].person
            #expect(try desk.say("override", person, "phone", "13912345678").status == 0)
            #expect(try desk.cell("phone", of: person, 2) == "13912345678")
            let changes = try lines(desk.workspace + "/outbox/run-0002/changes.csv")
            #expect(changes.contains { $0.contains(",13912345678,\"override by wang, event ") })
            _ = try desk.say("undo", try desk.newest())
            #expect(try desk.outputs(3, except: Self.accounts) == desk.outputs(1, except: Self.accounts))
        }
    }

    @Test func `a value written for a person who turns out to be two is nobody's until somebody says whose`() throws {
        try withFolder { folder in
            let desk = try Desk(folder)
            let pair = try desk.strangers()
            _ = try desk.say("decide", "same", pair[0].record, pair[1].record)
            let decision = try desk.newest()
            _ = try desk.say("override", pair[0].person, "phone", "13912345678")
            _ = try desk.say("undo", decision)
            for one in pair {
                #expect(try desk.person(of: one.record, 4) == one.person)
                #expect(try desk.cell("phone", of: one.person, 4) == desk.cell("phone", of: one.person, 1))
            }
            let queue = try desk.ask("findings", "--check", "override-unowned")
            #expect(queue.status == 0)
            #expect(queue.output.contains("override-unowned"))
            let found = try desk.rows("findings.csv", 4).filter { $0.contains("override-unowned") }
            #expect(found.count == 1)
            #expect(found.first?.joined().contains("\(pair[0].person) and \(pair[1].person)") == true)
            let story = try desk.ask("findings", "show", try #require(found.first?[0]))
            #expect(story.output.contains("Next  qingku override \(pair[0].person) phone 13912345678"))
            // Whose it is: of the one, and not of the other.
            #expect(try desk.say("override", pair[1].person, "phone", "13912345678").status == 0)
            #expect(try desk.rows("findings.csv", 5).allSatisfy { !$0.contains("override-unowned") })
            #expect(try desk.cell("phone", of: pair[1].person, 5) == "13912345678")
            #expect(try desk.cell("phone", of: pair[0].person, 5) == desk.cell("phone", of: pair[0].person, 1))
        }
    }

    @Test func `records nobody is sure about stay apart`() throws {
        try withFolder { folder in
            let desk = try Desk(folder)
            let pairs = try desk.rows("pairs.csv", 1)
            let decision = try #require(pairs[0].firstIndex(of: "decision"))
            let merged = try #require(pairs.first { $0[decision] == "merged" })
            let (a, b) = ("\(merged[0]):\(merged[1])", "\(merged[2]):\(merged[3])")
            #expect(try desk.person(of: a, 1) == desk.person(of: b, 1))
            _ = try desk.say("decide", "unsure", a, b)
            #expect(try desk.person(of: a, 2) != desk.person(of: b, 2))
            let again = try desk.rows("pairs.csv", 2).first { $0.prefix(4) == merged.prefix(4) }
            #expect(again?[decision] == "review")
        }
    }

    @Test func `an import that is taken back leaves what was there before it`() throws {
        try withFolder { folder in
            let desk = try Desk(folder)
            let export = try Data(contentsOf: URL(fileURLWithPath: Tool.root + "/inputs/dossier.csv"))
            let kept = export.split(separator: 10).dropLast(40)
            try Data(kept.joined(separator: [10])).write(to: URL(fileURLWithPath: folder + "/d.csv"))
            let second = try Tool.run([
                "clean", "rules/registry.yaml", "dossier=\(folder)/d.csv", "--workspace", desk.workspace,
            ])
            #expect(second.status == 0)
            #expect(try desk.rows("members.csv", 2).count == desk.rows("members.csv", 1).count - 40)
            #expect(FileManager.default.fileExists(atPath: desk.workspace + "/outbox/run-0002/followup.csv"))
            let undone = try desk.say("undo", "batch:4")
            #expect(undone.status == 0)
            #expect(
                undone.output.contains(
                    "(batch 3) is in force in place of d.csv (batch 4): 40 records more, 0 fewer, 0 with other cells"),
                "\(undone.output)")
            // The office sent nothing: there is nothing to judge it by.
            #expect(try desk.outputs(3, except: Self.accounts).keys == desk.outputs(1, except: Self.accounts).keys)
            #expect(try desk.rows("members.csv", 3) == desk.rows("members.csv", 1))
            #expect(try desk.rows("master.csv", 3) == desk.rows("master.csv", 1))
            #expect(try desk.ask("audit", "verify").status == 0)
        }
    }

    @Test(
        "what cannot be meant is said, and nothing is recorded",
        arguments: [
            (["undo", "99"], "E-UND-001"), (["undo", "decision:7"], "E-UND-001"),
            (["undo", "merge:P00000001"], "E-UND-001"),
            (["undo", "1"], "E-UND-003"), (["decide", "same", "nobody", "R00000001"], "E-WRD-001"),
            (["decide", "same", "R00000001", "R00000001"], "E-WRD-003"),
            (["override", "P99999999", "phone", "1"], "E-WRD-002"),
            (["override", "P00000001", "fone", "1"], "E-WRD-007"),
            (["override", "P00000001", "birth_date", "soon"], "E-WRD-008"),
            (["split", "P00000001", "registry:R00000003"], "E-WRD-004"),
        ])
    func refusals(_ words: [String], _ code: String) throws {
        try withFolder { folder in
            let desk = try Desk(folder)
            let before = try desk.ask("audit", "show").output
            let result = try Tool.run(words + ["--workspace", desk.workspace, "--reason", "r"])
            #expect(result.status == 3)
            #expect(result.errors.contains(code))
            #expect(try desk.ask("audit", "show").output == before)
        }
    }
}
