import Foundation
import Testing

@Suite struct KillTests {
    @Test func `a kill at any moment leaves old or new results and a workspace that verifies`() throws {
        try withFolder { folder in
            func arguments(_ registry: String) -> [String] {
                [
                    "clean", "rules/registry.yaml", "registry=\(registry)", "--workspace", folder + "/workspace",
                    "--out",
                    folder + "/result",
                ]
            }
            let first = Tool.root + "/inputs/registry.csv"
            let second = folder + "/registry.csv"
            var rows = try String(contentsOfFile: first, encoding: .utf8).components(separatedBy: "\r\n")
            rows.removeSubrange(10..<20)
            try rows.joined(separator: "\r\n").write(toFile: second, atomically: true, encoding: .utf8)

            #expect(try Tool.run(arguments(first)).status == 0)
            let old = try contents(folder + "/result")
            let began = Date()
            // The report names the workspace, so the copy has the same name.
            try FileManager.default.createDirectory(atPath: folder + "/copy", withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: folder + "/workspace", toPath: folder + "/copy/workspace")
            _ = try Tool.run(
                [
                    "clean", "rules/registry.yaml", "registry=\(second)", "--workspace",
                    folder + "/copy/workspace", "--out",
                    folder + "/new",
                ])
            let whole = Date().timeIntervalSince(began)
            let new = try contents(folder + "/new", except: ["run.json", "checkpoint.txt"])

            for step in 0..<12 {
                let running = try Tool.start(arguments(second))
                Thread.sleep(forTimeInterval: whole * (Double(step) + 0.5) / 12)
                kill(running.process.processIdentifier, SIGKILL)
                _ = try Tool.finish(running)
                let now = try contents(folder + "/result")
                let withoutTimes = now.filter { $0.key != "run.json" && $0.key != "checkpoint.txt" }
                #expect(now == old || withoutTimes == new)
                let audit = try Tool.run(["audit", "verify", "--workspace", folder + "/workspace"])
                #expect(audit.status == 0, "\(audit.output)\(audit.errors)")
            }
            #expect(try Tool.run(arguments(second)).status == 0)
            #expect(try contents(folder + "/result", except: ["run.json", "checkpoint.txt"]) == new)
        }
    }
}
