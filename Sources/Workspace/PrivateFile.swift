import Foundation
import Records

/// Files that only their owner may read, and that are on disk when the call returns.
package enum PrivateFile {
    /// Makes a file (0600) with these bytes; there must be none.
    ///
    /// - Throws: `E-WS-005`, and then there is no file.
    package static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let failure = failure(path)
                unlink(path)
                throw failure
            }
            start += count
        }
        guard fsync(descriptor) == 0 else {
            let failure = failure(path)
            unlink(path)
            throw failure
        }
        try synchronize((path as NSString).deletingLastPathComponent)
    }

    /// Makes the file where there is none; in any case only its owner may read it then.
    ///
    /// One that is there is not opened: whoever closes any descriptor of a file loses all POSIX locks that the process has on it
    /// (fcntl(2)), and SQLite of another process then takes itself for the last one at a database and removes its log.
    package static func touch(_ path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return
        }
        var status = stat()
        guard errno == EEXIST, stat(path, &status) == 0, access(path, R_OK | W_OK) == 0,
            status.st_mode & 0o777 == 0o600 || chmod(path, 0o600) == 0
        else { throw failure(path) }
    }

    /// Copies into a new file (0600).
    package static func copy(_ source: String, to path: String) throws {
        guard let input = FileHandle(forReadingAtPath: source) else { throw failure(source) }
        defer { try? input.close() }
        try write([], to: path)
        do {
            guard let output = FileHandle(forWritingAtPath: path) else { throw failure(path) }
            defer { try? output.close() }
            while let chunk = try input.read(upToCount: 1 << 20), !chunk.isEmpty { try output.write(contentsOf: chunk) }
            try output.synchronize()
        } catch {
            unlink(path)
            throw error is Failure
                ? error : StorageFailure.unusable(path, reason: error.localizedDescription)
        }
    }

    /// A file or a folder; returns when the system has it on disk.
    package static func synchronize(_ path: String) throws {
        let descriptor = open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(path) }
    }

    /// Gives the file its final name; what has that name is replaced in the same step.
    package static func rename(_ path: String, to name: String) throws {
        guard Foundation.rename(path, name) == 0 else { throw failure(name) }
        try synchronize((name as NSString).deletingLastPathComponent)
    }

    private static func failure(_ path: String) -> Failure {
        let error = errno
        if error == ENOSPC || error == EFBIG || error == EDQUOT {
            return Failure(
                .storage, code: "E-WS-006",
                Text(
                    en: "no space left, or a limit on the size of files was reached; nothing was changed",
                    zh: "磁盘空间不足或达到文件大小限制；未作任何改动"),
                at: Place(file: path), advice: Text(en: "make room and run again", zh: "请腾出空间后重新运行"))
        }
        return StorageFailure.unusable(path, reason: String(cString: strerror(error)))
    }
}
