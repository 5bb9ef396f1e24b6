import Foundation
import Testing

/// Whoever asks in Chinese is answered in Chinese, and a run that follows a word keeps the language of the run before.
@Suite struct ChineseTests {
    @Test func `words, letters and accounts are in one language`() throws {
        try withFolder { folder in
            let workspace = folder + "/w"
            let place = ["--workspace", workspace, "--language", "zh"]
            let run = try Tool.run(["clean", "rules/registry.yaml"] + place)
            #expect(run.status == 0)
            #expect(!run.output.contains("encoding") && !run.output.contains("delimiter"))
            #expect(!run.output.contains("namesake") && !run.output.contains("match, moved"))
            let letter = try String(
                contentsOfFile: workspace + "/outbox/run-0001/corrections/registry.csv", encoding: .utf8)
            #expect(letter.contains("检查发现该值有误："))
            #expect(!letter.contains("differs-from-linked"))

            let header = try lines(workspace + "/outbox/run-0001/corrections/registry.csv")[0]
            let said = try Tool.run([
                "decide", "different", "R00000001", "R00000002", "--reason", "twins", "--by", "li", "--workspace",
                workspace, "--language", "en",
            ])
            #expect(said.output.contains("are different persons"))
            #expect(try lines(workspace + "/outbox/run-0002/corrections/registry.csv")[0] == header)
            #expect(
                try Tool.run(["reconcile", "--workspace", workspace]).output.contains("Nothing has changed since run 2")
            )

            let shown = try Tool.run(["audit", "show", "--last", "3"] + place)
            #expect(shown.output.contains("run.completed 运行"))
            let erased = try Tool.run(["erase", "R00000003", "--reason", "request", "--dry-run"] + place)
            #expect(erased.output.contains("将删除：记录 1、记录版本 1"))
        }
    }
}
