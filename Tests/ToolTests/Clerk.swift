import Foundation
import Testing

/// A workspace over `inputs/` and somebody who says things of it.
struct Clerk {
    let workspace: String

    /// - Parameter rules: put behind the rule book's own.
    init(_ folder: String, rules: String = "") throws {
        workspace = folder + "/w"
        var book = try String(contentsOfFile: Tool.root + "/rules/registry.yaml", encoding: .utf8)
        book = book.replacing("file: ../inputs/", with: "file: \(Tool.root)/inputs/") + rules
        try book.write(toFile: folder + "/registry.yaml", atomically: true, encoding: .utf8)
        let result = try Tool.run(["clean", folder + "/registry.yaml", "--workspace", workspace])
        #expect(result.status == 0, "\(result.errors)")
    }

    func say(_ words: String..., by: String = "wang") throws -> Tool.Result {
        try Tool.run(words + ["--workspace", workspace, "--reason", "seen the card", "--by", by])
    }

    func ask(_ words: String...) throws -> Tool.Result { try Tool.run(words + ["--workspace", workspace]) }

    func rows(_ file: String, _ run: Int) throws -> [[String]] {
        try lines(workspace + "/outbox/run-000\(run)/\(file)").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    /// Persons with exactly so many records, `SOURCE:ID`, by person.
    func persons(of count: Int, run: Int = 1) throws -> [(person: String, records: [String])] {
        let members = try rows("members.csv", run).dropFirst()
        return Dictionary(grouping: members) { $0[2] }.filter { $0.value.count == count }.map {
            ($0.key, $0.value.map { "\($0[0]):\($0[1])" })
        }.sorted { $0.person < $1.person }
    }

    func person(of record: String, _ run: Int) throws -> String? {
        try rows("members.csv", run).first { "\($0[0]):\($0[1])" == record }?[2]
    }

    func findings(_ check: String) throws -> Tool.Result { try ask("findings", "--check", check) }
}
