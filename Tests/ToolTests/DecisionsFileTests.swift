import Foundation
import Testing

/// Decisions that come as a file.
@Suite struct DecisionsFileTests {
    private func give(_ row: String, _ clerk: Clerk, _ folder: String) throws -> Tool.Result {
        try ("a_source,a_record_id,b_source,b_record_id,decision,reason,by\n" + row + "\n").write(
            toFile: folder + "/d.csv", atomically: true, encoding: .utf8)
        return try Tool.run([
            "clean", folder + "/registry.yaml", "--workspace", clerk.workspace, "--decisions", folder + "/d.csv",
        ])
    }

    @Test func `what decide refuses is refused from a file too, and nothing of it is recorded`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let before = try clerk.ask("audit", "show").output
            let refused = [
                ("registry,NOBODY,registry,R00000002,different,twins,li", "E-DEC-003"),
                ("parish,R00000001,registry,R00000002,different,twins,li", "E-DEC-002"),
                ("registry,R00000001,registry,R00000002,different, ,li", "E-DEC-004"),
            ]
            for (row, code) in refused {
                let result = try give("registry,R00000003,registry,R00000004,different,twins,li\n" + row, clerk, folder)
                #expect(result.status == 3)
                #expect(result.errors.contains(code) && result.errors.contains("d.csv:3"), "\(result.errors)")
            }
            #expect(try clerk.ask("audit", "show").output == before)
        }
    }

    @Test func `all rows that cannot be meant are named with their lines`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let rows = [
                "registry,R00000001,registry,R00000001,same,card,li",
                "registry,R00000001,registry,R00000002,maybe,card,li",
                "parish,R00000001,registry,R00000002,same,card,li",
            ]
            let few = try give(rows.joined(separator: "\n"), clerk, folder)
            #expect(few.status == 3)
            #expect(few.errors.contains("d.csv:2: the row names the same record twice: registry R00000001 [E-DEC-005]"))
            #expect(
                few.errors.contains("line 3: the decision is “maybe”, expected same, different or unsure [E-DEC-001]"))
            #expect(few.errors.contains("line 4: there is no source “parish” [E-DEC-002]"), "\(few.errors)")
            let many = try give(Array(repeating: rows[0], count: 500).joined(separator: "\n"), clerk, folder)
            #expect(many.errors.contains("; and 489 more."), "\(many.errors)")
            #expect(many.errors.utf8.count < 2_000)
        }
    }

    @Test func `a file that is given again does not overrule what was said since`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let records = try clerk.persons(of: 1).prefix(4).map {
                $0.records[0].split(separator: ":").map(String.init)
            }
            func row(_ a: Int, _ b: Int, _ reason: String = "twins", by: String = "li") -> String {
                (records[a] + records[b] + ["different", reason, by]).joined(separator: ",")
            }
            let file = row(0, 1) + "\n" + row(2, 3, by: "")
            #expect(try give(file, clerk, folder).status == 0)
            let words = try clerk.ask("undo", "--list").output.split(separator: "\n").prefix(2)
            let events = words.map { String($0.prefix { $0.isNumber }) }
            #expect(try clerk.say("undo", events[0]).status == 0)
            let names = [records[0], records[1]].map { $0.joined(separator: ":") }
            #expect(try clerk.say("decide", "same", names[0], names[1]).status == 0)
            let before = try clerk.ask("audit", "show").output
            let again = try give(file, clerk, folder)
            #expect(again.status == 0, "\(again.errors)")
            #expect(again.output.contains("d.csv: 2 rows (lines 2, 3) of an earlier reading not said again"))
            #expect(try clerk.ask("audit", "show").output == before)
            let another = try give(row(0, 1, "the card was read wrongly"), clerk, folder)
            #expect(!another.output.contains("not said again"))
            #expect(try clerk.ask("audit", "show").output != before)
        }
    }

    @Test func `rows that contradict each other are named with both lines`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let before = try clerk.ask("audit", "show").output
            let rows = [
                "registry,R00000001,registry,R00000002,same,card,li",
                "registry,R00000002,registry,R00000001,different,twins,wang",
            ]
            let refused = try give(rows.joined(separator: "\n"), clerk, folder)
            #expect(refused.status == 3)
            #expect(
                refused.errors.contains("d.csv:3: line 2 says “same” and line 3 “different” of the same two records"))
            #expect(refused.errors.contains("E-DEC-006"))
            #expect(try clerk.ask("audit", "show").output == before)
        }
    }

    @Test func `a proposal out of a file is told, and made once`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder, rules: "\napprovals: { two_people: [different_ids] }\n")
            let row = "registry,R00000013,registry,R00000026,same,card,wang"
            let first = try give(row, clerk, folder)
            #expect(first.status == 0)
            #expect(first.output.contains("waits: a second person has to agree"))
            let again = try give(row, clerk, folder)
            #expect(again.output.contains("waits: a second person has to agree"))
            #expect(try lines(output: clerk.ask("approve", "--list")).count == 1)
            let decided = try clerk.say("decide", "same", "R00000013", "R00000026")
            #expect(decided.status == 3)
            #expect(decided.errors.contains("E-WRD-010"))
            #expect(try lines(output: clerk.ask("approve", "--list")).count == 1)
        }
    }

    private func lines(output result: Tool.Result) -> [Substring] {
        result.output.split(separator: "\n").filter { $0.first?.isNumber == true }
    }
}
