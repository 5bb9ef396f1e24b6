import Foundation
import Testing

@Suite struct CleanTests {
    private func clean(_ folder: String, _ more: [String] = []) throws -> Tool.Result {
        try Tool.run(
            ["clean", "rules/registry.yaml", "--workspace", folder + "/workspace", "--out", folder + "/result"] + more)
    }

    @Test func `one command cleans the sample exports`() throws {
        try withFolder { folder in
            let result = try clean(folder)
            #expect(result.status == 0)
            #expect(result.errors.isEmpty)
            #expect(
                result.output.contains("1,000") || result.output.contains("1,001") || result.output.contains("records"))
            #expect(result.output.contains("Next  qingku findings --workspace \(folder)/workspace"))
            let files = try contents(folder + "/result").keys.sorted()
            #expect(
                files == [
                    "changes.csv", "checkpoint.txt", "corrections.csv", "corrections/community.csv",
                    "corrections/community.html", "corrections/community.touched.csv", "corrections/community.xml",
                    "corrections/dossier.csv", "corrections/dossier.html", "corrections/dossier.touched.csv",
                    "corrections/registry.csv", "corrections/registry.html", "corrections/registry.touched.csv",
                    "examples.json", "findings.csv", "grades.csv", "identity_changes.csv", "master.csv", "members.csv",
                    "model.json", "pairs.csv", "quality.csv",
                    "report.html", "run.json", "sample.csv",
                ])
            let members = try lines(folder + "/result/members.csv")
            let truth = try lines(Tool.root + "/inputs/truth/truth.csv")
            #expect(members.count == truth.count)
            #expect(members[0] == "source,record_id,person_id")
            let master = try lines(folder + "/result/master.csv")
            #expect(
                master[0]
                    == "person_id,name,sex,id_number,birth_date,ethnic_code,hukou_code,hukou_addr,res_code,res_addr,phone,"
                    + "registered,status,death_date,has_case,case_type,caseworker,case_opened,last_visit,records,grade")
        }
    }

    @Test func `outputs are the same bytes for one thread and for two`() throws {
        try withFolder { folder in
            let statuses = try [
                clean(folder + "/one", ["--threads", "1"]).status, clean(folder + "/two", ["--threads", "2"]).status,
            ]
            #expect(statuses == [0, 0])
            // Keys and salts are another workspace's own, so its checkpoint is too.
            let one = try contents(folder + "/one/result", except: ["run.json", "checkpoint.txt"])
            let two = try contents(folder + "/two/result", except: ["run.json", "checkpoint.txt"])
            #expect(one == two)
        }
    }

    @Test func `the same exports again change nothing`() throws {
        try withFolder { folder in
            _ = try clean(folder)
            let before = try contents(folder + "/result")
            let audit = try Tool.run(["audit", "verify", "--json", "--workspace", folder + "/workspace"]).output
            let again = try clean(folder)
            #expect(again.status == 0)
            #expect(again.output.hasPrefix("Nothing has changed since run 1"))
            #expect(try contents(folder + "/result") == before)
            #expect(try Tool.run(["audit", "verify", "--json", "--workspace", folder + "/workspace"]).output == audit)
        }
    }

    @Test func `results that were lost are written again, and nothing is stored twice`() throws {
        try withFolder { folder in
            _ = try clean(folder)
            let before = try contents(folder + "/result", except: ["run.json"])
            try FileManager.default.removeItem(atPath: folder + "/result/master.csv")
            #expect(try clean(folder).status == 0)
            #expect(try contents(folder + "/result", except: ["run.json"]) == before)
            #expect(try Tool.run(["audit", "verify", "--workspace", folder + "/workspace"]).status == 0)
        }
    }

    /// Source and id of the two records of the first merged pair.
    private func mergedPair(_ path: String) throws -> [String] {
        let rows = try lines(path).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let decision = rows[0].firstIndex(of: "decision") ?? 0
        let pair = rows.first { $0[decision] == "merged" }
        return try #require(pair)
    }

    @Test func `a decision holds against the score, and is kept`() throws {
        try withFolder { folder in
            _ = try clean(folder)
            let merged = try mergedPair(folder + "/result/pairs.csv")
            let decisions =
                "a_source,a_record_id,b_source,b_record_id,decision,reason,by\n"
                + "\(merged[0]),\(merged[1]),\(merged[2]),\(merged[3]),different,twins,officer\n"
            try decisions.write(toFile: folder + "/decisions.csv", atomically: true, encoding: .utf8)
            #expect(try clean(folder, ["--decisions", folder + "/decisions.csv"]).status == 0)
            let members = try lines(folder + "/result/members.csv").map { $0.split(separator: ",").map(String.init) }
            let a = members.first { $0[0] == merged[0] && $0[1] == merged[1] }
            let b = members.first { $0[0] == merged[2] && $0[1] == merged[3] }
            #expect(a?[2] != b?[2])
            // Binding without being given again.
            #expect(try clean(folder).output.hasPrefix("Nothing has changed since run 2"))
            #expect(try Tool.run(["audit", "verify", "--workspace", folder + "/workspace"]).status == 0)
        }
    }

    @Test func `persons keep their ids when a new export comes`() throws {
        try withFolder { folder in
            _ = try clean(folder)
            let before = try lines(folder + "/result/members.csv")
            var rows = try String(contentsOfFile: Tool.root + "/inputs/registry.csv", encoding: .utf8)
                .components(separatedBy: "\r\n")
            rows.remove(at: 5)
            try rows.joined(separator: "\r\n").write(
                toFile: folder + "/registry.csv", atomically: true, encoding: .utf8)
            #expect(try clean(folder, ["registry=\(folder)/registry.csv"]).status == 0)
            let after = Set(try lines(folder + "/result/members.csv"))
            let kept = before.count { after.contains($0) }
            #expect(kept >= before.count - 4)
            #expect(try Tool.run(["audit", "verify", "--workspace", folder + "/workspace"]).status == 0)
        }
    }

    @Test(
        arguments: [
            (["clean", "nowhere.yaml"], 3, "nowhere.yaml"),
            (["clean", "rules/registry.yaml", "nosource=x.csv"], 3, "no source “nosource”"),
            (["clean", "rules/registry.yaml", "registry=nowhere.csv"], 3, "nowhere.csv: there is no such file"),
            (["clean", "rules/registry.yaml", "registry"], 64, "is not SOURCE=PATH"),
            (["clean", "rules/febrl.yaml"], 3, "no source has a file"),
            (["clean"], 64, "Missing expected argument"),
            (["audit", "verify", "--workspace", "nowhere"], 2, "holds no workspace"),
            (["evaluate", "--truth", "inputs/truth/truth.csv"], 64, "--workspace"),
        ] as [([String], Int32, String)])
    func `what cannot be done is said in a sentence, with its status`(
        arguments: [String], status: Int32, message: String
    ) throws {
        let result = try Tool.run(
            arguments + (arguments[0] == "clean" ? ["--workspace", NSTemporaryDirectory() + "/qingku-none"] : []))
        #expect(result.status == status)
        #expect(result.errors.contains(message))
        #expect(result.output.isEmpty)
    }

    @Test func `an export that cannot be read leaves the old results`() throws {
        try withFolder { folder in
            _ = try clean(folder)
            let before = try contents(folder + "/result")
            try "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"y\">]><jmxx>&x;</jmxx>".write(
                toFile: folder + "/bad.xml", atomically: true, encoding: .utf8)
            let result = try clean(folder, ["community=\(folder)/bad.xml"])
            #expect(result.status == 3)
            #expect(result.errors.contains("DOCTYPE"))
            #expect(try contents(folder + "/result") == before)
        }
    }

    @Test func `findings at or above the asked severity give status 1`() throws {
        try withFolder { folder in
            let result = try clean(folder, ["--fail-on", "error"])
            #expect(result.status == 1)
        }
    }

    @Test func `the account of the run comes as JSON alone`() throws {
        try withFolder { folder in
            let result = try clean(folder, ["--json"])
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            #expect(object?["tool"] != nil && object?["outputs"] != nil && object?["measured"] != nil)
        }
    }

    @Test func `Chinese is spoken when asked for`() throws {
        try withFolder { folder in
            let result = try clean(folder, ["--language", "zh"])
            #expect(result.output.contains("下一步"))
            #expect(try String(contentsOfFile: folder + "/result/report.html", encoding: .utf8).contains("lang=\"zh"))
        }
    }
}
