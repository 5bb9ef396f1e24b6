import Foundation
import Testing

/// The ledger from outside, on a small registry whose export changes from run to run.
@Suite struct FindingsTests {
    private static let rules = """
        registry: Small register
        purpose: Test the ledger
        sources:
          people:
            record_id: id
            as_of: 2026-11-01
            fields: { name: name, born: born, area: area, seen: seen }
        fields:
          name: { type: person_name, required: true }
          born: { type: date }
          area: { type: division }
          seen: { type: date }
        match:
          block: [[name, born]]
          compare: { name: person_name, born: date }
        quality: { verified_on: seen, within_days: 365 }
        report: { areas: area, suppress_below: 0 }

        """
    private static let header = "id,name,born,area,seen"
    private static let rows = [
        "1,Anna Berg,1950-02-30,510104,2026-05-01", "2,Jan Kok,1961-13-01,510105,2024-05-01",
        "3,Eva Lind,1970-04-05,330106,2026-06-01", "4,,1982-06-07,510104,2026-07-01",
    ]

    private struct Registry {
        let folder: String
        var workspace: String { folder + "/w" }

        func run(_ rows: [String], _ more: [String] = [], verb: String = "clean") throws -> Tool.Result {
            try ([header] + rows).joined(separator: "\n").appending("\n").write(
                toFile: folder + "/people.csv", atomically: true, encoding: .utf8)
            return try Tool.run(
                [
                    verb, folder + "/rules.yaml", "people=\(folder)/people.csv", "--workspace", workspace, "--out",
                    folder + "/out",
                ] + more)
        }

        func findings(_ arguments: String...) throws -> Tool.Result {
            try Tool.run(["findings"] + arguments + ["--workspace", workspace])
        }

        /// `check record state` of each, sorted.
        func states(_ arguments: [String] = []) throws -> [String] {
            let all = ["--state", "open", "--state", "returned", "--state", "waived", "--state", "resolved"]
            let text = try Tool.run(["findings", "--json", "--workspace", workspace] + all + arguments).output
            let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            return (object?["findings"] as? [[String: Any]] ?? []).map {
                "\($0["check"] ?? "") \($0["record_id"] ?? "") \($0["state"] ?? "")\($0["vanished"] as? Bool == true ? " vanished" : "")"
            }.sorted()
        }

        func id(_ record: String) throws -> String {
            let row = try lines(folder + "/out/findings.csv").first { $0.contains(",people,\(record),") }
            return String(try #require(row).prefix(17))
        }

        func isSound() throws -> Bool { try Tool.run(["audit", "verify", "--workspace", workspace]).status == 0 }
    }

    private func withRegistry(_ body: (Registry) throws -> Void) throws {
        try withFolder { folder in
            try Self.rules.write(toFile: folder + "/rules.yaml", atomically: true, encoding: .utf8)
            try body(Registry(folder: folder))
        }
    }

