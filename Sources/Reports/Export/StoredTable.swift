import Crypto
import Glibc
import Records

/// A table of a run as it lies in the run's folder, read row by row in little memory.
///
/// The files were written by `FileSink.cell`: comma, LF, quotes doubled. Anything else, a row of another width, and a file
/// whose SHA-256 is not the one its manifest has, is refused: what was changed by hand is not given away as a run's result.
package struct StoredTable: Sendable {
    /// Without the ending: `master`, `findings`.
    package let name: String
    package let path: String
    /// Hex; `nil` where none is known.
    package let sha256: String?
    package let columns: [ExportColumn]

    /// - Parameter fields: the registry's, to know what the columns named like them hold.
    /// - Throws: `E-OUT-010` when the file cannot be read, `E-OUT-011` when it is no table of a run.
    package init(name: String, path: String, sha256: String?, fields: [FieldFacts]) throws {
        var header: [String] = []
        var scan = Scan(path: path)
        try scan.run(upTo: 1) { row in header = (0..<row.count).map { row[$0] } }
        guard !header.isEmpty else { throw Scan.notATable(path, line: 1) }
        self.name = name
        self.path = path
        self.sha256 = sha256
        columns = header.map { ExportColumn($0, fields: fields) }
    }

    /// Calls `body` with every row after the header.
    package func eachRow(_ body: (TableRow) throws -> Void) throws {
        var scan = Scan(path: path)
        let width = columns.count
        var isHeader = true
        let digest = try scan.run { row in
            guard row.count == width else { throw Scan.notATable(path, line: nil) }
            if isHeader {
                isHeader = false
            } else {
                try body(row)
            }
        }
        guard sha256 == nil || sha256 == digest else {
            throw Failure(
                .verification, code: "E-OUT-012",
                Text(
                    en: "the file is not as the run wrote it: its SHA-256 differs from the one in run.json",
                    zh: "该文件与运行写出时不一致：SHA-256 与 run.json 中的不同"),
                at: Place(file: path),
                advice: Text(
                    en: "Run “qingku clean” again to have it written anew, and find out who changed it.",
                    zh: "请重新运行 qingku clean 以重新写出，并查明是谁改动了它。"))
        }
    }
}

/// One pass over a file.
private struct Scan {
    private enum State {
        case cellStart, plain, quoted, quoteInQuoted
    }

    let path: String

    /// The file's SHA-256 when it was read to its end; else empty.
    @discardableResult
    mutating func run(upTo limit: Int = .max, _ body: (TableRow) throws -> Void) throws -> String {
        let descriptor = retryingInterrupts { open(path, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        defer { close(descriptor) }
        let size = 1 << 18
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        var hash = SHA256()
        var row = TableRow()
        var state = State.cellStart
        var rows = 0
        while rows < limit {
            let count = retryingInterrupts { read(descriptor, buffer.baseAddress, size) }
            guard count >= 0 else { throw Self.unreadable(path) }
            if count == 0 {
                guard row.count == 0, row.bytes.isEmpty, state == .cellStart else {
                    throw Self.notATable(path, line: rows + 1)
                }
                return Hex.text(hash.finalize())
            }
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            hash.update(bufferPointer: piece)
            try take(piece.bindMemory(to: UInt8.self), &row, &state, &rows, limit, body)
        }
        return ""
    }

    private func take(
        _ text: UnsafeBufferPointer<UInt8>, _ row: inout TableRow, _ state: inout State, _ rows: inout Int,
        _ limit: Int, _ body: (TableRow) throws -> Void
    ) throws {
        let (comma, quote, feed) = (UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"))
        var place = 0
        while place < text.count, rows < limit {
            switch state {
            case .cellStart:
                if text[place] == quote {
                    place += 1
                    state = .quoted
                } else {
                    state = .plain
                }
            case .plain:
                var end = place
                while end < text.count, text[end] != comma, text[end] != feed, text[end] != quote { end &+= 1 }
                if end > place { row.add(UnsafeBufferPointer(rebasing: text[place..<end])) }
                place = end
                guard place < text.count else { return }
                guard text[place] != quote else { throw Self.notATable(path, line: rows + 1) }
                try endCell(isLast: text[place] == feed, &row, &state, &rows, body)
                place += 1
            case .quoted:
                var end = place
                while end < text.count, text[end] != quote { end &+= 1 }
                if end > place { row.add(UnsafeBufferPointer(rebasing: text[place..<end])) }
                place = end
                guard place < text.count else { return }
                place += 1
                state = .quoteInQuoted
            case .quoteInQuoted:
                let byte = text[place]
                if byte == quote {
                    row.add(UnsafeBufferPointer(rebasing: text[place..<place + 1]))
                    state = .quoted
                } else if byte == comma || byte == feed {
                    try endCell(isLast: byte == feed, &row, &state, &rows, body)
                } else {
                    throw Self.notATable(path, line: rows + 1)
                }
                place += 1
            }
        }
    }

    private func endCell(
        isLast: Bool, _ row: inout TableRow, _ state: inout State, _ rows: inout Int, _ body: (TableRow) throws -> Void
    ) throws {
        row.endCell()
        state = .cellStart
        guard isLast else { return }
        rows += 1
        try body(row)
        row.removeAll()
    }

    static func notATable(_ path: String, line: Int?) -> Failure {
        Failure(
            .badInput, code: "E-OUT-011",
            Text(en: "the file is not a table as a run writes it", zh: "该文件不是运行所写出的表格"),
            at: Place(file: path, line: line),
            advice: Text(
                en: "Export from the folder that a run wrote, as it wrote it.", zh: "请从运行写出的文件夹导出，不要改动其中的文件。"))
    }

    private static func unreadable(_ path: String) -> Failure {
        let reason = String(cString: strerror(errno))
        return Failure(
            .badInput, code: "E-OUT-010", Text(en: "cannot be read (\(reason))", zh: "无法读取（\(reason)）"),
            at: Place(file: path))
    }
}
