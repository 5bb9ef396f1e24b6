import Foundation
import Testing

@Suite struct CommandTests {
    @Test(
        arguments: [
            [], ["clean"], ["match"], ["explain"], ["rules"], ["rules", "suggest-blocking"], ["evaluate"], ["audit"],
            ["synthesize"], ["profile"], ["estimate"], ["status"], ["doctor"], ["serve"], ["import"],
            ["schedule", "install"],
        ] as [[String]])
    func `every command explains itself`(_ command: [String]) throws {
        let result = try Tool.run(command + ["--help"])
        #expect(result.status == 0)
        #expect(result.output.contains("USAGE: qingku"))
        #expect(result.errors.isEmpty)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completions know every command`(_ shell: String) throws {
        let result = try Tool.run(["--generate-completion-script", shell])
        #expect(result.status == 0)
        for command in ["clean", "import", "status", "doctor", "serve", "schedule"] {
            #expect(result.output.contains(command), "\(command)")
        }
    }

    @Test(arguments: ["registry.yaml", "febrl.yaml", "latin.yaml"])
    func `the shipped rule books are sound`(_ book: String) throws {
        let result = try Tool.run(["rules", "check", "rules/\(book)"])
        #expect(result.status == 0)
        #expect(result.output.contains("Next: qingku clean"))
    }

    @Test func `a wrong rule book is told line by line`() throws {
        try withFolder { folder in
            let book =
                "registry: R\npurpose: P\nsources:\n  a: { format: csv, feilds: { name: n } }\nfields:\n  name: { type: person_nam }\n"
            try book.write(toFile: folder + "/bad.yaml", atomically: true, encoding: .utf8)
            let result = try Tool.run(["rules", "check", folder + "/bad.yaml"])
            #expect(result.status == 3)
            #expect(result.errors.contains("bad.yaml:4:"))
            #expect(result.errors.contains("\"fields\""))
            #expect(result.errors.contains("\"person_name\""))
        }
    }

    @Test func `a drafted rule book runs`() throws {
        try withFolder { folder in
            let draft = try Tool.run(["rules", "new", "inputs/registry.csv", "--out", folder + "/mine.yaml"])
            #expect(draft.status == 0, "\(draft.errors)")
            let result = try Tool.run(["clean", folder + "/mine.yaml", "--workspace", folder + "/w"])
            #expect(result.status == 0, "\(result.errors)")
        }
    }

    @Test func `a run is measured against the truth`() throws {
        try withFolder { folder in
            _ = try Tool.run(["clean", "rules/registry.yaml", "--workspace", folder + "/w"])
            let text = try Tool.run(["evaluate", "--truth", "inputs/truth/truth.csv", "--workspace", folder + "/w"])
            #expect(text.status == 0)
            #expect(text.output.contains("B³"))
            let json = try Tool.run([
                "evaluate", "--truth", "inputs/truth/truth.csv", "--workspace", folder + "/w", "--json",
            ])
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            let f1 = try #require((object?["pairwise"] as? [String: Double])?["f1"])
            let blocking = try #require(object?["blocking_recall"] as? Double)
            #expect(f1 > 0.97 && blocking > 0.97)
        }
    }

    @Test func `findings are scored against the truth about errors and omissions`() throws {
        try withFolder { folder in
            _ = try Tool.run(["clean", "rules/registry.yaml", "--workspace", folder + "/w"])
            let truth = [
                "evaluate", "--truth", "inputs/truth/truth.csv", "--errors", "inputs/truth/errors.csv", "--omissions",
                "inputs/truth/omissions.csv",
            ]
            let text = try Tool.run(truth + ["--workspace", folder + "/w", "--language", "en"])
            #expect(text.status == 0, "\(text.errors)")
            #expect(text.output.contains("kind of error") && text.output.contains("omissions in"))
            let json = try Tool.run(truth + ["--workspace", folder + "/w", "--json"])
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            let errors = try #require(object?["errors"] as? [String: Any])
            for (key, least) in [("recall", 0.97), ("precision", 0.98), ("repair_accuracy", 0.98)] {
                #expect(try #require(errors[key] as? Double) >= least, "\(key)")
            }
            #expect(try #require(errors["wrong_culprit_rate"] as? Double) <= 0.05)
            #expect(errors["unknown"] as? Int == 0)
            let omissions = try #require(object?["omissions"] as? [[String: Any]]).last
            #expect(try #require(omissions?["recall"] as? Double) >= 0.95)
            #expect(try #require(omissions?["precision"] as? Double) >= 0.95)
            // Without the records there is nothing to hold errors against.
            let alone = try Tool.run(truth + [folder + "/w/outbox/run-0001"])
            #expect(alone.status == 3)
            #expect(alone.errors.contains("the workspace of the run is not named"), "\(alone.errors)")
            #expect(alone.errors.contains("E-EVAL-004") && alone.errors.contains("--workspace"))
            // A folder of the workspace is a run of it.
            let run = try Tool.run(truth + [folder + "/w/outbox/run-0001", "--workspace", folder + "/w", "--json"])
            #expect(run.status == 0 && run.output == json.output, "\(run.errors)")
        }
    }

    @Test func `a changed database is found out`() throws {
        try withFolder { folder in
            _ = try Tool.run(["clean", "rules/registry.yaml", "--workspace", folder + "/w"])
            #expect(try Tool.run(["audit", "verify", "--workspace", folder + "/w"]).status == 0)
            let path = folder + "/w/outbox/run-0001/master.csv"
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: URL(fileURLWithPath: path))
            let result = try Tool.run(["audit", "verify", "--workspace", folder + "/w"])
            #expect(result.status == 5)
            #expect(result.output.contains("master.csv"))
        }
    }

    @Test func `imaginary registries are made and cleaned`() throws {
        try withFolder { folder in
            let made = try Tool.run(["synthesize", "--records", "300", "--seed", "5", "--out", folder + "/data"])
            #expect(made.status == 0, "\(made.errors)")
            let data = folder + "/data"
            let result = try Tool.run([
                "clean", "rules/registry.yaml", "registry=\(data)/registry.csv", "community=\(data)/community.xml",
                "dossier=\(data)/dossier.csv", "--workspace", folder + "/w",
            ])
            #expect(result.status == 0, "\(result.errors)")
        }
    }
}
