import Foundation
import Notices
import Pipeline
import Records
import Reports

/// Where a workspace stands, on one screen of 80 by 24.
struct StatusText {
    let status: WorkspaceStatus
    let language: Language

    private static let width = 80
    /// Schedules that are shown; for the rest there is `schedule list`.
    private static let mostSchedules = 4

    var lines: [String] {
        var lines = [status.title.isEmpty ? status.workspace : status.title, ""]
        lines += part("workspace", "工作区", workspace)
        lines += part("last run", "上次运行", [lastRun])
        lines += part("schedules", "计划", schedules)
        if let work = status.work { lines += part("open work", "待办", self.work(work)) }
        lines += part("backup", "备份", [past(status.backup, none: say("none yet", "尚无"))])
        lines += part("verified", "核验", [past(status.verified, none: say("not yet", "尚未"))])
        lines.append("")
        let shown = lines.map { clipped(Console.harmless($0), columns: Self.width) }
        // A command is not cut: it is there to be copied.
        return shown + [Console.harmless(say("Next: ", "下一步：") + status.next)]
    }

    private func say(_ en: String, _ zh: String) -> String { language(en: en, zh: zh) }

    /// The label before the first line, blanks before the others.
    private func part(_ en: String, _ zh: String, _ lines: [String]) -> [String] {
        let label = say(en, zh)
        return lines.enumerated().map { index, line in
            let head = index == 0 ? label : ""
            return head + String(repeating: " ", count: max(1, 11 - displayWidth(head))) + line
        }
    }

    private var workspace: [String] {
        let free = status.free.map { say(", \(Self.bytes($0)) free", "，剩余 \(Self.bytes($0))") } ?? ""
        let size = Self.bytes(status.size) + free
        // A long path gets a line of its own.
        return displayWidth(status.workspace) > 40 ? [status.workspace, size] : ["\(status.workspace)  \(size)"]
    }

    private var lastRun: String {
        guard let run = status.lastRun else { return say("none yet", "尚无") }
        let time = ScheduleText.time(run.finished, .current)
        return say(
            "\(run.id), \(time): \(counted(run.records, "record")), \(counted(run.persons, "person"))",
            "第 \(run.id) 次，\(time)：记录 \(run.records.grouped) 条，人员 \(run.persons.grouped) 人")
    }

    private var schedules: [String] {
        if status.schedules.isEmpty { return [say("none", "无")] }
        // What needs somebody comes first.
        let troubled = Set(status.troubled.map(\.name))
        func rank(_ schedule: Schedule) -> Int {
            troubled.contains(schedule.name) ? 0 : status.overdue(schedule) != nil ? 1 : 2
        }
        let ordered = status.schedules.sorted { (rank($0), $0.name) < (rank($1), $1.name) }
        let more = ordered.count - Self.mostSchedules
        return ordered.prefix(Self.mostSchedules).flatMap(schedule)
            + (more > 0 ? [say("and \(more) more: qingku schedule list", "另有 \(more) 个：qingku schedule list")] : [])
    }

    private func schedule(_ schedule: Schedule) -> [String] {
        var first = "\(schedule.name)  "
        if schedule.state == .paused {
            first += say("paused", "已暂停")
        } else if let due = status.overdue(schedule) {
            let since = ScheduleText.time(due.planned, schedule.zone)
            first += say("due since \(since), not carried out", "\(since) 到期，尚未执行")
            if due.missed > 0 { first += say("; \(due.missed) missed before", "；此前错过 \(due.missed) 次") }
        } else if let next = schedule.next(after: status.now) {
            let time = ScheduleText.time(next, schedule.zone)
            first += say("next \(time)", "下次 \(time)") + " " + schedule.zone.identifier
        }
        guard let last = schedule.tries.last else { return [first] }
        var second = "  " + say("last", "上次") + " " + ScheduleText.time(last.planned, schedule.zone)
        second += " " + last.outcome.title(language)
        if let run = last.run { second += say(" (run \(run))", "（第 \(run) 次运行）") }
        if last.missed > 0 {
            second += say(", caught up \(last.missed) missed", "，补上错过的 \(last.missed) 次")
        }
        return [first, second] + (last.code.isEmpty ? [] : ["  \(last.code) \(last.message(language))"])
            + last.told.filter { !$0.isDelivered }.prefix(1).map { "  " + ScheduleText.told($0, language) }
    }

