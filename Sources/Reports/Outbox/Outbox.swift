/// The folder of one run, written so that a reader only ever sees a complete one.
///
/// Files are staged in `.<name>.tmp-<pid>` beside the folder (0700, files 0600), each one synced. The manifest comes
/// last, then the folder takes the place of the old one in one step. A kill at any moment leaves the complete old
/// folder or the complete new one; what a killed run left behind is removed by the next.
package struct Outbox: ~Copyable {
    /// Written so far, in the order of writing.
    package private(set) var files: [OutputFile] = []
    private let staging: String

    /// The manifest that closes the folder.
    package static let manifestName = "run.json"

    /// - Parameters:
    ///   - directory: the run's folder; its parent folders are made where they are missing.
    ///   - body: writes the files.
    ///   - manifest: writes `run.json`, knowing all files written.
    /// - Returns: all files, the manifest last.
    /// - Throws: what `body` throws, after removing the staged files; a `Failure` of kind `storage` when the system
    ///   refuses to write (`E-OUT-001` no space, `E-OUT-002` anything else).
    @discardableResult
    package static func write(
        to directory: String, _ body: (inout Outbox) throws -> Void,
        manifest: ([OutputFile], inout FileSink) throws -> Void
    ) throws -> [OutputFile] {
        let folder = try StagedFolder(replacing: directory)
        var outbox = Outbox(staging: folder.staging)
        do {
            try body(&outbox)
            let files = outbox.files
            try outbox.file(manifestName) { try manifest(files, &$0) }
            try folder.publish()
        } catch {
            folder.discard()
            throw error
        }
        return outbox.files
    }

    private init(staging: String) {
        self.staging = staging
    }

    /// Writes one file. A file whose `body` throws is not part of the folder, and its name is free again.
    ///
    /// - Parameter name: path within the folder, `/` between its parts.
    package mutating func file(_ name: String, _ body: (inout FileSink) throws -> Void) throws {
        add(try maker.file(name, body))
    }

    /// Writes files on any thread; each becomes part of the folder by `add`.
    package var maker: FileMaker { FileMaker(staging: staging) }

    package mutating func add(_ file: OutputFile) {
        precondition(!files.contains { $0.name == file.name }, "a file is written once")
        files.append(file)
    }

    /// A file name made from a name of the user's choosing: letters and digits of any script, `-`, `_` and `.` stay,
    /// the rest becomes `_`; no longer than 60 scalars, never hidden.
    package static func fileName(for name: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in name.unicodeScalars.prefix(60) {
            let stays =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar == "-" || scalar == "_" || scalar == "."
            result.append(stays ? scalar : "_")
        }
        if result.isEmpty || result.first == "." { result.insert("_", at: result.startIndex) }
        return String(result)
    }
}

/// Writes files into the folder of an `Outbox` while that is open.
package struct FileMaker: Sendable {
    /// `nil`: nothing is written, and the digests are those the files would have.
    fileprivate let staging: String?

    /// Makes files that are only hashed and counted: what they would hold never lies on a disk.
    package static let hashing = FileMaker(staging: nil)

    /// - Parameter name: path within the folder, `/` between its parts; of a file that is not there.
    package func file(_ name: String, _ body: (inout FileSink) throws -> Void) throws -> OutputFile {
        var sink = try staging.map { try FileSink(path: $0 + "/" + name, root: $0) } ?? FileSink(hashing: name)
        do {
            try body(&sink)
        } catch {
            sink.abandon()
            throw error
        }
        let written = try sink.close()
        return OutputFile(name: name, rows: written.rows, bytes: written.bytes, sha256: written.sha256)
    }
}

/// A file of the outbox as the manifest names it.
package struct OutputFile: Sendable, Hashable {
    /// Path within the folder.
    package let name: String
    /// Data rows of a table, its header not counted; `nil` for a page or the manifest.
    package let rows: Int?
    package let bytes: Int
    /// Hex, lower case.
    package let sha256: String

    package init(name: String, rows: Int?, bytes: Int, sha256: String) {
        self.name = name
        self.rows = rows
        self.bytes = bytes
        self.sha256 = sha256
    }
}
