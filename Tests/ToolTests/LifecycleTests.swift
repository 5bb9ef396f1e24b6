import Foundation
import Testing

@Suite struct LifecycleTests {
    private static let rules = """
        registry: Clients
        purpose: Test the states from export to export
        sources:
          office:
            file: office.csv
            record_id: no
            fields: { name: name, status: status, left: moved_on }
        fields:
          name: { type: person_name }
          status: { type: code, codes: { here: H, gone: G, dead: D } }
          left: { type: date }
        checks:
          - { id: record-number-gap, severity: off }
        lifecycle:
          status: ["here > gone, dead", "gone > here"]

        """

    private func findings(_ folder: String, _ export: String) throws -> [String] {
        try export.write(toFile: folder + "/office.csv", atomically: true, encoding: .utf8)
        try Self.rules.write(toFile: folder + "/rules.yaml", atomically: true, encoding: .utf8)
        let result = try Tool.run([
            "clean", folder + "/rules.yaml", "--workspace", folder + "/workspace", "--out", folder + "/result",
        ])
        #expect(result.status <= 1, "\(result.errors)")
        return try lines(folder + "/result/findings.csv").filter { $0.contains("status-transition") }
    }

    @Test func `a state that cannot follow the one of the export before is an error`() throws {
        try withFolder { folder in
            let first = "no,name,status,moved_on\n1,Ann Lee,dead,\n2,Bob Ray,gone,\n3,Eve Fox,here,\n"
            #expect(try findings(folder, first).isEmpty)
            let second = "no,name,status,moved_on\n1,Ann Lee,here,\n2,Bob Ray,here,\n3,Eve Fox,dead,\n4,Al Orr,here,\n"
            let found = try findings(folder, second)
            #expect(found.count == 1)
            // The same mistake again is no cure, another forbidden state neither; the right one is.
            let third = second.replacing("Al Orr", with: "Al Orre")
            #expect(try findings(folder, third).count == 1)
            #expect(try findings(folder, third.replacing("Ann Lee,here", with: "Ann Lee,gone")).count == 1)
            #expect(try findings(folder, third.replacing("Ann Lee,here", with: "Ann Lee,dead")).isEmpty)
            // What was wrong is still told when it is no more.
            let resolved = try Tool.run([
                "findings", "--json", "--workspace", folder + "/workspace", "--check", "status-transition", "--state",
                "resolved",
            ])
            #expect(resolved.output.contains("was “D” in an earlier export and is “gone”"), "\(resolved.output)")
            #expect(found.first?.contains("in an earlier export and is “here”") == true)
        }
    }
}
