import Foundation
import Testing

/// Reports and bulletins of stored runs, from outside.
@Suite struct ReportTests {
    /// Three runs: as it was, with a broken date and a person gone, and mended.
    private func threeRuns(_ folder: String) throws -> SmallRegistry {
        let registry = try SmallRegistry(folder)
        #expect(try registry.clean().status == 0)
        var later = registry
        later.a[2].birthDate = "1942-13-12"
        later.a[3].phone = ""
        later.a.remove(at: 5)
        #expect(try later.clean().status == 0)
        #expect(try registry.clean().status == 0)
        return registry
    }

    private func json(_ result: Tool.Result) throws -> [String: Any] {
        #expect(result.status == 0, "\(result.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    /// Rows of a table of a JSON report.
    private func rows(_ report: [String: Any], _ id: String) throws -> [[String: Any]] {
        let sections = try #require(report["sections"] as? [[String: Any]])
        let table = sections.flatMap { $0["tables"] as? [[String: Any]] ?? [] }.first { $0["id"] as? String == id }
        return try #require(table?["rows"] as? [[String: Any]], "no table \(id)")
    }

    @Test func `the report of a run is the page that the run wrote, byte for byte`() throws {
        try withFolder { folder in
            let registry = try threeRuns(folder)
            for run in 1...3 {
                let result = try registry.run("report", "--run", "\(run)", "--format", "html")
                #expect(result.status == 0, "\(result.errors)")
                let path = registry.workspace + "/outbox/report-000\(run)/report.html"
                #expect(result.output == path + "\n")
                #expect(
                    try Data(contentsOf: URL(fileURLWithPath: path))
                        == Data(
                            contentsOf: URL(fileURLWithPath: registry.workspace + "/outbox/run-000\(run)/report.html")))
            }
        }
    }

    @Test func `without a format all four are written, and only their owner reads them`() throws {
        try withFolder { folder in
            let registry = try threeRuns(folder)
            let result = try registry.run("report")
            let place = registry.workspace + "/outbox/report-0003/"
            #expect(result.output == ["html", "md", "xlsx", "json"].map { place + "report." + $0 + "\n" }.joined())
            for ending in ["html", "md", "xlsx", "json"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: place + "report." + ending)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            // Again: the folder of before is replaced; the folder of a run is not touched.
            #expect(try registry.run("report").status == 0)
            #expect(try registry.run("audit", "verify").status == 0)
        }
    }

