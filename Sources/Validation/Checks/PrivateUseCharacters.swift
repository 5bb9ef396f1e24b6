import Records

extension Check {
    /// Characters that mean something on one computer only: rare characters of names that a police or bank system gave codes of its
    /// own. Elsewhere they are empty boxes.
    static let privateUseCharacters = Check(
        "private-use-characters", .error, .warning,
        title: Text(en: "Private-use characters", zh: "自造字"),
        explains: ["malformed-value"],
        search: .rawCells(for: { _ in true }, having: [.privateUse, .compatibility, .beyond]) { cell, _ in
            // U+E000 to U+F8FF begin with EE or EF 80–A3, planes 15 and 16 with F3 B0 and above.
            guard cell.bytes.contains(where: { $0 == 0xEE || $0 == 0xEF || $0 >= 0xF3 }) else { return nil }
            let found = cell.text.unicodeScalars.first { scalar in
                (0xE000...0xF8FF).contains(scalar.value) || scalar.value >= 0xF0000
            }
            return found.map { Hit(detail: Wording.code($0)) }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell): \(finding.detail) is a character of one computer's own; "
                    + "enter the standard character",
                zh: "\(name) 为\(cell)：\(finding.detail) 是自造字，换一台计算机即无法显示；请改用标准字符")
        })
}
