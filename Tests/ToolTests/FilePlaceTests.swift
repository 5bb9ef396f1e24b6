import Foundation
import Testing

/// Where files are looked for and where they go, from outside.
@Suite struct FilePlaceTests {
    /// A rule book in `rules/` whose one source it finds in `inputs/`, and a later export in `july/`.
    private func layout(_ folder: String) throws {
        for name in ["rules", "inputs", "july"] {
            try FileManager.default.createDirectory(
                atPath: folder + "/" + name, withIntermediateDirectories: true)
        }
        let rows =
            ["id,name,phone,dob"]
            + (0..<20).map { "A\($0),王乐\($0),1380013\(1000 + $0),19\(50 + $0)-01-1\($0 % 10)" }
        for (place, rows) in [("inputs", rows), ("july", rows.dropLast())] {
            try (rows.joined(separator: "\n") + "\n").write(
                toFile: folder + "/\(place)/a.csv", atomically: true, encoding: .utf8)
        }
        try """
        registry: R
        purpose: P
        sources:
          a: { file: ../inputs/a.csv, record_id: id, fields: { name: name, phone: phone, birth_date: dob } }
        fields:
          name: { type: person_name, required: true }
          phone: { type: phone }
          birth_date: { type: date }
        match:
          block: [[name, birth_date]]
          compare: { name: person_name, birth_date: date, phone: phone }

        """.write(toFile: folder + "/rules/book.yaml", atomically: true, encoding: .utf8)
    }

    @Test func `another file for a source does not make another workspace`() throws {
        try withFolder { folder in
            try layout(folder)
            for more in [[], ["a=july/a.csv"]] {
                let result = try Tool.run(["clean", "rules/book.yaml"] + more, in: folder)
                #expect(result.status == 0, "\(result.errors)")
            }
            #expect(FileManager.default.fileExists(atPath: folder + "/inputs/book.qingku/outbox/run-0002/run.json"))
            #expect(!FileManager.default.fileExists(atPath: folder + "/july/book.qingku"))
        }
    }

    @Test func `a drafted book finds its exports from where standard output puts it`() throws {
        try withFolder { folder in
            try layout(folder)
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.currentDirectoryURL = URL(fileURLWithPath: folder)
            shell.arguments = ["-c", "'\(Tool.path)' rules new inputs/a.csv > rules/mine.yaml 2> said.txt"]
            try shell.run()
            shell.waitUntilExit()
            #expect(try lines(folder + "/said.txt") == ["Next: qingku rules check rules/mine.yaml"])
            #expect(try lines(folder + "/rules/mine.yaml").contains("    file: ../inputs/a.csv"))
            let check = try Tool.run(["rules", "check", "rules/mine.yaml"], in: folder)
            #expect(check.status == 0 && check.errors.isEmpty, "\(check.errors)")
            #expect(try Tool.run(["check", "rules/mine.yaml"], in: folder).status < 2)
        }
    }

    @Test func `a check of the rules says which exports are not there, which is no error`() throws {
        try withFolder { folder in
            try layout(folder)
            try FileManager.default.removeItem(atPath: folder + "/inputs/a.csv")
            let check = try Tool.run(["rules", "check", "rules/book.yaml"], in: folder)
            #expect(check.status == 0)
            #expect(check.errors.contains("note: source a has no file at inputs/a.csv"), "\(check.errors)")
        }
    }

    @Test func `a folder and a missing file are told apart`() throws {
        try withFolder { folder in
            try layout(folder)
            for (path, words) in [("july", "this is a folder, not a file"), ("none.csv", "there is no such file")] {
                let result = try Tool.run(["clean", "rules/book.yaml", "a=" + path], in: folder)
                #expect(result.status == 3)
                #expect(result.errors.contains("\(path): \(words) [E-RUN-003]"), "\(result.errors)")
            }
        }
    }

    @Test func `a command that writes a file says so`() throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            _ = try registry.clean()
            for (command, file) in [
                (["audit", "checkpoint"], "c.txt"), (["audit", "prove", "1"], "p.json"),
                (["subject-report", "P00000001"], "s.txt"),
            ] {
                let result = try registry.run(command + ["--out", folder + "/" + file])
                #expect(result.status == 0, "\(result.errors)")
                #expect(result.errors == "Written to \(folder)/\(file), for its owner alone.\n")
            }
        }
    }
}
