/// Rows of comma-separated values; a field is quoted only when it has to be.
struct CSVWriter {
    private let file: OutputFile
    private let terminator: Bytes
    private var isFirst = true

    enum LineEnd: String {
        case crlf = "\r\n"
        case lf = "\n"
    }

    init(_ path: String, header: [String], lineEnd: LineEnd, encoding: TextEncoding = .utf8) throws {
        file = try OutputFile(path, encoding: encoding)
        terminator = Bytes(lineEnd.rawValue)
        for name in header { field(name) }
        try endRow()
    }

    mutating func field(_ text: String) { field(text.utf8) }

    mutating func field(_ bytes: some Collection<UInt8>) {
        if isFirst { isFirst = false } else { file.append(CollectionOfOne(UInt8(ascii: ","))) }
        guard bytes.contains(where: Self.isSpecial) else { return file.append(bytes) }
        file.append("\"")
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { file.append("\"") }
            file.append(CollectionOfOne(byte))
        }
        file.append("\"")
    }

    mutating func endRow() throws {
        isFirst = true
        try file.endRow(terminator)
    }

    func finish() throws { try file.finish() }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
}
