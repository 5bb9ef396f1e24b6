import Foundation
import Testing

/// A register of two offices in a folder: `a`, whose records have ids, and `b`, whose records are called after their lines.
struct SmallRegistry {
    let folder: String
    var workspace: String { folder + "/w" }

    private static let rules = """
        registry: Small register
        purpose: Test
        sources:
          a:
            record_id: id
            trust: 3
            as_of: 2026-11-01
            fields: { name: name, phone: phone, birth_date: dob }
          b:
            as_of: 2026-11-01
            fields: { name: name, phone: phone, birth_date: dob }
        fields:
          name: { type: person_name, required: true }
          phone: { type: phone }
          birth_date: { type: date }
        match:
          block: [[name, birth_date]]
          compare: { name: person_name, birth_date: date, phone: phone }
        report: { suppress_below: 2 }
        retention: { runs: 1 days, vanished_records: 1 days, superseded_versions: 1 days }

        """

    /// One record of an export.
    struct Person {
        var id: String
        var name: String
        var phone: String
        var birthDate: String

        init(_ number: Int) {
            let surname = Array("王李张刘陈杨黄赵吴周")[number % 10]
            let given = Character(UnicodeScalar(0x4E50 + UInt32(number * 7)) ?? "乐")
            id = "A" + String(repeating: "0", count: 4 - String(number).count) + String(number)
            name = "\(surname)\(given)\(given)"
            phone = "1380013\(1000 + number)"
            birthDate = "19\(40 + number)-0\(1 + number % 9)-1\(number % 10)"
        }
    }

    var a = (0..<20).map { Person($0) }
    var b = (20..<30).map { Person($0) }

    /// - Parameter rules: put behind the rule book's own.
    init(_ folder: String, rules: String = "") throws {
        self.folder = folder
        try (Self.rules + rules).write(toFile: folder + "/rules.yaml", atomically: true, encoding: .utf8)
    }

    /// Writes both exports and reads them.
    func clean(_ more: String...) throws -> Tool.Result {
        try Tool.finish(try starting(more))
    }

    /// The same, not waited for.
    func starting(_ more: [String] = []) throws -> Tool.Running {
        let a = ["id,name,phone,dob"] + a.map { "\($0.id),\($0.name),\($0.phone),\($0.birthDate)" }
        let b = ["name,phone,dob"] + b.map { "\($0.name),\($0.phone),\($0.birthDate)" }
        for (name, rows) in [("a", a), ("b", b)] {
            try (rows.joined(separator: "\n") + "\n").write(
                toFile: "\(folder)/\(name).csv", atomically: true, encoding: .utf8)
        }
        return try Tool.start(
            ["clean", folder + "/rules.yaml", "a=\(folder)/a.csv", "b=\(folder)/b.csv", "--workspace", workspace] + more
        )
    }

    func run(_ arguments: String...) throws -> Tool.Result { try run(arguments) }

    func run(_ arguments: [String]) throws -> Tool.Result {
        try Tool.run(arguments + ["--workspace", workspace])
    }

    /// With a reason.
    func say(_ arguments: String...) throws -> Tool.Result {
        try Tool.run(arguments + ["--workspace", workspace, "--reason", "as asked in writing"])
    }

    /// The rows of a table of the newest run in the outbox.
    func newest(_ table: String) throws -> [String] {
        let runs = try FileManager.default.contentsOfDirectory(atPath: workspace + "/outbox")
        return try lines("\(workspace)/outbox/\(runs.filter { $0.hasPrefix("run-") }.max() ?? "")/\(table)")
    }

    /// Sequence of the newest word that can be taken back.
    func newestWord() throws -> String {
        String(try run("undo", "--list", "--limit", "1").output.prefix { $0 != " " })
    }

    /// Both implementations find all as it was written.
    func verifies(_ more: String...) throws {
        let audit = try Tool.run(["audit", "verify", "--workspace", workspace] + more)
        #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
        let second = try verifier(workspace)
        #expect(second.status == 0, "\(second.output)\(second.errors)")
    }
}
