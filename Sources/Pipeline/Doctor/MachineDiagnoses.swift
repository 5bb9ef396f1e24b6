import Foundation
import Records

/// What of the machine has to be looked at: its limits, its memory, its clock.
enum MachineDiagnoses {
    static func all(_ now: Date) -> [Diagnosis] { [memory, files, clock(now)] }

    /// A clean-up of a million records takes about 650 MB.
    private static let leastMemory = 1_000_000_000

    private static var memory: Diagnosis {
        let title = Text(en: "memory", zh: "内存")
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let total = Int(clamping: ProcessInfo.processInfo.physicalMemory)
        // What the system would still give, and what a container or a unit allows.
        let limits = [
            number(ofLine: "MemAvailable:", in: "/proc/meminfo").map { $0 * 1_024 },
            number(inFile: "/sys/fs/cgroup/memory.max"), number(inFile: "/sys/fs/cgroup/memory/memory.limit_in_bytes"),
            limit(RLIMIT_AS),
        ]
        let usable = limits.compactMap { $0 }.min() ?? total
        let (free, all) = (Diagnosis.megabytes(min(usable, total)), Diagnosis.megabytes(total))
        let text = Text(
            en: "\(free) MB to use of \(all) MB, \(counted(cores, "core"))",
            zh: "可用 \(free) MB，共 \(all) MB，\(cores) 核")
        if usable >= leastMemory { return .ok("memory", title, text) }
        return .look(
            "memory", title, text,
            do: Text(
                en: "A clean-up of a million records takes about 650 MB; raise the limit, or close what else runs.",
                zh: "清理一百万条记录约需 650 MB 内存；请提高限制或关闭其他程序。"))
    }

    private static var files: Diagnosis {
        let title = Text(en: "file limits", zh: "文件限制")
        let handles = limit(RLIMIT_NOFILE)
        let size = limit(RLIMIT_FSIZE)
        let shown = handles.map { "\($0)" } ?? "∞"
        let text = Text(
            en: "\(shown) open files" + (size.map { ", at most \(Diagnosis.megabytes($0)) MB each" } ?? ""),
            zh: "可打开 \(shown) 个文件" + (size.map { "，每个最大 \(Diagnosis.megabytes($0)) MB" } ?? ""))
        if let handles, handles < 512 {
            return .look(
                "file-limits", title, text,
                do: Text(
                    en: "The desk wants 512 for its visitors: ulimit -n 1024.", zh: "审核平台需要至少 512 个：ulimit -n 1024。"))
        }
        if size != nil {
            return .look(
                "file-limits", title, text,
                do: Text(
                    en: "A database grows beyond such a limit: ulimit -f unlimited.",
                    zh: "数据库可能超出该限制：ulimit -f unlimited。"))
        }
        return .ok("file-limits", title, text)
    }

    private static func clock(_ now: Date) -> Diagnosis {
        let zone = TimeZone.current
        let seconds = zone.secondsFromGMT(for: now)
        let local = now.addingTimeInterval(Double(seconds)).formatted(.iso8601).dropLast(4).replacing("T", with: " ")
        let sign = seconds < 0 ? "-" : "+"
        let offset = "\(sign)\(abs(seconds) / 3_600):\(abs(seconds) / 60 % 60 < 10 ? "0" : "")\(abs(seconds) / 60 % 60)"
        let text = "\(zone.identifier) (UTC\(offset)), \(local)"
        return .ok("time-zone", Text(en: "time zone", zh: "时区"), Text(en: text, zh: text))
    }

    /// `nil` for none.
    private static func limit(_ kind: __rlimit_resource) -> Int? {
        var limits = rlimit()
        guard getrlimit(numericCast(kind.rawValue), &limits) == 0, limits.rlim_cur < UInt64(Int.max) else { return nil }
        return Int(limits.rlim_cur)
    }

    private static func number(inFile path: String) -> Int? {
        FileManager.default.contents(atPath: path).flatMap {
            Int(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    private static func number(ofLine name: String, in path: String) -> Int? {
        guard let text = FileManager.default.contents(atPath: path).map({ String(decoding: $0, as: UTF8.self) }) else {
            return nil
        }
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
}
