import Foundation
import Records
import Testing

@testable import Reports

struct JSONTests {
    @Test(arguments: [
        "", "\"", "\\", "a\nb\r\t", "\0\u{1}\u{1F}", "\"\u{308}", "张三𠮷😀", "</script>", "\u{2028}\u{7F}", "\u{202E}",
    ])
    func `strings come back as they went`(text: String) throws {
        let document = JSON.object([(text, .string(text))]).text
        let back = try #require(JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: String])
        #expect(back.map { [Array($0.key.utf8), Array($0.value.utf8)] } == [[Array(text.utf8), Array(text.utf8)]])
    }

    @Test func `documents keep their order and places`() {
        let document = JSON.object([
            ("b", .integer(-1)), ("a", .array([.decimal(0.5, places: 3), .bool(true), .null])),
            ("c", .decimal(.nan, places: 2)),
            ("d", .array([])), ("e", .object([])), ("f", .array([.object([("x", .decimal(1e300, places: 2))])])),
        ])
        #expect(
            document.text == """
                {
                  "b": -1,
                  "a": [0.500, true, null],
                  "c": null,
                  "d": [],
                  "e": {},
                  "f": [
                    {
                      "x": null
                    }
                  ]
                }

                """)
    }

    @Test(arguments: Language.allCases)
    func `two equal runs differ only under measured`(language: Language) throws {
        var facts = sampleRun(language)
        let files = [OutputFile(name: "master.csv", rows: 2, bytes: 10, sha256: "ab")]
        let before = RunJSON.document(facts, files: files).text
        facts.measured.threads = 8
        facts.measured.startedAt = "2027-01-01T00:00:00Z"
        let after = RunJSON.document(facts, files: files).text
        #expect(before != after)
        func kept(_ text: String) -> Substring {
            text.prefix(upTo: text.range(of: "\"measured\"")?.lowerBound ?? text.startIndex)
        }
        #expect(!kept(before).isEmpty)
        #expect(kept(before) == kept(after))
        #expect(!before.contains("/srv/"))
    }
}
