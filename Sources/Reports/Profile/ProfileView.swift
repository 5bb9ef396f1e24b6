package import Records

/// Profiles as people may see them: in one language, values masked unless asked for.
package struct ProfileView: Sendable {
    package let profiles: [FileProfile]
    package let showsValues: Bool
    package let language: Language

    package init(profiles: [FileProfile], showsValues: Bool, language: Language) {
        self.profiles = profiles
        self.showsValues = showsValues
        self.language = language
    }

    func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }

    func kind(_ column: ColumnProfile) -> String {
        column.meaning.isRecordID ? say("record id", "记录编号") : column.meaning.kind.rawValue
    }

    func value(_ text: String, of column: ColumnProfile) -> String {
        if showsValues { return text.singleLine }
        return (column.meaning.isRecordID ? maskedRecordID(text) : masked(text, column.meaning.kind)).singleLine
    }

    /// A value where it may be shown, else its form: a masked value hides what is odd about it.
    func example(_ example: ColumnProfile.Example, of column: ColumnProfile) -> String {
        showsValues || masked("0a汉", column.meaning.kind) == "0a汉" ? example.value.singleLine : example.form
    }

    /// `3–11`
    func lengths(_ column: ColumnProfile) -> String {
        guard let lengths = column.lengths else { return "–" }
        return lengths.least == lengths.most ? "\(lengths.least)" : "\(lengths.least)–\(lengths.most)"
    }

    func name(_ file: FileProfile) -> String {
        file.file.path.split(separator: "/").last.map(String.init) ?? file.file.path
    }

    /// `CSV · utf-8 · comma · LF`
    func dialect(_ file: FileProfile) -> [String] {
        var parts = [file.file.format.rawValue.uppercased(), file.file.encoding]
        if let dialect = file.file.dialect {
            let delimiters = [
                ",": say("comma", "逗号"), ";": say("semicolon", "分号"), "\t": say("tab", "制表符"), "|": say("bar", "竖线"),
            ]
            parts.append(delimiters[dialect.delimiter] ?? dialect.delimiter)
            parts.append(dialect.lineEnding.uppercased())
            if dialect.hasByteOrderMark { parts.append("BOM") }
            if !dialect.hasHeader { parts.append(say("no header", "无表头")) }
        }
        if let path = file.file.recordPath { parts.append(path) }
        return parts
    }

    /// The most useful next command, whole.
    var next: String {
        "qingku rules new " + profiles.map(\.file.path.shellWord).joined(separator: " ") + " --out rules.yaml"
    }
}
