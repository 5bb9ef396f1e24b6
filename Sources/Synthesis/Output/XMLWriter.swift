import Standards

/// The community's export: one `jm` element per person, its record id in `bh`, a child for each column.
struct XMLWriter {
    private let file: OutputFile
    private let columns: [(open: Bytes, close: Bytes, empty: Bytes, field: RecordField)]

    init(_ path: String, _ office: Office, asOf: CivilDate) throws {
        file = try OutputFile(path)
        columns = office.columns.map { header, field in
            (Bytes("<\(header)>"), Bytes("</\(header)>"), Bytes("<\(header)/>"), field)
        }
        file.append(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<jmxx dcsj=\"\(asOf)\" dw=\"社区服务中心\">\n")
    }

    func write(_ id: Bytes, _ cells: Cells) throws {
        file.append("<jm bh=\"")
        file.append(id)
        file.append("\">")
        for column in columns {
            let value = cells[column.field]
            if value.isEmpty {
                file.append(column.empty)
            } else {
                file.append(column.open)
                file.append(value.escapedForXML)
                file.append(column.close)
            }
        }
        file.append("</jm>")
        try file.endRow([UInt8(ascii: "\n")])
    }

    func finish() throws {
        file.append("</jmxx>\n")
        try file.finish()
    }
}

extension [UInt8] {
    /// With `&`, `<` and `>` as entities.
    var escapedForXML: Bytes {
        guard
            contains(where: {
                $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">")
            })
        else { return self }
        return flatMap { byte in
            switch byte {
            case UInt8(ascii: "&"): Bytes("&amp;")
            case UInt8(ascii: "<"): Bytes("&lt;")
            case UInt8(ascii: ">"): Bytes("&gt;")
            default: [byte]
            }
        }
    }
}
