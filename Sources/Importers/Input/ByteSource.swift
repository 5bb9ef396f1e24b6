import Crypto
import Glibc
import Records

/// The bytes of one export in chunks, hashed as they pass. The only place of the importers that knows files.
final class ByteSource {
    /// Bytes read ahead to recognise format, encoding and dialect.
    static let headSize = 256 << 10

    let path: String
    /// The first bytes; `next` hands them out again.
    let head: [UInt8]
    /// Whether `head` is all there is.
    let isHeadAll: Bool
    /// Bytes handed out so far.
    private(set) var count = 0

    private enum Origin {
        case descriptor(Int32, isRegular: Bool)
        case memory([UInt8])
    }
    private let origin: Origin
    private let chunkSize: Int
    private var hash = SHA256()

    /// Opens a regular file or a pipe.
    init(path: String, chunkSize: Int = 256 << 10) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            defer { close(descriptor) }
            throw Self.unreadable(path, errno)
        }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFIFO else {
            close(descriptor)
            throw Failure(
                .badInput, code: "E-IMP-001",
                Text(en: "This is no file that can be read (a folder or a device).", zh: "这不是可读取的文件（是文件夹或设备）。"),
                at: Place(file: path), advice: Text(en: "Give the path of the export itself.", zh: "请给出导出文件本身的路径。"))
        }
        do {
            let head = try Self.read(descriptor, upTo: Self.headSize, path: path)
            self.path = path
            self.head = head
            self.isHeadAll = head.count < Self.headSize
            self.origin = .descriptor(descriptor, isRegular: kind == S_IFREG)
            self.chunkSize = min(chunkSize, 1 << 20)
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Bytes in memory; `path` is only shown in messages.
    init(_ bytes: [UInt8], path: String, chunkSize: Int = 256 << 10) {
        self.path = path
        self.head = Array(bytes.prefix(Self.headSize))
        self.isHeadAll = bytes.count <= Self.headSize
        self.origin = .memory(bytes)
        self.chunkSize = max(1, chunkSize)
    }

    deinit {
        if case .descriptor(let descriptor, _) = origin { close(descriptor) }
    }

    /// The next bytes, `nil` at the end.
    func next() throws -> [UInt8]? {
        try Interruption.check()
        let chunk: [UInt8]
        switch origin {
        case .memory(let bytes):
            chunk = Array(bytes[min(count, bytes.count)..<min(count + chunkSize, bytes.count)])
        case .descriptor(let descriptor, _):
            chunk = count == 0 ? head : isHeadAll ? [] : try Self.read(descriptor, upTo: chunkSize, path: path)
        }
        guard !chunk.isEmpty else { return nil }
        count += chunk.count
        chunk.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return chunk
    }

    /// Bytes further on, without moving what `next` gives; empty at the end, `nil` when the source cannot look ahead.
    func peek(at offset: Int) throws -> [UInt8]? {
        switch origin {
        case .memory(let bytes):
            return Array(bytes.dropFirst(offset).prefix(Self.headSize))
        case .descriptor(let descriptor, let isRegular):
            guard isRegular else { return nil }
            return try Self.read(descriptor, upTo: Self.headSize, at: off_t(offset), path: path)
        }
    }

    /// SHA-256 of the bytes handed out, hex.
    var sha256: String { Hex.text(hash.finalize()) }

    /// Reads until `size` bytes are there or the end is reached; from `offset` when one is given.
    private static func read(
        _ descriptor: Int32, upTo size: Int, at offset: off_t? = nil, path: String
    ) throws -> [UInt8] {
        var problem: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            while filled < size {
                guard let start = buffer.baseAddress?.advanced(by: filled) else { break }
                let got =
                    if let offset { pread(descriptor, start, size - filled, offset + off_t(filled)) } else {
                        Glibc.read(descriptor, start, size - filled)
                    }
                if got > 0 {
                    filled += got
                } else if got == 0 {
                    break
                } else if errno != EINTR {
                    problem = errno
                    break
                }
            }
        }
        guard problem == 0 else { throw unreadable(path, problem) }
        return bytes
    }

    private static func unreadable(_ path: String, _ problem: Int32) -> Failure {
        let reason = String(cString: strerror(problem))
        return Failure(
            .badInput, code: "E-IMP-001",
            Text(en: "The file cannot be read: \(reason).", zh: "无法读取文件：\(reason)。"), at: Place(file: path),
            advice: Text(
                en: "Look at the path in the rule book or on the command line, and at the rights of the file.",
                zh: "请检查规则文件或命令行中的路径，以及文件的访问权限。"))
    }
}
