import Foundation
import Testing

/// Ctrl-C and SIGTERM at commands that take long.
@Suite(.serialized) struct SignalTests {
    static let count = ProcessInfo.processInfo.environment["QINGKU_KILLS"].flatMap { Int($0) } ?? 1

    /// A larger registry and a workspace of it, for commands to be at work on for a while.
    private func withRegistry(_ body: (_ folder: String, _ files: [String]) throws -> Void) throws {
        try withFolder { folder in
            let made = try Tool.run(["synthesize", "--records", "600", "--seed", "7", "--out", folder + "/data"])
            #expect(made.status == 0)
            let data = folder + "/data"
            let files = [
                "registry=\(data)/registry.csv", "community=\(data)/community.xml", "dossier=\(data)/dossier.csv",
            ]
            #expect(
                try Tool.run(["clean", "rules/registry.yaml"] + files + ["--workspace", folder + "/w"]).status == 0)
            try body(folder, files)
        }
    }

    private struct Stopped {
        let result: Tool.Result
        let isBySignal: Bool
        let seconds: Double
    }

    /// The tool, from the moment on at which it listens for signals: it holds them back for the thread that takes them.
    private func listening(_ arguments: [String]) throws -> Tool.Running {
        let running = try Tool.start(arguments)
        let status = "/proc/\(running.process.processIdentifier)/status"
        let wanted: UInt64 = 1 << (UInt64(SIGINT) - 1) | 1 << (UInt64(SIGTERM) - 1)
        while running.process.isRunning {
            let text = (try? String(contentsOfFile: status, encoding: .utf8)) ?? ""
            let line = text.split(separator: "\n").first { $0.hasPrefix("SigBlk:") }
            let mask = line.flatMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) } ?? 0
            if mask & wanted == wanted { break }
            usleep(2_000)
        }
        return running
    }

    private func stop(_ arguments: [String], _ signal: Int32, after delay: Double) throws -> Stopped {
        let running = try listening(arguments)
        usleep(UInt32(delay * 1_000_000))
        let start = Date()
        kill(running.process.processIdentifier, signal)
        let result = try Tool.finish(running)
        return Stopped(
            result: result, isBySignal: running.process.terminationReason == .uncaughtSignal,
            seconds: Date().timeIntervalSince(start))
    }

    @Test
    func `REL-15: a command that is interrupted says so once, ends with 130 or 143, and leaves old or whole results`()
        throws
    {
        try withRegistry { folder, files in
            let workspace = folder + "/w"
            // Another book: nothing is as it was, and all is done anew.
            let rules = folder + "/registry.yaml"
            let text = try String(contentsOfFile: Tool.root + "/rules/registry.yaml", encoding: .utf8)
            try (text + "\n# again\n").write(toFile: rules, atomically: true, encoding: .utf8)
            let before = try contents(workspace + "/outbox")
            func isThere(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/" + name) }
            let commands: [[String]] = [
                ["clean", rules] + files + ["--workspace", workspace],
                ["check", rules] + files + ["--out", folder + "/checked"],
                ["match", rules] + files + ["--out", folder + "/matched"],
                ["audit", "verify", "--workspace", workspace],
                ["backup", "--workspace", workspace, "--out", folder + "/copy"],
                [
                    "export", "--workspace", workspace, "--what", "master", "--format", "xlsx", "--purpose", "p",
                    "--recipient", "r", "--out", folder + "/given.xlsx",
                ],
            ]
            for words in commands {
                // How long it takes here; nothing is kept of it.
                let trial = folder + "/trial"
                try FileManager.default.copyItem(atPath: workspace, toPath: trial)
                let start = Date()
                let whole = try Tool.run(words.map { $0 == workspace ? trial : $0.replacing("/copy", with: "/copy0") })
                #expect(whole.status == 0, "\(words[0]): \(whole.errors)")
                let seconds = Date().timeIntervalSince(start)
                for path in [
                    trial, folder + "/copy0", folder + "/checked", folder + "/matched", folder + "/given.xlsx",
                ] {
                    try? FileManager.default.removeItem(atPath: path)
                }
                for step in 0..<Self.count * 2 {
                    let (signal, status): (Int32, Int32) = step % 2 == 0 ? (SIGINT, 130) : (SIGTERM, 143)
                    let delay = Double.random(in: 0.05...max(0.1, seconds * 0.8))
                    let stopped = try stop(words, signal, after: delay)
                    let note = "\(words[0]) \(words[1]) \(delay): \(stopped.result.errors)"
                    #expect(!stopped.isBySignal, "\(note)")
                    #expect(stopped.seconds < 5, "\(note)")
                    // It may have been done by then.
                    if stopped.result.status == 0 {
                        for name in ["checked", "matched", "copy", "given.xlsx"] {
                            try? FileManager.default.removeItem(atPath: folder + "/" + name)
                        }
                        continue
                    }
                    #expect(stopped.result.status == status, "\(note)")
                    #expect(stopped.result.errors.split(separator: "\n").count == 1, "\(note)")
                    #expect(stopped.result.errors.contains("E-INT-001"), "\(note)")
                    // Nothing, or all there is to say when it came just before the end.
                    let lines = [stopped.result.output, whole.output].map { $0.split(separator: "\n").count }
                    #expect(lines[0] == 0 || lines[0] == lines[1], "\(note)")
                    // Where it was nearly done, its result is there, and whole.
                    for name in ["checked", "matched"] where isThere(name) {
                        #expect(isThere(name + "/run.json"), "\(note)")
                    }
                    if isThere("given.xlsx") {
                        let trail = try Tool.run([
                            "audit", "show", "--type", "export.made", "--payload", "--workspace", workspace,
                        ])
                        #expect(trail.output.contains("given.xlsx"), "\(note)")
                    }
                    if isThere("copy") {
                        let restored = try Tool.run([
                            "restore", folder + "/copy", "--workspace", folder + "/restored",
                        ])
                        #expect(restored.status == 0, "\(note): \(restored.errors)")
                    }
                    for name in ["checked", "matched", "copy", "given.xlsx", "restored"] {
                        try? FileManager.default.removeItem(atPath: folder + "/" + name)
                    }
                }
            }
            // Either the run was interrupted every time, or it is whole.
            let after = try contents(workspace + "/outbox")
            for (path, data) in before { #expect(after[path] == data, "\(path)") }
            #expect(try Tool.run(["audit", "verify", "--workspace", workspace]).status == 0)
            let again = try Tool.run(["clean", rules] + files + ["--workspace", workspace])
            #expect(again.status == 0, "\(again.errors)")
            let left = try FileManager.default.contentsOfDirectory(atPath: workspace + "/outbox")
            #expect(left.allSatisfy { !$0.hasPrefix(".") }, "\(left)")
        }
    }

    @Test func `a second signal ends at once`() throws {
        try withRegistry { folder, files in
            let running = try listening(
                ["clean", "rules/registry.yaml"] + files + ["--workspace", folder + "/v", "--threads", "1"])
            kill(running.process.processIdentifier, SIGINT)
            usleep(20_000)
            let start = Date()
            kill(running.process.processIdentifier, SIGINT)
            let result = try Tool.finish(running)
            // One signal alone waits three seconds for the run.
            #expect(Date().timeIntervalSince(start) < 2.5)
            #expect(result.status == 130)
            #expect(result.errors.split(separator: "\n").count == 1)
        }
    }

    @Test func `a scheduled run that is interrupted is still due, and is no failure`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            var isStopped = false
            for _ in 0..<20 where !isStopped {
                let stopped = try stop(
                    [
                        "schedule", "run", "--due", "--workspace", watched.registry.workspace, "--now",
                        "2024-11-25T00:00:00Z",
                    ], SIGTERM, after: 0.05)
                isStopped = stopped.result.status == 143
                if !isStopped { break }
                #expect(try watched.tries().isEmpty)
            }
            let run = try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z")
            if isStopped { #expect(run.output == "weekly: done (run 1)\n", "\(run.output)") }
            #expect(try watched.tries().map { $0["outcome"] as? String } == ["done"])
            try watched.registry.verifies()
        }
    }
}
