import Foundation
import Testing

/// A word that is recorded, and a run behind it that fails.
@Suite struct UnfinishedWordTests {
    @Test func `what is left to do is said, and saying it again finishes it without a second record`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let records = try clerk.persons(of: 1).prefix(2).map { $0.records[0] }
            let person = try clerk.persons(of: 1)[2].person
            let obstacle = clerk.workspace + "/outbox/run-0002"
            try "in the way".write(toFile: obstacle, atomically: true, encoding: .utf8)
            for words in [["decide", "same", records[0], records[1]], ["override", person, "phone", "13912345678"]] {
                let place = ["--workspace", clerk.workspace, "--reason", "seen", "--by", "wang"]
                let failed = try Tool.run(words + place)
                #expect(failed.status != 0)
                #expect(failed.errors.contains("qingku reconcile --workspace \(clerk.workspace)"), "\(failed.errors)")
                let said = try clerk.ask("undo", "--list").output
                #expect(try Tool.run(words + place).status != 0)
                #expect(try clerk.ask("undo", "--list").output == said)
            }
            try FileManager.default.removeItem(atPath: obstacle)
            let again = try clerk.say("decide", "same", records[0], records[1])
            #expect(again.status == 0)
            #expect(again.output.contains("The master did not have it yet and was made anew."))
            #expect(try clerk.person(of: records[1], 2) == clerk.person(of: records[0], 2))
            let third = try clerk.say("decide", "same", records[0], records[1])
            #expect(third.output == "That holds already; nothing was recorded.\n")
        }
    }
}
