package import Records

/// What can be wrong with a row or with the way a file is written, each with its severity and its title for reports.
package struct ImportCheck: Sendable, Hashable {
    package let name: String
    package let severity: Severity
    package let title: Text

    private init(_ name: String, _ severity: Severity, en: String, zh: String) {
        self.name = name
        self.severity = severity
        title = Text(en: en, zh: zh)
    }

    package static let all = [
        ImportCheck("ambiguous-dialect", .warning, en: "The delimiter could be another one", zh: "分隔符不能确定"),
        ImportCheck("ambiguous-encoding", .warning, en: "The encoding could be another one", zh: "编码不能确定"),
        ImportCheck("bad-bytes", .error, en: "Bytes that are no text in the file's encoding", zh: "字节与文件编码不符"),
        ImportCheck("blank-rows", .info, en: "Blank rows", zh: "空行"),
        ImportCheck("damaged-text", .warning, en: "Characters that were lost before the export", zh: "导出前已损坏的文字"),
        ImportCheck("doubled-byte-order-mark", .info, en: "Two byte order marks", zh: "重复的字节序标记"),
        ImportCheck("duplicate-header", .warning, en: "A column name stands twice", zh: "列名重复"),
        ImportCheck("duplicate-record-id", .error, en: "A record id stands twice", zh: "记录编号重复"),
        ImportCheck("field-too-long", .error, en: "A field is longer than allowed", zh: "字段过长"),
        ImportCheck("missing-column", .error, en: "A mapped column is not there", zh: "缺少已映射的列"),
        ImportCheck("missing-record-id", .error, en: "A record without an id", zh: "记录没有编号"),
        ImportCheck("mixed-encodings", .error, en: "Lines in different encodings", zh: "各行编码不一致"),
        ImportCheck("mixed-line-endings", .info, en: "Different line ends", zh: "换行符不一致"),
        ImportCheck("mojibake", .error, en: "UTF-8 read in another encoding and saved again", zh: "文本曾被误读编码后再次保存"),
        ImportCheck("namespace-error", .warning, en: "An undeclared namespace prefix", zh: "未声明的命名空间前缀"),
        ImportCheck("no-rows", .warning, en: "A file without records", zh: "文件中没有记录"),
        ImportCheck("not-well-formed", .error, en: "The XML is not well-formed", zh: "XML 格式不正确"),
        ImportCheck("nul-character", .warning, en: "NUL characters", zh: "含有 NUL 字符"),
        ImportCheck("ragged-row", .warning, en: "A row with too few or too many cells", zh: "行的列数不对"),
        ImportCheck("record-too-long", .error, en: "A record is longer than allowed", zh: "记录过长"),
        ImportCheck("record-id-in-doubt", .warning, en: "A record id may be somebody else's now", zh: "记录编号可能已改归他人"),
        ImportCheck("record-id-reused", .warning, en: "A record id is somebody else's now", zh: "记录编号已改归他人"),
        ImportCheck("repeated-element", .info, en: "An element stands several times in a record", zh: "同一记录中元素重复"),
        ImportCheck("stray-quote", .warning, en: "A quote inside an unquoted cell", zh: "未加引号的单元格内出现引号"),
        ImportCheck("text-after-quote", .warning, en: "Text after a closing quote", zh: "引号结束后还有文字"),
        ImportCheck("title-rows", .info, en: "Title rows before the header", zh: "表头之前有标题行"),
        ImportCheck("trailing-delimiter", .info, en: "A delimiter at the end of every row", zh: "每行末尾多一个分隔符"),
        ImportCheck("truncated", .error, en: "The XML breaks off before its end", zh: "XML 在结尾之前中断"),
        ImportCheck(
            "unknown-deletion", .warning, en: "Marked as deleted, but no export before had it", zh: "标记为删除，但此前没有该记录"),
        ImportCheck("unterminated-quote", .error, en: "A quote that is never closed", zh: "引号没有结束"),
        ImportCheck(
            "vanished-record", .info, en: "A record of the export before is not in this one", zh: "上次导出中的记录不在本次导出中"),
    ]

    /// Everything behind such a place is missing.
    package static let brokenOff: Set<String> = ["truncated", "not-well-formed"]

    package static func title(_ name: String) -> Text {
        all.first { $0.name == name }?.title ?? Text(en: name, zh: name)
    }
}
