import Foundation
import Testing

/// kill -9 before, during and after the commit of every verb that writes. One kill of each; with QINGKU_KILLS=20 twenty.
@Suite(.serialized) struct KillTests {
    static let count = ProcessInfo.processInfo.environment["QINGKU_KILLS"].flatMap { Int($0) } ?? 1

    /// A verb that writes, on a workspace that was made ready for it.
    struct Verb: Sendable, CustomTestStringConvertible {
        let name: String
        /// What is said before, so that there is something to do.
        let before: [[String]]
        /// `W` stands for the workspace, `D` for the folder it is in.
        let words: [String]
        /// What is said after a kill; `words` come first, and may be refused because they were done.
        var after: [[String]] = []
        /// Whether a second time is refused as wrong input.
        var isSaidOnce = false
        /// Whether its commit is too short to be met often.
        var isBrief = false
        /// Whether the erased record is nowhere afterwards.
        var erases = false

        var testDescription: String { name }
    }

    static let verbs = [
        Verb(name: "clean", before: [], words: ["clean", "rules/registry.yaml", "registry=D/registry.csv"]),
        Verb(
            name: "import", before: [], words: ["import", "rules/registry.yaml", "registry=D/registry.csv"],
            after: [["reconcile"]]),
        Verb(
            name: "reconcile",
            before: [
                ["decide", "different", "R00000001", "R00000002", "--later", "--reason", "cards seen", "--by", "li"]
            ],
            words: ["reconcile"]),
        Verb(
            name: "undo",
            before: [["decide", "same", "R00000001", "R00000002", "--reason", "cards seen", "--by", "li"]],
            words: ["undo", "decision:1", "--later", "--reason", "wrong card", "--by", "li"], after: [["reconcile"]],
            isSaidOnce: true),
        Verb(
            name: "export", before: [],
            words: [
                "export", "--format", "machine", "--what", "master", "--out", "D/given.csv", "--purpose", "test",
                "--recipient",
                "office",
            ], isSaidOnce: true),
        Verb(name: "backup", before: [], words: ["backup", "--out", "D/a.backup", "--force"]),
        Verb(
            name: "erase", before: [], words: ["erase", "registry:R00000003", "--reason", "asked for"],
            after: [["reconcile"]], erases: true),
        Verb(
            name: "restore",
            before: [
                ["backup", "--out", "D/old.backup"], ["erase", "registry:R00000003", "--reason", "asked for"],
            ],
            words: ["restore", "D/old.backup", "--force"], after: [["reconcile"]], erases: true),
        Verb(name: "rotate", before: [], words: ["audit", "key", "--rotate"], after: [["reconcile"]], isBrief: true),
    ]

    /// A folder with a workspace, as the template has it.
    private struct Copy {
        let folder: String
        var workspace: String { folder + "/workspace" }

        init(of template: String, as name: String, in folder: String) throws {
            self.folder = folder + "/" + name
            try FileManager.default.copyItem(atPath: template, toPath: self.folder)
        }

        func arguments(_ words: [String]) -> [String] {
            words.map { $0.replacing("D/", with: folder + "/") } + ["--workspace", workspace]
        }

        func run(_ words: [String]) throws -> Tool.Result { try Tool.run(arguments(words)) }

