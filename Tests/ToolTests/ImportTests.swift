import Foundation
import Testing

/// `qingku import` from outside.
@Suite struct ImportTests {
    private func take(_ watched: Watched, _ more: String...) throws -> Tool.Result {
        try Tool.run(
            [
                "import", watched.registry.folder + "/rules.yaml", "a=\(watched.folder)/a.csv",
                "b=\(watched.folder)/b.csv", "--workspace", watched.registry.workspace,
            ] + more)
    }

    @Test func `REL-10: exports are taken in, the same ones again change nothing, and changed ones are told apart`()
        throws
    {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            let workspace = watched.registry.workspace
            let first = try take(watched)
            #expect(first.status == 0, "\(first.errors)")
            #expect(
                first.output == """
                    a: batch 1, 20 records: 20 new, 0 changed, 0 unchanged, 0 vanished
                    b: batch 2, 10 records: 10 new, 0 changed, 0 unchanged, 0 vanished
                    Next: qingku clean \(watched.registry.folder)/rules.yaml a=\(watched.folder)/a.csv \
                    b=\(watched.folder)/b.csv --workspace \(workspace)

                    """)
            #expect(first.errors.isEmpty)
            try watched.registry.verifies()
            let trail = try watched.registry.run("audit", "show").output
            let again = try take(watched)
            #expect(again.output.hasPrefix("a: already imported as batch 1\nb: already imported as batch 2\n"))
            #expect(try watched.registry.run("audit", "show").output == trail)
            var people = Array(watched.registry.a.dropFirst())
            people[0].phone = "13900139000"
            try watched.deliver("a", people + [SmallRegistry.Person(31)])
            let changed = try take(watched)
            #expect(
                changed.output.hasPrefix("a: batch 3, 20 records: 1 new, 1 changed, 18 unchanged, 1 vanished\n"),
                "\(changed.output)")
            try watched.registry.verifies()
        }
    }

    @Test func `a run that follows works on what was imported, as if it had read the files itself`() throws {
        try withWatched { watched in
            try watched.deliver("a", watched.registry.a)
            try watched.deliver("b", watched.registry.b)
            _ = try take(watched)
            let files = ["a=\(watched.folder)/a.csv", "b=\(watched.folder)/b.csv"]
            let rules = watched.registry.folder + "/rules.yaml"
            let run = try Tool.run(["clean", rules] + files + ["--workspace", watched.registry.workspace])
            #expect(run.status == 0, "\(run.errors)")
            try watched.deliver("a", watched.registry.a + [SmallRegistry.Person(31)])
            let taken = try take(watched)
            #expect(
                taken.output.hasSuffix("Next: qingku reconcile --workspace \(watched.registry.workspace)\n"),
                "\(taken.output)")
            let made = try watched.registry.run("reconcile")
            #expect(made.status == 0, "\(made.errors)")
            #expect(try watched.registry.newest("members.csv").contains { $0.contains("A0031") })
            try watched.registry.verifies()

            let other = watched.registry.folder + "/other"
            #expect(try Tool.run(["clean", rules] + files + ["--workspace", other]).status == 0)
            for name in ["master.csv", "findings.csv"] {
                let (one, two) = (try watched.registry.newest(name), try lines(other + "/outbox/run-0001/" + name))
                #expect(one.count == two.count, "\(name)")
            }
        }
    }

    @Test func `an export that breaks off is refused, and no workspace is made`() throws {
        try withWatched { watched in
            try watched.deliver("b", watched.registry.b)
            let none = try take(watched)
            #expect(none.status == 3 && none.errors.contains("E-RUN-003"))
            #expect(!FileManager.default.fileExists(atPath: watched.registry.workspace))
        }
    }
}
