import Records
import Yams

/// Names that the author of a rule book chooses: they become file names, SQL columns and CSV headers.
extension RuleBookReader {
    /// Columns that `master.csv` has beside the fields, and the keys of `survivorship:` that are no fields.
    static let reservedFieldNames = ["person_id", "grade", "records", "default", "groups"]

    mutating func isFieldName(_ name: String, at node: Node) -> Bool {
        let scalars = name.unicodeScalars
        let isWord = scalars.allSatisfy { $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        guard isWord, let first = scalars.first, !("0"..."9").contains(first), scalars.count <= 64 else {
            report(
                .badName, at: node,
                Text(
                    en: "\"\(name)\" cannot name a field: use letters, digits and _, a letter first, at most 64.",
                    zh: "“\(name)”不能作字段名：只用文字、数字和下划线，以文字开头，最多 64 个字符。"))
            return false
        }
        guard !Self.reservedFieldNames.contains(name.lowercased()) else {
            report(
                .badName, at: node,
                Text(
                    en: "\"\(name)\" is a name that Qingku uses itself; choose another.",
                    zh: "“\(name)”是清库自己使用的名称，请换一个。"))
            return false
        }
        return true
    }

    mutating func isSourceName(_ name: String, at node: Node) -> Bool {
        let isFine = name.unicodeScalars.allSatisfy {
            $0 == "_" || $0 == "-" || $0.properties.isAlphabetic || ("0"..."9").contains($0)
        }
        if isFine, !name.isEmpty, name.utf8.count <= 64, !name.hasPrefix("-") { return true }
        report(
            .badName, at: node,
            Text(
                en:
                    "\"\(name)\" cannot name a source: it becomes a file name; use letters, digits, _ and -, at most 64 bytes.",
                zh: "“\(name)”不能作来源名：它会成为文件名；只用文字、数字、_ 和 -，最多 64 字节。"))
        return false
    }

    mutating func isCheckName(_ name: String, at node: Node) -> Bool {
        let isFine = name.unicodeScalars.allSatisfy {
            $0 == "-" || ("a"..."z").contains($0) || ("0"..."9").contains($0)
        }
        if isFine, !name.isEmpty, name.utf8.count <= 64 { return true }
        report(
            .badName, at: node,
            Text(
                en: "\"\(name)\" cannot name a check: use a-z, 0-9 and -, such as visit-before-opening.",
                zh: "“\(name)”不能作检查名：只用 a-z、0-9 和 -，例如 visit-before-opening。"))
        return false
    }
}
