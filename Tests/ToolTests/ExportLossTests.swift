import Foundation
import Testing

/// Exports that are not all there.
@Suite struct ExportLossTests {
    private func clean(_ folder: String, _ more: String...) throws -> Tool.Result {
        try Tool.run(["clean", "rules/registry.yaml", "--workspace", folder + "/w"] + more)
    }

    /// The first half of the community's export.
    private func cut(_ folder: String) throws -> String {
        let whole = try Data(contentsOf: URL(fileURLWithPath: Tool.root + "/inputs/community.xml"))
        try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: folder + "/cut.xml"))
        return "community=\(folder)/cut.xml"
    }

    @Test func `an export that breaks off stops a first run, and no workspace is made`() throws {
        try withFolder { folder in
            let result = try clean(folder, try cut(folder))
            #expect(result.status == 3)
            #expect(result.errors.contains("E-RUN-008"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/w"))
        }
    }

    @Test func `an export that breaks off is taken only where somebody says so, and the run says it`() throws {
        try withFolder { folder in
            #expect(try clean(folder).status == 0)
            let half = try cut(folder)
            #expect(try clean(folder, half).status == 3)
            #expect(!FileManager.default.fileExists(atPath: folder + "/w/outbox/run-0002"))
            #expect(try clean(folder, half, "--accept-loss", "comunity").errors.contains("E-RUN-001"))
            let taken = try clean(folder, half, "--accept-loss", "community")
            #expect(taken.status == 0)
            #expect(taken.output.contains("The 204 whole records before it were read; all behind it are missing."))
            #expect(taken.output.contains("records of the export before are not in this one"))
            let replay = try Tool.run(["audit", "replay", "--run", "2", "--workspace", folder + "/w"])
            #expect(replay.status == 0, "\(replay.output)\(replay.errors)")
        }
    }

    @Test func `an export without its records stops the run`() throws {
        try withFolder { folder in
            #expect(try clean(folder).status == 0)
            let export = try String(contentsOfFile: Tool.root + "/inputs/registry.csv", encoding: .utf8)
            let header = export.components(separatedBy: "\r\n")[0]
            try (header + "\r\n").write(toFile: folder + "/r.csv", atomically: true, encoding: .utf8)
            let result = try clean(folder, "registry=\(folder)/r.csv")
            #expect(result.status == 3)
            #expect(result.errors.contains("E-RUN-009"))
            let check = try Tool.run([
                "check", "rules/registry.yaml", "registry=\(folder)/r.csv", "--workspace", folder + "/w",
            ])
            #expect(check.status == 3)
        }
    }

    @Test func `a column that is called otherwise stops the run, and a scheduled one too`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            #expect(try watched.add().status == 0)
            #expect(try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z").status == 0)
            let path = watched.folder + "/a.csv"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing(",dob\n", with: ",birthdate\n").write(toFile: path, atomically: true, encoding: .utf8)
            let run = try watched.schedule("run", "--due", at: "2024-12-02T00:00:00Z")
            #expect(run.status == 3, "\(run.output)")
            #expect(
                run.output.contains("E-RUN-011") && run.output.contains("the column “dob” (birth_date)"),
                "\(run.output)")
            #expect(try watched.runs().count == 1)
            let taken = try watched.schedule("run", "weekly", "--accept-loss", "a", at: "2024-12-02T00:10:00Z")
            #expect(taken.status != 3, "\(taken.output)")
        }
    }

    @Test func `the same bytes under another name are the same export, and a replay is equal`() throws {
        try withFolder { folder in
            #expect(try clean(folder).status == 0)
            for name in ["registry.csv", "dossier.csv"] {
                try FileManager.default.copyItem(
                    atPath: Tool.root + "/inputs/" + name, toPath: folder + "/other-" + name)
            }
            let path = folder + "/other-registry.csv"
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let phone = try #require(bytes.range(of: Data("15939631322".utf8)))
            bytes.replaceSubrange(phone, with: Data("15939631323".utf8))
            try bytes.write(to: URL(fileURLWithPath: path))
            let second = try clean(folder, "registry=" + path, "dossier=\(folder)/other-dossier.csv")
            #expect(second.status == 0, "\(second.errors)")
            #expect(FileManager.default.fileExists(atPath: folder + "/w/outbox/run-0002"))
            let replay = try Tool.run(["audit", "replay", "--run", "2", "--workspace", folder + "/w"])
            #expect(replay.status == 0, "\(replay.output)\(replay.errors)")
        }
    }
}
