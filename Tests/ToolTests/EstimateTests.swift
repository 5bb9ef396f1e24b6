import Foundation
import Testing

@Suite struct EstimateTests {
    /// A run's `members.csv`: persons 1 to `first` on the list a, the last `shared` of them and new ones up to `second` on b.
    static func run(_ folder: String, first: Int, second: Int, shared: Int) throws {
        var lines = ["source,record_id,person_id"]
        for person in 1...first { lines.append("a,A\(person),P\(person)") }
        for place in 0..<second { lines.append("b,B\(place),P\(first - shared + 1 + place)") }
        try lines.joined(separator: "\n").appending("\n")
            .write(toFile: folder + "/members.csv", atomically: true, encoding: .utf8)
    }

    static func number(_ object: Any?, _ path: String...) -> Double? {
        var here = object
        for key in path { here = (here as? [String: Any])?[key] }
        return (here as? NSNumber)?.doubleValue
    }

    @Test func `two lists give Chapman's number with its interval and assumptions`() throws {
        try withFolder { folder in
            try Self.run(folder, first: 9000, second: 5000, shared: 4500)
            let json = try Tool.run(["estimate", folder, "--json"])
            #expect(json.status == 0 && json.errors.isEmpty, "\(json.errors)")
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8))
            #expect(Self.number(object, "estimate", "persons") == 9999.89)
            #expect(Self.number(object, "estimate", "standard_error") == 33.32)
            #expect(Self.number(object, "estimate", "lower") == 9934.6)
            #expect(Self.number(object, "estimate", "upper") == 10065.2)
            let text = try Tool.run(["estimate", folder])
            #expect(text.status == 0)
            #expect(text.output.contains("About 10,000 persons in all, from 9,935 to 10,065"))
            for word in ["Closed population", "Independence", "Equal chances", "Perfect links"] {
                #expect(text.output.contains(word))
            }
            let chinese = try Tool.run(["estimate", folder, "--language", "zh"])
            #expect(chinese.output.contains("人群封闭") && chinese.output.contains("估计共约 10,000 人"))
        }
    }

    @Test func `links are corrected by what is given`() throws {
        try withFolder { folder in
            try Self.run(folder, first: 9000, second: 5000, shared: 4050)
            let result = try Tool.run(["estimate", folder, "--precision", "1", "--recall", "0.9", "--json"])
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
            #expect(Self.number(object, "corrected", "persons") == 9999.89)
            #expect((Self.number(object, "linked", "persons") ?? 0) > 11_000)
        }
    }

    @Test func `lists that hardly overlap are refused with the reason`() throws {
        try withFolder { folder in
            try Self.run(folder, first: 100, second: 80, shared: 9)
            let result = try Tool.run(["estimate", folder])
            #expect(result.status == 2)
            #expect(result.output.isEmpty)
            #expect(result.errors.contains("a and b share 9 persons; an estimate needs at least 10"))
            #expect(result.errors.contains("E-EST-003"))
        }
    }

    @Test func `an unknown list is named with those there are`() throws {
        try withFolder { folder in
            try Self.run(folder, first: 100, second: 80, shared: 50)
            let result = try Tool.run(["estimate", folder, "--lists", "a,c"])
            #expect(result.status == 3)
            #expect(result.errors.contains("Its sources are: a, b."))
        }
    }

    @Test func `half a correction is wrong usage, a folder without a run bad input`() throws {
        try withFolder { folder in
            for (arguments, status) in [(["--recall", "0.9"], Int32(64)), ([], 3)] {
                let result = try Tool.run(["estimate", folder] + arguments)
                #expect(result.status == status)
            }
            let bare = try Tool.run(["estimate"])
            #expect(bare.status == 64)
        }
    }

    @Test func `areas and years of a run are estimated and added up`() throws {
        try withFolder { folder in
            _ = try Tool.run(["clean", "rules/registry.yaml", "--workspace", folder + "/w"])
            let result = try Tool.run([
                "estimate", "--workspace", folder + "/w", "--lists", "registry,community", "--by", "res_code", "--year",
                "registered", "--json",
            ])
            #expect(result.status == 0, "\(result.errors)")
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            let strata = try #require(object?["strata"] as? [[String: Any]])
            #expect(strata.map { $0["field"] as? String } == ["res_code", "registered"])
            for part in strata {
                let parts = try #require(part["parts"] as? [[String: Any]])
                let others = (part["others"] as? [String: Any])?["listed"] as? Int ?? 0
                let listed = parts.reduce(0) { $0 + ($1["listed"] as? Int ?? 0) } + others
                #expect(listed == object?["listed"] as? Int)
            }
        }
    }
}
