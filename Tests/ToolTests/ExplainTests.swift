import Foundation
import Testing

/// `explain`, `match --explain-blocking` and `rules suggest-blocking`, from outside.
@Suite struct ExplainTests {
    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// Ids of the first pair of `pairs.csv` with this decision, of a match of the shipped Latin registry.
    private func pair(_ folder: String, _ decision: String) throws -> (a: String, b: String) {
        let match = try Tool.run(["match", "rules/latin.yaml", "--out", folder + "/matches"])
        #expect(match.status == 0, "\(match.errors)")
        let rows = try lines(folder + "/matches/pairs.csv").map { $0.components(separatedBy: ",") }
        let row = try #require(rows.first { $0.count > 6 && $0[6] == decision })
        return (row[1], row[3])
    }

    /// The weights at the ends of the lines of the waterfall, the last one the total.
    private func weights(_ output: String, from heading: String) -> [Int] {
        let lines = output.components(separatedBy: "\n")
        guard let start = lines.firstIndex(of: heading) else { return [] }
        return lines[(start + 1)...].prefix { !$0.isEmpty }.compactMap { line in
            guard let last = line.split(separator: " ").last, let sign = last.first, "+−".contains(sign) else {
                return nil
            }
            let digits = last.dropFirst().filter { $0 != "." }
            return Int(digits).map { sign == "−" ? -$0 : $0 }
        }
    }

    @Test func `a merged pair is explained with weights that add up as printed`() throws {
        try withFolder { folder in
            let (a, b) = try pair(folder, "merged")
            let result = try Tool.run(["explain", a, b, "rules/latin.yaml", "--language", "en"])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.errors.isEmpty)
            #expect(result.output.contains("people \(a) and people \(b)"))
            #expect(result.output.contains("They are one person: merged by score"))
            for heading in [
                "What the two most likely are to each other", "Keys that bring them together",
                "The smallest changes that would turn the score",
            ] { #expect(result.output.contains("\n\(heading)\n")) }
            let weights = weights(result.output, from: "What was compared, and what it weighs")
            #expect(weights.count > 4)
            #expect(weights.dropLast().reduce(0, +) == weights.last)
        }
    }

