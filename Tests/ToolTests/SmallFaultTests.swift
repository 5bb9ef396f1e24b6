import Foundation
import Testing

/// Small things that were wrong, each as it was met.
@Suite struct SmallFaultTests {
    @Test func `what somebody says is answered in one way`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let finding = try #require(try clerk.rows("findings.csv", 1).dropFirst().first?[0])
            #expect(try clerk.ask("findings", "waive", finding, "--reason", "x").status == 0)

            let master = try clerk.rows("master.csv", 1)
            let column = try #require(master[0].firstIndex(of: "id_number"))
            let row = try #require(master.dropFirst().first { $0[column].count == 18 })
            let last: Character = row[column].last == "1" ? "2" : "1"
            let wrong = row[column].dropLast() + String(last)
            let written = try clerk.say("override", row[0], "id_number", String(wrong), "--dry-run")
            #expect(written.output.contains("is “\(wrong)”, so far “\(row[column])”."), "\(written.output)")
            #expect(written.output.contains("is no valid resident id"))

            let empty = try lines(clerk.workspace + "/outbox/run-0001/findings.csv").filter {
                $0.contains("missing-required") && $0.contains("id_number is required and empty")
            }
            #expect(empty.allSatisfy { !$0.contains("the resident id gives") })
        }
    }

    @Test func `of several numbers that are written at once none is lost`() throws {
        try withFolder { folder in
            let one = try SmallRegistry(folder)
            #expect(try one.clean().status == 0)
            let refused = try one.say("override", "P1", "phone", "13812345678;13500000001")
            #expect(refused.status == 3)
            #expect(refused.errors.contains("E-WRD-008"))
            #expect(refused.errors.contains("more than one value"))
        }
        try withFolder { folder in
            let all = try SmallRegistry(folder, rules: "survivorship: { phone: { keep: all, separator: \";\" } }\n")
            #expect(try all.clean().status == 0)
            #expect(try all.say("override", "P1", "phone", "13812345678;13500000001 / 13812345678").status == 0)
            #expect(try all.newest("master.csv").contains { $0.contains("13812345678;13500000001") })
        }
    }

    @Test func `words on a field that the rule book no longer has, or that it would not take, are told`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            #expect(try registry.say("override", "P1", "phone", "13812345678").status == 0)
            let book = folder + "/rules.yaml"
            let text = try String(contentsOfFile: book, encoding: .utf8)
            try text.replacing("phone", with: "mobile").replacing("mobile: phone", with: "mobile: phone").replacing(
                "type: mobile", with: "type: phone"
            ).replacing("mobile: mobile }", with: "mobile: phone }").replacing(
                "mobile: mobile,", with: "mobile: phone,"
            )
            .write(toFile: book, atomically: true, encoding: .utf8)
            let renamed = try registry.clean()
            #expect(renamed.status == 0, "\(renamed.errors)")
            #expect(renamed.output.contains("The rule book has no field phone"), "\(renamed.output)")
            try text.replacing("phone: { type: phone }", with: "phone: { type: code, codes: [\"1\"] }").replacing(
                "phone: phone }", with: "phone: code }"
            ).write(toFile: book, atomically: true, encoding: .utf8)
            let retyped = try registry.clean()
            #expect(retyped.status == 0, "\(retyped.errors)")
            #expect(retyped.output.contains("What was written into phone stands"), "\(retyped.output)")
            try registry.verifies("--replay")
        }
    }

    @Test func `wrong files and folders are wrong input, not damage`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let key = try clerk.ask("audit", "verify", "--checkpoint", clerk.workspace + "/audit.key")
            #expect(key.status == 3)
            #expect(key.errors.contains("E-AUD-012"))
            let backup = try clerk.ask("backup", "--out", folder + "/nowhere/b.sqlite")
            #expect(backup.status == 3)
            #expect(backup.errors.contains("E-BAK-011"))
            let lost = try clerk.ask("audit", "key", "--lost", "drive broke")
            #expect(lost.status == 3)
            #expect(lost.errors.contains("E-AUD-017"))
            #expect(try clerk.ask("erase", "R00000001", "--reason", "request 12").status == 0)
            let export = try clerk.ask(
                "export", "--format", "machine", "--what", "master", "--purpose", "p", "--recipient", "r", "--out",
                folder + "/m.csv")
            #expect(export.errors.contains("E-EXP-017"))
            #expect(try clerk.ask("reconcile").status == 0)
        }
    }

    @Test func `a workspace whose first run goes on is busy, and one whose first run was ended is empty`() throws {
        try withFolder { folder in
            let workspace = folder + "/w"
            try FileManager.default.createDirectory(atPath: workspace, withIntermediateDirectories: true)
            _ = FileManager.default.createFile(atPath: workspace + "/registry.sqlite", contents: Data())
            let ended = try Tool.run(["findings", "--workspace", workspace])
            #expect(ended.status == 2)
            #expect(ended.errors.contains("E-WS-007"))
            let holder = open(workspace + "/lock", O_RDWR | O_CREAT, 0o600)
            defer { close(holder) }
            #expect(flock(holder, LOCK_EX) == 0)
            let busy = try Tool.run(["findings", "--workspace", workspace])
            #expect(busy.status == 4)
            #expect(busy.errors.contains("E-WS-001"))
        }
    }
}