    @Test func `a rerun says what is new, healed, back and gone`() throws {
        try withRegistry { registry in
            let first = try registry.run(Self.rows)
            #expect(!first.output.contains("Since the run before"))
            #expect(try registry.states() == ["bad-date 1 open", "bad-date 2 open", "missing-required 4 open"])
            var rows = Self.rows
            rows[0] = "1,Anna Berg,1950-02-20,510104,2026-05-01"
            rows.remove(at: 3)
            rows.append("5,,1990-01-02,330106,2026-05-01")
            let second = try registry.run(rows)
            #expect(
                second.output.contains(
                    "Since the run before: 1 new, 0 returned, 1 still open, 0 waived, 1 healed, 1 gone with their records."
                ))
            #expect(
                try registry.states() == [
                    "bad-date 1 resolved", "bad-date 2 open", "missing-required 4 resolved vanished",
                    "missing-required 5 open",
                ])
            #expect(try registry.states(["--new"]) == ["missing-required 5 open"])
            #expect(try registry.states(["--area", "33"]) == ["missing-required 5 open"])
            let third = try registry.run(Self.rows)
            #expect(third.output.contains("0 new, 2 returned, 1 still open, 0 waived, 0 healed, 1 gone"))
            let manifest = try String(contentsOfFile: registry.folder + "/out/run.json", encoding: .utf8)
            #expect(manifest.contains("\"returned\": 2"))
            let page = try String(contentsOfFile: registry.folder + "/out/report.html", encoding: .utf8)
            #expect(page.contains("<li><b>2</b> returned</li>"))
            let story = try registry.findings("show", try registry.id("1")).output
            #expect(story.contains("found first by run 1"))
            #expect(story.contains("healed in run 2"))
            #expect(story.contains("there again in run 3"))
            #expect(try registry.isSound())
        }
    }

    @Test func `a waived finding counts nowhere, until its value changes`() throws {
        try withRegistry { registry in
            _ = try registry.run(Self.rows)
            let id = try registry.id("2")
            let waived = try registry.findings(
                "waive", String(id.prefix(8)), "--reason", "seen in the file", "--by", "wang")
            #expect(waived.status == 0)
            #expect(waived.output.hasPrefix("\(id) is waived\n"))
            #expect(
                try registry.findings("waive", id, "--reason", "seen in the file", "--by", "wang").output.hasPrefix(
                    "\(id) is waived like that already"))
            #expect(try registry.states() == ["bad-date 1 open", "bad-date 2 waived", "missing-required 4 open"])

            let second = try registry.run(Self.rows)
            #expect(
                second.output.contains("Since the run before: 0 new, 0 returned, 2 still open, 1 waived, 0 healed."))
            let row = try lines(registry.folder + "/out/findings.csv").first { $0.hasPrefix(id) }
            #expect(row?.hasSuffix(",waived,people,1,wang,seen in the file,") == true)
            #expect(try lines(registry.folder + "/out/grades.csv").contains("people,2,3,A,0"))
            let quality = try lines(registry.folder + "/out/quality.csv")
            #expect(quality.contains("source,people,,,,validity,14,15,0.933333,yellow"))
            #expect(quality.contains("all,,,,,timeliness,3,4,0.750000,red"))
            #expect(quality.contains("area,,province,510000,四川省,verification,2,3,0.666667,red"))
            #expect(try registry.run(Self.rows).output.hasPrefix("Nothing has changed since run 2"))

            var rows = Self.rows
            rows[1] = "2,Jan Kok,1961-14-01,510105,2024-05-01"
            let third = try registry.run(rows)
            #expect(third.output.contains("1 waiver lapsed: the value has changed"))
            #expect(try registry.states() == ["bad-date 1 open", "bad-date 2 open", "missing-required 4 open"])
            #expect(try registry.findings("show", id).output.contains("waiver lapsed: the value has changed"))
            #expect(try registry.run(rows).output.hasPrefix("Nothing has changed since run 3"))
            #expect(try registry.isSound())
        }
    }

    @Test func `the exit status does not count what is waived`() throws {
        try withRegistry { registry in
            let rows = [Self.rows[1], Self.rows[2]]
            #expect(try registry.run(rows, ["--fail-on", "error"], verb: "check").status == 1)
            let id = try registry.id("2")
            _ = try registry.findings("waive", id, "--reason", "as in the file", "--until", "2099-12-31")
            #expect(try registry.run(rows, ["--fail-on", "error"], verb: "check").status == 0)
            #expect(try registry.run(rows, ["--fail-on", "error"], verb: "check").status == 0)
            let back = try registry.findings("unwaive", id, "--reason", "another person's file")
            #expect(back.output.hasPrefix("\(id) counts again\n"))
            #expect(
                try registry.findings("waive", "--take-back", id, "--reason", "again").output.hasPrefix(
                    "\(id) was not waived"))
            #expect(try registry.run(rows, ["--fail-on", "error"], verb: "check").status == 1)
            let story = try registry.findings("show", id).output
            #expect(story.contains("until 2099-12-31: as in the file"))
            #expect(story.contains("another person's file"))
            #expect(try registry.isSound())
        }
    }

    @Test func `the list is masked as text and whole as a table`() throws {
        try withRegistry { registry in
            _ = try registry.run(Self.rows)
            let text = try registry.findings("--check", "bad-date").output
            let expected = """
                2 findings by check
                  2  error  open  bad-date  \(try title(registry))

                  id         severity  record    field  value       check     state
                  \(try registry.id("1").prefix(9))  error     people 1  born   1950••••••  bad-date  new
                  \(try registry.id("2").prefix(9))  error     people 2  born   1961••••••  bad-date  new

                Next  qingku findings show \(try registry.id("1").prefix(9)) --workspace \(registry.workspace)

                """
            #expect(
                text == expected.replacing("1950••••••", with: "1950-••-••").replacing("1961••••••", with: "1961-••-••")
            )
            let table = try registry.findings("--check", "bad-date", "--csv").output
            #expect(
                table == (try lines(registry.folder + "/out/findings.csv")).filter {
                    $0.hasPrefix("id,") || $0.contains(",bad-date,")
                }.joined(separator: "\n") + "\n")
            for word in ["info", "note", "提示"] {
                #expect(try registry.findings("--severity", word).output.hasPrefix("No finding is like that.\nNext  "))
            }
            #expect(try registry.findings("--field", "name", "--language", "zh").output.hasPrefix("各检查项的发现，共 1 处"))
        }
    }

    private func title(_ registry: Registry) throws -> String {
        let text = try registry.findings("--check", "bad-date", "--json").output
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return ((object?["counts"] as? [[String: Any]])?.first?["title"] as? String) ?? ""
    }

    @Test(
        arguments: [
            (["--check", "bad-dates"], 3, "no check “bad-dates” [E-FIND-002]"),
            (["--source", "x"], 3, "no source “x” [E-FIND-002]"), (["--field", "x"], 3, "no field “x” [E-FIND-002]"),
            (["--severity", "grave"], 64, "--severity"), (["--json", "--csv"], 64, "not both"),
            (["show", "F0000000000000000"], 3, "there is no finding F0000000000000000 [E-FIND-005]"),
            (["show", "X1"], 3, "“X1” is no id of a finding [E-FIND-004]"),
            (["waive", "F00", "--reason", " "], 3, "the reason is empty [E-FIND-006]"),
            (["waive", "F00", "--reason", "ok", "--until", "2020-01-01"], 3, "no day from today on [E-FIND-007]"),
            (["waive", "F00"], 64, "--reason"),
        ] as [([String], Int32, String)])
    func `what cannot be done is said in a sentence, with its status`(
        arguments: [String], status: Int32, message: String
    ) throws {
        try withRegistry { registry in
            _ = try registry.run(Self.rows)
            let result = try Tool.run(["findings"] + arguments + ["--workspace", registry.workspace])
            #expect(result.status == status)
            #expect(result.errors.contains(message))
            #expect(result.output.isEmpty)
        }
    }

    @Test func `without a workspace it is said where to look`() throws {
        try withFolder { folder in
            let none = try Tool.run(["findings"], in: folder)
            #expect(none.status == 3)
            #expect(none.errors.contains("there is no workspace here [E-FIND-009]"))
            #expect(try Tool.run(["findings", "--workspace", folder + "/x"]).status == 2)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
    }

    @Test func `what is wrong with the file itself is listed too, and shown`() throws {
        try withFolder { folder in
            let registry = Registry(folder: folder)
            try "id,name,born,area\n1,Anna Berg,1950-02-03,510104\n2,Jan Kok,1961-12-01\n".write(
                toFile: folder + "/people.csv", atomically: true, encoding: .utf8)
            try Self.rules.write(toFile: folder + "/rules.yaml", atomically: true, encoding: .utf8)
            let made = try Tool.run([
                "clean", folder + "/rules.yaml", "people=\(folder)/people.csv", "--workspace", registry.workspace,
            ])
            #expect(made.status == 0, "\(made.errors)")
            let listed = try registry.findings("--check", "missing-column", "--check", "ragged-row", "--csv").output
            let rows = listed.split(separator: "\n").dropFirst()
            #expect(rows.count == 2 && rows.allSatisfy { $0.hasPrefix("I") }, "\(listed)")
            #expect(rows.contains { $0.contains("missing-column") && $0.contains("seen") })
            let id = String(rows.first?.prefix { $0 != "," } ?? "")
            let shown = try registry.findings("show", id)
            #expect(shown.status == 0 && shown.output.contains(id), "\(shown.errors)")
            #expect(try registry.findings("--check", "no-such-check").errors.contains("missing-column"))
            #expect(
                try registry.findings("--source", "people", "--severity", "error").output.contains("missing-column"))
        }
    }
}
