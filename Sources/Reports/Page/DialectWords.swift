import Records

/// What was found of the way a file is written, in words; in English as the rule book's keys have it.
enum DialectWords {
    static func title(_ key: String) -> Text { Text(en: key, zh: chinese[key] ?? key) }

    private static let chinese = ["encoding": "编码", "delimiter": "分隔符", "quote": "引号", "header": "表头"]
}
