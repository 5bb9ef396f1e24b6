import Foundation
import Testing

/// kill -9 at random moments of scheduled runs, week after week by a clock of our own: ten weeks, with QINGKU_KILLS=20 two
/// hundred.
@Suite(.serialized) struct ScheduleKillTests {
    /// What of a scheduled run was there when it was killed.
    private enum Reached: CaseIterable {
        /// Nothing; a transaction was open; the run, but not the word that it was made; all.
        case before, during, between, after
    }

    /// Of a week, an hour after the planned time: 2022-01-03 is a Monday, and 02:00 in Shanghai is 18:00 UTC the day before.
    private func time(_ week: Int) -> String {
        Date(timeIntervalSince1970: 1_641_150_000 + Double(week) * 7 * 86_400).formatted(.iso8601)
    }

    private func tries(_ watched: Watched) throws -> [[String: Any]] {
        let text = try watched.registry.run("schedule", "history", "weekly", "--json", "--limit", "100000").output
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]).reversed()
    }

    private func due(_ watched: Watched, _ week: Int) -> [String] {
        ["schedule", "run", "--due", "--workspace", watched.registry.workspace, "--now", time(week)]
    }

    @Test func `no kill loses a scheduled run or makes one twice, and what lies there is old or whole`() throws {
        let count = KillTests.count * 10
        try withWatched { watched in
            var people = watched.registry.a
            try watched.deliver("a", people)
            try watched.deliver("b", watched.registry.b)
            let added = try Tool.run([
                "schedule", "add", "weekly", "--every", "Mon 02:00", "--zone", "Asia/Shanghai", "--rules",
                watched.registry.folder + "/rules.yaml", "--watch", watched.folder, "--settle", "0", "--workspace",
                watched.registry.workspace, "--now", time(-1),
            ])
            #expect(added.status == 0, "\(added.errors)")
            let first = try Tool.start(due(watched, 0))
            let times = Killing.Times(first, watched.registry.workspace)
            #expect(try Tool.finish(first).status == 0)

            var seen: [Reached: Int] = [:]
            for week in 1...count {
                people[week % people.count].phone = "1390000\(1_000 + week)"
                try watched.deliver("a", people)
                let running = try Tool.start(due(watched, week))
                let wanted = Killing.Phase.allCases[week % 3]
                let isWriting = Killing.kill(running, watched.registry.workspace, wanted, times)
                _ = try Tool.finish(running)
                let note = "week \(week), \(wanted)"
                let (runs, said) = (try stored(watched), try tries(watched).count)
                #expect(runs == week || runs == week + 1, "\(note)")
                #expect(said == week || said == week + 1 && runs == week + 1, "\(note)")
                let reached: Reached =
                    said > week ? .after : runs > week ? .between : isWriting ? .during : .before
                seen[reached, default: 0] += 1
                // Both of them: the run, where it is stored, and the outputs, where they are published.
                let audit = try watched.registry.run("audit", "verify")
                #expect(audit.status == 0, "\(note): \(audit.output)")

                let again = try Tool.run(due(watched, week))
                #expect(again.status == 0, "\(note): \(again.output)\(again.errors)")
                #expect(try Tool.run(due(watched, week)).output == "Nothing is due.\n", "\(note)")
                #expect(try stored(watched) == week + 1, "\(note)")
                let made = try tries(watched)
                #expect(made.map { $0["run"] as? Int } == (1...(week + 1)).map { $0 }, "\(note)")
                #expect(Set(made.compactMap { $0["planned"] as? String }).count == week + 1, "\(note)")
                #expect(made.allSatisfy { ["done", "unchanged"].contains($0["outcome"] as? String) }, "\(note)")
                #expect(try watched.registry.newest("master.csv").contains { $0.contains("1390000\(1_000 + week)") })
                let left = try FileManager.default.contentsOfDirectory(atPath: watched.registry.workspace + "/outbox")
                #expect(left.allSatisfy { !$0.hasPrefix(".") }, "\(note): \(left)")
            }
            try watched.registry.verifies()
            let shown = Reached.allCases.map { "\($0) \(seen[$0] ?? 0)" }.joined(separator: ", ")
            print("kills of scheduled runs: \(shown)")
            // Else the run says nothing.
            guard count >= 100 else { return }
            let late = (seen[.between] ?? 0) + (seen[.after] ?? 0)
            for number in [seen[.before] ?? 0, seen[.during] ?? 0, late] {
                #expect(number * 10 >= count, "void: \(shown)")
            }
        }
    }

    /// Runs that the workspace holds.
    private func stored(_ watched: Watched) throws -> Int {
        let text = try watched.registry.run("status", "--json").output
        let status = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        return (status["last_run"] as? [String: Any])?["run"] as? Int ?? 0
    }
}
