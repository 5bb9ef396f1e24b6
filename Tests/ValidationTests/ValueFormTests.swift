import Records
import TestSupport
import Testing

@testable import Validation

@Suite struct ValueFormTests {
    static let cases: [(FieldKind, String, String)] = [
        (.personName, "王伟а", "а"), (.personName, "王😀", "😀"), (.personName, "王5", "5"), (.personName, "王伟/张丽", "/"),
        (.personName, "王wei5w", "wei5"), (.personName, "j0hn", "0"), (.personName, "阿依·古丽", ""), (.personName, "王", ""),
        (.personName, "o'neil-smith", ""), (.surname, "王2", "2"), (.postcode, "10 115", " "),
        (.number, "12 yuan", " yuan"),
        (.email, "a,b@example.org", ","), (.email, "nowhere", ""), (.address, "1234", ""),
        (.personName, "1234567", "12345"),
    ]

    @Test(arguments: cases)
    func `what does not belong is named`(_ kind: FieldKind, _ value: String, _ odd: String) {
        let found = ValueForm.strangers(in: value, kind)
        #expect(String(String.UnicodeScalarView(found)) == odd)
    }

    @Test func `it is shown as the office wrote it`() {
        #expect(ValueForm.strangers(in: "王a", .personName, as: "王A") == ["A"])
        #expect(ValueForm.strangers(in: "王a", .personName, as: "王Ａ") == ["a"])
    }

    @Test(arguments: FieldKind.allCases)
    func `every kind says what it wants in both languages`(_ kind: FieldKind) {
        let wanted = ValueForm.expected(kind)
        #expect(!wanted.en.isEmpty && wanted.en != wanted.zh)
    }

    @Test(arguments: [
        (
            "王伟а", "name is “王伟а”, where “а” (U+0430) does not belong; expected is one name: ",
            "name 为“王伟а”，其中 “а” (U+0430) 不应出现；应为一个姓名："
        ),
        ("王5/李", "name is “王5/李”, where “5”, “/” do not belong; ", "其中 “5”, “/” 不应出现"),
        ("王", "name is “王”; expected is one name: two Chinese characters or more", "name 为“王”；应为一个姓名：两个以上汉字"),
    ])
    func `the sentence names them`(_ cell: String, _ english: String, _ chinese: String) throws {
        let fields = [Field(name: "name", kind: .personName)]
        var builder = RecordTableBuilder(fields)
        builder.add([[cell]], asOf: Registry.asOf, without: [])
        let records = builder.table { _, cell in (cell, false) }
        let findings = try Validator.check(records, plan: Registry.plan, threads: 1)
        let finding = try #require(findings.first { $0.check == "malformed-value" })
        let message = Validator.message(of: finding, in: records, plan: Registry.plan)
        #expect(message.en.contains(english), "\(message.en)")
        #expect(message.zh.contains(chinese), "\(message.zh)")
    }
}
