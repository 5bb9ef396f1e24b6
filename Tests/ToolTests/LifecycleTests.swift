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

    @Test func `the records of one person tell a life in the order of their days`() throws {
        let rules = """
            registry: Clients
            purpose: Test the states over linked records
            sources:
              office:
                file: office.csv
                record_id: no
                updated: seen
                fields: { id: id, name: name, status: status, seen: seen }
              clinic:
                file: clinic.csv
                record_id: no
                as_of: 2026-06-30
                fields: { id: id, name: name, status: status }
            fields:
              id: { type: identifier }
              name: { type: person_name }
              status: { type: code, codes: { here: H, gone: G, dead: D } }
              seen: { type: date }
            lifecycle:
              status: ["here > gone, dead", "gone > here"]

            """
        try withFolder { folder in
            // 101 moved on between the two, 102 has come back from the dead.
            let office = "no,id,name,status,seen\n1,K101,Ann Lee,here,2025-03-01\n2,K102,Bob Ray,dead,2025-04-02\n"
            let clinic = "no,id,name,status\n7,K101,Ann Lee,gone\n8,K102,Bob Ray,here\n"
            let same =
                "a_source,a_record_id,b_source,b_record_id,decision,reason,by\n"
                + "office,1,clinic,7,same,seen,ann\noffice,2,clinic,8,same,seen,ann\n"
            let files = [("rules.yaml", rules), ("office.csv", office), ("clinic.csv", clinic), ("same.csv", same)]
            for (name, text) in files {
                try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
            }
            let result = try Tool.run([
                "clean", folder + "/rules.yaml", "--workspace", folder + "/workspace", "--out", folder + "/result",
                "--decisions", folder + "/same.csv",
            ])
            #expect(result.status <= 1, "\(result.errors)")
            let found = try lines(folder + "/result/findings.csv").filter { $0.contains("status") }
            #expect(found.count == 1, "\(found)")
            let message = "is “here” on 2026-06-30, yet on 2025-04-02 the same person's record 2 of office has “dead”"
            #expect(found.first?.contains("linked-status-order") == true)
            #expect(found.first?.contains(message) == true, "\(found)")
        }
    }
}
