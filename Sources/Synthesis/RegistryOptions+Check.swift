import Records
import Standards

extension RegistryOptions {
    /// Throws for the first value outside its range.
    func check() throws {
        let count =
            switch size {
            case .records(let count), .persons(let count): count
            }
        try Self.require(
            (1...99_999_999).contains(count),
            Text(
                en: "the number of records or persons must be 1 to 99999999", zh: "记录数或人数应为 1 至 99999999"))
        try Self.require(
            (0...1000).contains(overallScale),
            Text(en: "the scale must be 0 to 1000", zh: "倍率应为 0 至 1000"))
        for override in rates {
            let limit = override.kind == .missing ? 1000.0 : 1
            try Self.require(
                (0...limit).contains(override.rate),
                Text(
                    en: "the rate of \(override.kind.name) must be 0 to \(Int(limit))",
                    zh: "\(override.kind.name) 的比率应为 0 至 \(Int(limit))"))
        }
        try Self.require(
            (0...12).contains(duplicates),
            Text(en: "the factor on duplicates must be 0 to 12", zh: "重复记录的倍率应为 0 至 12"))
        try Self.require(
            (0...10).contains(omissions),
            Text(en: "the factor on omissions must be 0 to 10", zh: "漏登的倍率应为 0 至 10"))
        try Self.require(
            !regions.isEmpty
                && regions.allSatisfy { (1...6).contains($0.utf8.count) && Bytes($0).isDigits },
            Text(
                en: "regions must be prefixes of division codes, one to six digits each",
                zh: "地区应为区划代码的前 1 至 6 位数字"))
        try Self.require(
            (1985...2100).contains(asOf.year),
            Text(en: "the day of the exports must lie in 1985 to 2100", zh: "导出日期应在 1985 至 2100 年之间"))
    }

    private static func require(_ condition: Bool, _ message: Text) throws {
        if !condition { throw Failure(.badInput, code: "E-SYN-001", message) }
    }
}
