import Foundation
import Testing

/// A drafted rule book, run over the exports it was drafted from.
@Suite struct RulesNewTests {
    /// 900 records: towns that come late, a rare education, remarks, incomes, and a name and a number among the sexes.
    private static func export() -> String {
        let rows = (0..<900).map { index in
            let isMale = index % 2 == 0
            let sex = index == 300 ? "吴涛峰" : index == 301 ? "3" : isMale ? "男" : "女"
            let town = index < 600 ? ["东镇", "西镇", "南镇"][index % 3] : ["红镇", "青镇"][index % 2]
            let degree = index % 300 == 7 ? "博士" : ["小学", "高中", "本科"][index % 3]
            let remark = index % 5 == 0 ? ["独居", "电话打不通", "已迁出"][index / 5 % 3] : ""
            let number = String(index + 1_000_000).dropFirst()
            return "\(number),\(town),\(sex),\(degree),\(remark),\(1_200 + index * 37 % 478)"
        }
        return (["编号,乡镇,性别,学历,备注,收入"] + rows).joined(separator: "\n") + "\n"
    }

    @Test func `finds the errors of its exports, and nothing that is right`() throws {
        try withFolder { folder in
            let path = try ProfileTests.write(folder, "people.csv", Self.export())
            let drafted = try Tool.run(["rules", "new", path, "--out", folder + "/people.yaml"])
            #expect(drafted.status == 0, "\(drafted.errors)")
            let book = try String(contentsOfFile: folder + "/people.yaml", encoding: .utf8)
            for line in [
                "  sex: { type: code, required: true, codes: { 男: M, 女: F } }", "  备注: { type: text }",
                "  收入: { type: number }",
            ] {
                #expect(book.contains(line), "\(book)")
            }
            #expect(!book.contains("吴涛峰"))
            _ = try Tool.run(["check", folder + "/people.yaml", "--out", folder + "/found"])
            let found = try lines(folder + "/found/findings.csv").filter { $0.contains("bad-code") }
            #expect(found.count == 2, "\(found)")
            #expect(found.allSatisfy { $0.contains(",sex,") })
        }
    }
}
