import Foundation
import Testing

/// `qingku review` and `qingku account` from outside.
@Suite struct ReviewTests {
    @Test func `the desk starts, lets its starter in once, and ends by SIGTERM with nothing left`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let desk = try RunningDesk(clerk.workspace)
            #expect(desk.url.contains("/open/"))
            let path = "/open/" + (desk.url.split(separator: "/open/").last.map(String.init) ?? "")
            // SEC-6, SEC-19: no page without a session, none under another name.
            #expect(try Wire.get("/pairs", port: desk.port).status == 303)
            #expect(try Wire.get("/pairs", port: desk.port, host: "evil.example").status == 421)
            // SEC-7: once.
            let entered = try Wire.get(path, port: desk.port)
            #expect(entered.status == 303 || entered.status == 200, "\(entered.text.prefix(300))")
            let cookie = entered.cookie
            #expect(cookie.count > 20)
            #expect(try Wire.get(path, port: desk.port).status == 401)
            let queue = try Wire.get("/pairs", port: desk.port, cookie: cookie)
            #expect(queue.status == 200)
            let id = try #require(queue.text.firstMatch(of: #/href="\/pairs\/(\d+)"/#).map { String($0.1) })
            let pair = try Wire.get("/pairs/\(id)", port: desk.port, cookie: cookie)
            let shown = try #require(pair.text.firstMatch(of: #/name="case" value="([^"]+)"/#)).output.1
            let form = "answer=different&case=\(shown)&seen=open&why=papers&page-token=\(pair.pageToken)"
            // SEC-17, SEC-18, SEC-28, SEC-31, SEC-32.
            #expect(
                try Wire.post("/pairs/\(id)", form, port: desk.port, cookie: cookie, origin: "http://evil.example")
                    .status
                    == 403)
            #expect(
                try Wire.post("/pairs/\(id)", "answer=different&seen=open", port: desk.port, cookie: cookie).status
                    == 403)
            #expect(
                try Wire.post("/pairs/\(id)", form, port: desk.port, cookie: cookie, type: "multipart/form-data").status
                    == 415)
            #expect(
                try Wire.post("/pairs/\(id)/answer", form, port: desk.port, cookie: cookie).status == 415)
            let large = form + "&comment=" + String(repeating: "x", count: 70_000)
            #expect(try Wire.post("/pairs/\(id)", large, port: desk.port, cookie: cookie).status == 413)
            #expect(try Wire.get("/pairs/\(id)/release", port: desk.port, cookie: cookie).status == 405)
            #expect(
                try Wire.send("TRACE / HTTP/1.1\r\nHost: 127.0.0.1:\(desk.port)\r\n\r\n", port: desk.port).status == 405
            )
            // SEC-27.
            for path in ["/assets/../../etc/passwd", "/assets/%2e%2e/x", "/persons/%00", "//etc/passwd"] {
                #expect(try Wire.get(path, port: desk.port, cookie: cookie).status == 404, "\(path)")
            }
            #expect(try Wire.post("/pairs/\(id)", form, port: desk.port, cookie: cookie).status == 303)
            #expect(try Wire.post("/pairs/\(id)", form, port: desk.port, cookie: cookie).status == 409)
            let ended = try desk.stop()
            #expect(ended.status == 0, "\(ended.errors)")
            #expect(ended.output.isEmpty)
            let listening = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
            let own = String(desk.port, radix: 16, uppercase: true)
            #expect(!listening.split(separator: "\n").contains { $0.contains(":\(own) 00000000:0000 0A") })
            #expect(try clerk.ask("audit", "verify").status == 0)
            // SEC-40: nothing of the register, no name, no address.
            #expect(ended.errors.split(separator: "\n").allSatisfy { !$0.contains("pairs/") }, "\(ended.errors)")
        }
    }

    @Test func `commands beside an open desk leave it its database`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let desk = try RunningDesk(clerk.workspace)
            let cookie = try desk.enter()
            for round in 0..<3 {
                let queue = try Wire.get("/pairs", port: desk.port, cookie: cookie)
                let id = try #require(queue.text.firstMatch(of: #/href="\/pairs\/(\d+)"/#).map { String($0.1) })
                let pair = try Wire.get("/pairs/\(id)", port: desk.port, cookie: cookie)
                let shown = try #require(pair.text.firstMatch(of: #/name="case" value="([^"]+)"/#)).output.1
                let form = "answer=different&case=\(shown)&seen=open&why=papers&page-token=\(pair.pageToken)"
                #expect(try Wire.post("/pairs/\(id)", form, port: desk.port, cookie: cookie).status == 303)
                let made = try clerk.ask("reconcile")
                #expect(made.status == 0, "\(made.errors)")
                // A command that ends as the last one at the database removes its log; the desk is still there.
                let open = try FileManager.default.contentsOfDirectory(
                    atPath: "/proc/\(desk.running.process.processIdentifier)/fd"
                ).compactMap {
                    try? FileManager.default.destinationOfSymbolicLink(
                        atPath: "/proc/\(desk.running.process.processIdentifier)/fd/" + $0)
                }
                let gone = open.filter { $0.contains("registry.sqlite") && $0.hasSuffix("(deleted)") }
                #expect(gone.isEmpty, "round \(round): \(gone)")
                #expect(try Wire.get("/history", port: desk.port, cookie: cookie).status == 200)
            }
            #expect(try desk.stop().status == 0)
            #expect(try clerk.ask("audit", "verify").status == 0)
        }
    }

    @Test func `SEC-1: a desk for others does not start without a certificate, nor without accounts`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            let open = try registry.run("review", "--bind", "0.0.0.0", "--no-browser")
            #expect(open.status != 0 && open.output.isEmpty && open.errors.contains("E-DESK-001"))
            let half = try registry.run("review", "--bind", "0.0.0.0", "--tls-key", "x")
            #expect(half.status == 64)
        }
    }

    @Test func `accounts are added, listed, changed and disabled; passwords come by file or standard input alone`()
        throws
    {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            let place = ["--workspace", registry.workspace]
            #expect(try Tool.run(["account", "list"] + place).output == "Nobody has an account.\n")
            func with(_ password: String, _ words: [String]) throws -> Tool.Result {
                let file = folder + "/p"
                try? FileManager.default.removeItem(atPath: file)
                try (password + "\n").write(toFile: file, atomically: true, encoding: .utf8)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
                return try Tool.run(words + place, input: file)
            }
            let added = try with(
                "four words for li",
                ["account", "add", "Li", "--role", "reviewer", "--area", "3302", "--password-file", "-"])
            #expect(added.status == 0 && added.output == "Li may sign in.\n" && added.errors.isEmpty)
            #expect(try Tool.run(["account", "list"] + place).output == "li  open  reviewer  3302\n")
            let short = try with("kL9#vq2x", ["account", "password", "li", "--password-file", "-"])
            #expect(short.status == 0 && short.output == "li has another password.\n")
            #expect(short.errors == "The password has fewer than 15 characters: four words would be better.\n")
            for (password, words) in [
                ("short", ["account", "password", "li"]), ("password123", ["account", "password", "li"]),
                ("four words for li", ["account", "add", "li", "--role", "viewer"]),
                ("four words for li", ["account", "password", "nobody"]),
            ] {
                let refused = try with(password, words + ["--password-file", "-"])
                #expect(refused.status == 3 && refused.output.isEmpty && refused.errors.contains("E-ACC-00"))
                #expect(!refused.errors.contains(password))
            }
            // SEC-5, SEC-44: no secret by an option, none from a file that others read.
            let flag = try Tool.run(["account", "password", "li", "--password", "four words for li"] + place)
            #expect(flag.status == 64 && flag.output.isEmpty)
            let open = folder + "/open"
            try "four words for li\n".write(toFile: open, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: open)
            let read = try Tool.run(["account", "password", "li", "--password-file", open] + place)
            #expect(read.status != 0 && read.errors.contains("E-ACC-008"))
            #expect(try Tool.run(["account", "disable", "li"] + place).output == "li may not sign in any more.\n")
            #expect(try Tool.run(["account", "list", "--json"] + place).output.contains(#/"state" ?: ?"disabled"/#))
            let roles = try Tool.run(["account", "roles", "li", "--role", "viewer", "--area", "all"] + place)
            #expect(roles.output == "li is changed.\n")
            // Other cases do not let somebody in who was shut out.
            #expect(try Tool.run(["account", "list"] + place).output == "li  disabled  viewer\n")
            #expect(try Tool.run(["account", "enable", "li"] + place).output == "li may sign in again.\n")
            #expect(try Tool.run(["account", "list"] + place).output == "li  open  viewer\n")
            #expect(try Tool.run(["audit", "verify"] + place).status == 0)
            // SEC-40: no password in the workspace.
            let all = try contents(registry.workspace).values
            #expect(!all.contains { $0.range(of: Data("four words for li".utf8)) != nil })
        }
    }

    @Test func `U24: the queue goes out as a workbook and comes back`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            let book = folder + "/cases.xlsx"
            let written = try clerk.ask("review", "--export", book, "--most", "3", "--by", "li")
            #expect(
                written.status == 0 && written.output.hasPrefix("\(book): 3 pairs to decide; "), "\(written.errors)")
            #expect(try clerk.ask("review", "--export", book).errors.contains("E-XLS-005"))
            #expect(try clerk.ask("review", "--export", book, "--import", book).status == 64)
            let blank = try clerk.ask("review", "--import", book, "--by", "li", "--language", "en")
            #expect(blank.status == 0)
            #expect(
                blank.output
                    == "0 saved, 0 wait for a second person, 0 were there already, 0 not taken, 3 not answered.\n")
            try fill(book)
            let events = try clerk.ask("audit", "log").output
            let rehearsed = try clerk.ask("review", "--import", book, "--by", "li", "--dry-run", "--language", "en")
            #expect(rehearsed.status == 1)
            #expect(rehearsed.output.contains("1 would be saved"))
            #expect(try clerk.ask("audit", "log").output == events)
            let taken = try clerk.ask("review", "--import", book, "--by", "li", "--language", "en")
            #expect(taken.status == 1, "\(taken.errors)")
            let lines = taken.output.split(separator: "\n").map(String.init)
            #expect(lines.count == 3)
            #expect(lines.first?.contains(#/^row 2, pair \d+: different persons \(\d+\)$/#) == true, "\(lines)")
            #expect(
                lines.dropFirst().first?.contains("row 3: not taken: the row or its key is not as it was exported")
                    == true)
            #expect(
                lines.last == "1 saved, 0 wait for a second person, 0 were there already, 1 not taken, 1 not answered.")
            let again = try clerk.ask("review", "--import", book, "--by", "li", "--language", "zh")
            #expect(again.output.contains("此前已有") && again.output.contains("该行或其密钥与导出时不同"))
            #expect(try clerk.ask("audit", "verify").status == 0)
            #expect(try verifier(clerk.workspace).status == 0)
        }
    }

    /// As somebody in a spreadsheet would: an answer in the second row, another cell changed in the third.
    private func fill(_ book: String) throws {
        let script = """
            import re, sys, zipfile
            path = sys.argv[1]
            with zipfile.ZipFile(path) as old: files = {name: old.read(name) for name in old.namelist()}
            sheet = files["xl/worksheets/sheet1.xml"].decode()
            def put(cell, text):
                global sheet
                new = '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (cell, text)
                sheet, count = re.subn('<c r="%s"[^>]*?(/>|>.*?</c>)' % cell, new, sheet, count=1)
                assert count == 1, cell
            put("B2", "different persons")
            put("B3", "same person")
            put("G3", "registry 1")
            files["xl/worksheets/sheet1.xml"] = sheet.encode()
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
                for name, data in files.items(): new.writestr(name, data)
            """
        let done = try python(["-c", script, book])
        #expect(done.status == 0, "\(done.errors)")
    }

    @Test func `SEC-28: a file that is no workbook is refused`() throws {
        try withFolder { folder in
            let clerk = try Clerk(folder)
            #expect(try clerk.ask("review", "--export", folder + "/a.xlsx", "--most", "1").status == 0)
            try "name,answer\n".write(toFile: folder + "/b.xlsx", atomically: true, encoding: .utf8)
            let refused = try clerk.ask("review", "--import", folder + "/b.xlsx")
            #expect(refused.status == 3 && refused.errors.contains("E-XLS-001") && refused.output.isEmpty)
            #expect(try clerk.ask("review", "--import", folder + "/none.xlsx").errors.contains("E-XLS-008"))
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace"), "strace is not installed"))
    func `SEC-45: a whole run talks to no network`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            // Writes the exports too.
            #expect(try registry.clean().status == 0)
            let trace = folder + "/trace"
            let result = try python([
                "-c",
                """
                import subprocess, sys
                done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=network", "-o", sys.argv[1]] + sys.argv[2:])
                sys.exit(done.returncode)
                """, trace, Tool.path, "clean", folder + "/rules.yaml", "a=\(folder)/a.csv",
                "b=\(folder)/b.csv", "--workspace", folder + "/w2",
            ])
            #expect(result.status <= 1, "\(result.errors)")
            let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
            let foreign = calls.filter { $0.contains("AF_INET") || $0.contains("AF_NETLINK") }
            #expect(foreign.isEmpty, "\(foreign.prefix(5))")
        }
    }
}
