import Foundation
import Testing

/// Every answer names what takes it back, whole.
@Suite struct TakingBackTests {
    private func hint(_ result: Tool.Result) -> [String] {
        result.output.split(separator: "\n").filter { $0.hasPrefix("To take it back: qingku undo ") }.map {
            $0.dropFirst("To take it back: qingku undo ".count).split(separator: " ").prefix { Int($0) != nil }
                .joined(separator: " ")
        }
    }

    @Test func `an undo of two words names both of its events, a waiver and an approval name theirs`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder, rules: "\napprovals: { two_people: [different_ids] }\n")
            let records = try clerk.persons(of: 1).prefix(4).map { $0.records[0] }
            var events: [String] = []
            for pair in [(records[0], records[1]), (records[2], records[3])] {
                events += hint(try clerk.say("decide", "different", pair.0, pair.1, "--later"))
            }
            #expect(events.count == 2)
            let undone = hint(try clerk.say("undo", events[0], events[1], "--later"))
            #expect(undone.first?.split(separator: " ").count == 2)

            let finding = try #require(try clerk.rows("findings.csv", 1).dropFirst().first?[0])
            let waived = hint(try clerk.say("findings", "waive", finding))
            #expect(waived.count == 1)
            #expect(try clerk.say("undo", waived.first ?? "", "--later").status == 0)

            let proposed = try clerk.say("decide", "same", "R00000013", "R00000026")
            #expect(hint(proposed).isEmpty)
            let event = try #require(proposed.output.split(separator: "\n").first { $0.hasPrefix("Event ") })
            let number = String(event.split(separator: " ")[1])
            let approved = try clerk.say("approve", number, "--later", by: "li")
            #expect(hint(approved) == [number])
            let erasure = try clerk.ask("erase", records[0], "--reason", "request 12")
            #expect(erasure.output.contains("qingku reconcile --workspace \(clerk.workspace)"))
        }
    }
}
