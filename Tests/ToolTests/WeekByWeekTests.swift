import Foundation
import Testing

/// Runs that go on from the one before, from outside.
@Suite struct WeekByWeekTests {
    private struct Account: Decodable {
        struct Continued: Decodable {
            let changedRecords: Int?
            let comparedPairs: Int?
            let keptPairs: Int?
            let drift: String?

            enum CodingKeys: String, CodingKey {
                case changedRecords = "changed_records"
                case comparedPairs = "compared_pairs"
                case keptPairs = "kept_pairs"
                case drift
            }
        }

        struct Matching: Decodable {
            struct Model: Decodable { let pinned: Bool }

            let model: Model
            let candidatePairs: Int

            enum CodingKeys: String, CodingKey {
                case model
                case candidatePairs = "candidate_pairs"
            }
        }

        let continued: Continued
        let matching: Matching
    }

    private func account(_ run: String) throws -> Account {
        try JSONDecoder().decode(Account.self, from: Data(contentsOf: URL(fileURLWithPath: run + "/run.json")))
    }

    private func clean(_ folder: String, week: Int, workspace: String = "w", _ more: [String] = []) throws -> String {
        let result = try Tool.run(
            [
                "clean", "rules/latin.yaml", "people=\(folder)/weeks/week-0\(week)/people.csv", "--workspace",
                "\(folder)/\(workspace)", "--language", "en",
            ] + more)
        #expect(result.status == 0, "\(result.errors)")
        return result.output
    }

    private func weeks(_ folder: String, _ count: Int) throws {
        let made = try Tool.run([
            "synthesize", "--layout", "latin", "--records", "1400", "--weeks", "\(count)", "--out", folder + "/weeks",
        ])
        #expect(made.status == 0, "\(made.errors)")
    }

    /// Records of one person, whatever the person is called.
    private func groups(_ run: String) throws -> Set<Set<String>> {
        var groups: [Substring: Set<String>] = [:]
        for line in try lines(run + "/members.csv").dropFirst() {
            let cells = line.split(separator: ",")
            groups[cells[2], default: []].insert(String(cells[1]))
        }
        return Set(groups.values)
    }

    @Test func `each week only what has changed is compared, and a replay that compares everything is equal`() throws {
        try withFolder { folder in
            try weeks(folder, 4)
            for week in 1...4 {
                let output = try clean(folder, week: week)
                let account = try account("\(folder)/w/outbox/run-000\(week)")
                #expect(account.matching.model.pinned == (week > 1))
                if week > 1 {
                    let (changed, compared) = (account.continued.changedRecords, account.continued.comparedPairs)
                    #expect(changed ?? 0 > 0 && changed ?? .max < 300)
                    #expect(compared ?? 0 > 0 && compared ?? .max < account.matching.candidatePairs / 2)
                    #expect(account.continued.keptPairs ?? 0 > 0)
                    #expect(output.contains("new or changed records"))
                }
                #expect(try Tool.run(["audit", "replay", "--workspace", folder + "/w"]).status == 0)
            }
            #expect(try Tool.run(["audit", "verify", "--workspace", folder + "/w"]).status == 0)
            // A rule book that names the model of the first week compares everything, in a workspace of its own.
            let rules = try String(contentsOfFile: Tool.root + "/rules/latin.yaml", encoding: .utf8)
                .replacing("\nmatch:\n", with: "\nmatch:\n  parameters: w/outbox/run-0001/model.json\n")
            try rules.write(toFile: folder + "/fixed.yaml", atomically: true, encoding: .utf8)
            let alone = try Tool.run([
                "clean", folder + "/fixed.yaml", "people=\(folder)/weeks/week-04/people.csv", "--workspace",
                folder + "/alone",
            ])
            #expect(alone.status == 0, "\(alone.errors)")
            #expect(try groups(folder + "/alone/outbox/run-0001") == groups(folder + "/w/outbox/run-0004"))
        }
    }

