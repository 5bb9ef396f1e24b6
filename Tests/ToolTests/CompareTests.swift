import Foundation
import Testing

/// Two runs held against each other, from outside.
@Suite struct CompareTests {
    private func compared(_ registry: SmallRegistry, _ more: String...) throws -> [String: Any] {
        let result = try registry.run(["compare", "--json"] + more)
        #expect(result.status == 0, "\(result.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    /// The third person of `a` has no birth date, a new record joins the first, one is gone, one has come.
    private func weekLater(_ registry: SmallRegistry) -> SmallRegistry {
        var registry = registry
        registry.a[2].birthDate = "1942-13-12"
        registry.a[3].phone = ""
        registry.a.remove(at: 5)
        registry.a.append(SmallRegistry.Person(31))
        return registry
    }

    @Test func `findings, persons and cells are told apart by what became of them`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            _ = try weekLater(registry).clean()
            let difference = try compared(registry)
            let persons = try #require(difference["persons"] as? [String: Int])
            #expect(persons == ["kept": 29, "merged": 0, "split": 0, "added": 1, "gone": 1])
            let findings = try #require(difference["findings"] as? [String: Any])
            #expect(findings["new"] as? Int == 1)
            #expect(findings["returned"] as? Int == 0)
            let cells = try #require(difference["cells"] as? [String: Any])
            let byField = try #require(cells["by_field"] as? [[String: Any]])
            #expect(byField.map { $0["field"] as? String } == ["phone", "birth_date"])
            #expect(byField.map { $0["emptied"] as? Int } == [1, 0])
            #expect(byField.map { $0["changed"] as? Int } == [0, 1])

            // Back as it was: the finding heals, the person that was gone is there again.
            _ = try registry.clean()
            let back = try compared(registry, "2", "3")
            #expect((back["findings"] as? [String: Any])?["healed"] as? Int == 1)
            let whole = try compared(registry, "1", "3")
            #expect((whole["cells"] as? [String: Any])?["changed"] as? Int == 0)
            #expect((whole["findings"] as? [String: Any])?["new"] as? Int == 0)
            #expect((whole["persons"] as? [String: Int])?["added"] == 0)

            _ = try weekLater(registry).clean()
            #expect((try compared(registry)["findings"] as? [String: Any])?["returned"] as? Int == 1)
        }
    }

    @Test func `the columns of the terminal are the words of the line above them`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            _ = try weekLater(registry).clean()
            _ = try registry.clean()
            let text = try registry.run("compare").output
            #expect(text.contains("0 new, 0 returned, 1 healed, 0 gone with their records"), "\(text)")
            let table = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            let head = try #require(
                table.firstIndex { $0 == ["new", "returned", "healed", "gone", "open"] }, "\(text)")
            #expect(Array(table[head + 1].prefix(4)) == ["0", "0", "1", "0"])
        }
    }

    @Test func `a correction that an office goes on ignoring is one correction`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            _ = try registry.clean()
            #expect(try registry.say("decide", "same", "a:A0001", "a:A0002").status == 0)
            // New exports, in which the two records stay as they were.
            for week in 1...3 {
                registry.a[9].phone = "1390013900\(week)"
                _ = try registry.clean()
            }
            func ignored(_ runs: String...) throws -> Int? {
                let offices = try #require(
                    try JSONSerialization.jsonObject(
                        with: Data(try registry.run(["compare", "--json"] + runs).output.utf8)) as? [String: Any])
                let corrections = try #require(offices["corrections"] as? [[String: Any]])
                return corrections.first { $0["source"] as? String == "a" }?["ignored"] as? Int
            }
            let once = try #require(try ignored("4", "5"))
            #expect(once > 0)
            #expect(try ignored("2", "5") == once)
        }
    }

    @Test func `a merge and the split that follows are persons merged and split`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            _ = try registry.clean()
            #expect(try registry.say("decide", "same", "a:A0001", "a:A0002").status == 0)
            #expect((try compared(registry)["persons"] as? [String: Int])?["merged"] == 1)
            #expect(try registry.say("undo", try registry.newestWord()).status == 0)
            let split = try #require(try compared(registry)["persons"] as? [String: Int])
            #expect(split["split"] == 1)
            #expect(split["kept"] == 28)
        }
    }

    @Test func `the tables name what changed and stay in the registry`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            _ = try registry.clean()
            _ = try weekLater(registry).clean()
            let refused = try registry.run("compare", "--out", folder + "/difference")
            #expect(refused.status == 7)
            #expect(refused.errors.contains("E-CMP-004"))
            let place = registry.workspace + "/outbox/difference"
            for _ in 1...2 { #expect(try registry.run("compare", "--out", place).status == 0) }
            for taken in ["/outbox/run-0001", "/outbox/run-0002", "/outbox/deep/difference"] {
                let before = try contents(registry.workspace + "/outbox")
                #expect(try registry.run("compare", "--out", registry.workspace + taken).status != 0)
                #expect(try contents(registry.workspace + "/outbox") == before)
            }
            #expect(
                try lines(place + "/cells.csv") == [
                    "person_id,field,before,after", "P00000003,birth_date,1942-03-12,1942-13-12",
                    "P00000004,phone,13800131003,",
                ])
            #expect(
                try lines(place + "/persons.csv") == [
                    "change,person_id,into_person_ids,records", "added,P00000031,,1", "gone,P00000006,,1",
                ])
        }
    }

    @Test func `alarms follow the rule book, and the exit status follows them when asked`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            let rules = folder + "/rules.yaml"
            let text = try String(contentsOfFile: rules, encoding: .utf8)
            try (text + "alarms: { persons: 0.01, new_errors: off, completeness: off, groups: off }\n").write(
                toFile: rules, atomically: true, encoding: .utf8)
            _ = try registry.clean()
            _ = try weekLater(registry).clean()
            let alarms = try #require(try compared(registry)["alarms"] as? [[String: Any]])
            #expect(alarms.map { $0["alarm"] as? String } == ["persons"])
            #expect(alarms.map { $0["text"] as? String } == ["1 of 30 persons were merged, split or are gone"])
            #expect(try registry.run("compare", "--fail-on", "alarm").status == 1)
            #expect(try registry.run("compare").status == 0)

            try (text + "alarms: { persons: off, new_errors: off, completeness: off, groups: off }\n").write(
                toFile: rules, atomically: true, encoding: .utf8)
            _ = try registry.clean()
            let quiet = try registry.run("compare", "1", "3", "--fail-on", "alarm")
            #expect(quiet.status == 0, "\(quiet.output)")
            #expect(quiet.output.contains("under another rule book"))
        }
    }

    @Test func `runs that are not there, or whose files were changed, are named`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            _ = try registry.clean()
            let alone = try registry.run("compare")
            #expect(alone.status == 2)
            #expect(alone.errors.contains("E-CMP-001"))
            _ = try weekLater(registry).clean()
            #expect(try registry.run("compare", "1", "7").errors.contains("E-CMP-002"))
            #expect(try registry.run("compare", "1", "1").errors.contains("E-CMP-002"))
            #expect(try registry.run("compare", "1").status == 64)
            let members = registry.workspace + "/outbox/run-0001/members.csv"
            try "source,record_id,person_id\n".write(toFile: members, atomically: true, encoding: .utf8)
            let changed = try registry.run("compare")
            #expect(changed.status == 5)
            #expect(changed.errors.contains("E-OUT-012"))
            try FileManager.default.removeItem(atPath: members)
            #expect(try registry.run("compare").errors.contains("E-CMP-003"))
        }
    }

    @Test func `it speaks Chinese`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            _ = try registry.clean()
            _ = try weekLater(registry).clean()
            let result = try registry.run("compare", "--language", "zh")
            #expect(result.status == 0)
            #expect(result.output.contains("第 2 次运行"))
            #expect(result.output.contains("人员：保持 29，合并 0，拆分 0，新增 1，不再出现 1"))
        }
    }
}
