import Records
import TestSupport
import Testing

@testable import Validation

/// Texts that have broken programs, in every field: nothing crashes, hangs or says an empty sentence.
@Suite struct HostileTextTests {
    private static let texts = [
        "", " ", "\u{0}", "\u{1}\u{2}", "\u{FEFF}", "\u{202E}abc\u{202C}", "\u{200B}", "\u{E000}", "\u{10FFFD}",
        "\u{FFFD}",
        "undefined", "null", "NaN", "Infinity", "-1", "1E400", "1.0e+17", "0x0", "1/0", "--1", "1,000,000.00",
        "999999999999999999999",
        "000000000000000000", "99999999999999999X", "11111111111111111", "510112********2644", "*", "****", "?", "??",
        "＊＊",
        "Robert'); DROP TABLE record;--", "$(touch /tmp/x)", "<script>alert(1)</script>", "%s%n%d", "../../etc/passwd",
        "=1+1",
        "田中さんにあげて下さい", "和製漢語", "部落格", "사회과학원", "ﷺ", "الكل", "᚛ᚄᚓᚐᚋ", "Ω≈ç√∫", "👩‍👩‍👧‍👦", "🇺🇸🇷🇺", "ﬁ", "İ", "ǅ", "Ⅷ", "①",
        "Zalgo\u{0301}\u{0302}\u{0303}\u{0304}\u{0305}", "张\u{E0100}三", "〇", "\u{2F2D}", "\u{20000}\u{2A6D6}", "锟斤拷",
        "烫烫烫",
        "寮犱笁", "ÀîËÄ", "Ã©Ã©", "Mаry", "某", "之", "之子", "测试", "@", "@@", "a@b", "a@b.c", "1900-01-01", "0000-00-00",
        "9999-99-99",
        "10000-01-01", "-0001-01-01", "1111-11-11", "12345678", "1234567890123456789",
        String(repeating: "9", count: 400),
        String(repeating: "汉", count: 3000), String(repeating: "a\u{0301}", count: 500),
        String(repeating: "* ", count: 300),
        String(repeating: "?", count: 999), String(repeating: "2024-01-01", count: 30), "军字第", "军字第1号", "X", "x", "O",
        "lIO",
    ]

    @Test func everyTextInEveryFieldIsChecked() throws {
        var builder = RecordTableBuilder(Registry.fields)
        let fields = Registry.fields.count
        let rows = (0..<600).map { row in
            (0..<fields).map { Self.texts[(row * 7 + $0 * (1 + row % 13)) % Self.texts.count] }
        }
        builder.add(rows + Self.texts.map { Array(repeating: $0, count: fields) }, asOf: Registry.asOf)
        // Without an `as_of`, with ids that are no numbers, in a file whose columns are not those of the fields.
        builder.add(
            rows, source: "b", recordIDs: rows.indices.map { Self.texts[$0 % Self.texts.count] + "\($0)" },
            headers: ["", "name", "name", "\u{0}"])
        let records = builder.table(normalize: Registry.normalize)
        let found = try Validator.check(records, plan: Registry.plan, threads: 2)
        #expect(!found.isEmpty)
        for finding in found {
            let message = Validator.message(of: finding, in: records, plan: Registry.plan)
            #expect(!message.en.isEmpty && !message.zh.isEmpty)
        }
    }

    @Test func schemasOfOneFieldAreChecked() throws {
        for kind in FieldKind.allCases {
            var builder = RecordTableBuilder([
                Field(name: "x", kind: kind, required: true, codes: kind == .code ? ["a": "A"] : [:])
            ])
            builder.add(Self.texts.map { [$0] })
            let found = try Validator.check(
                builder.table { _, cell in (cell, cell.utf8.count % 2 == 0) },
                plan: ValidationPlan(conditions: [], today: "2026-11-01"),
                threads: 1)
            #expect(found.allSatisfy { $0.row < Self.texts.count })
        }
    }
}
