package import Encryption
import Glibc
import Records

/// Tables of a run, written for somebody outside: one file, and beside it a list of the cells it could not hold as they are.
package struct ExportFile: Sendable {
    package let format: ExportFormat
    package let tables: [StoredTable]
    /// The registry's fields, for the values that findings and changes quote.
    package let fields: [FieldFacts]
    /// `nil`: values go out as they are.
    package let pseudonyms: Pseudonyms?
    package let note: ExportNote
    /// Whose keys open the file and the list beside it; empty: they are not encrypted.
    package let recipients: [AgeRecipient]

    package init(
        format: ExportFormat, tables: [StoredTable], fields: [FieldFacts], pseudonyms: Pseudonyms?, note: ExportNote,
        encryptedTo recipients: [AgeRecipient] = []
    ) {
        self.format = format
        self.tables = tables
        self.fields = fields
        self.pseudonyms = pseudonyms
        self.note = note
        self.recipients = recipients
    }

    package struct Written: Sendable {
        package let path: String
        package let bytes: Int
        /// Hex.
        package let sha256: String
        /// Rows, by table.
        package let rows: [(table: String, rows: Int)]
        /// Beside the export; `nil` when no cell was touched.
        package let touchedPath: String?
        /// Cells by reason; those without any left out.
        package let touched: [(why: TouchedCells.Why, cells: Int)]
        /// What became of each column, in the order of the tables; empty without pseudonyms.
        package let treatments: [(column: String, treatment: Pseudonyms.Treatment)]
    }

    /// Nobody sees the file before it is whole, only the user may read it (0600), and none that is there is replaced.
    ///
    /// - Parameters:
    ///   - home: where the tables come from. What is to be encrypted is made there: where it goes nothing stands in the clear.
    ///   - confirm: called when all is on disk but under no name yet; if it throws, nothing is left.
    /// - Throws: `E-OUT-014` when there is a file of that name; a `Failure` of kind `storage` when the system refuses.
    package func write(
        to path: String, from home: String, confirm: (Written) throws -> Void
    ) throws -> Written {
        let place = try Place(path, isEncrypted: !recipients.isEmpty)
        let staging = try Self.make(place.name, in: place.folder)
        defer { removeTree(staging) }
        let inside = recipients.isEmpty ? staging : try Self.make(ProcessFolder.outgoing, in: home)
        defer { removeTree(inside) }
        let staged = inside + "/export." + format.ending
        let stagedList = inside + "/touched.csv"
        var touched = TouchedCells(path: stagedList, folder: inside)
        let counts = Counts(tables.count)
        let exported = tables.enumerated().map { index, table in
            ExportedTable(name: table.name, columns: table.columns) { emit in
                try eachRow(table) { row in
                    try Interruption.check()
                    counts.rows[index] += 1
                    try emit(row)
                }
            }
        }
        do {
            try format.write(exported, staged, note, &touched)
        } catch {
            touched.abandon()
            throw error
        }
        let (isListed, byWhy) = try touched.close()
        let whole = try sealed(staged, in: staging)
        let list = isListed ? try sealed(stagedList, in: staging) : stagedList
        let (bytes, sha256) = try digest(of: whole)
        let written = Written(
            path: path, bytes: bytes, sha256: sha256, rows: zip(tables.map(\.name), counts.rows).map { ($0, $1) },
            touchedPath: isListed ? place.list : nil,
            touched: zip(TouchedCells.Why.allCases, byWhy).compactMap { $1 > 0 ? ($0, $1) : nil },
            treatments: treatments)
        try confirm(written)
        if isListed {
            guard rename(list, place.list) == 0 else { throw storageFailure(errno, place.list) }
        }
        guard rename(whole, place.path) == 0 else { throw storageFailure(errno, place.path) }
        try synchronize(place.folder)
        return written
    }

    /// A folder of this process, without what killed ones left.
    private static func make(_ name: String, in folder: String) throws -> String {
        ProcessFolder.clearLeftovers(for: name, in: folder)
        let path = ProcessFolder.path(for: name, in: folder)
        guard mkdir(path, 0o700) == 0 else { throw storageFailure(errno, path) }
        return path
    }

    /// The file that goes out: this one, or an encrypted copy of it.
    private func sealed(_ path: String, in folder: String) throws -> String {
        if recipients.isEmpty { return path }
        let name = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
        let copy = folder + "/" + name + AgeFile.ending
        let descriptor = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(0o600))
        guard descriptor >= 0 else { throw storageFailure(errno, copy) }
        close(descriptor)
        try AgeFile.encrypt(path, to: copy, for: recipients)
        return copy
    }

    private func eachRow(_ table: StoredTable, _ body: (TableRow) throws -> Void) throws {
        guard let pseudonyms else { return try table.eachRow(body) }
        let kinds = Dictionary(fields.map { ($0.name, $0.kind) }) { first, _ in first }
        try table.eachRow { try body(pseudonyms.row($0, table.columns, fields: kinds)) }
    }

    private var treatments: [(column: String, treatment: Pseudonyms.Treatment)] {
        guard let pseudonyms else { return [] }
        var seen: Set<String> = []
        return tables.flatMap(\.columns).filter { seen.insert($0.name).inserted }.map {
            ($0.name, pseudonyms.treatment(of: $0))
        }
    }

    private final class Counts {
        var rows: [Int]

        init(_ tables: Int) {
            rows = Array(repeating: 0, count: tables)
        }
    }

    /// Where the export goes.
    private struct Place {
        let path: String
        let folder: String
        let name: String
        let list: String

        init(_ path: String, isEncrypted: Bool) throws {
            let slash = path.lastIndex(of: "/")
            let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
            folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
            guard !name.isEmpty, name != ".", name != ".." else {
                throw Failure(
                    .badInput, code: "E-OUT-003",
                    Text(en: "“\(path)” is no name for a file", zh: "“\(path)”不能作为文件名"))
            }
            self.path = path
            let plain =
                isEncrypted && name.hasSuffix(AgeFile.ending) ? String(name.dropLast(AgeFile.ending.count)) : name
            list = folder + "/" + plain + ".touched.csv" + (isEncrypted ? AgeFile.ending : "")
            self.name = name
            for taken in [path, list] where kind(of: taken) != .missing {
                throw Failure(
                    .badInput, code: "E-OUT-014", Text(en: "there is a file of this name already", zh: "已有同名文件"),
                    at: Records.Place(file: taken),
                    advice: Text(
                        en: "Choose another --out, or remove it first: an export is never written over another.",
                        zh: "请用 --out 另选名称，或先将其移走：导出不会覆盖已有文件。"))
            }
            try makeFolders(folder)
        }
    }
}
