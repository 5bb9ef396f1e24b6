import Foundation
import Testing

/// What a restore carries over from the workspace that it replaces.
@Suite struct RestoreTests {
    private func has(_ registry: SmallRegistry, _ person: SmallRegistry.Person) throws -> Bool {
        try registry.newest("master.csv").contains { $0.contains(person.name) }
    }

    private func number(_ registry: SmallRegistry, _ person: SmallRegistry.Person) throws -> String {
        let row = try registry.newest("master.csv").first { $0.contains(person.name) }
        return try #require(row?.split(separator: ",").first.map(String.init))
    }

    private func restore(_ registry: SmallRegistry, _ more: String...) throws -> Tool.Result {
        try registry.run(["restore", registry.folder + "/copy.sqlite"] + more)
    }

    /// A registry that was cleaned, and the exports that follow, with somebody else under the id of the fourth record.
    private struct ReusedID {
        let registry: SmallRegistry
        let later: SmallRegistry
        /// Of the former: the person's number in the master.
        let person: String
        var former: SmallRegistry.Person { registry.a[3] }
        var holder: SmallRegistry.Person { later.a[3] }
    }

    private func reusedID(_ folder: String) throws -> ReusedID {
        let registry = try SmallRegistry(folder)
        var later = registry
        later.a[3] = SmallRegistry.Person(45)
        later.a[3].id = registry.a[3].id
        #expect(try registry.clean().status == 0)
        return ReusedID(registry: registry, later: later, person: try number(registry, registry.a[3]))
    }

    @Test func `an erasure that two people agreed on is so after a restore, whoever is restricted besides`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder, rules: "approvals: { two_people: [erasure] }\n")
            #expect(try registry.clean().status == 0)
            #expect(try registry.run("backup", "--out", folder + "/copy.sqlite").status == 0)
            #expect(try registry.say("erase", "a:A0004", "--by", "wang").output.contains("second person"))
            let event = String(try registry.run("approve", "--list").output.prefix { $0 != " " })
            #expect(try registry.say("approve", event, "--by", "li").status == 0)
            #expect(try registry.say("restrict", "a:A0005").status == 0)
            let restored = try restore(registry, "--force")
            #expect(restored.status == 0, "\(restored.errors)")
            #expect(restored.output.contains("erased again"), "\(restored.output)")
            try registry.verifies()
        }
    }

    @Test func `who is erased again takes nobody along that has the same id now`() throws {
        try withFolder { folder in
            let reused = try reusedID(folder)
            let later = reused.later
            #expect(try later.clean().status == 0)
            #expect(try later.run("backup", "--out", folder + "/copy.sqlite").status == 0)
            #expect(try later.say("erase", reused.person).status == 0)
            let restored = try restore(later, "--force")
            #expect(restored.status == 0, "\(restored.errors)")
            #expect(restored.output.contains("1 records"), "\(restored.output)")
            #expect(try later.clean().status == 0)
            #expect(try has(later, reused.holder))
            #expect(
                try later.run("subject-report", reused.person, "--purpose", "request").output
                    .contains(reused.former.phone) == false)
            try later.verifies()
        }
    }

    @Test func `who is restricted again is who was restricted, not who has the same id now`() throws {
        try withFolder { folder in
            let reused = try reusedID(folder)
            let later = reused.later
            #expect(try reused.registry.run("backup", "--out", folder + "/first.sqlite").status == 0)
            #expect(try later.clean().status == 0)
            #expect(try later.run("backup", "--out", folder + "/copy.sqlite").status == 0)
            #expect(try later.say("restrict", reused.person).status == 0)
            #expect(try restore(later, "--force").output.contains("1 records that were restricted"))
            #expect(try later.clean().status == 0)
            #expect(try has(later, reused.holder))
            // The one that has it now is not in the first copy, which has somebody else under the id.
            #expect(try later.say("restrict", "a:" + reused.holder.id).status == 0)
            let restored = try later.run("restore", folder + "/first.sqlite", "--force")
            #expect(restored.output.contains("not in the backup: a:\(reused.holder.id)"), "\(restored.output)")
            try later.verifies()
        }
    }

    @Test func `a workspace that cannot be read is not replaced before somebody says so, and what is lost is named`()
        throws
    {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            #expect(try registry.run("backup", "--out", folder + "/copy.sqlite").status == 0)
            #expect(try registry.say("erase", "a:A0004").status == 0)
            let database = registry.workspace + "/registry.sqlite"
            try Data("not a database, and long enough to look like the head of a file".utf8)
                .write(to: URL(fileURLWithPath: database))
            for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: database + ending) }
            let refused = try restore(registry)
            #expect(refused.status == 5 && refused.errors.contains("E-BAK-010"), "\(refused)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: database)).starts(with: Data("not a database".utf8)))
            let forced = try restore(registry, "--force")
            #expect(forced.status == 0, "\(forced.errors)")
            #expect(forced.output.contains("could not be carried over"), "\(forced.output)")
            let said = try registry.run("audit", "show", "--type", "backup.restored", "--payload", "--json")
            #expect(said.output.contains(#"\"unread\":true"#))
            // The files of the run that the copy knows went with the erasure.
            #expect(try registry.clean().status == 0)
            try registry.verifies()
        }
    }
}
