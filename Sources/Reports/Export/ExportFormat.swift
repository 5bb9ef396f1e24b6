package import Records

/// A kind of file that tables of a run can be written as.
package struct ExportFormat: Sendable {
    /// As `--format` names it.
    package let name: String
    package let summary: Text
    /// Of file names, without the dot.
    package let ending: String
    /// Whether one file holds several tables.
    package let holdsSeveral: Bool
    let write: @Sendable ([ExportedTable], _ path: String, _ about: ExportNote, inout TouchedCells) throws -> Void

    package static let all: [ExportFormat] = [.machine, .excel, .xlsx, .xml, .jsonl, .sqlite]

    package static func named(_ name: String) -> ExportFormat? {
        all.first { $0.name == name }
    }
}

/// What an export says of itself, in formats that have a place for it.
package struct ExportNote: Sendable, Hashable {
    package let title: String
    package let purpose: String
    package let recipient: String

    package init(title: String, purpose: String, recipient: String) {
        self.title = title
        self.purpose = purpose
        self.recipient = recipient
    }
}

/// A table as the recipient is to get it.
struct ExportedTable {
    let name: String
    let columns: [ExportColumn]
    let eachRow: ((TableRow) throws -> Void) throws -> Void
}

extension ExportFormat {
    /// A format of one table that is written front to back.
    init(
        stream name: String, _ summary: Text, ending: String,
        _ body: @escaping @Sendable (ExportedTable, ExportNote, inout FileSink, inout TouchedCells) throws -> Void
    ) {
        self.init(name: name, summary: summary, ending: ending, holdsSeveral: false) { tables, path, note, touched in
            guard let table = tables.first else { return }
            let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
            var sink = try FileSink(path: path, root: folder)
            do {
                try body(table, note, &sink, &touched)
            } catch {
                sink.abandon()
                throw error
            }
            _ = try sink.close()
        }
    }
}
