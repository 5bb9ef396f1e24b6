import Foundation
import Testing

/// What small numbers give away, from outside.
@Suite struct WithheldTests {
    /// Three offices that share most of 600 persons; few are in the second and third alone.
    private func register(_ folder: String, suppressBelow: Int) throws -> String {
        let rules = """
            registry: Three offices
            purpose: Test
            sources:
              a: { record_id: id, fields: { name: name, phone: phone, birth_date: dob } }
              b: { record_id: id, fields: { name: name, phone: phone, birth_date: dob } }
              c: { record_id: id, fields: { name: name, phone: phone, birth_date: dob } }
            fields:
              name: { type: person_name, required: true }
              phone: { type: phone }
              birth_date: { type: date }
            match:
              block: [[name, birth_date]]
              compare: { name: person_name, birth_date: date, phone: phone }
            report: { suppress_below: \(suppressBelow) }

            """
        try rules.write(toFile: folder + "/rules.yaml", atomically: true, encoding: .utf8)
        let surnames = Array("王李张刘陈杨黄赵吴周徐孙")
        func line(_ number: Int) -> String {
            let given = String(UnicodeScalar(0x4E50 + UInt32(number * 7)).map(Character.init) ?? "乐")
            let (year, month, day) = (1940 + number % 60, 1 + number % 12, 1 + number % 28)
            let day8 = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
            return "R\(number),\(surnames[number % 12])\(given)\(given),138\(10_000_000 + number * 977),\(day8)"
        }
        let lists = [
            ("a", Array(0..<500)), ("b", Array(300..<597)), ("c", Array(150..<400) + [594, 595, 596]),
        ]
        for (name, numbers) in lists {
            let text = (["id,name,phone,dob"] + numbers.map(line)).joined(separator: "\n") + "\n"
            try text.write(toFile: folder + "/\(name).csv", atomically: true, encoding: .utf8)
        }
        let result = try Tool.run(
            ["clean", folder + "/rules.yaml"] + ["a", "b", "c"].map { "\($0)=\(folder)/\($0).csv" } + [
                "--workspace", folder + "/w",
            ])
        #expect([0, 1].contains(result.status), "\(result.errors)")
        return folder + "/w/outbox/run-0001"
    }

    private func account(_ run: String) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: run + "/run.json")))
                as? [String: Any])
    }

    @Test func `U28: three lists have no estimate beside withheld overlaps, and the report says why`() throws {
        try withFolder { folder in
            let run = try register(folder, suppressBelow: 10)
            #expect(try account(run)["population"] is NSNull)
            let page = try String(contentsOfFile: run + "/report.html", encoding: .utf8)
            #expect(page.contains("the estimates would give these numbers away"))
            #expect(!page.contains("t-population"))
            let json = try Tool.run(["report", "--workspace", folder + "/w", "--format", "json", "--out", "-"])
            #expect(json.status == 0 && !json.output.contains("\"population"))
        }
        try withFolder { folder in
            let run = try register(folder, suppressBelow: 0)
            let population = try #require(try account(run)["population"] as? [String: Any])
            #expect((population["models"] as? [Any])?.isEmpty == false)
        }
    }
}
