import Foundation
import Testing

/// Places where an erased person was still to be found.
@Suite struct ErasedTracesTests {
    /// Files of the workspace that hold the text.
    private func traces(_ text: String, _ registry: SmallRegistry) throws -> [String] {
        try contents(registry.workspace).filter { $0.value.range(of: Data(text.utf8)) != nil }.keys.sorted()
    }

    @Test func `the reason of an erasure does not say who is erased`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            let person = registry.a[3]
            #expect(try registry.clean().status == 0)
            for words in [
                person.name, "file 12, \(person.phone.prefix(3)) \(person.phone.dropFirst(3))", "of \(person.id)",
            ] {
                let refused = try registry.run("erase", "a:A0003", "--reason", words)
                #expect(refused.status == 3)
                #expect(refused.errors.contains("E-ERA-002"))
            }
            #expect(try registry.newest("master.csv").contains { $0.contains(person.name) })
            #expect(try registry.run("erase", "a:A0003", "--reason", "file 12 of 2026").status == 0)
            #expect(try traces(person.name, registry).isEmpty)
        }
    }

    @Test func `the second person's reason does not say who is erased either`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            let rules = try String(contentsOfFile: folder + "/rules.yaml", encoding: .utf8)
            try (rules + "approvals: { two_people: [erasure] }\n").write(
                toFile: folder + "/rules.yaml", atomically: true, encoding: .utf8)
            #expect(try registry.clean().status == 0)
            let asked = try registry.run("erase", "a:A0003", "--reason", "file 12", "--actor", "wang")
            #expect(asked.status == 0, "\(asked.errors)")
            let events = try registry.run("approve", "--list").output
            let event = String(events.drop { !$0.isNumber }.prefix { $0.isNumber })
            let name = registry.a[3].name
            let refused = try registry.run("approve", event, "--reason", "asked by \(name)", "--by", "li")
            #expect(refused.status == 3)
            #expect(refused.errors.contains("E-ERA-002"))
            #expect(try registry.run("approve", event, "--reason", "seen", "--by", "li").status == 0)
            #expect(try traces(name, registry).isEmpty)
        }
    }

    @Test func `another key than that of the erasures is refused, and none is made beside it`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            let path = registry.workspace + "/erasure.key"
            #expect(try registry.clean().status == 0)
            #expect(try registry.say("erase", "a:A0003").status == 0)
            let key = try String(contentsOfFile: path, encoding: .utf8)
            let digit = key.first == "0" ? "1" : "0"
            try (digit + key.dropFirst()).write(toFile: path, atomically: true, encoding: .utf8)
            let refused = try registry.clean()
            #expect(refused.status == 2)
            #expect(refused.errors.contains("E-ERA-001"))
            #expect(refused.errors.contains("not the key under which records were erased"))
            #expect(try registry.say("erase", "a:A0004").errors.contains("E-ERA-001"))
            try FileManager.default.removeItem(atPath: path)
            #expect(try registry.say("erase", "a:A0004").errors.contains("E-ERA-001"))
            #expect(!FileManager.default.fileExists(atPath: path))
            try key.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(try registry.clean().output.contains("1 records that were erased stand in the export again"))
            try registry.verifies()
        }
    }

    @Test func `why a word about the person was taken back or approved goes too`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            let rules = try String(contentsOfFile: folder + "/rules.yaml", encoding: .utf8)
            try (rules + "approvals: { two_people: [large_group], group_over: 1 }\n").write(
                toFile: folder + "/rules.yaml", atomically: true, encoding: .utf8)
            #expect(try registry.clean().status == 0)
            let asked = try registry.run(
                "decide", "same", "a:A0003", "a:A0004", "--reason", "QXALPHA", "--by", "wang")
            #expect(asked.status == 0, "\(asked.errors)")
            func waiting() throws -> String {
                let list = try registry.run("approve", "--list").output
                return String(list.drop { !$0.isNumber }.prefix { $0.isNumber })
            }
            let event = try waiting()
            #expect(try registry.run("approve", event, "--reason", "QXBETA", "--by", "li").status == 0)
            let undone = try registry.run("undo", event, "--reason", "QXGAMMA", "--by", "wang")
            #expect(undone.status == 0, "\(undone.errors)")
            if undone.output.contains("waits") {
                #expect(try registry.run("approve", try waiting(), "--reason", "QXDELTA", "--by", "li").status == 0)
            }
            let undo = try registry.newestWord()
            #expect(try registry.run("undo", undo, "--reason", "QXEPSILON", "--by", "zhao").status == 0)
            #expect(try registry.say("erase", "a:A0003").status == 0)
            for word in ["QXALPHA", "QXBETA", "QXGAMMA", "QXDELTA", "QXEPSILON"] {
                #expect(try traces(word, registry).isEmpty, "\(word)")
            }
            try registry.verifies()
        }
    }

    @Test func `what was written of another record and names the person goes too`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            let (name, phone) = (registry.a[3].name, registry.a[3].phone)
            let spaced = "\(phone.prefix(3)) \(phone.dropFirst(3).prefix(4))-\(phone.suffix(4))"
            #expect(try registry.clean().status == 0)
            #expect(try registry.run("restrict", "a:A0007", "--reason", "asked by \(name)").status == 0)
            #expect(
                try registry.run("decide", "different", "a:A0005", "a:A0006", "--reason", "called \(spaced)").status
                    == 0)
            #expect(try registry.say("erase", "a:A0003").status == 0)
            #expect(try traces(name, registry).isEmpty)
            #expect(try traces(spaced, registry).isEmpty)
            try registry.verifies()
        }
    }

    @Test func `files of runs that had the person on another line go too`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            let person = registry.b[0]
            #expect(try registry.clean().status == 0)
            registry.b = Array(registry.b[5...]) + [person] + registry.b[1..<5].map { $0 }
            registry.b.append(SmallRegistry.Person(35))
            #expect(try registry.clean().status == 0)
            let erased = try registry.say("erase", "b:7")
            #expect(erased.status == 0, "\(erased.errors)")
            #expect(try traces(person.name, registry).isEmpty)
        }
    }

    @Test func `what a killed restore left behind goes with the next erasure`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            let left = registry.workspace + "/.registry.sqlite.tmp-999999"
            try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                atPath: registry.workspace + "/registry.sqlite", toPath: left + "/registry.sqlite")
            #expect(try registry.say("erase", "a:A0003").status == 0)
            #expect(try traces(registry.a[3].name, registry).isEmpty)
        }
    }

    @Test func `nobody comes back with an older copy because a key is missing`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            let name = registry.a[3].name
            #expect(try registry.clean().status == 0)
            #expect(try registry.run("backup", "--out", folder + "/copy.sqlite").status == 0)
            #expect(try registry.say("erase", "a:A0003").status == 0)
            func hide(_ key: String) throws {
                try FileManager.default.moveItem(
                    atPath: "\(registry.workspace)/\(key)", toPath: "\(folder)/\(key)")
            }
            try hide("erasure.key")
            let refused = try registry.run("restore", folder + "/copy.sqlite", "--force")
            #expect(refused.status == 2)
            #expect(refused.errors.contains("E-ERA-001"))
            #expect(try traces(name, registry).isEmpty)
            try FileManager.default.moveItem(
                atPath: folder + "/erasure.key", toPath: registry.workspace + "/erasure.key")
            try hide("audit.key")
            let restored = try registry.run("restore", folder + "/copy.sqlite", "--force")
            #expect(restored.status == 0, "\(restored.errors)")
            #expect(restored.output.contains("erased again"))
            #expect(try traces(name, registry).isEmpty)
        }
    }
}
