import Foundation
import Testing

@Suite struct UnsplitTests {
    @Test func `a split that is taken back by the new person's id leaves everything as it was before`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let person = try #require(try clerk.persons(of: 3).first)
            let leaving = person.records.dropFirst()
            let split = try Tool.run(
                ["split", person.person] + leaving + [
                    "--workspace", clerk.workspace, "--reason", "two people", "--by", "wang",
                ])
            #expect(split.status == 0, "\(split.errors)")
            // Which side keeps the number follows from who had it first, and is said by the moves alone.
            #expect(
                split.output.contains("\(person.person) is taken apart: \(leaving.joined(separator: ", ")) on one side")
            )
            #expect(!split.output.contains("which keeps"))
            let after = try person.records.compactMap { try clerk.person(of: $0, 2) }
            let new = try #require(after.first { $0 != person.person })
            let undone = try clerk.say("undo", "split:\(new)")
            #expect(undone.status == 0, "\(undone.errors)")
            #expect(undone.output.contains("is put together again with \(person.person)"))
            #expect(try clerk.rows("master.csv", 3) == clerk.rows("master.csv", 1))
            #expect(try clerk.rows("members.csv", 3) == clerk.rows("members.csv", 1))
        }
    }

    @Test func `one split is taken back once, by whatever names it is called`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let person = try #require(try clerk.persons(of: 3).first)
            let place = ["--workspace", clerk.workspace, "--reason", "seen", "--by", "wang"]
            for (run, words) in [(2, ["split", "split"]), (4, ["event", "split"]), (6, ["split", "event"])] {
                #expect(try Tool.run(["split", person.person] + person.records.dropFirst() + place).status == 0)
                let after = try person.records.compactMap { try clerk.person(of: $0, run) }
                let new = "split:" + (try #require(after.first { $0 != person.person }))
                let event = String(try clerk.ask("undo", "--list", "--limit", "1").output.prefix { $0 != " " })
                let undone = try Tool.run(["undo"] + words.map { $0 == "split" ? new : event } + place)
                #expect(undone.status == 0, "\(undone.errors)")
                #expect(undone.output.components(separatedBy: "counts no more").count == 2, "\(undone.output)")
                let verified = try clerk.ask("audit", "verify")
                #expect(verified.status == 0, "\(words): \(verified.output)\(verified.errors)")
                #expect(try clerk.rows("members.csv", run + 1) == clerk.rows("members.csv", 1))
            }
        }
    }
}
