import Foundation
import Notices
import Pipeline
import Records
import Reports

/// Schedules in words.
enum ScheduleText {
    /// By the clock of the schedule: `2026-11-23 02:00`.
    static func time(_ date: Date, _ zone: TimeZone) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        func padded(_ number: Int?, _ digits: Int) -> String {
            let text = String(number ?? 0)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2)) "
            + "\(padded(parts.hour, 2)):\(padded(parts.minute, 2))"
    }

    static func list(_ schedules: [Schedule], at now: Date, _ language: Language) -> [String] {
        func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }
        if schedules.isEmpty { return [say("There is no schedule.", "没有计划。")] }
        return schedules.flatMap { schedule -> [String] in
            var lines = ["\(schedule.name)  \(schedule.every)  \(schedule.zone.identifier)"]
            if let next = schedule.next(after: now) {
                lines.append("  " + say("next", "下次") + "  " + time(next, schedule.zone))
            } else {
                lines.append("  " + say("paused", "已暂停"))
            }
            if let last = schedule.tries.last {
                lines.append("  " + say("last", "上次") + "  " + self.line(last, schedule.zone, language))
            }
            lines.append("  " + say("rules", "规则") + "  " + schedule.rules)
            if let watch = schedule.watch { lines.append("  " + say("watch", "监视") + "  " + watch) }
            return lines
        }
    }

    static func history(_ tries: [ScheduleTry], _ zone: TimeZone, _ language: Language) -> [String] {
        if tries.isEmpty { return [Text(en: "It has not run yet.", zh: "尚未运行。")(language)] }
        return tries.map { line($0, zone, language) }
    }

    private static func line(_ made: ScheduleTry, _ zone: TimeZone, _ language: Language) -> String {
        func say(_ en: String, _ zh: String) -> String { Text(en: en, zh: zh)(language) }
        var parts = [time(made.planned, zone), made.outcome.title(language)]
        if let run = made.run { parts.append(say("run \(run)", "第 \(run) 次运行")) }
        if made.attempt > 1 { parts.append(say("attempt \(made.attempt)", "第 \(made.attempt) 次尝试")) }
        if made.missed > 0 {
            parts.append(say("\(made.missed) missed before", "此前错过 \(made.missed) 次"))
        }
        if !made.code.isEmpty { parts.append("\(made.code) \(made.message(language))") }
        parts += made.waiting.map { $0(language) }
        parts += made.told.map { told($0, language) }
        return parts.joined(separator: "  ")
    }

    static func told(_ delivery: Delivery, _ language: Language) -> String {
        let way: Text =
            switch delivery.way {
            case .webhook: Text(en: "webhook", zh: "webhook")
            case .folder: Text(en: "mail folder", zh: "邮件文件夹")
            case .sendmail: Text(en: "sendmail", zh: "sendmail")
            }
        return delivery.isDelivered
            ? language(en: "told by \(way.en)", zh: "已通知（\(way.zh)）")
            : language(
                en: "not told by \(way.en): \(delivery.detail)", zh: "通知未送达（\(way.zh)）：\(delivery.detail)")
    }

    static func outcome(_ outcome: ScheduleRun.Outcome, _ language: Language) -> [String] {
        var lines = outcome.notices.map { "\(outcome.name): \($0(language))" }
        if let made = outcome.made {
            let run = made.run.map { Text(en: " (run \($0))", zh: "（第 \($0) 次运行）")(language) } ?? ""
            lines.append("\(outcome.name): \(made.outcome.title(language))\(run)")
            lines += made.told.filter { !$0.isDelivered }.map { "  " + told($0, language) }
        }
        if let failure = outcome.failure {
            lines.append("  \(failure.code) \(failure.message(language))")
            if let advice = failure.advice { lines.append("  \(advice(language))") }
        }
        return lines
    }

    struct Line: Encodable {
        let name: String
        let every: String
        let zone: String
        let state: String
        let rules: String
        let watch: String?
        let next: String?
        let last: TryLine?

        init(_ schedule: Schedule, at now: Date) {
            (name, every, zone) = (schedule.name, schedule.every, schedule.zone.identifier)
            (state, rules, watch) = (schedule.state.rawValue, schedule.rules, schedule.watch)
            next = schedule.next(after: now)?.formatted(.iso8601)
            last = schedule.tries.last.map { TryLine($0, .english) }
        }
    }

    struct TryLine: Encodable {
        let planned: String
        let finished: String
        let outcome: String
        let run: Int?
        let attempt: Int
        let missed: Int
        let code: String?
        let message: String?
        let retryAt: String?
        let waiting: [String]
        let told: [Way]

        struct Way: Encodable {
            let way: String
            let delivered: Bool
            let detail: String
            let tries: Int
        }

        init(_ made: ScheduleTry, _ language: Language) {
            (planned, finished) = (made.planned.formatted(.iso8601), made.finished.formatted(.iso8601))
            (outcome, run, attempt, missed) = (made.outcome.rawValue, made.run, made.attempt, made.missed)
            code = made.code.isEmpty ? nil : made.code
            message = made.code.isEmpty ? nil : made.message(language)
            retryAt = made.retryAt?.formatted(.iso8601)
            waiting = made.waiting.map { $0(language) }
            told = made.told.map {
                Way(way: $0.way.rawValue, delivered: $0.isDelivered, detail: $0.detail, tries: $0.tries)
            }
        }

        enum CodingKeys: String, CodingKey {
            case planned, finished, outcome, run, attempt, missed, code, message, waiting, told
            case retryAt = "retry_at"
        }
    }
}
