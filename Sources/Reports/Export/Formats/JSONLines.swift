import Records

extension ExportFormat {
    /// One object a line, all values strings, keys in the order of the columns; RFC 8259 in UTF-8.
    static let jsonl = ExportFormat(
        stream: "jsonl", Text(en: "JSON Lines: one object a row, texts as they are", zh: "JSON Lines：每行一个对象，内容原样"),
        ending: "jsonl"
    ) { table, _, sink, _ in
        sink.expectRows()
        let keys = table.columns.enumerated().map { index, column in
            Array((index == 0 ? "{" : ",").utf8) + jsonString(Array(column.name.utf8)) + Array(":".utf8)
        }
        var text: [UInt8] = []
        try table.eachRow { row in
            for (index, key) in keys.enumerated() {
                sink.append(key)
                text.removeAll(keepingCapacity: true)
                row.withCell(index) { JSON.append($0, to: &text) }
                sink.append(text)
            }
            sink.append("}\n")
            sink.countRow()
            try sink.checkRow()
        }
    }

    private static func jsonString(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        text.withUnsafeBufferPointer { JSON.append($0, to: &bytes) }
        return bytes
    }
}
