import Foundation

/// Kills of a command that writes to a workspace, at moments that are chosen by what it does.
enum Killing {
    enum Phase: CaseIterable {
        case before, during, after
    }

    /// Whether a process has a transaction open that writes, to the database or to the one that is to take its place.
    static func isWriting(_ workspace: String) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: workspace)) ?? []
        let staged = names.filter { $0.hasPrefix(".registry.sqlite.tmp-") }
        return ([workspace] + staged.map { workspace + "/" + $0 }).contains(where: hasWriter)
    }

    /// SQLite locks byte 120 of the shared index for it.
    private static func hasWriter(_ folder: String) -> Bool {
        let file = open(folder + "/registry.sqlite-shm", O_RDWR)
        guard file >= 0 else { return false }
        defer { close(file) }
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 120
        lock.l_len = 1
        return fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
    }

    /// When the longest transaction began and ended, and when the process did, in seconds.
    struct Times {
        var begin = 0.0
        var end = 0.0
        var whole = 0.0

        init(_ running: Tool.Running, _ workspace: String) {
            let start = Date()
            var since: Double?
            while running.process.isRunning {
                let now = Date().timeIntervalSince(start)
                if Killing.isWriting(workspace) {
                    since = since ?? now
                } else if let began = since {
                    if now - began > end - begin { (begin, end) = (began, now) }
                    since = nil
                }
                usleep(200)
            }
            whole = Date().timeIntervalSince(start)
        }
    }

    /// Kills it in the phase that is wanted, as far as can be seen from outside.
    ///
    /// - Returns: whether a transaction was open then.
    static func kill(_ running: Tool.Running, _ workspace: String, _ wanted: Phase, _ times: Times) -> Bool {
        func sleep(_ seconds: Double) { usleep(UInt32(max(0, seconds) * 1_000_000)) }
        let start = Date()
        func wait(until condition: () -> Bool) {
            while running.process.isRunning, Date().timeIntervalSince(start) < 4 * times.whole + 1, !condition() {
                usleep(100)
            }
        }
        let isNear = { Date().timeIntervalSince(start) > times.begin / 2 }
        switch wanted {
        case .before: sleep(.random(in: 0..<max(times.begin, 0.001)))
        case .during, .after:
            wait { isNear() && Killing.isWriting(workspace) }
            if wanted == .during {
                sleep(.random(in: 0..<max(0.000_1, (times.end - times.begin) * 0.8)))
            } else {
                wait { !Killing.isWriting(workspace) }
                sleep(.random(in: 0..<max(0.000_1, (times.whole - times.end) * 0.5)))
            }
        }
        let isWriting = Killing.isWriting(workspace)
        Foundation.kill(running.process.processIdentifier, SIGKILL)
        return isWriting
    }
}
