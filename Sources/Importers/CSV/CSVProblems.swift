import Records

extension CSVRecord.Problems {
    /// The worst of the problems, in words.
    func wording(line: Int, limits: ImportLimits) -> (check: String, message: Text) {
        if contains(.recordTooLong) {
            return (
                "record-too-long",
                Text(
                    en:
                        "The record is longer than \(limits.record) bytes; what is behind that was skipped up to the line end.",
                    zh: "记录超过 \(limits.record) 字节，其后到行尾的内容已跳过。")
            )
        }
        if contains(.unterminatedQuote) {
            return (
                "unterminated-quote",
                Text(
                    en: """
                        A quote opens at line \(line) and does not close where a cell can end; it was read as a letter and the \
                        row ends with its line. A quote inside a cell is written twice.
                        """,
                    zh: """
                        第 \(line) 行有引号打开后没有在单元格结束处关闭；该引号按普通字符读取，本行到行尾为止。单元格内的引号应写两次。
                        """)
            )
        }
        if contains(.textAfterQuote) {
            return (
                "text-after-quote",
                Text(
                    en:
                        "There is text behind a closing quote; it was taken as part of the cell. A quote inside a cell is written twice.",
                    zh: "引号关闭之后还有文字，已并入该单元格。单元格内的引号应写两次。")
            )
        }
        return (
            "stray-quote",
            Text(
                en: "A quote stands inside a cell that is not quoted; it was read as a letter.",
                zh: "未加引号的单元格中有引号，按普通字符读取。")
        )
    }
}
