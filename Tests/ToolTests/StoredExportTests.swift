import Foundation
import Glibc
import Testing

/// What runs make of exports that the workspace has, with some taken back, restricted, or over their time.
@Suite struct StoredExportTests {
    @Test func `an import that is taken back and taken in again counts as before`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            registry.a[3].phone = "13900139000"
            #expect(try registry.clean().status == 0)
            let corrected = try registry.newest("master.csv")
            #expect(try registry.say("undo", "batch:3").status == 0)
            #expect(try registry.newest("master.csv") != corrected)
            #expect(try registry.say("undo", registry.newestWord()).status == 0)
            #expect(try registry.newest("master.csv") == corrected)
            let imports = try registry.run("audit", "show", "--type", "batch.imported", "--json").output
            #expect(imports.split(separator: "\n").count { $0.contains("batch.imported") } == 3)
            try registry.verifies("--replay")
        }
    }

    @Test func `the export that was there before is not read in again once a later one was taken back`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            var later = registry
            later.a[3].phone = "13900139000"
            later.a.removeLast()
            #expect(try later.clean().status == 0)
            #expect(try registry.say("undo", "batch:3").status == 0)
            #expect(try registry.clean().status == 0)
            #expect(try registry.say("undo", registry.newestWord()).status == 0)
            #expect(try registry.newest("master.csv").contains { $0.contains("13900139000") })
        }
    }

    @Test func `a record whose restriction is lifted is there again without its export`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            let before = try registry.newest("master.csv")
            #expect(try registry.say("restrict", "a:A0000").status == 0)
            #expect(try registry.clean().status == 0)
            #expect(try registry.newest("master.csv").count == before.count - 1)
            try registry.verifies("--replay")
            #expect(try registry.say("restrict", "--lift", "a:A0000").status == 0)
            #expect(try registry.run("reconcile").status == 0)
            #expect(try registry.newest("master.csv") == before)
            try registry.verifies("--replay")
        }
    }

    @Test func `a run that waited for another one stands on what that one stored`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            for round in 0..<4 {
                registry.a[3].phone = "1390013900\(round)"
                let held = open(registry.workspace + "/lock", O_RDWR | O_CLOEXEC)
                #expect(flock(held, LOCK_EX) == 0)
                let cleaning = try registry.starting()
                let reconciling = try Tool.start(["reconcile", "--workspace", registry.workspace])
                usleep(1_500_000)
                close(held)
                #expect(try Tool.finish(cleaning).status == 0)
                #expect(try Tool.finish(reconciling).status == 0)
                #expect(try registry.newest("master.csv").contains { $0.contains("1390013900\(round)") })
            }
        }
    }

    @Test func `retention keeps what the newest export that counts reads`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            let before = try registry.newest("master.csv")
            var later = registry
            later.a[3].phone = "13900139000"
            later.a.removeLast()
            #expect(try later.clean().status == 0)
            #expect(try registry.say("undo", "batch:3", "--later").status == 0)
            try age(registry.workspace)
            #expect(try registry.run("retention").status == 0)
            #expect(try registry.run("reconcile").status == 0)
            #expect(try registry.newest("master.csv") == before)
        }
    }

    @Test func `an export that retention has removed records of does not come into force again`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            let file = try String(contentsOfFile: folder + "/a.csv", encoding: .utf8)
            for round in 0..<2 {
                registry.a[3].phone = "1390013900\(round)"
                #expect(try registry.clean().status == 0)
            }
            let before = try registry.newest("master.csv")
            // The middle one alone: what it reads is there until retention takes it.
            #expect(try registry.say("undo", "batch:4", "--dry-run").status == 0)
            try age(registry.workspace)
            #expect(try registry.run("retention").status == 0)
            for words in [["batch:4"], ["batch:4", "batch:3"], ["batch:4", "batch:3", "--dry-run"]] {
                let undo = try registry.run(["undo"] + words + ["--reason", "as asked in writing"])
                #expect(undo.status != 0 && undo.errors.contains("E-UND-007"), "\(undo.output)\(undo.errors)")
                #expect(undo.errors.contains("of 1 record of it"), "\(undo.errors)")
            }
            #expect(try registry.run("reconcile").status == 0)
            #expect(try registry.newest("master.csv") == before)
            // The file itself brings everything back.
            try file.write(toFile: folder + "/a.csv", atomically: true, encoding: .utf8)
            let sources = ["a=\(folder)/a.csv", "b=\(folder)/b.csv"]
            let again = try registry.run(["clean", folder + "/rules.yaml"] + sources)
            #expect(again.status == 0, "\(again.errors)")
            #expect(try registry.newest("master.csv").count == before.count)
        }
    }

    @Test func `retention leaves a folder alone that a later run wrote`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            for place in ["/res", "/w/outbox/mine"] {
                registry.a[3].phone = "1390013\(9000 + place.count)"
                #expect(try registry.clean("--out", folder + place).status == 0)
                registry.a[4].phone = "1390013\(8000 + place.count)"
                #expect(try registry.clean("--out", folder + place).status == 0)
                let written = try contents(folder + place)
                try age(registry.workspace)
                #expect(try registry.run("retention").output.contains("files of"))
                #expect(try contents(folder + place) == written)
            }
        }
    }

    @Test func `a restriction follows a record without an id to another line`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            let (restricted, newcomer) = (registry.b[2], SmallRegistry.Person(40))
            #expect(try registry.clean().status == 0)
            #expect(try registry.say("restrict", "b:4").status == 0)
            registry.b.insert(newcomer, at: 2)
            #expect(try registry.clean().status == 0)
            var master = try registry.newest("master.csv")
            #expect(!master.contains { $0.contains(restricted.name) })
            #expect(master.contains { $0.contains(newcomer.name) })
            try registry.verifies("--replay")
            // With another phone it is another record, and somebody has to look.
            registry.b[3].phone = "13900139000"
            let changed = try registry.clean()
            #expect(changed.output.contains("restrict it again"), "\(changed.output)")
            master = try registry.newest("master.csv")
            #expect(master.contains { $0.contains(restricted.name) })
            try registry.verifies("--replay")
        }
    }

    @Test func `what became of a correction is not told by a line that somebody else has now`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            // The same person in both sources, with a phone that is none in one of them.
            registry.b[0] = registry.a[4]
            registry.b[0].phone = "12"
            #expect(try registry.clean().status == 0)
            #expect(try registry.say("decide", "same", "a:A0004", "b:2").status == 0)
            #expect(try registry.newest("corrections.csv").contains { $0.hasPrefix("b,2,") })
            registry.b.append(registry.b.removeFirst())
            #expect(try registry.clean().status == 0)
            let rows = try registry.newest("followup.csv").dropFirst().filter { $0.hasPrefix("b,") }
            #expect(!rows.isEmpty)
            #expect(rows.allSatisfy { $0.contains(",unknown,") }, "\(rows)")
        }
    }

    @Test func `a finding is shown and accepted by the export that counts`() throws {
        try withFolder { folder in
            var registry = try SmallRegistry(folder)
            registry.a[2].phone = "12"
            #expect(try registry.clean().status == 0)
            var later = registry
            later.a[2].phone = "4x4"
            #expect(try later.clean().status == 0)
            #expect(try registry.say("undo", "batch:3", "--later").status == 0)
            let row = try lines(registry.workspace + "/outbox/run-0001/findings.csv").first { $0.contains(",12,") }
            let cells = try #require(row).split(separator: ",")
            let id = String(try #require(cells.first { $0.hasPrefix("F") && $0.utf8.count == 17 }))
            let shown = try registry.run("findings", "show", id)
            #expect(shown.output.contains("12") && !shown.output.contains("4x4"), "\(shown.output)")
            #expect(try registry.say("findings", "waive", id).status == 0)
            #expect(try registry.run("reconcile").status == 0)
            #expect(try registry.newest("findings.csv").contains { $0.contains(id) && $0.contains(",waived,") })
        }
    }
}
