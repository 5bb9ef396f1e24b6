import Foundation
import Testing

/// What one person is told.
@Suite struct SubjectReportTests {
    @Test func `a person is told what people wrote and took back, and whose the records were`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            let (one, other) = (registry.a[3], registry.a[7])
            #expect(try registry.clean().status == 0)
            func number(_ name: String) throws -> String {
                let row = try #require(try registry.newest("master.csv").first { $0.contains(name) })
                return String(row.prefix { $0 != "," })
            }
            let person = try number(one.name)
            #expect(try registry.say("override", person, "phone", "13900139000", "--later").status == 0)
            let override = try registry.newestWord()
            #expect(try registry.say("decide", "same", "a:" + one.id, "a:" + other.id).status == 0)
            let decision = try registry.newestWord()
            let undo = ["undo", decision, "--reason", "not \(other.name) after all"]
            #expect(try registry.run(undo).status == 0)

            let report = try registry.run("subject-report", person, "--purpose", "request").output
            #expect(report.contains("override phone 13900139000"), "\(report)")
            #expect(report.contains("decision same another record"), "\(report)")
            // The reason names somebody else, who is left out.
            #expect(report.contains("withdrawal withdrawn event \(decision) not … after all"), "\(report)")
            #expect(report.contains("a:\(one.id) from run 1 on: \(person)"), "\(report)")
            #expect(!report.contains(other.name) && !report.contains(other.id), "\(report)")

            #expect(try registry.say("undo", override).status == 0)
            let again = try registry.run("subject-report", person, "--purpose", "request", "--json").output
            #expect(again.contains("\"event \(override)\"") && again.contains("\"persons\""), "\(again)")
        }
    }
}