    @Test func `the same in Chinese, without a word of English prose`() throws {
        try withFolder { folder in
            let (a, b) = try pair(folder, "merged")
            let result = try Tool.run(["explain", a, b, "rules/latin.yaml", "--language", "zh"])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains("两者是同一个人：按评分合并"))
            #expect(result.output.contains("比较的内容与权重"))
            #expect(result.output.contains("最少改动多少会改变评分结论"))
            let weights = weights(result.output, from: "比较的内容与权重")
            #expect(weights.dropLast().reduce(0, +) == weights.last)
            for word in ["before looking", "together", "same person", "equal", "The "] {
                #expect(!result.output.contains(word), "\(word)")
            }
        }
    }

    @Test func `the JSON holds the same sum, and the probability of the pairs file`() throws {
        try withFolder { folder in
            let (a, b) = try pair(folder, "merged")
            let result = try Tool.run(["explain", "people:\(a)", b, "rules/latin.yaml", "--json"])
            let pair = try object(result.output)
            let fields = try #require(pair["fields"] as? [[String: Any]])
            let prior = try #require(pair["prior"] as? Double)
            let total = try #require(pair["total"] as? Double)
            let sum = fields.reduce(prior) { $0 + ($1["weight"] as? Double ?? .nan) }
            #expect(abs(sum - total) < 1e-6)
            #expect(pair["outcome"] as? String == "merged")
            let rows = try lines(folder + "/matches/pairs.csv")
            let row = try #require(rows.first { $0.contains(",\(a),people,\(b),") }).components(separatedBy: ",")
            #expect(abs(try #require(Double(row[4])) - (pair["probability"] as? Double ?? 0)) < 1e-6)
            #expect((pair["keys"] as? [[String: Any]])?.contains { $0["brings_together"] as? Bool == true } == true)
        }
    }

    @Test func `two records that no key brings together are told what differs`() throws {
        let result = try Tool.run(["explain", "R000", "R001", "rules/latin.yaml", "--language", "en"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("They were never compared, so they are two persons."))
        #expect(result.output.contains("No key brings them together. The nearest, and what differs in them:"))
    }

    @Test func `a workspace is explained with its decisions, also when the export is gone`() throws {
        try withFolder { folder in
            let (a, b) = try pair(folder, "merged")
            try FileManager.default.copyItem(
                atPath: Tool.root + "/inputs/latin/people.csv", toPath: folder + "/people.csv")
            let text =
                "a_source,a_record_id,b_source,b_record_id,decision,reason,by\npeople,\(a),people,\(b),different,twins,officer\n"
            try text.write(toFile: folder + "/d.csv", atomically: true, encoding: .utf8)
            let clean = try Tool.run([
                "clean", "rules/latin.yaml", "people=\(folder)/people.csv", "--workspace", folder + "/w", "--decisions",
                folder + "/d.csv",
            ])
            #expect(clean.status == 0, "\(clean.errors)")
            try FileManager.default.removeItem(atPath: folder + "/people.csv")
            let result = try Tool.run(["explain", a, b, "--workspace", folder + "/w", "--language", "en"])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains("They are two persons because somebody decided so"))
            #expect(result.output.contains("Decision of officer"))
            #expect(result.output.contains("two persons: twins"))
        }
    }

    @Test func `a Chinese registry is explained in words, across sources`() throws {
        try withFolder { folder in
            let match = try Tool.run(["match", "rules/registry.yaml", "--out", folder + "/matches"])
            #expect(match.status == 0, "\(match.errors)")
            let rows = try lines(folder + "/matches/pairs.csv").map { $0.components(separatedBy: ",") }
            let row = try #require(rows.dropFirst().first { $0[0] != $0[2] })
            let result = try Tool.run([
                "explain", "\(row[0]):\(row[1])", "\(row[2]):\(row[3])", "rules/registry.yaml", "--language", "zh",
            ])
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains("同一人"))
            let weights = weights(result.output, from: "比较的内容与权重")
            #expect(weights.dropLast().reduce(0, +) == weights.last)
        }
    }

    @Test(arguments: [
        (["R00", "R001", "rules/latin.yaml"], Int32(3), "The nearest are: people:R000"),
        (["nobody at all", "R001", "rules/latin.yaml"], 3, "E-EXP-001"),
        (["R001", "R001", "rules/latin.yaml"], 3, "E-EXP-003"),
        (["R001", "R002"], 64, "Give a rule book or --workspace."),
        (["R001", "R002", "--workspace", "/no/such/workspace"], 2, "/no/such/workspace"),
    ])
    func `what cannot be explained fails clearly`(_ arguments: [String], _ status: Int32, _ words: String) throws {
        let result = try Tool.run(["explain"] + arguments + ["--language", "en"])
        #expect(result.status == status, "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect(result.errors.contains(words), "\(result.errors)")
    }

    @Test func `an id of several sources has to be told with its source`() throws {
        try withFolder { folder in
            let rows = "rec_id,given_name,surname,dob\n1,anna,berg,1980-01-02\n2,anna,berg,1980-01-02\n"
            try rows.write(toFile: folder + "/a.csv", atomically: true, encoding: .utf8)
            try rows.write(toFile: folder + "/b.csv", atomically: true, encoding: .utf8)
            let source =
                "format: csv, record_id: rec_id, fields: { given_name: given_name, surname: surname, dob: dob }"
            let book = """
                registry: R
                purpose: P
                sources:
                  a: { file: a.csv, \(source) }
                  b: { file: b.csv, \(source) }
                fields:
                  given_name: { type: given_name }
                  surname: { type: surname }
                  dob: { type: date }
                """
            try book.write(toFile: folder + "/book.yaml", atomically: true, encoding: .utf8)
            let unclear = try Tool.run(["explain", "1", "b:1", folder + "/book.yaml", "--language", "en"])
            #expect(unclear.status == 3)
            #expect(unclear.errors.contains("Say which one: a:1, b:1."), "\(unclear.errors)")
            let clear = try Tool.run(["explain", "a:1", "b:1", folder + "/book.yaml", "--language", "en"])
            #expect(clear.status == 0, "\(clear.errors)")
            #expect(clear.output.contains("a 1 and b 1"))
        }
    }

    @Test func `keys are forecast and nothing is written`() throws {
        try withFolder { folder in
            let export = folder + "/people.csv"
            try FileManager.default.copyItem(atPath: Tool.root + "/inputs/latin/people.csv", toPath: export)
            let arguments = ["match", "rules/latin.yaml", "people=\(export)", "--explain-blocking"]
            let english = try Tool.run(arguments + ["--language", "en"])
            #expect(english.status == 0, "\(english.errors)")
            let counts = try #require(english.output.range(of: "counted exactly"))
            let matches = try #require(english.output.range(of: "Matches each key finds"))
            #expect(counts.lowerBound < matches.lowerBound)
            #expect(english.output.contains("Comparing them will take"))
            #expect(english.output.contains("  surname.sound + dob.year  "))
            let chinese = try Tool.run(arguments + ["--language", "zh"])
            #expect(chinese.output.contains("分块键") && !chinese.output.contains("pairs"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["people.csv"])

            let json = try Tool.run(arguments + ["--json"])
            let forecast = try object(json.output)
            let keys = try #require(forecast["keys"] as? [[String: Any]])
            let pairs = try #require(forecast["pairs"] as? Int)
            #expect(keys.reduce(0) { $0 + ($1["new_pairs"] as? Int ?? 0) } == pairs)
            let match = try Tool.run(["match", "rules/latin.yaml", "people=\(export)", "--json"])
            let matching = try #require(try object(match.output)["matching"] as? [String: Any])
            #expect(matching["candidate_pairs"] as? Int == pairs)
        }
    }

    @Test func `a forecast takes no output folder`() throws {
        let result = try Tool.run(["match", "rules/latin.yaml", "--explain-blocking", "--out", "/tmp/never"])
        #expect(result.status == 64)
    }

    @Test func `a key that was left out is suggested as a line of YAML`() throws {
        try withFolder { folder in
            let made = try Tool.run([
                "synthesize", "--layout", "latin", "--records", "2000", "--seed", "3", "--out", folder + "/data",
            ])
            #expect(made.status == 0, "\(made.errors)")
            let book = try String(contentsOfFile: Tool.root + "/rules/latin.yaml", encoding: .utf8)
                .components(separatedBy: "\n").filter { line in
                    !line.hasPrefix("    - ") || line.contains("[surname.sound, dob.year_month]")
                        || line.contains("[id_number]")
                }
            try book.joined(separator: "\n").write(toFile: folder + "/book.yaml", atomically: true, encoding: .utf8)
            let arguments = [
                "rules", "suggest-blocking", folder + "/book.yaml", "people=\(folder)/data/people.csv", "--language",
                "en",
            ]
            let result = try Tool.run(arguments)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains("  - ["))
            let json = try Tool.run(arguments + ["--json"])
            let suggestions = try #require(try object(json.output)["suggestions"] as? [[String: Any]])
            #expect(suggestions.contains { ($0["new_matches"] as? Double ?? 0) > 20 })
        }
    }
}
