import Foundation
import Testing

/// What needs two people, from outside.
@Suite struct ApproveTests {
    @Test func `a decision that needs two people counts once somebody else agrees`() throws {
        try withFolder { folder in
            for part in ["rules", "inputs"] {
                try FileManager.default.copyItem(atPath: Tool.root + "/" + part, toPath: folder + "/" + part)
            }
            let book = folder + "/rules/registry.yaml"
            let text = try String(contentsOfFile: book, encoding: .utf8)
            try (text + "\napprovals: { two_people: [different_ids] }\n")
                .write(toFile: book, atomically: true, encoding: .utf8)
            let place = ["--workspace", "w"]
            #expect(try Tool.run(["clean", "rules/registry.yaml"] + place, in: folder).status == 0)

            let proposed = try Tool.run(
                ["decide", "same", "R00000013", "R00000026", "--reason", "card", "--by", "wang"] + place, in: folder)
            #expect(proposed.status == 0)
            #expect(proposed.output.contains("waits: a second person has to agree"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/w/outbox/run-0002"))
            let list = try Tool.run(["approve", "--list"] + place, in: folder)
            #expect(list.output.contains("different_ids"))
            #expect(list.output.contains("registry:R00000013 and registry:R00000026 are one person"))
            #expect(list.output.contains("because: card"))
            let preview = try Tool.run(
                ["decide", "same", "R00000014", "R00000027", "--reason", "card", "--dry-run"] + place, in: folder)
            #expect(preview.output.contains("It would wait until a second person agrees (different_ids)."))
            let event = String(list.output.prefix { $0 != " " })

            let own = try Tool.run(["approve", event, "--by", "wang", "--reason", "sure"] + place, in: folder)
            #expect(own.status == 7)
            #expect(own.errors.contains("E-APR-003"))
            let other = try Tool.run(["approve", event, "--by", "li", "--reason", "seen"] + place, in: folder)
            #expect(other.status == 0)
            let moved = try lines(folder + "/w/outbox/run-0002/identity_changes.csv")
            #expect(moved.count == 2 && moved.last?.contains(",merged,") == true)
            #expect(try Tool.run(["audit", "verify", "--replay"] + place, in: folder).status == 0)
        }
    }

    @Test func `a large group is one however it grows`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder, rules: "approvals: { two_people: [large_group], group_over: 3 }\n")
            #expect(try registry.clean().status == 0)
            for (other, waits) in [("A0001", false), ("A0002", false), ("A0003", true)] {
                let said = try registry.say("decide", "same", "a:A0000", "a:\(other)", "--later")
                #expect(said.status == 0, "\(said.errors)")
                #expect(said.output.contains("waits: a second person has to agree") == waits, "\(other)")
            }
        }
        try withFolder { folder in
            let registry = try SmallRegistry(folder, rules: "approvals: { two_people: [large_group], group_over: 3 }\n")
            #expect(try registry.clean().status == 0)
            let rows = ["A0011", "A0012", "A0013"].map { "a,A0010,a,\($0),same,card,wang" }
            try (["a_source,a_record_id,b_source,b_record_id,decision,reason,by"] + rows).joined(separator: "\n").write(
                toFile: folder + "/d.csv", atomically: true, encoding: .utf8)
            let given = try registry.clean("--decisions", folder + "/d.csv")
            #expect(given.status == 0, "\(given.errors)")
            #expect(given.output.contains("waits: a second person has to agree") || given.output.contains("wait"))
            let list = try registry.run("approve", "--list")
            #expect(list.output.contains("large_group"))
        }
    }

    @Test func `to write that somebody died takes two people as to write of the dead does`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder, rules: "\napprovals: { two_people: [deceased] }\n")
            let master = try clerk.rows("master.csv", 1)
            let died = try #require(master[0].firstIndex(of: "death_date"))
            let living = try #require(master.dropFirst().first { $0[died].isEmpty && !$0.contains("死亡") })
            let written = try clerk.say("override", living[0], "death_date", "2024-01-01")
            #expect(written.output.contains("waits: a second person has to agree"), "\(written.output)")
        }
    }

    @Test(arguments: [true, false])
    func `a rule book that was only imported does not judge what is said under the one before`(hasRun: Bool) throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            let book = try String(contentsOfFile: folder + "/rules.yaml", encoding: .utf8)
            try (book + "approvals: { two_people: [erasure] }\n").write(
                toFile: folder + "/new.yaml", atomically: true, encoding: .utf8)
            let workspace = hasRun ? registry.workspace : folder + "/other"
            // Not the same export again, which would leave no trace.
            let export =
                try String(contentsOfFile: folder + "/a.csv", encoding: .utf8) + "A0090,王乐乐,13800139999,1950-01-01\n"
            try export.write(toFile: folder + "/a.csv", atomically: true, encoding: .utf8)
            let place = ["--workspace", workspace]
            let imported = try Tool.run(
                ["import", folder + "/new.yaml", "a=\(folder)/a.csv", "b=\(folder)/b.csv"] + place)
            #expect(imported.status == 0, "\(imported.errors)")
            let erased = try Tool.run(["erase", "a:A0004", "--reason", "file 7", "--by", "wang"] + place)
            #expect(erased.status == 0 && !erased.output.contains("second person"), "\(erased.output)\(erased.errors)")
            let verified = try Tool.run(["audit", "verify"] + place)
            #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
            #expect(try verifier(workspace).status == 0)
        }
    }
}
