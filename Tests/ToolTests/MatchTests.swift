import Foundation
import Testing

/// `qingku match` from outside: exports to clusters, and nothing else.
@Suite struct MatchTests {
    private func match(_ folder: String, _ more: [String] = []) throws -> Tool.Result {
        try Tool.run(["match", "rules/latin.yaml", "--language", "en", "--out", folder] + more)
    }

    private func folded(_ folder: String) throws -> [String: Data] { try contents(folder, except: ["run.json"]) }

    @Test func `one command goes from an export to persons and pairs`() throws {
        try withFolder { folder in
            let result = try match(folder + "/result")
            #expect(result.status == 0)
            #expect(result.errors.isEmpty)
            #expect(result.output.contains("Merged from probability 0.800, shown to people from 0.100."))
            #expect(result.output.hasSuffix("Next  qingku clean rules/latin.yaml\n"))
            #expect(try contents(folder + "/result").keys.sorted() == ["members.csv", "pairs.csv", "run.json"])
            let members = try lines(folder + "/result/members.csv")
            #expect(members.count == (try lines(Tool.root + "/inputs/latin/people.csv").count))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["result"])
        }
    }

    @Test func `the result does not depend on threads`() throws {
        try withFolder { folder in
            _ = try match(folder + "/one", ["--threads", "1"])
            _ = try match(folder + "/three", ["--threads", "3"])
            #expect(try folded(folder + "/one") == folded(folder + "/three"))
        }
    }

    @Test(arguments: [false, true])
    func `a run's model gives the same result again without fitting`(isSaved: Bool) throws {
        try withFolder { folder in
            let saved = isSaved ? ["--save-model", folder + "/model.json"] : []
            _ = try match(folder + "/first", saved)
            let model = isSaved ? folder + "/model.json" : folder + "/first/run.json"
            let again = try match(folder + "/second", ["--model", model])
            #expect(again.status == 0)
            #expect(try folded(folder + "/first") == folded(folder + "/second"))
        }
    }

    @Test func `plain levels need a model of their own`() throws {
        try withFolder { folder in
            _ = try match(folder + "/plain", ["--plain-levels"])
            let other = try match(folder + "/other", ["--model", folder + "/plain/run.json"])
            #expect(other.status == 3)
            #expect(other.errors.contains("E-MATCH-001"))
        }
    }

    @Test func `a model does not take the place of another file`() throws {
        try withFolder { folder in
            try "mine".write(toFile: folder + "/notes.txt", atomically: true, encoding: .utf8)
            let result = try match(folder + "/result", ["--save-model", folder + "/notes.txt"])
            #expect(result.status == 3)
            #expect(result.errors.contains("E-OUT-008"))
            #expect(try String(contentsOfFile: folder + "/notes.txt", encoding: .utf8) == "mine")
        }
    }

    @Test func `an altered model is refused`() throws {
        try withFolder { folder in
            _ = try match(folder + "/first", ["--save-model", folder + "/model.json"])
            let text = try String(contentsOfFile: folder + "/model.json", encoding: .utf8)
            let altered = text.replacingOccurrences(of: "\"share\": 0.", with: "\"share\": 0.9")
            try altered.write(toFile: folder + "/altered.json", atomically: true, encoding: .utf8)
            let result = try match(folder + "/second", ["--model", folder + "/altered.json"])
            #expect(result.status == 3)
            #expect(result.errors.contains("E-MATCH-002"))
        }
    }

    @Test func `a run that would need more memory than allowed says so before it begins`() throws {
        try withFolder { folder in
            let result = try match(folder + "/result", ["--memory", "1MB"])
            #expect(result.status == 2)
            #expect(result.errors.contains("E-MATCH-003"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/result"))
        }
    }

    @Test func `Fellegi and Sunter's model says what it is for`() throws {
        try withFolder { folder in
            let result = try match(folder + "/result", ["--fellegi-sunter"])
            #expect(result.status == 0)
            #expect(result.output.contains("use it for comparison only"))
        }
    }
}
