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
}