    private func work(_ work: WorkspaceStatus.Work) -> [String] {
        let (errors, warnings) = (work.findings[.error] ?? 0, work.findings[.warning] ?? 0)
        let hints = work.findings[.info] ?? 0
        var lines = [
            say(
                "\(counted(work.pairs, "pair")) to decide, \(work.approvals) to approve, \(work.words) said since the run",
                "待判定 \(work.pairs.grouped) 对，待批准 \(work.approvals) 项，运行后新结论 \(work.words) 项"),
            say(
                "open findings by severity: \(errors.grouped) error, \(warnings.grouped) warning, \(hints.grouped) info",
                "未处理发现（按程度）：严重 \(errors.grouped)，注意 \(warnings.grouped)，提示 \(hints.grouped)"),
        ]
        if work.proposals > 0 {
            lines.append(
                say(
                    "\(work.proposals.grouped) of them propose a value", "其中 \(work.proposals.grouped) 项给出建议值"))
        }
        return lines
    }

    private func past(_ past: WorkspaceStatus.Past?, none: String) -> String {
        guard let past else { return none }
        let time = ScheduleText.time(past.time, .current)
        let faults =
            past.problems == 0
            ? "" : say(", \(counted(past.problems, "problem")) found", "，发现 \(past.problems) 处问题")
        return time + faults
            + say(", \(counted(past.eventsSince, "event")) since", "，此后事件 \(past.eventsSince.grouped) 个")
    }

    /// `12.4 MB`: powers of ten, as disks are sold.
    static func bytes(_ count: Int) -> String {
        let units = ["bytes", "kB", "MB", "GB", "TB"]
        var (value, unit) = (Double(count), 0)
        while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1_000, unit + 1) }
        return unit == 0 ? "\(count) bytes" : decimal(value, value < 99.95 ? 1 : 0) + " " + units[unit]
    }
}

extension StatusText {
    /// As `--json` prints it.
    struct Report: Encodable {
        struct Run: Encodable {
            let run: Int
            let finished: String
            let records: Int
            let persons: Int
        }

        struct Work: Encodable {
            let pairs: Int
            let errors: Int
            let warnings: Int
            let hints: Int
            let proposals: Int
            let approvals: Int
            let words: Int
        }

        struct Past: Encodable {
            let time: String
            let eventsSince: Int
            let problems: Int?

            enum CodingKeys: String, CodingKey {
                case time, problems
                case eventsSince = "events_since"
            }
        }

        let schema = 1
        let workspace: String
        let registry: String
        let lastRun: Run?
        let schedules: [ScheduleText.Line]
        let overdue: [String]
        let openWork: Work?
        let backup: Past?
        let verified: Past?
        let bytes: Int
        let freeBytes: Int?
        let next: String

        enum CodingKeys: String, CodingKey {
            case schema, workspace, registry, schedules, overdue, backup, verified, bytes, next
            case lastRun = "last_run"
            case openWork = "open_work"
            case freeBytes = "free_bytes"
        }

        init(_ status: WorkspaceStatus) {
            (workspace, registry, next) = (status.workspace, status.title, status.next)
            lastRun = status.lastRun.map {
                Run(run: $0.id, finished: $0.finished.formatted(.iso8601), records: $0.records, persons: $0.persons)
            }
            schedules = status.schedules.map { ScheduleText.Line($0, at: status.now) }
            overdue = status.schedules.filter { status.overdue($0) != nil }.map(\.name)
            openWork = status.work.map {
                Work(
                    pairs: $0.pairs, errors: $0.findings[.error] ?? 0, warnings: $0.findings[.warning] ?? 0,
                    hints: $0.findings[.info] ?? 0, proposals: $0.proposals, approvals: $0.approvals, words: $0.words)
            }
            backup = status.backup.map {
                Past(time: $0.time.formatted(.iso8601), eventsSince: $0.eventsSince, problems: nil)
            }
            verified = status.verified.map {
                Past(time: $0.time.formatted(.iso8601), eventsSince: $0.eventsSince, problems: $0.problems)
            }
            (bytes, freeBytes) = (status.size, status.free)
        }
    }
}
