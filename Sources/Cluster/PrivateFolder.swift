import Foundation
import Glibc
import Records

/// Folders and files that only their owner may look into.
enum PrivateFolder {
    /// 0700, with those above it.
    static func make(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// 0600.
    static func write(_ data: Data, to path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
    }

    /// A new folder for this process. Those that processes left that are gone, as after a loss of power, go.
    ///
    /// - Parameter name: begins the name of the folder; then follow this machine and the process.
    static func make(named name: String, in folder: String) throws -> String {
        let name = name + host + "-"
        for entry in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where entry.hasPrefix(name) {
            guard let process = pid_t(entry.dropFirst(name.count)) else { continue }
            let isThere = process != getpid() && (kill(process, 0) == 0 || errno != ESRCH)
            if !isThere { try? FileManager.default.removeItem(atPath: folder + "/" + entry) }
        }
        let path = folder + "/" + name + "\(getpid())"
        // One that is there already is somebody else's.
        guard mkdir(path, 0o700) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        return path
    }

    /// On this machine, for what a process of Spark needs.
    static func scratch() throws -> String {
        try make(
            named: "qingku-spark-", in: URL(fileURLWithPath: NSTemporaryDirectory()).standardizedFileURL.path)
    }

    /// 64 hex digits that nobody can guess.
    static func secret() -> String { Hex.text((0..<32).map { _ in UInt8.random(in: 0...255) }) }

    /// Other machines may see the folder, too, and have processes with the same numbers.
    private static var host: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    /// Keeps a folder for this process until it ends.
    ///
    /// - Returns: false when another process has it.
    static func lock(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        return descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }
}