    @Test func `trend and what changed are told from the runs before`() throws {
        try withFolder { folder in
            let registry = try threeRuns(folder)
            let second = try json(try registry.run("report", "--run", "2", "--format", "json", "--out", "-"))
            #expect(try rows(second, "trend").map { $0["run"] as? Int } == [1, 2])
            #expect(try rows(second, "trend").map { $0["records"] as? Int } == [30, 29])
            let persons = try #require(try rows(second, "since-persons").first)
            #expect(persons["kept"] as? Int == 29)
            #expect(persons["gone"] as? Int == 1)
            let cells = try rows(second, "since-cells")
            #expect(cells.map { $0["field"] as? String } == ["phone", "birth_date"])
            #expect(cells.map { $0["emptied"] as? Int } == [1, 0])
            #expect(cells.map { $0["changed"] as? Int } == [0, 1])
            #expect(try rows(second, "since-findings").reduce(0) { $0 + ($1["new"] as? Int ?? 0) } == 1)
            let third = try json(try registry.run("report", "--format", "json", "--out", "-"))
            #expect(try rows(third, "trend").map { $0["run"] as? Int } == [1, 2, 3])
            #expect(try rows(third, "since-findings").reduce(0) { $0 + ($1["healed"] as? Int ?? 0) } == 1)
            // As qingku compare counts them.
            let compared = try json(try registry.run("compare", "--json"))
            #expect((compared["findings"] as? [String: Any])?["healed"] as? Int == 1)
            #expect(
                try registry.run("report", "--run", "1", "--format", "markdown", "--out", "-").output.contains(
                    "## Trend") == false)
        }
    }

    @Test func `a report that leaves the outbox names no record`() throws {
        try withFolder { folder in
            let registry = try threeRuns(folder)
            let path = folder + "/second.html"
            #expect(try registry.run("report", "--run", "2", "--out", path).status == 0)
            let inside = try String(
                contentsOfFile: registry.workspace + "/outbox/run-0002/report.html", encoding: .utf8)
            let outside = try String(contentsOfFile: path, encoding: .utf8)
            #expect(inside.contains("A0002"))
            #expect(!outside.contains("A0002"))
            for ending in ["md", "xlsx", "json"] {
                #expect(try registry.run("report", "--out", folder + "/r." + ending).status == 0)
            }
            for text in [
                try String(contentsOfFile: folder + "/r.md", encoding: .utf8),
                try String(contentsOfFile: folder + "/r.json", encoding: .utf8),
            ] {
                #expect(!text.contains("A00"))
            }
            let refused = try registry.run("report", "--out", registry.workspace + "/outbox/run-0001/report.html")
            #expect(refused.errors.contains("E-OUT-006"))
        }
    }

    @Test func `a run is made again byte for byte, its report too, when runs before are gone`() throws {
        try withFolder { folder in
            let registry = try threeRuns(folder)
            let again = try registry.run("audit", "replay", "--run", "3")
            #expect(again.status == 0, "\(again.output)\(again.errors)")
            for file in ["run.json", "master.csv", "examples.json"] {
                try FileManager.default.removeItem(atPath: registry.workspace + "/outbox/run-0002/" + file)
            }
            let alone = try registry.run("audit", "replay", "--run", "3")
            #expect(alone.status == 0, "\(alone.output)\(alone.errors)")
            let report = try json(try registry.run("report", "--format", "json", "--out", "-"))
            #expect(try rows(report, "trend").count == 3)
            #expect(try registry.run("report", "--run", "2").errors.contains("E-CMP-003"))
            try registry.verifies()
        }
    }

    @Test func `the bulletin of a period compares with the one before`() throws {
        try withFolder { folder in
            let registry = try threeRuns(folder)
            // Two weeks and a month back; run 3 stays today.
            try tamper(
                registry.workspace,
                "UPDATE run SET day = '2026-10-07' WHERE id = 1; UPDATE run SET day = '2026-10-14' WHERE id = 2;")
            let week = try json(
                try registry.run(
                    "report", "--bulletin", "week", "--period", "2026-W42", "--format", "json", "--out", "-"))
            #expect((week["kind"] as? String)?.contains("week 42 of 2026") == true)
            let counts = try rows(week, "counts")
            #expect(counts.first?["now"] as? Int == 29)
            #expect(counts.first?["before"] as? Int == 30)
            #expect(counts.first?["change"] as? Int == -1)
            let month = try registry.run(
                "report", "--period", "2026-10", "--format", "markdown", "--out", "-", "--language", "zh")
            #expect(month.output.contains("数据质量通报 · 2026年10月"))
            let last = try registry.run("report", "--bulletin", "month")
            #expect(last.output.contains("/outbox/bulletin-2026-10/bulletin.html"), "\(last.output)\(last.errors)")
            #expect(try registry.run("report", "--period", "2025-Q1").errors.contains("E-RPT-003"))
            // The advice can be followed.
            for (kind, missing) in [("week", "2026-W01"), ("month", "2026-01"), ("quarter", "2026-Q1")] {
                let refused = try registry.run("report", "--bulletin", kind, "--period", missing)
                let advice = try #require(refused.errors.firstMatch(of: /--period ([0-9A-Z-]+)\./), "\(refused.errors)")
                let followed = try registry.run("report", "--bulletin", kind, "--period", String(advice.output.1))
                #expect(followed.status == 0, "\(followed.errors)")
            }
            #expect(try registry.run("report", "--period", "2026-10", "--area", "510000").errors.contains("E-RPT-004"))
        }
    }

    @Test(arguments: [
        ["--run", "9"], ["--period", "2026-W60"], ["--area", "51"], ["--bulletin", "week", "--period", "2026-10"],
        ["--bulletin", "month", "--run", "1"], ["--out", "report.txt"], ["--format", "pdf"],
    ])
    func `what cannot be asked is refused`(arguments: [String]) throws {
        try withFolder { folder in
            let registry = try SmallRegistry(folder)
            #expect(try registry.clean().status == 0)
            let result = try registry.run(["report"] + arguments)
            #expect(result.status == (arguments == ["--run", "9"] ? 3 : 64), "\(result.errors)")
            #expect(result.output.isEmpty)
        }
    }

    @Test func `after an erasure the report is there without records`() throws {
        try withFolder { folder in
            let registry = try threeRuns(folder)
            #expect(try registry.run("report").status == 0)
            let erased = try registry.say("erase", "a:A0002")
            #expect(erased.status == 0, "\(erased.output)\(erased.errors)")
            #expect(!FileManager.default.fileExists(atPath: registry.workspace + "/outbox/report-0003"))
            for path in try contents(registry.workspace + "/outbox").filter({ $0.key.hasSuffix(".json") }) {
                #expect(!String(decoding: path.value, as: UTF8.self).contains("A0002"), "\(path.key)")
            }
        }
    }
}
