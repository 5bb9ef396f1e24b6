import Foundation
import Testing

@Suite struct CheckTests {
    @Test func `checking alone needs no workspace and keeps none`() throws {
        try withFolder { folder in
            let result = try Tool.run(["check", "rules/registry.yaml", "--out", folder + "/result"])
            #expect(result.status == 0)
            #expect(result.errors.isEmpty)
            #expect(result.output.contains("  missing-required  "))
            #expect(!result.output.contains("Since the run before"))
            #expect(result.output.hasSuffix("Next  qingku clean rules/registry.yaml\n"))
            let files = try contents(folder + "/result").keys.sorted()
            #expect(files == ["findings.csv", "grades.csv", "quality.csv", "run.json"])
            let findings = try lines(folder + "/result/findings.csv")
            #expect(
                findings[0] == "id,kind,check,severity,source,record_id,line,field,value,suggestion,message,"
                    + "state,owner,first_run,waived_by,waived_reason,waived_until")
            #expect(!findings.contains { $0.contains("duplicate-in-source") })
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["result"])
        }
    }

    @Test func `findings of a check have the ids of a whole run, and one thread finds what two find`() throws {
        try withFolder { folder in
            for threads in ["1", "2"] {
                _ = try Tool.run([
                    "check", "rules/registry.yaml", "--threads", threads, "--out", folder + "/" + threads,
                ])
            }
            #expect(
                try contents(folder + "/1", except: ["run.json"]) == contents(folder + "/2", except: ["run.json"]))
            _ = try Tool.run([
                "clean", "rules/registry.yaml", "--workspace", folder + "/w", "--out", folder + "/clean",
            ])
            let ids = Set(try lines(folder + "/clean/findings.csv").map { $0.prefix(17) })
            #expect(try lines(folder + "/1/findings.csv").allSatisfy { ids.contains($0.prefix(17)) })
        }
    }

    @Test func `a check brings the ledger up to date and leaves duplicates as they are`() throws {
        try withFolder { folder in
            let workspace = folder + "/w"
            _ = try Tool.run(["clean", "rules/registry.yaml", "--workspace", workspace])
            let before = try Tool.run(["findings", "--kind", "duplicate", "--json", "--workspace", workspace]).output
            let check = try Tool.run(["check", "rules/registry.yaml", "--workspace", workspace])
            #expect(check.output.contains("Since the run before: 0 new, 0 returned, "))
            #expect(check.output.contains(" still open, 0 waived, 0 healed."))
            #expect(check.output.hasSuffix("Next  qingku findings --workspace \(workspace)\n"))
            let after = try Tool.run(["findings", "--kind", "duplicate", "--json", "--workspace", workspace]).output
            #expect(try findings(after) == findings(before))
            let again = try Tool.run(["check", "rules/registry.yaml", "--workspace", workspace])
            #expect(again.output.hasPrefix("Nothing has changed since run 2: the same exports, rules and waivers."))
            #expect(
                try Tool.run(["clean", "rules/registry.yaml", "--workspace", workspace]).output.hasPrefix(
                    "Nothing has changed since run 1"))
            #expect(try Tool.run(["audit", "verify", "--workspace", workspace]).status == 0)
            // Persons stay those of the last whole run.
            #expect(
                try Tool.run(["explain", "R00000038", "R00000039", "--workspace", workspace]).status == 0)
        }
    }

    /// Check, record and state of each.
    private func findings(_ json: String) throws -> [String] {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        return (object?["findings"] as? [[String: Any]] ?? []).map { finding in
            ["id", "check", "state", "message"].map { finding[$0] as? String ?? "" }.joined(separator: " ")
        }
    }

    @Test func `status 1 says that something grave is there`() throws {
        try withFolder { folder in
            func status(_ severity: String) throws -> Int32 {
                try Tool.run(["check", "rules/registry.yaml", "--out", folder + "/r", "--fail-on", severity]).status
            }
            #expect(try status("error") == 1)
            #expect(try status("info") == 1)
            let result = try Tool.run([
                "check", "rules/registry.yaml", "--out", folder + "/r", "--json", "--language", "zh",
            ])
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            let quality = object?["quality"] as? [String: Any]
            #expect((quality?["sources"] as? [Any])?.count == 3)
            #expect(object?["ledger"] is NSNull)
        }
    }
}
