import Foundation
import Testing

/// Names as people write them.
@Suite struct OneRecordTests {
    @Test func `one record is explained by its person, and a short id stands for a person everywhere`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let person = try #require(try clerk.persons(of: 2).first)
            let whole = try clerk.ask("explain", person.person)
            #expect(whole.status == 0)
            #expect(try clerk.ask("explain", person.records[0]).output == whole.output)
            let short = "p" + String(try #require(UInt32(person.person.dropFirst())))
            #expect(try clerk.ask("explain", short).output == whole.output)
            let said = try clerk.say("override", short, "phone", "13912345678", "--dry-run")
            #expect(said.output.contains("phone of \(person.person) is"), "\(said.errors)")
            #expect(try clerk.ask("subject-report", short).status == 0)
            #expect(try clerk.ask("erase", short, "--reason", "request 12", "--dry-run").status == 0)
        }
    }

    @Test func `what is no more than a note is not called wrong`() throws {
        try withFolder { folder in
            let place = ["--workspace", folder + "/w"]
            let output = try Tool.run(["clean", "rules/registry.yaml"] + place).output
            let rows = try lines(folder + "/w/outbox/run-0001/findings.csv").map { $0.split(separator: ",") }
            let kind = try #require(rows[0].firstIndex(of: "kind"))
            let severity = try #require(rows[0].firstIndex(of: "severity"))
            let notes = rows.count { $0.count > max(kind, severity) && $0[kind] == "error" && $0[severity] == "info" }
            #expect(notes > 0)
            #expect(try output.contains(Regex(" notes +\(notes) +on values that are not wrong")))
        }
    }
}
