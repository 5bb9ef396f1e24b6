import Foundation
import Testing

@Suite struct FindingAnswerTests {
    @Test func `a finding that a word settles names the word, and a waived pair waits for nobody`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            func waiting(_ run: Int) throws -> Int {
                let json = try String(
                    contentsOfFile: clerk.workspace + "/outbox/run-000\(run)/run.json", encoding: .utf8)
                let match = try #require(json.firstMatch(of: /"pairs_to_review": ?(\d+)/))
                return Int(match.1) ?? -1
            }
            let findings = try clerk.rows("findings.csv", 1)
            let id = try #require(findings.first { $0.contains("possible-duplicate") }?[0])
            let story = try clerk.ask("findings", "show", id)
            #expect(story.output.contains("Next  qingku decide same "), "\(story.output)")
            #expect(story.output.contains("or with different, unsure"))
            let before = try waiting(1)
            #expect(try clerk.say("findings", "waive", id).status == 0)
            #expect(try clerk.ask("reconcile").status == 0)
            #expect(try waiting(2) == before - 1)
        }
    }
}
