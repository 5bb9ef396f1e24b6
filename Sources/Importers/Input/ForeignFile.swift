import Records

/// Files that are no plain CSV or XML: archives, workbooks, documents. They are refused by name and never unpacked.
enum ForeignFile {
    /// What the first bytes say the file is; `nil`: nothing known.
    static func name(of head: [UInt8]) -> Text? {
        for (magic, name) in magics where head.starts(with: magic) {
            if magic == zip, contains(head, "[Content_Types].xml") || contains(head, "xl/") {
                return Text(en: "an Excel workbook (.xlsx)", zh: "Excel 工作簿（.xlsx）")
            }
            return name
        }
        return nil
    }

    /// Throws when the file is empty or is something else than text.
    static func refuse(_ source: ByteSource) throws {
        let place = Place(file: source.path)
        if source.head.isEmpty {
            throw Failure(
                .badInput, code: "E-IMP-002",
                Text(en: "The file is empty: it has not one byte.", zh: "文件为空，没有任何内容。"), at: place,
                advice: Text(en: "Ask the office for the export again.", zh: "请该单位重新导出。"))
        }
        if let name = name(of: source.head) {
            throw Failure(
                .badInput, code: "E-IMP-003",
                Text(
                    en: "The file is \(name.en); only plain CSV and XML text is read.",
                    zh: "文件是\(name.zh)，只读取纯文本的 CSV 和 XML。"),
                at: place,
                advice: Text(
                    en: "Unpack it, or save the sheet as CSV (UTF-8), and give that file.",
                    zh: "请先解压，或将工作表另存为 CSV（UTF-8），再给出该文件。"))
        }
    }

    private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    private static let magics: [([UInt8], Text)] = [
        ([0x1F, 0x8B], Text(en: "compressed (gzip)", zh: "压缩文件（gzip）")),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], Text(en: "compressed (xz)", zh: "压缩文件（xz）")),
        (zip, Text(en: "a zip archive", zh: "zip 压缩包")),
        ([0x50, 0x4B, 0x05, 0x06], Text(en: "an empty zip archive", zh: "空的 zip 压缩包")),
        ([0x42, 0x5A, 0x68], Text(en: "compressed (bzip2)", zh: "压缩文件（bzip2）")),
        ([0x28, 0xB5, 0x2F, 0xFD], Text(en: "compressed (zstd)", zh: "压缩文件（zstd）")),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], Text(en: "a 7z archive", zh: "7z 压缩包")),
        ([0x52, 0x61, 0x72, 0x21, 0x1A, 0x07], Text(en: "a rar archive", zh: "rar 压缩包")),
        (
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            Text(en: "an old Excel workbook (.xls)", zh: "旧版 Excel 工作簿（.xls）")
        ),
        ([0x25, 0x50, 0x44, 0x46, 0x2D], Text(en: "a PDF document", zh: "PDF 文档")),
        ([0x89, 0x50, 0x4E, 0x47], Text(en: "a PNG picture", zh: "PNG 图片")),
        (Array("SQLite format 3\u{0}".utf8), Text(en: "an SQLite database", zh: "SQLite 数据库")),
    ]

    private static func contains(_ head: [UInt8], _ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard head.count >= wanted.count else { return false }
        let last = min(head.count - wanted.count, 4096)
        return (0...last).contains { head[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}
