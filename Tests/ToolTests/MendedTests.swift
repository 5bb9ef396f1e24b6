import Foundation
import Testing

/// Faults that were found and mended, each with the input that showed it.
@Suite struct MendedTests {
    private func clean(_ folder: String, _ more: [String] = []) throws -> Tool.Result {
        try Tool.run(["clean", "rules/latin.yaml", "--workspace", folder + "/workspace"] + more)
    }

    @Test func `a folder that no run wrote is not replaced`() throws {
        try withFolder { folder in
            let mine = folder + "/mine"
            try FileManager.default.createDirectory(atPath: mine, withIntermediateDirectories: true)
            try "years of work".write(toFile: mine + "/thesis.txt", atomically: true, encoding: .utf8)
            let result = try clean(folder, ["--out", mine])
            #expect(result.status == 3)
            #expect(result.errors.contains("E-OUT-005"))
            let thesis = try String(contentsOfFile: mine + "/thesis.txt", encoding: .utf8)
            #expect(thesis == "years of work")
            let workspace = try clean(folder, ["--out", folder + "/workspace"])
            #expect(workspace.status == 3)
        }
    }

    @Test func `a second run whose results were lost is written again as it was`() throws {
        try withFolder { folder in
            _ = try clean(folder)
            var rows = try lines(Tool.root + "/inputs/latin/people.csv")
            rows.removeLast(5)
            try (rows.joined(separator: "\n") + "\n").write(
                toFile: folder + "/people.csv", atomically: true, encoding: .utf8)
            _ = try clean(folder, ["people=\(folder)/people.csv"])
            try FileManager.default.removeItem(atPath: folder + "/workspace/outbox/run-0002")
            let result = try clean(folder, ["people=\(folder)/people.csv"])
            #expect(result.status == 0)
            let audit = try Tool.run(["audit", "verify", "--workspace", folder + "/workspace"])
            #expect(audit.status == 0, "\(audit.output)")
        }
    }

    @Test func `exports that cannot be read leave no workspace behind`() throws {
        try withFolder { folder in
            try "".write(toFile: folder + "/empty.csv", atomically: true, encoding: .utf8)
            let result = try clean(folder, ["people=\(folder)/empty.csv"])
            #expect(result.status == 3)
            #expect(!FileManager.default.fileExists(atPath: folder + "/workspace"))
        }
    }
}
