import Foundation
import GRDB
import Records
import Testing

@testable import Pipeline

/// AUD-4. A hundred mutations and a hundred clean histories; with QINGKU_TAMPER=1000 a thousand of each.
@Suite struct TamperTests {
    static let count = ProcessInfo.processInfo.environment["QINGKU_TAMPER"].flatMap { Int($0) } ?? 100

    /// Databases for the other verifier, each with the checkpoints and keys that were given to this one.
    private struct Case: Encodable {
        let name: String
        let database: String
        let checkpoints: [String]
        let keys: [String]
    }

    private struct Verdict: Hashable, Decodable {
        let kind: String
        let sequence: Int
    }

    /// What `Tests/Verifier/verify.py` says of each.
    private func python(_ cases: [Case]) throws -> [[Verdict]] {
        let verifier = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Verifier").path
        let script = """
            import json, sys, sqlite3
            sys.dont_write_bytecode = True
            sys.path.insert(0, \(String(reflecting: verifier)))
            from verify import Audit
            for case in json.load(open(sys.argv[1], encoding="utf-8")):
                try: problems = Audit(case["database"], case["checkpoints"], case["keys"]).problems
                except sqlite3.DatabaseError as error: problems = [("database", 0)]
                print(json.dumps([{"kind": kind, "sequence": place} for kind, place in problems]))
            """
        let list = TrailSample.newFolder() + ".json"
        defer { try? FileManager.default.removeItem(atPath: list) }
        try JSONEncoder().encode(cases).write(to: URL(fileURLWithPath: list))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, list]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let lines = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return try lines.split(separator: "\n").map { try JSONDecoder().decode([Verdict].self, from: Data($0.utf8)) }
    }

    /// What both look at: structure of the database and files beside it are for one of them only.
    private static let common: Set<String> = [
        "sequence", "link", "content", "payload", "erasure", "checkpoint", "signature", "root", "truncated", "key",
        "rows", "schema", "finding",
    ]

    /// What ours finds beside the database, the other verifier has to be given.
    private func outboxCheckpoints(_ directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory + "/outbox").sorted().map {
            try String(contentsOfFile: "\(directory)/outbox/\($0)/checkpoint.txt", encoding: .utf8)
        }
    }

    @Test func `a change of any table is found, by both verifiers`() throws {
        let sample = try TrailSample.full(seed: 4)
        let key = try #require(try AuditRun.verify(workspace: sample.directory).key)
        var cases: [Case] = []
        var ours: [Set<Verdict>] = []
        var copies: [String] = []
        defer { for copy in copies { try? FileManager.default.removeItem(atPath: copy) } }
        for table in Mutation.tables {
            for mutation in [Mutation.editRow, .deleteRow, .insertRow] {
                var random = Random(UInt64(cases.count))
                let copy = try sample.copy()
                copies.append(copy)
                var isDone = false
                for _ in 0..<20 where !isDone { isDone = try mutation.apply(to: copy, table: table, &random) }
                // Rows of which there can be one only cannot be put in twice; all else has to be tried.
                #expect(isDone || mutation == .insertRow, "\(table) \(mutation)")
                guard isDone else { continue }
                let outcome = try AuditRun.verify(workspace: copy, keys: [key])
                #expect(!outcome.problems.isEmpty, "\(table) \(mutation)")
                cases.append(
                    Case(
                        name: "\(table) \(mutation)", database: copy + "/registry.sqlite",
                        checkpoints: try outboxCheckpoints(copy), keys: [key]))
                ours.append(verdicts(outcome))
            }
        }
        for (place, verdict) in try python(cases).enumerated() {
            #expect(!verdict.isEmpty, "\(cases[place].name)")
        }
        try compare(cases, ours)
    }

    private func verdicts(_ outcome: AuditRun.Outcome) -> Set<Verdict> {
        Set(outcome.problems.map { Verdict(kind: $0.kind, sequence: $0.sequence ?? 0) })
    }

    @discardableResult
    private func compare(_ cases: [Case], _ ours: [Set<Verdict>]) throws -> [[Verdict]] {
        let theirs = try python(cases)
        try #require(theirs.count == cases.count)
        for (place, verdict) in theirs.enumerated() {
            let known = ours[place].filter { Self.common.contains($0.kind) }
            #expect(
                Set(verdict.filter { Self.common.contains($0.kind) }) == known, "\(cases[place].name)")
        }
        return theirs
    }

    @Test func `every mutation of a workspace is found, by both verifiers`() throws {
        var cases: [Case] = []
        var ours: [Set<Verdict>] = []
        var copies: [String] = []
        defer { for copy in copies { try? FileManager.default.removeItem(atPath: copy) } }
        var number = 0
        var sample = try TrailSample(seed: 0)
        var backup = ""
        var later = ""
        while cases.count < Self.count {
            if number % 10 == 0 {
                sample = try TrailSample(seed: UInt64(number))
                backup = try sample.copy()
                copies.append(backup)
                try sample.run()
                if number % 20 == 0 { try sample.waive() }
                later = try sample.checkpoint()
            }
            var random = Random(UInt64(number) &+ 77)
            let mutation = Mutation.allCases[number % Mutation.allCases.count]
            number += 1
            // What only a later checkpoint shows is looked for without the outbox, which has one.
            let isOld = mutation == .cutTail || mutation == .restoreBackup
            let copy = try sample.copy(withOutbox: !isOld)
            copies.append(copy)
            guard try mutation.apply(to: copy, backup: backup, &random) else { continue }
            let outcome: AuditRun.Outcome
            let file = copy + "/later.txt"
            try later.write(toFile: file, atomically: true, encoding: .utf8)
            let key = try #require(try AuditRun.verify(workspace: sample.directory).key)
            do {
                outcome = try AuditRun.verify(
                    workspace: copy, checkpoints: isOld ? [file] : [], keys: mutation == .restoreBackup ? [] : [key])
            } catch let failure as Failure {
                Issue.record("\(mutation) \(number): \(failure)")
                continue
            }
            #expect(!outcome.problems.isEmpty, "\(mutation) \(number)")
            if mutation == .restoreBackup { #expect(outcome.problems.contains { $0.kind == "truncated" }) }
            cases.append(
                Case(
                    name: "\(mutation) \(number)", database: copy + "/registry.sqlite",
                    checkpoints: isOld ? [later] : try outboxCheckpoints(copy),
                    keys: mutation == .restoreBackup ? [] : [key]))
            ours.append(verdicts(outcome))
        }
        for (place, verdict) in try compare(cases, ours).enumerated() {
            #expect(!verdict.isEmpty, "\(cases[place].name)")
        }
    }

    @Test func `a database that says it was made otherwise is found`() throws {
        let sample = try TrailSample(seed: 12)
        for change in [
            "UPDATE grdb_migrations SET identifier = '2 other' WHERE identifier LIKE '2 %'",
            "INSERT INTO grdb_migrations (identifier) VALUES ('9 later')",
        ] {
            let copy = try sample.copy()
            defer { try? FileManager.default.removeItem(atPath: copy) }
            try tamper(copy) { try $0.execute(sql: change) }
            #expect(throws: Failure.self) { try AuditRun.verify(workspace: copy) }
            let theirs = try python([Case(name: "", database: copy + "/registry.sqlite", checkpoints: [], keys: [])])
            #expect(theirs[0].map(\.kind) == ["schema"])
        }
    }

    @Test func `no clean history gives an alarm, erasures and changes of keys included`() throws {
        var cases: [Case] = []
        var samples: [TrailSample] = []
        for seed in 0..<Self.count {
            let sample = try TrailSample(seed: UInt64(seed) &+ 1_000_000)
            let early = try sample.checkpoint()
            try sample.step()
            let file = sample.directory + "/early.txt"
            try early.write(toFile: file, atomically: true, encoding: .utf8)
            let outcome = try AuditRun.verify(workspace: sample.directory, checkpoints: [file])
            #expect(outcome.problems.isEmpty, "\(seed): \(outcome.problems.map(\.message.en))")
            #expect(outcome.signed > 0 && outcome.signedElsewhere > 0)
            cases.append(
                Case(
                    name: "\(seed)", database: sample.directory + "/registry.sqlite", checkpoints: [early],
                    keys: [try #require(outcome.key)]))
            samples.append(sample)
        }
        try compare(cases, cases.map { _ in [] })
        withExtendedLifetime(samples) {}
    }

    @Test(arguments: [Mutation.appendEvent, .appendCommit, .appendInside, .appendRow])
    func `what was put in behind the signed trail is never signed`(_ mutation: Mutation) throws {
        let sample = try TrailSample(seed: 8)
        var random = Random(1)
        #expect(try mutation.apply(to: sample.directory, backup: "", &random))
        let before = try AuditRun.verify(workspace: sample.directory)
        #expect(!before.problems.isEmpty)
        #expect { try sample.restrict(isLifted: false) } throws: { ($0 as? Failure)?.code == "E-AUD-007" }
        #expect { try sample.changeKey(.rotate) } throws: { ($0 as? Failure)?.code == "E-AUD-007" }
        if mutation != .appendRow {
            #expect { try sample.checkpoint() } throws: { ($0 as? Failure)?.code == "E-AUD-007" }
        }
        #expect(try AuditRun.verify(workspace: sample.directory).events == before.events)
    }

    @Test func `a record of which retention left nothing but its id keeps that id`() throws {
        var isDone = false
        for seed in 20..<40 where !isDone {
            let sample = try TrailSample(seed: UInt64(seed), commits: 1)
            for _ in 0..<4 { try sample.run() }
            try sample.retain()
            #expect(try AuditRun.verify(workspace: sample.directory).problems.isEmpty)
            var random = Random(1)
            isDone = try Mutation.renameRemoved.apply(to: sample.directory, backup: "", &random)
            guard isDone else { continue }
            let kinds = try AuditRun.verify(workspace: sample.directory).problems.map(\.kind)
            #expect(kinds.contains("record"))
            let database = sample.directory + "/registry.sqlite"
            let theirs = try python([Case(name: "", database: database, checkpoints: [], keys: [])])
            #expect(theirs[0].contains { $0.kind == "record" })
        }
        #expect(isDone)
    }

    @Test func `a note that the key did not sign is not gone on from`() throws {
        let sample = try TrailSample(seed: 9)
        let size = try AuditRun.verify(workspace: sample.directory).signed
        try tamper(sample.directory) { db in
            try db.execute(
                sql: "UPDATE checkpoint SET note = replace(note, '\u{2014} ', '\u{2014} other') WHERE size = \(size)")
        }
        #expect { try sample.restrict(isLifted: false) } throws: { ($0 as? Failure)?.code == "E-AUD-007" }
    }

    @Test func `a restore without the key is let through, named for good, and signed by the next commit`() throws {
        let sample = try TrailSample(seed: 10, commits: 2)
        try sample.backUpAndRestore(withKey: false)
        let without = try AuditRun.verify(workspace: sample.directory)
        #expect(without.problems.isEmpty, "\(without.problems.map(\.message.en))")
        #expect(without.unsignedRestores.count == 1 && without.signed < without.events)
        try sample.restrict(isLifted: false)
        let after = try AuditRun.verify(workspace: sample.directory)
        #expect(after.problems.isEmpty && after.signed == after.events)
        #expect(after.unsignedRestores == without.unsignedRestores)
    }

    @Test func `an older copy is found by what its outbox holds`() throws {
        let sample = try TrailSample(seed: 5)
        let backup = try sample.copy()
        defer { try? FileManager.default.removeItem(atPath: backup) }
        try sample.run()
        var random = Random(1)
        let path = try sample.copy()
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try Mutation.restoreBackup.apply(to: path, backup: backup, &random))
        #expect(try AuditRun.verify(workspace: path).problems.contains { $0.kind == "truncated" })
    }

    @Test func `a checkpoint of another registry, a broken one and a foreign key are told apart`() throws {
        let (sample, other) = (try TrailSample(seed: 6), try TrailSample(seed: 7))
        func kinds(_ checkpoint: String, keys: [String] = []) throws -> Set<String> {
            let file = sample.directory + "/given.txt"
            try checkpoint.write(toFile: file, atomically: true, encoding: .utf8)
            return Set(
                try AuditRun.verify(workspace: sample.directory, checkpoints: [file], keys: keys).problems.map(\.kind))
        }
        let own = try sample.checkpoint()
        #expect(try kinds(own).isEmpty)
        #expect(try kinds(try other.checkpoint()).contains("checkpoint"))
        #expect(try kinds(own.replacing("\n", with: "\n\n", maxReplacements: 1)) == ["checkpoint"])
        #expect(throws: Failure.self) { try kinds("hello") }
        let foreign = try #require(try AuditRun.verify(workspace: other.directory).key)
        #expect(try kinds(own, keys: [foreign]) == ["key"])
        #expect(throws: Failure.self) { try kinds(own, keys: ["nonsense"]) }
    }
}
