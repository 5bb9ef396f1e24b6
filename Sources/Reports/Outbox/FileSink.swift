import Crypto
import Glibc
import Records

/// Bytes on their way into a new file: buffered, counted, and hashed as they leave.
///
/// Appending never throws, so that writing a cell costs nothing more than copying it: once the system refuses to take a
/// full buffer, what follows is dropped, and `check()` (which the end of each row calls) and the closing of the file throw.
package struct FileSink: ~Copyable {
    /// Data rows so far; `nil` until the first one, and for files that have none.
    package private(set) var rows: Int?
    package private(set) var bytes = 0
    /// Cells of the row being written, and whether all of them are empty: see `endRow()`.
    var cellsInRow = 0
    var rowIsEmpty = true

    private let path: String
    /// `nil`: the bytes are hashed and go nowhere.
    private let descriptor: Int32?
    private let buffer: UnsafeMutableRawBufferPointer
    /// Bytes in the buffer.
    private var used = 0
    private var failure: Failure?
    private var hash = SHA256()

    private static let capacity = 1 << 18

    /// Makes the file, and the folders between `root` and it. Mode 0600.
    init(path: String, root: String) throws {
        var end = path.utf8.index(path.startIndex, offsetBy: root.utf8.count + 1)
        while let slash = path[end...].firstIndex(of: "/") {
            try makeFolder(String(path[..<slash]))
            end = path.index(after: slash)
        }
        let descriptor = retryingInterrupts {
            open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(0o600))
        }
        guard descriptor >= 0 else { throw storageFailure(errno, path) }
        self.path = path
        self.descriptor = descriptor
        buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.capacity, alignment: 16)
    }

    /// Hashes and counts, and writes nothing.
    init(hashing name: String) {
        path = name
        descriptor = nil
        buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.capacity, alignment: 16)
    }

    deinit {
        buffer.deallocate()
        guard let descriptor else { return }
        _ = Glibc.close(descriptor)
    }

    package mutating func append(_ byte: UInt8) {
        if used == buffer.count { flush() }
        buffer[used] = byte
        used &+= 1
    }

    package mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        var rest = UnsafeRawBufferPointer(text)
        while rest.count > buffer.count - used {
            let fitting = buffer.count - used
            UnsafeMutableRawBufferPointer(rebasing: buffer[used...]).copyMemory(from: .init(rebasing: rest[..<fitting]))
            used = buffer.count
            flush()
            rest = UnsafeRawBufferPointer(rebasing: rest[fitting...])
        }
        guard let source = rest.baseAddress, let target = buffer.baseAddress else { return }
        (target + used).copyMemory(from: source, byteCount: rest.count)
        used &+= rest.count
    }

    package mutating func append(_ text: [UInt8]) {
        text.withUnsafeBufferPointer { append($0) }
    }

    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Counts what was appended since the last row as a data row.
    mutating func countRow() {
        rows = (rows ?? 0) + 1
    }

    /// Says that the file is a table, so that one without rows counts 0.
    mutating func expectRows() {
        rows = rows ?? 0
    }

    /// Throws what the system said when it refused to take what was appended.
    package func check() throws {
        if let failure { throw failure }
    }

    /// The same at the end of a row, where somebody who asked to stop is heard too.
    package func checkRow() throws {
        try check()
        try Interruption.check()
    }

    private mutating func flush() {
        let full = UnsafeRawBufferPointer(rebasing: buffer[..<used])
        used = 0
        if failure != nil { return }
        var rest = full
        while let descriptor, !rest.isEmpty {
            let written = retryingInterrupts { write(descriptor, rest.baseAddress, rest.count) }
            guard written > 0 else {
                failure = storageFailure(written == 0 ? ENOSPC : errno, path)
                return
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
        hash.update(bufferPointer: full)
        bytes += full.count
    }

    /// Writes the rest, and returns when the system has it on disk.
    consuming func close() throws -> (rows: Int?, bytes: Int, sha256: String) {
        flush()
        try check()
        if let descriptor, retryingInterrupts({ fsync(descriptor) }) != 0 { throw storageFailure(errno, path) }
        return (rows, bytes, Hex.text(hash.finalize()))
    }

    consuming func abandon() {
        if descriptor != nil { unlink(path) }
    }
}
