import Glibc
import Records

/// A file that is being written: under a name ending in `.part` until `finish`, so that a file of the final name is
/// always whole. What is not finished is removed. The descriptor lives as long as this object.
final class OutputFile {
    static let partSuffix = ".part"

    private let path: String
    private var descriptor: Int32
    private var buffer: Bytes = []
    private var encoder: GB18030Encoder?
    private static let flushSize = 1 << 18

    init(_ path: String, encoding: TextEncoding = .utf8) throws {
        self.path = path
        descriptor = open(path + Self.partSuffix, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure(path) }
        buffer.reserveCapacity(Self.flushSize + 4096)
        switch encoding {
        case .utf8: break
        case .utf8WithMark: buffer = [0xEF, 0xBB, 0xBF]
        case .gb18030: encoder = try GB18030Encoder()
        }
    }

    deinit {
        if descriptor >= 0 {
            close(descriptor)
            unlink(path + Self.partSuffix)
        }
    }

    func append(_ bytes: some Collection<UInt8>) { buffer.append(contentsOf: bytes) }

    func append(_ text: String) { buffer.append(text) }

    /// Ends a row. Call it often enough: bytes go to the disk only here, so that no character is cut in two.
    func endRow(_ terminator: Bytes) throws {
        buffer.append(contentsOf: terminator)
        if buffer.count >= Self.flushSize { try flush() }
    }

    /// Gives the file its final name.
    func finish() throws {
        try flush()
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw Self.failure(path) }
        let isClosed = close(descriptor) == 0
        descriptor = -1
        guard isClosed, rename(path + Self.partSuffix, path) == 0 else {
            let failure = Self.failure(path)
            unlink(path + Self.partSuffix)
            throw failure
        }
    }

    private func flush() throws {
        let encoded = try encoder?.encode(buffer) ?? buffer
        buffer.removeAll(keepingCapacity: true)
        var start = 0
        while start < encoded.count {
            let written = encoded[start...].withUnsafeBytes {
                write(descriptor, $0.baseAddress, $0.count)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Self.failure(path) }
            start += written
        }
    }

    private static func failure(_ path: String) -> Failure {
        let reason = String(cString: strerror(errno))
        return Failure(
            .storage, code: "E-SYN-005",
            Text(en: "cannot write: \(reason)", zh: "无法写入：\(reason)"), at: Place(file: path),
            advice: Text(
                en: "Check the permissions of the folder and the free space.", zh: "请检查文件夹权限与剩余空间。"))
    }
}
