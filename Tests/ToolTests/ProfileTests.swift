import Foundation
import Testing

@Suite struct ProfileTests {
    static let export = """
        id;name;sex;birth;phone
        1;Anna Berg;F;1980-02-01;0301234567
        2;Bert Claus ;M;1975-11-30;0301234568
        3;Cora Dahl;F;03/04/1990;0301234569
        4;;f;1966-06-06;1.2E+17
        """

    static func write(_ folder: String, _ name: String, _ text: String) throws -> String {
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        return folder + "/" + name
    }

    @Test func `an unknown export is shown column by column`() throws {
        try withFolder { folder in
            let path = try Self.write(folder, "people.csv", Self.export)
            let result = try Tool.run(["profile", path])
            #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
            let lines = result.output.split(separator: "\n").map(String.init)
            #expect(lines.first == "people.csv  CSV · utf-8 · semicolon · LF")
            #expect(lines.contains("4 records, 5 columns"))
            #expect(lines.dropLast().allSatisfy { $0.count <= 80 })
            #expect(lines.last?.hasPrefix("Next  qingku rules new ") == true)
            for oddity in [
                "blanks before or after the value", "values that differ only in case", "dates are written in more than",
                "a spreadsheet has cut to 1.1E+17",
            ] {
                #expect(result.output.contains(oddity), "\(oddity)")
            }
            #expect(!result.output.contains("Anna") && !result.output.contains("0301234567"))
            let shown = try Tool.run(["profile", path, "--show-values"])
            #expect(shown.output.contains("Bert Claus"))
        }
    }

    @Test func `XML, JSON and a page`() throws {
        try withFolder { folder in
            let page = folder + "/page.html"
            let result = try Tool.run(["profile", "inputs/community.xml", "--json", "--out", page, "--language", "zh"])
            #expect(result.status == 0, "\(result.errors)")
            let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            let file = try #require((object?["files"] as? [[String: Any]])?.first)
            #expect(file["record_path"] as? String == "/jmxx/jm")
            let columns = try #require(file["columns"] as? [[String: Any]])
            #expect(columns.contains { $0["type"] as? String == "resident_id" })
            let html = try String(contentsOfFile: page, encoding: .utf8)
            #expect(html.hasPrefix("<!DOCTYPE html>") && html.contains("导出文件概览") && !html.contains("<script"))
        }
    }

    @Test func `the profile does not depend on threads`() throws {
        let one = try Tool.run(["profile", "inputs/registry.csv", "--json", "--threads", "1"])
        let many = try Tool.run(["profile", "inputs/registry.csv", "--json", "--threads", "3"])
        #expect(one.status == 0)
        #expect(one.output == many.output)
    }

    @Test(arguments: ["", "<a>"])
    func `a file that is no export is refused`(_ text: String) throws {
        try withFolder { folder in
            let result = try Tool.run(["profile", try Self.write(folder, "odd.csv", text)])
            #expect(result.status == 3)
            #expect(result.errors.contains("odd.csv"))
        }
    }

    @Test func `a bad file does not hide the others`() throws {
        try withFolder { folder in
            let bad = try Self.write(folder, "empty.csv", "")
            let good = try Self.write(folder, "people.csv", Self.export)
            let result = try Tool.run(["profile", bad, good, folder + "/none.csv"])
            #expect(result.status == 3)
            #expect(result.output.hasPrefix("people.csv"))
            #expect(result.output.hasSuffix("Next  qingku rules new \(good) --out rules.yaml\n"))
            for reason in ["empty.csv: The file is empty", "none.csv: "] {
                #expect(result.errors.contains(reason), "\(result.errors)")
            }
        }
    }

    @Test func `a record may have the number 0`() throws {
        try withFolder { folder in
            let rows = (0..<40).map { "\($0),Anna \($0)" }
            let path = try Self.write(folder, "a.csv", (["id,name"] + rows).joined(separator: "\n") + "\n")
            let result = try Tool.run(["profile", path])
            #expect(result.output.contains("record id") && !result.output.contains("not known"), "\(result.output)")
        }
    }

    @Test func `a page that cannot be written is told`() throws {
        let result = try Tool.run(["profile", "inputs/registry.csv", "--out", "/nowhere/page.html"])
        #expect(result.status == 6)
    }
}