        func holdsErased() throws -> Bool {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: workspace + "/registry.sqlite"))
            return bytes.range(of: Data("R00000003".utf8)) != nil
        }

        /// Of the events; the workspace has to be whole.
        func head(_ note: String) throws -> Int {
            let audit = try run(["audit", "verify", "--json"])
            #expect(audit.status == 0, "\(note): \(audit.output)\(audit.errors)")
            let answer = try JSONSerialization.jsonObject(with: Data(audit.output.utf8)) as? [String: Any]
            return answer?["events"] as? Int ?? 0
        }

        /// Files of the runs that are to be seen, but for those that say when they were made.
        func outputs() throws -> [String: [String: Data]] {
            var runs: [String: [String: Data]] = [:]
            let outbox = workspace + "/outbox"
            for run in try FileManager.default.contentsOfDirectory(atPath: outbox) where !run.hasPrefix(".") {
                runs[run] = try contents(outbox + "/" + run, except: ["run.json", "checkpoint.txt", "report.html"])
            }
            return runs
        }
    }

    private func template(_ verb: Verb, _ folder: String) throws -> String {
        let template = folder + "/template"
        try FileManager.default.createDirectory(atPath: template, withIntermediateDirectories: true)
        let made = ["clean", "rules/registry.yaml", "--workspace", template + "/workspace"]
        #expect(try Tool.run(made).status == 0)
        for words in verb.before {
            let said = try Tool.run(
                words.map { $0.replacing("D/", with: template + "/") } + ["--workspace", template + "/workspace"])
            #expect(said.status == 0, "\(said.errors)")
        }
        var rows = try String(contentsOfFile: Tool.root + "/inputs/registry.csv", encoding: .utf8)
            .components(separatedBy: "\r\n")
        rows.removeSubrange(10..<20)
        try rows.joined(separator: "\r\n").write(
            toFile: template + "/registry.csv", atomically: true, encoding: .utf8)
        return template
    }

    @Test(arguments: verbs)
    func `a kill at any moment leaves old or new results, and the next try ends as if there had been none`(
        _ verb: Verb
    ) throws {
        try withFolder { folder in
            let template = try template(verb, folder)
            let control = try Copy(of: template, as: "control", in: folder)
            let old = try control.outputs()
            let head = try control.head("before")
            let running = try Tool.start(control.arguments(verb.words))
            let times = Killing.Times(running, control.workspace)
            #expect(try Tool.finish(running).status == 0)
            for words in verb.after { #expect(try control.run(words).status == 0) }
            let new = try control.outputs()

            var seen: [Killing.Phase: Int] = [:]
            for step in 0..<Self.count {
                let wanted = Killing.Phase.allCases[(step + verb.name.count) % 3]
                let copy = try Copy(of: template, as: "copy\(step)", in: folder)
                defer { try? FileManager.default.removeItem(atPath: copy.folder) }
                let running = try Tool.start(copy.arguments(verb.words))
                let isWriting = Killing.kill(running, copy.workspace, wanted, times)
                _ = try Tool.finish(running)
                let note = "\(verb.name) \(step) \(wanted)"
                let now = try copy.head(note)
                seen[now != head ? .after : isWriting ? .during : .before, default: 0] += 1
                for (run, files) in try copy.outputs() {
                    // What an erasure has yet to remove the next command removes.
                    let isGoing = verb.erases && files.allSatisfy { old[run]?[$0.key] == $0.value }
                    #expect(files == old[run] || files == new[run] || isGoing, "\(note): \(run)")
                }
                if verb.name == "restore" {
                    // What is left to clean is cleaned by whoever writes next; nobody has come back with the copy.
                    #expect(try copy.run(["audit", "key"]).status == 0, "\(note)")
                    #expect(try !copy.holdsErased(), "\(note)")
                }
                let again = try copy.run(verb.words)
                #expect(again.status == 0 || verb.isSaidOnce && again.status == 3, "\(note): \(again.errors)")
                if verb.erases { #expect(try !copy.holdsErased(), "\(note)") }
                for words in verb.after { #expect(try copy.run(words).status == 0, "\(note)") }
                #expect(try copy.outputs().values.contains(Self.newest(new)), "\(note)")
                _ = try copy.head(note + ", again")
                if verb.name == "export" {
                    let given = try [control, copy].map {
                        try Data(contentsOf: URL(fileURLWithPath: $0.folder + "/given.csv"))
                    }
                    #expect(given[0] == given[1], "\(note)")
                }
                if verb.name == "backup" {
                    let restored = try Tool.run([
                        "restore", copy.folder + "/a.backup", "--workspace", copy.folder + "/restored",
                    ])
                    #expect(restored.status == 0, "\(note): \(restored.errors)")
                }
            }
            print(
                "kills of \(verb.name): \(Killing.Phase.allCases.map { "\($0) \(seen[$0] ?? 0)" }.joined(separator: ", "))"
            )
            // Else the run says nothing.
            for phase in Killing.Phase.allCases where Self.count >= 20 && !verb.isBrief {
                #expect((seen[phase] ?? 0) * 10 >= Self.count, "void: \(verb.name) \(phase)")
            }
        }
    }

    @Test func `a kill of a retention removes what is over its time or nothing of it, and the next one ends it`() throws
    {
        try withWatched { watched in
            let gone = watched.registry.a[0]
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            #expect(try watched.add().status == 0)
            #expect(try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z").status == 0)
            try watched.deliver("a", Array(watched.registry.a.dropFirst()))
            #expect(try watched.schedule("run", "--due", at: "2024-12-02T00:00:00Z").status == 0)

            func copy(_ name: String) throws -> String {
                let copy = watched.registry.folder + "/" + name
                try FileManager.default.copyItem(atPath: watched.registry.workspace, toPath: copy)
                return copy
            }
            func holdsGone(_ workspace: String) throws -> Bool {
                try contents(workspace).contains { $0.value.range(of: Data(gone.phone.utf8)) != nil }
            }
            func head(_ workspace: String, _ note: String) throws -> Int {
                let audit = try Tool.run(["audit", "verify", "--json", "--workspace", workspace])
                #expect(audit.status == 0, "\(note): \(audit.output)\(audit.errors)")
                let answer = try JSONSerialization.jsonObject(with: Data(audit.output.utf8)) as? [String: Any]
                return answer?["events"] as? Int ?? 0
            }
            let control = try copy("control")
            let old = try head(control, "before")
            #expect(try holdsGone(control))
            let running = try Tool.start(["retention", "--workspace", control])
            let times = Killing.Times(running, control)
            #expect(try Tool.finish(running).status == 0)
            #expect(try !holdsGone(control))

            var seen: [Killing.Phase: Int] = [:]
            for step in 0..<Self.count {
                let (wanted, workspace) = (Killing.Phase.allCases[step % 3], try copy("copy\(step)"))
                let running = try Tool.start(["retention", "--workspace", workspace])
                let isWriting = Killing.kill(running, workspace, wanted, times)
                _ = try Tool.finish(running)
                let note = "retention \(step) \(wanted)"
                let isSaid = try head(workspace, note) != old
                seen[isSaid ? .after : isWriting ? .during : .before, default: 0] += 1
                #expect(try isSaid || holdsGone(workspace), "\(note)")
                #expect(try Tool.run(["retention", "--workspace", workspace]).status == 0, "\(note)")
                #expect(try !holdsGone(workspace), "\(note)")
                _ = try head(workspace, note + ", again")
                #expect(try verifier(workspace).status == 0, "\(note)")
                try FileManager.default.removeItem(atPath: workspace)
            }
            print(
                "kills of retention: \(Killing.Phase.allCases.map { "\($0) \(seen[$0] ?? 0)" }.joined(separator: ", "))"
            )
            for phase in Killing.Phase.allCases where Self.count >= 20 {
                #expect((seen[phase] ?? 0) * 10 >= Self.count, "void: retention \(phase)")
            }
        }
    }

    @Test func `a kill of a match leaves the results that were there, or all new ones`() throws {
        try withFolder { folder in
            func words(_ source: [String], _ out: String) -> [String] {
                ["match", "rules/registry.yaml"] + source + ["--out", folder + "/" + out]
            }
            let few = folder + "/registry.csv"
            let rows = try String(contentsOfFile: Tool.root + "/inputs/registry.csv", encoding: .utf8)
                .components(separatedBy: "\r\n")
            try rows[..<(rows.count / 2)].joined(separator: "\r\n").write(
                toFile: few, atomically: true, encoding: .utf8)
            #expect(try Tool.run(words(["registry=" + few], "old")).status == 0)
            let start = Date()
            #expect(try Tool.run(words([], "new")).status == 0)
            let whole = Date().timeIntervalSince(start)
            func results(_ name: String) throws -> [String: Data] {
                try contents(folder + "/" + name, except: ["run.json"])
            }
            let (old, new) = (try results("old"), try results("new"))
            #expect(old != new)
            for step in 0..<Self.count {
                let out = "out\(step)"
                try FileManager.default.copyItem(atPath: folder + "/old", toPath: folder + "/" + out)
                let running = try Tool.start(words([], out))
                usleep(UInt32(.random(in: 0..<whole * 1.1) * 1_000_000))
                Foundation.kill(running.process.processIdentifier, SIGKILL)
                _ = try Tool.finish(running)
                let now = try results(out)
                #expect(now == old || now == new, "\(step)")
                #expect(try Tool.run(words([], out)).status == 0)
                #expect(try results(out) == new, "\(step)")
            }
        }
    }

    private static func newest(_ runs: [String: [String: Data]]) -> [String: Data] {
        runs.max { $0.key < $1.key }?.value ?? [:]
    }
}
