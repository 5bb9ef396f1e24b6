import Standards

/// The file that an office hands out.
enum ExportFile {
    case csv(CSVWriter, [RecordField])
    case xml(XMLWriter)

    static func csv(_ path: String, _ office: Office, encoding: TextEncoding = .utf8) throws
        -> ExportFile
    {
        let columns = office.columns
        let writer = try CSVWriter(
            path, header: ["id"] + columns.map(\.header), lineEnd: .crlf, encoding: encoding)
        return .csv(writer, columns.map(\.field))
    }

    static func xml(_ path: String, _ office: Office, asOf: CivilDate) throws -> ExportFile {
        .xml(try XMLWriter(path, office, asOf: asOf))
    }

    mutating func write(_ id: Bytes, _ cells: Cells) throws {
        switch self {
        case .csv(var writer, let fields):
            writer.field(id)
            for field in fields { writer.field(cells[field]) }
            try writer.endRow()
            self = .csv(writer, fields)
        case .xml(let writer): try writer.write(id, cells)
        }
    }

    func finish() throws {
        switch self {
        case .csv(let writer, _): try writer.finish()
        case .xml(let writer): try writer.finish()
        }
    }
}
