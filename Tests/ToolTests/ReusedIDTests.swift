import Foundation
import Testing

/// An office gives the record id of one person to another.
@Suite struct ReusedIDTests {
    /// The id of the fourth record is somebody else's, who has nothing in common with who had it.
    private func reused(_ registry: SmallRegistry) -> SmallRegistry {
        var later = registry
        later.a[3] = SmallRegistry.Person(45)
        later.a[3].id = registry.a[3].id
        return later
    }

    private func person(_ registry: SmallRegistry, _ name: String) throws -> [String]? {
        try registry.newest("master.csv").first { $0.contains(name) }.map { $0.split(separator: ",").map(String.init) }
    }

    @Test func `who has a record id now gets nothing of who had it before`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            let later = reused(registry)
            let (former, holder, other) = (registry.a[3], later.a[3], registry.a[7])
            #expect(try registry.clean().status == 0)
            let number = try #require(try person(registry, former.name))[0]
            #expect(try registry.say("override", number, "phone", "13900139000", "--later").status == 0)
            #expect(try registry.say("decide", "same", "a:" + former.id, "a:" + other.id).status == 0)
            let before = try registry.newest("master.csv")
            let merged = try #require(before.first { $0.contains("13900139000") }).prefix { $0 != "," }

            let cleaned = try later.clean()
            #expect(cleaned.status == 0, "\(cleaned.errors)")
            let found = try later.newest("findings.csv").filter { $0.contains("record-id-reused") }
            #expect(found.count == 1 && found[0].contains(former.id), "\(found)")
            #expect(!(try later.newest("findings.csv").contains { $0.contains("vanished-record") }))
            let row = try #require(try person(later, holder.name))
            #expect(row[0] != merged && row.contains(holder.phone), "\(row)")
            #expect(try #require(try person(later, other.name))[0] == merged)
            try later.verifies("--replay")

            // The same export again is nothing new.
            let after = try later.newest("master.csv")
            #expect(try later.clean().status == 0)
            #expect(try later.newest("master.csv") == after)

            // Taken back, all is as it was, and what is said of the id is said of who has it.
            let undo = try registry.say("undo", "batch:3")
            #expect(undo.status == 0, "\(undo.errors)")
            #expect(try registry.newest("master.csv") == before)
            try registry.verifies("--replay")
            #expect(try later.clean().status == 0)
            #expect(try later.newest("master.csv") == after)
            try later.verifies("--replay")

            // It goes back to who had it first.
            let back = try registry.clean()
            #expect(back.status == 0, "\(back.errors)")
            #expect(try registry.newest("master.csv") == before)
            try registry.verifies("--replay")
        }
    }

    @Test func `a report, a restriction and an erasure are of who has the record id now`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            let later = reused(registry)
            let (former, holder) = (registry.a[3], later.a[3])
            #expect(try registry.clean().status == 0)
            let number = try #require(try person(registry, former.name))[0]
            #expect(try registry.say("restrict", "a:" + former.id).status == 0)
            #expect(try later.clean().status == 0)
            #expect(try person(later, holder.name) != nil)

            let own = try later.run("subject-report", "a:" + former.id, "--purpose", "request")
            #expect(own.status == 0 && own.output.contains(holder.phone), "\(own.output)\(own.errors)")
            #expect(!own.output.contains(former.name) && !own.output.contains(former.phone))
            let theirs = try later.run("subject-report", number, "--purpose", "request")
            #expect(theirs.output.contains(former.phone) && !theirs.output.contains(holder.phone), "\(theirs.output)")

            #expect(try later.say("erase", "a:" + former.id).status == 0)
            let kept = try later.run("subject-report", number, "--purpose", "request")
            #expect(kept.output.contains(former.phone), "\(kept.output)\(kept.errors)")
            try later.verifies()
        }
    }

    @Test func `an id of somebody who was erased leaves nobody else out`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            let later = reused(registry)
            let (former, holder) = (registry.a[3], later.a[3])
            #expect(try registry.clean().status == 0)
            #expect(try registry.say("erase", "a:" + former.id).status == 0)
            // Who comes again with the same name or another telephone alone is the one who was erased.
            var again = registry
            again.a[3].phone = "13912345678"
            #expect(try again.clean().output.contains("were left out"))
            #expect(try person(again, former.name) == nil)

            let cleaned = try later.clean()
            #expect(cleaned.status == 0 && !cleaned.output.contains("were left out"), "\(cleaned.output)")
            #expect(try person(later, holder.name) != nil)
            try later.verifies("--replay")
            let report = try later.run("subject-report", "a:" + former.id, "--purpose", "request")
            #expect(report.output.contains(holder.phone), "\(report.output)\(report.errors)")

            // Both are known again by what they were.
            #expect(try later.say("erase", "a:" + former.id).status == 0)
            for one in [registry, later] {
                #expect(try one.clean().output.contains("were left out"))
                #expect(try person(one, former.name) == nil && person(one, holder.name) == nil)
            }
            try later.verifies("--replay")
        }
    }

    @Test func `two records of one id keep their names in another order`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            registry.a[8].id = registry.a[3].id
            let (first, second) = (registry.a[3], registry.a[8])
            #expect(try registry.clean().status == 0)
            let number = try #require(try person(registry, first.name))[0]
            #expect(try registry.say("override", number, "phone", "13900139000").status == 0)
            let before = try registry.newest("master.csv")

            var swapped = registry
            swapped.a.swapAt(3, 8)
            // The order alone, and the order with a telephone that changes.
            #expect(try swapped.clean().status == 0)
            #expect(try swapped.newest("master.csv") == before)
            #expect(try swapped.clean().status == 0)
            #expect(try swapped.newest("master.csv") == before)
            let issues = try swapped.newest("findings.csv").filter { $0.contains("duplicate-record-id") }
            #expect(issues.count == 1 && issues[0].contains("this one as “\(first.id)”"), "\(issues)")
            registry.a[8].phone = "13912345678"
            #expect(try registry.clean().status == 0)
            #expect(try #require(try person(registry, second.name)).contains("13912345678"))
            #expect(try #require(try person(registry, first.name))[0] == number)

            // The second stays the second when the first is gone.
            let others = try #require(try person(registry, second.name))[0]
            registry.a.remove(at: 3)
            #expect(try registry.clean().status == 0)
            #expect(try #require(try person(registry, second.name))[0] == others)
            #expect(try person(registry, first.name) == nil)
            try registry.verifies("--replay")
        }
    }

    @Test func `who is erased takes nobody along that had the same id`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            registry.a[8].id = registry.a[3].id
            let (first, second) = (registry.a[3], registry.a[8])
            #expect(try registry.clean().status == 0)
            let number = try #require(try person(registry, second.name))[0]
            #expect(try registry.say("erase", "a:" + first.id).status == 0)
            registry.a.remove(at: 3)
            let cleaned = try registry.clean()
            #expect(!cleaned.output.contains("were left out"), "\(cleaned.output)")
            #expect(try #require(try person(registry, second.name))[0] == number)
            try registry.verifies("--replay")
        }
    }

    @Test func `an import says how many ids are somebody else's`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            var later = reused(registry)
            // Another telephone alone is the same person.
            later.a[5].phone = "13912345678"
            #expect(try later.clean("--workspace", folder + "/other").status == 0)
            let result = try Tool.run(
                ["import", folder + "/rules.yaml", "a=\(folder)/a.csv", "--workspace", registry.workspace])
            let counts = "1 new (1 under an id that somebody else had), 1 changed, 18 unchanged, 1 vanished"
            #expect(result.output.contains(counts), "\(result.output)\(result.errors)")
        }
    }
}
