import Foundation
import Records

/// The right to write to a workspace: an advisory lock on its file `lock`, which names the holder. The system lets go of
/// it when the process ends, however it ends.
final class WorkspaceLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `E-WS-001` when somebody else still has it after `patience`.
    init(directory: String, patience: Duration, file: String = "lock") throws {
        let path = directory + "/" + file
        descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StorageFailure.unusable(path, reason: String(cString: strerror(errno))) }

        let deadline = ContinuousClock.now + patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let reason = errno
            guard reason == EWOULDBLOCK || reason == EINTR else {
                close(descriptor)
                throw StorageFailure.unusable(path, reason: String(cString: strerror(reason)))
            }
            if ContinuousClock.now >= deadline {
                let holder = Self.holder(descriptor)
                close(descriptor)
                throw Failure(
                    .busy, code: "E-WS-001",
                    Text(
                        en: "the workspace is in use by \(holder.isEmpty ? "another process" : holder)",
                        zh: "工作区正被\(holder.isEmpty ? "另一个进程" : " \(holder) ")使用"),
                    at: Place(file: directory),
                    advice: Text(en: "try again when it is done", zh: "请等其结束后重试"))
            }
            usleep(50_000)
        }
        let holder = Array("process \(getpid()) on \(ProcessInfo.processInfo.hostName)\n".utf8)
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, holder, holder.count, 0) }
    }

    deinit {
        close(descriptor)
    }

    private static func holder(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        // The host name is another process's text: shown only as far as it is plain.
        return String(decoding: bytes.prefix(max(0, count)).filter { (32..<127).contains($0) }, as: UTF8.self)
    }
}
