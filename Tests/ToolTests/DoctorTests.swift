import Foundation
import Testing

/// `qingku doctor` from outside.
@Suite struct DoctorTests {
    private func report(_ arguments: String...) throws -> (status: Int32, document: [String: Any]) {
        let result = try Tool.run(["doctor", "--json"] + arguments)
        let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        return (result.status, try #require(document, "\(result.errors)"))
    }

    private func verdicts(_ document: [String: Any]) throws -> [String: String] {
        let checks = try #require(document["checks"] as? [[String: Any]])
        return Dictionary(checks.map { ($0["check"] as? String ?? "", $0["verdict"] as? String ?? "") }) { $1 }
    }

    @Test func `SEC-46: the packages it was built with are those of Package.resolved`() throws {
        struct Resolved: Decodable {
            struct Pin: Decodable {
                struct State: Decodable {
                    let version: String?
                    let revision: String?
                }

                let identity: String
                let state: State
            }

            let pins: [Pin]
        }
        let data = try Data(contentsOf: URL(fileURLWithPath: Tool.root + "/Package.resolved"))
        let resolved = try JSONDecoder().decode(Resolved.self, from: data).pins.map {
            "\($0.identity) \($0.state.version ?? $0.state.revision ?? "")"
        }.sorted()
        let packages = try #require(report().document["packages"] as? [[String: String]])
        #expect(packages.map { "\($0["name"] ?? "") \($0["version"] ?? "")" } == resolved)
        #expect(!resolved.isEmpty)
    }

    @Test
    func `versions of the libraries and how SQLite was compiled are named, and the XML parser refuses all probes`()
        throws
    {
        let (status, document) = try report()
        #expect(status == 0)
        let libraries = try #require(document["libraries"] as? [[String: String]])
        #expect(libraries.map { $0["name"] } == ["SQLite", "libxml2", "libxlsxwriter", "zlib"])
        for library in libraries { #expect(library["version"]?.contains(".") == true, "\(library)") }
        #expect((document["sqlite_options"] as? [String])?.contains { $0.hasPrefix("THREADSAFE=") } == true)
        #expect(try verdicts(document)["xml-self-test"] == "ok")
        let text = try Tool.run(["doctor"])
        #expect(text.output.contains("refused: external entity, parameter entity, billion"))
        #expect(text.output.hasSuffix("Next: qingku doctor --workspace DIR\n"))
    }

    @Test func `SEC-5: a database or a key that others may read is bad, with the command that mends it`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            let workspace = watched.registry.workspace
            #expect(try verdicts(report("--workspace", workspace).document)["file-modes"] == "ok")
            for name in ["registry.sqlite", "audit.key"] {
                let path = workspace + "/" + name
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
                let result = try Tool.run(["doctor", "--workspace", workspace])
                #expect(result.status == 5, "\(result.output)")
                #expect(result.output.contains("chmod go= \(path)"), "\(result.output)")
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            }
            #expect(try report("--workspace", workspace).status == 0)
        }
    }

    @Test func `a schedule that nobody carries out, a lost key and a damaged database are found`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            let workspace = watched.registry.workspace
            let late = try Tool.run(["doctor", "--workspace", workspace, "--now", "2024-11-26T00:00:00Z"])
            #expect(late.status == 0, "\(late.output)")
            #expect(late.output.contains("qingku schedule install --workspace \(workspace)"), "\(late.output)")
            #expect(late.output.contains("qingku audit verify --workspace \(workspace)"))

            try FileManager.default.moveItem(atPath: workspace + "/audit.key", toPath: workspace + "/elsewhere")
            let keyless = try report("--workspace", workspace)
            #expect(keyless.status == 5)
            #expect(try verdicts(keyless.document)["signing-key"] == "bad")
            try FileManager.default.moveItem(atPath: workspace + "/elsewhere", toPath: workspace + "/audit.key")

            try Data(repeating: 0x5A, count: 4_096).write(to: URL(fileURLWithPath: workspace + "/registry.sqlite"))
            try? FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: workspace + "/registry.sqlite")
            let damaged = try report("--workspace", workspace)
            #expect(damaged.status == 5)
            #expect(try verdicts(damaged.document)["database"] == "bad")
        }
    }

    @Test func `it answers in Chinese, and a workspace that is not there is said`() throws {
        let result = try Tool.run(["doctor", "--language", "zh"])
        #expect(result.status == 0 && result.output.contains("均已拒绝：外部实体、参数实体、实体膨胀"), "\(result.output)")
        let none = try Tool.run(["doctor", "--workspace", "/nowhere/at/all"])
        #expect(none.status == 2 && none.errors.contains("E-WS-007"))
    }
}