    @Test(arguments: ["gone", "altered", "of another run"])
    func `without its cache, or with a wrong one, a run finds the same`(_ fault: String) throws {
        try withFolder { folder in
            try weeks(folder, 3)
            _ = try clean(folder, week: 1)
            let earlier = folder + "/earlier.cache"
            try FileManager.default.copyItem(atPath: folder + "/w/matching.cache", toPath: earlier)
            _ = try clean(folder, week: 2)
            try FileManager.default.copyItem(atPath: folder + "/w", toPath: folder + "/other")
            let cache = folder + "/other/matching.cache"
            switch fault {
            case "gone": try FileManager.default.removeItem(atPath: cache)
            case "altered":
                var bytes = try Data(contentsOf: URL(fileURLWithPath: cache))
                bytes[bytes.count / 2] ^= 4
                try bytes.write(to: URL(fileURLWithPath: cache))
            default:
                try FileManager.default.removeItem(atPath: cache)
                try FileManager.default.copyItem(atPath: earlier, toPath: cache)
            }
            _ = try clean(folder, week: 3)
            _ = try clean(folder, week: 3, workspace: "other")
            let except: Set = ["run.json", "checkpoint.txt", "report.html"]
            #expect(
                try contents(folder + "/w/outbox/run-0003", except: except)
                    == contents(folder + "/other/outbox/run-0003", except: except))
            let mode = try FileManager.default.attributesOfItem(atPath: cache)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func `a new model is fitted when somebody asks for it, and goes on from there`() throws {
        try withFolder { folder in
            try weeks(folder, 2)
            _ = try clean(folder, week: 1)
            _ = try clean(folder, week: 2)
            _ = try clean(folder, week: 2, ["--retrain"])
            let third = try account(folder + "/w/outbox/run-0003")
            #expect(!third.matching.model.pinned && third.continued.changedRecords == nil)
            #expect(try Tool.run(["audit", "replay", "--workspace", folder + "/w"]).status == 0)
            #expect(try clean(folder, week: 2).hasPrefix("Nothing has changed since run 3"))
            _ = try clean(folder, week: 1)
            #expect(try account(folder + "/w/outbox/run-0004").matching.model.pinned)
        }
    }

    @Test func `an erasure takes the cache away`() throws {
        try withFolder { folder in
            try weeks(folder, 2)
            _ = try clean(folder, week: 1)
            #expect(FileManager.default.fileExists(atPath: folder + "/w/matching.cache"))
            let person = try #require(
                try lines(folder + "/w/outbox/run-0001/members.csv").last?.split(separator: ",").last)
            let erased = try Tool.run([
                "erase", String(person), "--reason", "file 17 of 2026", "--workspace", folder + "/w",
            ])
            #expect(erased.status == 0, "\(erased.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder + "/w/matching.cache"))
        }
    }

    @Test func `an export of changes leaves what it does not name as it was`() throws {
        try withFolder { folder in
            try weeks(folder, 2)
            let whole = try lines(folder + "/weeks/week-01/people.csv")
            var (after, changes) = (whole, [whole[0]])
            for row in [3, 700, 1_200] {
                var cells = whole[row].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                cells[2] = "zylberberg"
                after[row] = cells.joined(separator: ",")
                changes.append(after[row])
            }
            for number in 0..<2 {
                after.append("N\(number),mary,zylberberg,1961-0\(number + 2)-07,1 elm street,york,12345,0123456789,")
                changes.append(after[after.count - 1])
            }
            func write(_ lines: [String], _ name: String) throws {
                try (lines.joined(separator: "\n") + "\n").write(
                    toFile: folder + "/" + name, atomically: true, encoding: .utf8)
            }
            try write(after, "after.csv")
            try write(changes, "changes.csv")
            let rules = try String(contentsOfFile: Tool.root + "/rules/latin.yaml", encoding: .utf8)
                .replacing("    trust: 1\n", with: "    trust: 1\n    export: changes\n")
            try rules.write(toFile: folder + "/changes.yaml", atomically: true, encoding: .utf8)
            func run(_ rules: String, _ file: String, _ workspace: String) throws {
                let result = try Tool.run(["clean", rules, "people=" + file, "--workspace", folder + "/" + workspace])
                #expect(result.status == 0, "\(result.errors)")
            }
            let first = folder + "/weeks/week-01/people.csv"
            try run("rules/latin.yaml", first, "whole")
            try run("rules/latin.yaml", folder + "/after.csv", "whole")
            try run(folder + "/changes.yaml", first, "parts")
            try run(folder + "/changes.yaml", folder + "/changes.csv", "parts")
            let (one, other) = (folder + "/whole/outbox/run-0002", folder + "/parts/outbox/run-0002")
            #expect(try groups(one) == groups(other))
            #expect(try account(other).continued.changedRecords ?? .max < 100)
            #expect(!(try lines(other + "/findings.csv").contains { $0.contains("vanished-record") }))
            #expect(try Tool.run(["audit", "verify", "--workspace", folder + "/parts"]).status == 0)
            #expect(try Tool.run(["audit", "replay", "--workspace", folder + "/parts"]).status == 0)
            // The same file again changes nothing.
            let again = try Tool.run([
                "clean", folder + "/changes.yaml", "people=\(folder)/changes.csv", "--workspace", folder + "/parts",
            ])
            #expect(again.output.hasPrefix("Nothing has changed since run 2"))
        }
    }

    @Test func `a record that vanishes from an export is a finding, and stays in the store`() throws {
        try withFolder { folder in
            try weeks(folder, 2)
            var rows = try lines(folder + "/weeks/week-01/people.csv")
            _ = try clean(folder, week: 1)
            let gone = try #require(rows.remove(at: 40).split(separator: ",").first)
            try (rows.joined(separator: "\n") + "\n").write(
                toFile: folder + "/less.csv", atomically: true, encoding: .utf8)
            let result = try Tool.run([
                "clean", "rules/latin.yaml", "people=\(folder)/less.csv", "--workspace", folder + "/w",
            ])
            #expect(result.status == 0, "\(result.errors)")
            let found = try lines(folder + "/w/outbox/run-0002/findings.csv").filter { $0.contains("vanished-record") }
            #expect(found.count == 1 && found[0].contains(gone))
            #expect(try Tool.run(["audit", "replay", "--workspace", folder + "/w"]).status == 0)
        }
    }
}
