import Foundation
import Testing

/// A source whose exports hold changes only (`export: changes`): each builds on the ones before.
@Suite struct DeltaTests {
    private func withChanges(_ body: (Watched) throws -> Void) throws {
        try withWatched { watched in
            let rules = watched.registry.folder + "/rules.yaml"
            let text = try String(contentsOfFile: rules, encoding: .utf8)
            try text.replacing("    record_id: id\n", with: "    record_id: id\n    export: changes\n").write(
                toFile: rules, atomically: true, encoding: .utf8)
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            try body(watched)
        }
    }

    /// The first person of `a` with another telephone, last written to so many minutes before now.
    private func change(_ watched: Watched, phone: String, as name: String, minutes: Double = 10) throws {
        var person = watched.registry.a[0]
        person.phone = phone
        try watched.deliver("a", [person], as: name)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -60 * minutes)], ofItemAtPath: "\(watched.folder)/\(name)")
    }

    private func clean(_ watched: Watched, _ name: String = "a.csv", _ more: String...) throws -> Tool.Result {
        try Tool.run(
            [
                "clean", watched.registry.folder + "/rules.yaml", "a=\(watched.folder)/\(name)",
                "b=\(watched.folder)/b.csv", "--workspace", watched.registry.workspace,
            ] + more)
    }

    /// Which of the telephones the master has.
    private func phones(_ watched: Watched) throws -> [String] {
        let rows = try watched.registry.newest("master.csv")
        return ["13900000001", "13900000002"].filter { phone in rows.contains { $0.contains(phone) } }
    }

    @Test func `a watched folder takes the oldest that was not taken in, and says what waits behind it`() throws {
        try withChanges { watched in
            #expect(try watched.add().status == 0)
            #expect(try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z").status == 0)
            try change(watched, phone: "13900000002", as: "a-later.csv", minutes: 5)
            try change(watched, phone: "13900000001", as: "a-earlier.csv", minutes: 20)
            let second = try watched.schedule("run", "--due", at: "2024-12-02T00:00:00Z")
            #expect(second.status == 0, "\(second.errors)")
            #expect(second.output.contains("a: 1 later exports of changes wait"), "\(second.output)")
            #expect(try phones(watched) == ["13900000001"])
            let third = try watched.schedule("run", "--due", at: "2024-12-09T00:00:00Z")
            #expect(third.status == 0 && !third.output.contains("wait for the next run"), "\(third.output)")
            #expect(try phones(watched) == ["13900000002"])
            try watched.registry.verifies()
        }
    }

    @Test func `a record that is marked as deleted has vanished, and comes back when it is named again`() throws {
        try withChanges { watched in
            let rules = watched.registry.folder + "/rules.yaml"
            let text = try String(contentsOfFile: rules, encoding: .utf8)
            try text.replacing(
                "    export: changes\n", with: "    export: changes\n    deleted: { column: op, is: [D, 删除] }\n"
            ).write(toFile: rules, atomically: true, encoding: .utf8)
            let people = watched.registry.a
            func deliver(_ marked: [(SmallRegistry.Person, String)], as name: String) throws {
                let rows = marked.map { "\($0.id),\($0.name),\($0.phone),\($0.birthDate),\($1)" }
                try (["id,name,phone,dob,op"] + rows).joined(separator: "\n").write(
                    toFile: "\(watched.folder)/\(name)", atomically: true, encoding: .utf8)
            }
            try deliver(people.map { ($0, "I") }, as: "a.csv")
            #expect(try clean(watched).status <= 1)
            let records = try watched.registry.newest("members.csv").count
            var stranger = people[0]
            stranger.id = "nobody"
            try deliver([(people[0], " D "), (people[1], "删除"), (stranger, "D")], as: "gone.csv")
            let gone = try clean(watched, "gone.csv")
            #expect(gone.status <= 1, "\(gone.errors)")
            #expect(try watched.registry.newest("members.csv").count == records - 2)
            let findings = try watched.registry.newest("findings.csv")
            #expect(findings.filter { $0.contains("vanished-record") && $0.contains("marked this record") }.count == 2)
            #expect(findings.filter { $0.contains("unknown-deletion") && $0.contains("nobody") }.count == 1)
            // The same export again is nothing new; the record named again is the same person's.
            #expect(try clean(watched, "gone.csv").status <= 1 && watched.runs().count == 2)
            try deliver([(people[0], "I")], as: "back.csv")
            #expect(try clean(watched, "back.csv").status <= 1)
            #expect(try watched.registry.newest("members.csv").count == records - 1)
            try watched.registry.verifies()
        }
    }

    @Test func `what comes after an export that is not complete waits for it`() throws {
        try withChanges { watched in
            #expect(try watched.add().status == 0)
            #expect(try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z").status == 0)
            try change(watched, phone: "13900000001", as: "a-earlier.csv", minutes: 20)
            try change(watched, phone: "13900000002", as: "a-later.csv", minutes: 5)
            let digest = watched.folder + "/a-earlier.csv.sha256"
            try String(repeating: "0", count: 64).write(toFile: digest, atomically: true, encoding: .utf8)
            _ = try watched.schedule("run", "--due", at: "2024-12-02T00:00:00Z")
            #expect(try phones(watched).isEmpty)
            try FileManager.default.removeItem(atPath: digest)
            #expect(try watched.schedule("run", "--due", at: "2024-12-09T00:00:00Z").status == 0)
            #expect(try phones(watched) == ["13900000001"])
        }
    }

    @Test func `an earlier export given again does not undo what later ones brought`() throws {
        try withChanges { watched in
            #expect(try clean(watched).status == 0)
            try change(watched, phone: "13900000001", as: "one.csv")
            try change(watched, phone: "13900000002", as: "two.csv")
            #expect(try clean(watched, "one.csv").status == 0)
            #expect(try clean(watched, "two.csv").status == 0)
            #expect(try phones(watched) == ["13900000002"])
            let again = try clean(watched, "one.csv")
            #expect(again.status == 3)
            #expect(again.errors.contains("E-RUN-010") && again.errors.contains("batch 3"), "\(again.errors)")
            #expect(try phones(watched) == ["13900000002"])
            try watched.registry.verifies()
        }
    }

    @Test func `a new export with the contents of an earlier one is another export`() throws {
        try withChanges { watched in
            #expect(try clean(watched).status == 0)
            for (name, phone) in [("one.csv", "13900000001"), ("two.csv", "13900000002"), ("three.csv", "13900000001")]
            {
                try change(watched, phone: phone, as: name)
                let taken = try clean(watched, name)
                #expect(taken.status == 0, "\(taken.errors)")
                #expect(try phones(watched) == [phone])
            }
            try watched.registry.verifies()
        }
    }

    @Test func `a column that changes lack stays as it was, once somebody agrees that it is missing`() throws {
        try withChanges { watched in
            #expect(try clean(watched).status == 0)
            try "id,name,dob\nA0000,\(watched.registry.a[0].name),1950-01-02\n".write(
                toFile: watched.folder + "/one.csv", atomically: true, encoding: .utf8)
            let refused = try clean(watched, "one.csv")
            #expect(refused.status == 3 && refused.errors.contains("E-RUN-011"), "\(refused.errors)")
            let taken = try clean(watched, "one.csv", "--accept-loss", "a")
            #expect(taken.status == 0, "\(taken.errors)")
            let rows = try watched.registry.newest("master.csv")
            for person in watched.registry.a.dropFirst() {
                #expect(rows.contains { $0.contains(person.phone) }, "\(person.phone)")
            }
            #expect(rows.contains { $0.contains("1950-01-02") })
            try watched.registry.verifies()
        }
    }

    @Test func `the last one is taken back first`() throws {
        try withChanges { watched in
            #expect(try clean(watched).status == 0)
            try change(watched, phone: "13900000001", as: "one.csv")
            try change(watched, phone: "13900000002", as: "two.csv")
            #expect(try clean(watched, "one.csv").status == 0)
            #expect(try clean(watched, "two.csv").status == 0)
            let early = try watched.registry.say("undo", "batch:3")
            #expect(early.status == 3, "\(early.output)")
            #expect(early.errors.contains("E-UND-006"), "\(early.errors)")
            #expect(early.errors.contains("batch 4 came later"), "\(early.errors)")
            #expect(try watched.registry.say("undo", "batch:4").status == 0)
            #expect(try phones(watched) == ["13900000001"])
            #expect(try watched.registry.say("undo", "batch:3").status == 0)
            #expect(try phones(watched).isEmpty)
            try watched.registry.verifies()
        }
    }

    @Test func `a restricted record that vanishes is not named`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            #expect(try clean(watched).status == 0)
            #expect(try watched.registry.run("restrict", "a:A0003", "--reason", "contested").status == 0)
            try watched.deliver("a", watched.registry.a.filter { $0.id != "A0003" && $0.id != "A0004" })
            let less = try clean(watched)
            #expect(less.status == 0, "\(less.errors)")
            let gone = try watched.registry.newest("findings.csv").filter { $0.contains("vanished-record") }
            #expect(gone.count == 1 && gone[0].contains("A0004"), "\(gone)")
            for name in ["findings.csv", "report.html", "run.json"] {
                #expect(!(try watched.registry.newest(name).contains { $0.contains("A0003") }), "\(name)")
            }
        }
    }
}
