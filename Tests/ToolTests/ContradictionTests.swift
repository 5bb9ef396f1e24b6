import Foundation
import Testing

/// Words that cannot all hold.
@Suite struct ContradictionTests {
    @Test func `a decision that others contradict is named in the preview, in the answer and by a finding`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let records = try clerk.persons(of: 1).filter { $0.records[0].hasPrefix("registry:") }.map { $0.records[0] }
            let (a, b, c) = (records[0], records[1], records[2])
            _ = try clerk.say("decide", "same", a, b, "--later")
            let second = try clerk.say("decide", "same", b, c)
            #expect(!second.output.contains("contradict"))
            let preview = try clerk.say("decide", "different", a, c, "--dry-run")
            #expect(
                preview.output.contains("Decisions contradict each other: \(a) and \(b) are one person (wang, event "))
            let answer = try clerk.say("decide", "different", a, c)
            #expect(answer.status == 0)
            #expect(answer.output.contains("\(a) and \(c) are different persons (this word)"))
            #expect(try clerk.findings("decisions-contradict").output.contains("decisions-contradict"))
            #expect(try clerk.rows("findings.csv", 3).filter { $0.contains("decisions-contradict") }.count == 1)
            #expect(try clerk.rows("findings.csv", 3).allSatisfy { !$0.joined().contains("probability 0.0 %") })
            let dropped = try clerk.person(of: a, 3) == clerk.person(of: b, 3) ? (b, c) : (a, b)
            let why = try clerk.ask("explain", dropped.0, dropped.1)
            #expect(why.output.contains("other decisions hold them apart"))
            #expect(!why.output.contains("held apart by a rule"))
            #expect(try clerk.ask("audit", "replay").status == 0)
        }
    }
}
