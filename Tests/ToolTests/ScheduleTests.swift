import Foundation
import Testing

/// Runs by the clock, from outside, with a clock of our own.
@Suite struct ScheduleTests {
    @Test func `it runs when it is due, once, in its own time zone, and says when it is due next`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            let added = try watched.add()
            #expect(added.status == 0, "\(added.errors)")
            #expect(added.output.contains("next on 2024-11-25 02:00"))
            // Monday at 02:00 in Shanghai is Sunday at 18:00 UTC.
            #expect(try watched.schedule("run", "--due", at: "2024-11-24T17:59:59Z").output == "Nothing is due.\n")
            let run = try watched.schedule("run", "--due", at: "2024-11-24T18:00:00Z")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output == "weekly: done (run 1)\n")
            #expect(try watched.schedule("run", "--due", at: "2024-11-24T18:05:00Z").output == "Nothing is due.\n")
            #expect(try watched.schedule("list", at: "2024-11-24T18:05:00Z").output.contains("next  2024-12-02 02:00"))
            try watched.registry.verifies()
        }
    }

    @Test func `what was missed is caught up once, and the same exports again are nothing new`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            _ = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            let late = try watched.schedule("run", "--due", at: "2024-12-19T00:00:00Z")
            #expect(late.output == "weekly: nothing new (run 1)\n")
            let tries = try watched.tries()
            #expect(tries.map { $0["missed"] as? Int } == [2, 0])
            #expect(tries.map { $0["planned"] as? String } == ["2024-12-15T18:00:00Z", "2024-11-24T18:00:00Z"])
            #expect(try watched.runs() == ["run-0001"])
        }
    }

    @Test
    func `a source without a new file takes part as the workspace has it, and the newest file of a source counts`()
        throws
    {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            _ = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            try FileManager.default.removeItem(atPath: watched.folder + "/b.csv")
            var people = watched.registry.a
            people[0].phone = "13900139000"
            try watched.deliver("a", people, as: "a-2024-12-02.csv")
            try "half".write(toFile: watched.folder + "/a-2024-12-03.csv.part", atomically: true, encoding: .utf8)
            try "name\n".write(toFile: watched.folder + "/archive.csv", atomically: true, encoding: .utf8)
            let run = try watched.schedule("run", "--due", at: "2024-12-02T00:00:00Z")
            #expect(run.output == "weekly: done (run 2)\n", "\(run.output)\(run.errors)")
            let members = try watched.registry.newest("members.csv")
            #expect(members.count == 31)
            #expect(try watched.registry.newest("master.csv").contains { $0.contains("13900139000") })
            try watched.registry.verifies()
        }
    }

    @Test func `before the first export there is nothing to run on, whatever lies where the rule book looks`() throws {
        try withWatched { watched in
            _ = try watched.add()
            let run = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            #expect(run.output == "weekly: no export is there yet\nweekly: nothing new\n", "\(run.output)\(run.errors)")
            #expect(run.status == 0)
            let outbox = watched.registry.workspace + "/outbox"
            #expect(try FileManager.default.fileExists(atPath: outbox) == false || watched.runs().isEmpty)
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            let next = try watched.schedule("run", "--due", at: "2024-12-02T00:00:00Z")
            #expect(next.output == "weekly: done (run 1)\n", "\(next.output)\(next.errors)")
        }
    }

    @Test func `a file that is not complete waits`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            _ = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            try watched.deliver("a", Array(watched.registry.a.dropLast()))
            try String(repeating: "0", count: 64).write(
                toFile: watched.folder + "/a.csv.sha256", atomically: true, encoding: .utf8)
            let run = try watched.schedule("run", "--due", at: "2024-12-02T00:00:00Z")
            #expect(run.output == "weekly: a.csv is not what a.csv.sha256 says\nweekly: nothing new (run 1)\n")
            // Nobody looks at the terminal of a timer.
            #expect(try watched.tries().first?["waiting"] as? [String] == ["a.csv is not what a.csv.sha256 says"])
            let history = try watched.schedule("history", "weekly", at: "2024-12-02T00:00:00Z").output
            #expect(history.contains("nothing new  run 1  a.csv is not what a.csv.sha256 says"), "\(history)")
            _ = try watched.add("--settle", "3600")
            try FileManager.default.removeItem(atPath: watched.folder + "/a.csv.sha256")
            let soon = try watched.schedule("run", "weekly", at: "2024-12-03T00:00:00Z")
            #expect(soon.output.contains("a.csv was written to less than 3600 seconds ago"))
            #expect(try watched.runs() == ["run-0001"])
        }
    }

    @Test func `a run that fails is tried again later and later, then given up until the next time`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            _ = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            // Most of the export is gone: the run stops.
            try watched.deliver("a", Array(watched.registry.a.prefix(3)))
            var at: [String] = []
            for time in [
                "2024-12-02T00:00:00Z", "2024-12-02T00:04:00Z", "2024-12-02T00:05:00Z", "2024-12-02T00:20:00Z",
                "2024-12-02T01:05:00Z", "2024-12-02T03:05:00Z", "2024-12-02T09:00:00Z",
            ] {
                let run = try watched.schedule("run", "--due", at: time)
                at.append("\(time.dropFirst(11).prefix(5)) \(run.status) \(run.output.prefix { $0 != "\n" })")
            }
            #expect(
                at == [
                    "00:00 3 weekly: failed, is tried again",
                    "00:04 0 weekly: it failed, and is tried again at 2024-12-02T00:05:00Z",
                    "00:05 3 weekly: failed, is tried again", "00:20 3 weekly: failed, is tried again",
                    "01:05 3 weekly: failed, is tried again", "03:05 3 weekly: failed", "09:00 0 Nothing is due.",
                ])
            #expect(try watched.runs() == ["run-0001"])
            try watched.deliver("a", watched.registry.a + [SmallRegistry.Person(31)])
            #expect(try watched.schedule("run", "--due", at: "2024-12-09T00:00:00Z").output == "weekly: done (run 2)\n")
            try watched.registry.verifies()
        }
    }

    @Test func `an export that was taken back does not come back by itself`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            _ = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            try watched.deliver("a", watched.registry.a + [SmallRegistry.Person(31)], as: "a-2.csv")
            #expect(try watched.schedule("run", "--due", at: "2024-12-02T00:00:00Z").output == "weekly: done (run 2)\n")
            #expect(try watched.registry.say("undo", "batch:3").status == 0)
            let run = try watched.schedule("run", "--due", at: "2024-12-09T00:00:00Z")
            #expect(run.output.hasPrefix("weekly: a-2.csv was taken back\n"), "\(run.output)\(run.errors)")
            #expect(try !watched.registry.newest("members.csv").contains { $0.contains("A0031") })
            try watched.registry.verifies()
        }
    }

    @Test func `a file is the source's whose name fits longest, with an ending of its format`() throws {
        try withWatched { watched in
            let rules = watched.registry.folder + "/rules.yaml"
            let text = try String(contentsOfFile: rules, encoding: .utf8)
            try text.replacingOccurrences(of: "  b:\n", with: "  a-2:\n").write(
                toFile: rules, atomically: true, encoding: .utf8)
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b, as: "a-2.csv")
            try "not an export".write(toFile: watched.folder + "/a-readme.pdf", atomically: true, encoding: .utf8)
            _ = try watched.add()
            let run = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            #expect(run.output == "weekly: done (run 1)\n", "\(run.output)")
            let members = try watched.registry.newest("members.csv")
            #expect(members.count { $0.hasPrefix("a,") } == 20)
            #expect(members.count { $0.hasPrefix("a-2,") } == 10)
        }
    }

    @Test func `a run that moves too far is held back, and what was published stays until somebody agrees`() throws {
        try withWatched { watched in
            let rules = watched.registry.folder + "/rules.yaml"
            let text = try String(contentsOfFile: rules, encoding: .utf8)
            try (text + "alarms: { volume: 0.2, weights: off, new_errors: off, completeness: off }\n").write(
                toFile: rules, atomically: true, encoding: .utf8)
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            _ = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            let before = try contents(watched.registry.workspace + "/outbox")
            try watched.deliver("a", watched.registry.a + (40..<48).map { SmallRegistry.Person($0) })
            let held = try watched.schedule("run", "--due", at: "2024-12-02T00:00:00Z")
            #expect(held.status == 2)
            #expect(held.output.contains("weekly: held back"))
            #expect(held.output.contains("“a” has 28 records, 20 before"))
            #expect(try contents(watched.registry.workspace + "/outbox") == before)
            let agreed = try watched.schedule("run", "weekly", "--accept-drift", at: "2024-12-02T08:00:00Z")
            #expect(agreed.output == "weekly: done (run 2)\n")
            try watched.registry.verifies()
        }
    }

    @Test func `paused and removed ones do not run, and what was missed in a pause stays missed`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            #expect(
                try watched.schedule("pause", "weekly", at: "2024-11-21T00:00:00Z").output == "“weekly” is paused.\n")
            #expect(try watched.schedule("run", "--due", at: "2024-11-26T00:00:00Z").output == "Nothing is due.\n")
            _ = try watched.schedule("resume", "weekly", at: "2024-11-27T00:00:00Z")
            #expect(try watched.schedule("run", "--due", at: "2024-11-28T00:00:00Z").output == "Nothing is due.\n")
            #expect(try watched.schedule("run", "--due", at: "2024-12-02T00:00:00Z").output == "weekly: done (run 1)\n")
            _ = try watched.schedule("remove", "weekly", at: "2024-12-03T00:00:00Z")
            #expect(
                try watched.schedule("list", at: "2024-12-03T00:00:00Z").output == "There is no schedule.\n")
            let gone = try watched.schedule("run", "weekly", at: "2024-12-03T00:00:00Z")
            #expect(gone.status == 3)
            #expect(gone.errors.contains("E-SCH-003"))
            try watched.registry.verifies()
        }
    }

    @Test(arguments: [
        ("Mon 25:00", "E-SCH-001"), ("monthly 31 02:00", "E-SCH-001"), ("", "E-SCH-001"), ("Foo 02:00", "E-SCH-001"),
    ])
    func `a time that says nothing is refused with what could be written`(_ every: String, _ code: String) throws {
        try withWatched { watched in
            let result = try Tool.run([
                "schedule", "add", "x", "--every", every, "--rules", watched.registry.folder + "/rules.yaml",
                "--workspace", watched.registry.workspace,
            ])
            #expect(result.status == 3)
            #expect(result.errors.contains(code))
            #expect(result.errors.contains("Mon 02:00"))
        }
    }

    @Test func `units and a line for cron name the tool and the workspace, and harden the service`() throws {
        try withWatched { watched in
            _ = try watched.add()
            let units = watched.registry.folder + "/units"
            let made = try watched.schedule("install", "--units", units, at: "2024-11-21T00:00:00Z")
            #expect(made.status == 0, "\(made.errors)")
            let names = try FileManager.default.contentsOfDirectory(atPath: units).sorted()
            #expect(names.count == 2 && names[0].hasPrefix("qingku-w-") && names[0].hasSuffix(".service"))
            let unit = units + "/" + names[0].dropLast(".service".count)
            let service = try String(contentsOfFile: unit + ".service", encoding: .utf8)
            for line in ["PrivateNetwork=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "MemoryMax=4G"] {
                #expect(service.contains("\n\(line)\n"))
            }
            #expect(
                service.contains(
                    "ReadWritePaths=\"\(URL(fileURLWithPath: watched.registry.workspace).standardizedFileURL.path)\""))
            #expect(try lines(unit + ".timer").contains("Persistent=true"))
            let cron = try watched.schedule("install", "--cron", at: "2024-11-21T00:00:00Z").output
            #expect(cron.hasPrefix("*/5 * * * * '"))
            #expect(cron.contains("schedule run --due --workspace"))
        }
    }
}
