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
