import Foundation
import Glibc

/// A folder that a mail program takes letters from.
package struct MailFolder: Sendable {
    private let folder: String

    package init(_ folder: String) { self.folder = folder }

    /// Puts the letter there under its own name, whole or not at all. Its owner and group may read it.
    ///
    /// - Parameter name: without ending.
    package func put(_ letter: Letter, as name: String) -> Delivery {
        let path = "\(folder)/\(name).eml"
        let draft = "\(folder)/.\(name).eml.tmp-\(getpid())"
        do {
            // A mail program reads lines that end as the protocol has them.
            try write(Array(letter.text.replacing("\n", with: "\r\n").utf8), to: draft)
            guard rename(draft, path) == 0 else { throw Refusal(error: errno) }
            try synchronize(folder)
            return Delivery(.folder, isDelivered: true, tries: 1, detail: "\(name).eml")
        } catch {
            let reason = (error as? Refusal).map { String(cString: strerror($0.error)) } ?? "not written"
            unlink(draft)
            return Delivery(.folder, isDelivered: false, tries: 1, detail: reason)
        }
    }

    private struct Refusal: Error {
        let error: Int32
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else { throw Refusal(error: errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Refusal(error: count == 0 ? ENOSPC : errno) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw Refusal(error: errno) }
    }

    private func synchronize(_ folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Refusal(error: errno) }
        defer { close(descriptor) }
        _ = fsync(descriptor)
    }
}

/// A command that sends the letter it reads, such as `/usr/sbin/sendmail -i -t`. No shell is asked.
package struct Sendmail: Sendable {
    private let command: [String]
    /// Seconds.
    private let patience: Int

    /// - Parameter command: an absolute path and its arguments.
    package init(_ command: [String], patience: Int) {
        (self.command, self.patience) = (command, patience)
    }

    package func send(_ letter: Letter) -> Delivery {
        func not(_ detail: String) -> Delivery {
            Delivery(.sendmail, isDelivered: false, tries: 1, detail: detail)
        }
        guard let path = command.first else { return not("no command") }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = Array(command.dropFirst())
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": NSHomeDirectory()]
        let input = Pipe()
        process.standardInput = input
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        do { try process.run() } catch { return not("cannot be run") }
        // Shorter than what a pipe holds: a command that does not read cannot keep us.
        try? input.fileHandleForWriting.write(contentsOf: Data(letter.text.utf8))
        try? input.fileHandleForWriting.close()
        let end = Date().addingTimeInterval(Double(patience))
        while process.isRunning, Date() < end { usleep(20_000) }
        guard !process.isRunning else {
            process.terminate()
            usleep(200_000)
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            process.waitUntilExit()
            return not("timeout")
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
            ? Delivery(.sendmail, isDelivered: true, tries: 1, detail: "0") : not("status \(process.terminationStatus)")
    }
}
