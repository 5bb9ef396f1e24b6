import Foundation
import Testing

/// `qingku serve` from outside: the desk and the schedules in one process.
@Suite(.serialized) struct ServeTests {
    private static func wait(_ seconds: Double = 60, until condition: () throws -> Bool) throws -> Bool {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if try condition() { return true }
            usleep(100_000)
        }
        return try condition()
    }

    /// A register with one run, a schedule for Mondays, and new exports in the watched folder.
    private func withServed(_ body: (Watched) throws -> Void) throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try watched.add()
            #expect(try watched.schedule("run", "--due", at: "2024-11-25T00:00:00Z").output == "weekly: done (run 1)\n")
            try watched.deliver("a", watched.registry.a + [SmallRegistry.Person(31)], as: "a-2.csv")
            try body(watched)
        }
    }

    @Test func `what falls due while the desk is open is carried out once, pages are read, and SIGTERM ends it`() throws
    {
        try withServed { watched in
            // Two seconds before the time of the week.
            let desk = try RunningDesk(
                watched.registry.workspace, ["--now", "2024-12-01T17:59:58Z", "--pulse", "1"], verb: "serve")
            let cookie = try desk.enter()
            #expect(cookie.count > 20)
            #expect(try Self.wait { try watched.runs() == ["run-0001", "run-0002"] })
            // The desk has the new run at once.
            #expect(
                try Self.wait {
                    try Wire.get("/runs", port: desk.port, cookie: cookie).text.contains("/runs/2/report")
                        || Wire.get("/runs", port: desk.port, cookie: cookie).text.contains("run-0002")
                        || Wire.get("/", port: desk.port, cookie: cookie).text.contains("31")
                })
            #expect(try Self.wait { try watched.tries().count == 2 })
            usleep(2_500_000)
            #expect(try watched.tries().map { $0["outcome"] as? String } == ["done", "done"])
            let start = Date()
            let ended = try desk.stop()
            #expect(Date().timeIntervalSince(start) < 5)
            #expect(ended.status == 0, "\(ended.errors)")
            #expect(ended.errors.contains("weekly: done (run 2)"), "\(ended.errors)")
            #expect(ended.errors.contains("Stopping:"))
            try watched.registry.verifies()
        }
    }

    @Test func `what was missed while nothing ran is caught up once when it starts`() throws {
        try withServed { watched in
            let desk = try RunningDesk(
                watched.registry.workspace, ["--now", "2024-12-19T00:00:00Z", "--pulse", "1"], verb: "serve")
            #expect(try Self.wait { try watched.tries().count == 2 })
            usleep(1_500_000)
            let tries = try watched.tries()
            #expect(tries.map { $0["missed"] as? Int } == [2, 0])
            #expect(try watched.runs() == ["run-0001", "run-0002"])
            #expect(try desk.stop().status == 0)
        }
    }

    @Test(arguments: [0, 100, 300, 600])
    func `SIGTERM in the middle of a run leaves nothing half done, and the run is made once`(_ milliseconds: Int) throws
    {
        try withServed { watched in
            let desk = try RunningDesk(
                watched.registry.workspace, ["--now", "2024-12-02T00:00:00Z", "--pulse", "1"], verb: "serve")
            usleep(UInt32(milliseconds) * 1_000)
            let start = Date()
            #expect(try desk.stop().status == 0)
            #expect(Date().timeIntervalSince(start) < 5)
            let audit = try watched.registry.run("audit", "verify")
            #expect(audit.status == 0, "\(audit.output)")
            #expect(try watched.schedule("run", "--due", at: "2024-12-02T01:00:00Z").status == 0)
            #expect(try watched.runs() == ["run-0001", "run-0002"])
            #expect(try watched.tries().map { $0["run"] as? Int } == [2, 1])
            try watched.registry.verifies()
        }
    }

    @Test func `SEC-1: it opens to others no more easily than the desk, and runs nothing when it cannot open`() throws {
        try withServed { watched in
            let refused = try Tool.run([
                "serve", "--workspace", watched.registry.workspace, "--bind", "0.0.0.0", "--now",
                "2024-12-19T00:00:00Z",
            ])
            #expect(refused.status == 2 && refused.errors.contains("E-DESK-001"))
            let first = try RunningDesk(watched.registry.workspace)
            let taken = try Tool.run([
                "serve", "--workspace", watched.registry.workspace, "--port", "\(first.port)", "--now",
                "2024-12-19T00:00:00Z",
            ])
            #expect(taken.status == 2 && taken.errors.contains("E-DESK-003"))
            #expect(try first.stop().status == 0)
            #expect(try watched.runs() == ["run-0001"])
        }
    }

    @Test func `a unit for serve is written beside those of the timer, and lets in only this machine`() throws {
        try withServed { watched in
            let units = watched.registry.folder + "/units"
            let made = try watched.schedule(
                "install", "--serve", "--units", units, at: "2024-11-26T00:00:00Z")
            #expect(made.status == 0, "\(made.errors)")
            let names = try FileManager.default.contentsOfDirectory(atPath: units)
            #expect(names.count == 1 && names[0].hasSuffix("-serve.service"), "\(names)")
            let unit = try String(contentsOfFile: units + "/" + names[0], encoding: .utf8)
            for line in [
                "Restart=on-failure", "TimeoutStopSec=10", "IPAddressDeny=any", "IPAddressAllow=localhost",
                "ProtectSystem=strict", "NoNewPrivileges=yes", "WantedBy=default.target",
            ] { #expect(unit.contains("\n\(line)\n"), "\(line)") }
            #expect(unit.contains(" serve --no-browser --workspace "))
            #expect(!unit.contains("PrivateNetwork=yes"))
            #expect(made.output.contains("systemctl --user enable --now \(names[0])"))
        }
    }
}
