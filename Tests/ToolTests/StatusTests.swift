import Foundation
import Testing

/// `qingku status` from outside.
@Suite struct StatusTests {
    private func status(_ watched: Watched, at now: String, _ more: String...) throws -> Tool.Result {
        try Tool.run(["status", "--workspace", watched.registry.workspace, "--now", now] + more)
    }

    private func report(_ watched: Watched, at now: String) throws -> [String: Any] {
        let text = try status(watched, at: now, "--json").output
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// Without what depends on the disk.
    private func lines(_ result: Tool.Result, _ workspace: String) -> [String] {
        result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).filter {
            !$0.contains("free") && !$0.hasPrefix("workspace")
        }.map { $0.replacing(workspace, with: "W") }
    }

    @Test func `U9: a workspace is shown with its last run, its schedules, open work, backup and verification`() throws
    {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            let fresh = try status(watched, at: "2024-11-21T00:00:00Z")
            #expect(fresh.status == 0, "\(fresh.errors)")
            #expect(fresh.output.contains("last run   none yet"))
            #expect(fresh.output.hasSuffix("Next: qingku clean RULES --workspace \(watched.registry.workspace)\n"))

            _ = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            let ran = try status(watched, at: "2024-11-26T00:00:00Z")
            #expect(
                lines(ran, watched.registry.workspace) == [
                    "Small register", "", "last run   1, 2024-11-25 00:00: 30 records, 30 persons",
                    "schedules  weekly  next 2024-12-02 02:00 Asia/Shanghai",
                    "             last 2024-11-25 02:00 done (run 1)",
                    "open work  0 pairs to decide, 0 to approve, 0 said since the run",
                    "           open findings by severity: 0 error, 0 warning, 0 info", "backup     none yet",
                    "verified   not yet", "", "Next: qingku backup --workspace W --out FILE", "",
                ], "\(ran.output)")
            #expect(ran.errors.isEmpty)

            let workspace = watched.registry.workspace
            #expect(
                try Tool.run(["backup", "--workspace", workspace, "--out", watched.registry.folder + "/b"]).status == 0)
            #expect(try Tool.run(["audit", "verify", "--workspace", workspace]).status == 0)
            let proved = try report(watched, at: "2024-11-26T00:00:00Z")
            #expect((proved["backup"] as? [String: Any])?["events_since"] as? Int == 1)
            #expect((proved["verified"] as? [String: Any])?["problems"] as? Int == 0)
            #expect((proved["verified"] as? [String: Any])?["events_since"] as? Int == 0)
            #expect(proved["next"] as? String == "qingku doctor --workspace \(workspace)")
        }
    }

    @Test func `U11: a missed run, a failed one and a paused schedule are seen, and the next command leads to them`()
        throws
    {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            _ = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            let missed = try status(watched, at: "2024-12-19T00:00:00Z")
            #expect(
                missed.output.contains("weekly  due since 2024-12-16 02:00, not carried out; 2 missed before"),
                "\(missed.output)")
            #expect(missed.output.contains("Next: qingku schedule run --due --workspace"))
            _ = try watched.schedule("run", "--due", at: "2024-12-19T00:00:00Z")
            let caughtUp = try status(watched, at: "2024-12-19T01:00:00Z")
            #expect(
                caughtUp.output.contains("last 2024-12-16 02:00 nothing new (run 1), caught up 2 missed"),
                "\(caughtUp.output)")

            try watched.deliver("a", Array(watched.registry.a.prefix(3)))
            _ = try watched.schedule("run", "--due", at: "2024-12-23T00:00:00Z")
            let failed = try status(watched, at: "2024-12-23T00:02:00Z")
            #expect(failed.output.contains("failed, is tried again"), "\(failed.output)")
            #expect(failed.output.contains("E-"))
            #expect(failed.output.contains("Next: qingku schedule history weekly"))
            _ = try watched.schedule("pause", "weekly", at: "2024-12-23T00:03:00Z")
            #expect(try status(watched, at: "2024-12-24T00:00:00Z").output.contains("weekly  paused"))
        }
    }

    @Test func `it fits a screen of 80 by 24, in both languages, whatever there is to say`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            for number in 0..<8 {
                let added = try Tool.run([
                    "schedule", "add", "计划名称很长很长很长-\(number)", "--every", "daily 0\(number):00", "--rules",
                    watched.registry.folder + "/rules.yaml", "--workspace", watched.registry.workspace, "--now",
                    "2024-11-20T00:00:00Z",
                ])
                #expect(added.status == 0, "\(added.errors)")
            }
            // The rule book names no files: every schedule fails, and says so at length.
            _ = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            for language in ["en", "zh"] {
                let shown = try status(watched, at: "2024-11-25T00:01:00Z", "--language", language)
                let lines = shown.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                #expect(lines.count <= 23, "\(shown.output)")
                for line in lines.dropLast() {
                    let width = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
                    #expect(width <= 80, "\(width): \(line)")
                }
            }
        }
    }

    @Test func `a workspace that is not there is said, and none is made`() throws {
        try withFolder { folder in
            let result = try Tool.run(["status", "--workspace", folder + "/none"])
            #expect(result.status == 2 && result.errors.contains("E-WS-007"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/none"))
        }
    }

    @Test func `whatever the next run follows counts as said since the run, and nothing else`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder, rules: "approvals: { two_people: [erasure] }\n")
            #expect(try registry.clean().status == 0)
            func words() throws -> String? {
                try registry.run("status").output.split(separator: "\n").first { $0.contains("said since the run") }
                    .flatMap { $0.split(separator: ", ").last.map(String.init) }
            }
            #expect(try words() == "0 said since the run")
            #expect(try registry.say("restrict", "a:A0005").status == 0)
            #expect(try words() == "1 said since the run")
            #expect(try registry.say("restrict", "a:A0005", "--lift").status == 0)
            #expect(try words() == "2 said since the run")
            #expect(try registry.say("erase", "a:A0004", "--by", "wang").status == 0)
            let event = String(try registry.run("approve", "--list").output.prefix { $0 != " " })
            #expect(try words() == "2 said since the run")
            // The erasure counts, and the answer that lets it through is no second word.
            #expect(try registry.say("approve", event, "--by", "li").status == 0)
            #expect(try words() == "3 said since the run")
        }
    }
}
