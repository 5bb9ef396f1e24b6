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
                row.withCell(index) { appendJSON($0, to: &text) }
                sink.append(text)
            }
            sink.append("}\n")
            sink.countRow()
            try sink.check()
        }
    }

    private static func jsonString(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        text.withUnsafeBufferPointer { appendJSON($0, to: &bytes) }
        return bytes
    }

    private static func appendJSON(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var start = 0
        for (place, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
            bytes.append(contentsOf: text[start..<place])
            start = place + 1
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0x0A: bytes += [0x5C, UInt8(ascii: "n")]
            case 0x0D: bytes += [0x5C, UInt8(ascii: "r")]
            case 0x09: bytes += [0x5C, UInt8(ascii: "t")]
            default: bytes += "\\u00".utf8 + [hexDigit(byte >> 4), hexDigit(byte & 15)]
            }
        }
        bytes.append(contentsOf: text[start...])
        bytes.append(UInt8(ascii: "\""))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? value + 0x30 : value + 0x57 }
}
