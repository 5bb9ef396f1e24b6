import Crypto

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Bytes on their way into a new file: buffered, counted, and hashed as they leave.
///
/// Appending never fails; `endRow()` and `flushIfFull()` hand full buffers to the system and report what it says.
package struct FileSink: ~Copyable {
    /// Data rows so far; `nil` until the first one, and for files that have none.
    package private(set) var rows: Int?
    package private(set) var bytes = 0
    /// Cells of the row being written, and whether all of them are empty: see `endRow()`.
    var cellsInRow = 0
    var rowIsEmpty = true

    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
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
        buffer.reserveCapacity(Self.capacity + 4096)
    }

    deinit {
        #if canImport(Darwin)
            _ = Darwin.close(descriptor)
        #else
            _ = Glibc.close(descriptor)
        #endif
    }

    package mutating func append(_ byte: UInt8) {
        buffer.append(byte)
    }

    package mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
        buffer.append(contentsOf: text)
    }

    package mutating func append(_ text: some Sequence<UInt8>) {
        buffer.append(contentsOf: text)
    }

    package mutating func append(_ text: String) {
        buffer.append(contentsOf: text.utf8)
    }

    package mutating func append(_ text: StaticString) {
        buffer.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Counts what was appended since the last row as a data row.
    mutating func countRow() {
        rows = (rows ?? 0) + 1
    }

    /// Says that the file is a table, so that one without rows counts 0.
    mutating func expectRows() {
        rows = rows ?? 0
    }

    package mutating func flushIfFull() throws {
        if buffer.count >= Self.capacity { try flush() }
    }

    private mutating func flush() throws {
        let (path, descriptor) = (path, descriptor)
        try buffer.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = retryingInterrupts {
                    write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                }
                guard written > 0 else { throw storageFailure(written == 0 ? ENOSPC : errno, path) }
                rest = rest.dropFirst(written)
            }
            hash.update(bufferPointer: bytes)
        }
        bytes += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes the rest, and returns when the system has it on disk.
    consuming func close() throws -> (rows: Int?, bytes: Int, sha256: String) {
        try flush()
        guard retryingInterrupts({ fsync(descriptor) }) == 0 else { throw storageFailure(errno, path) }
        return (rows, bytes, hexadecimal(hash.finalize()))
    }

    consuming func abandon() {
        unlink(path)
    }
}

private func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
