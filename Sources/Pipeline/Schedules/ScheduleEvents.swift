import Foundation
import Notices
import Reconciliation
import Records
import Reports
import Workspace

/// Schedules as events of the trail: what they are follows from what was said of them, in order.
enum ScheduleEvents {
    static let types = [
        "schedule.set", "schedule.paused", "schedule.resumed", "schedule.removed", "schedule.ran", "notice.sent",
    ]

    static func set(_ schedule: Schedule) -> AuditEntry {
        AuditEntry(
            type: "schedule.set", subjects: ["schedule:\(schedule.name)"],
            payload: [
                "by": .text(schedule.by), "every": .text(schedule.every), "rules": .text(schedule.rules),
                "settle": .integer(schedule.settle), "watch": .text(schedule.watch ?? ""),
                "zone": .text(schedule.zone.identifier),
            ])
    }

    /// - Parameter verb: `paused`, `resumed`, `removed`.
    static func changed(_ name: String, _ verb: String, by: String) -> AuditEntry {
        AuditEntry(type: "schedule.\(verb)", subjects: ["schedule:\(name)"], payload: ["by": .text(by)])
    }

    static func ran(_ name: String, _ made: ScheduleTry) -> AuditEntry {
        AuditEntry(
            type: "schedule.ran", subjects: ["schedule:\(name)"] + (made.run.map { ["run:\($0)"] } ?? []),
            payload: [
                "alarms": .array(
                    made.alarms.map { alarm in
                        [
                            "alarm": .text(alarm.name), "limit": .text("\(alarm.limit)"),
                            "measured": .text("\(alarm.measured)"), "text": .text(alarm.text.en),
                            "text_zh": .text(alarm.text.zh),
                        ]
                    }),
                "attempt": .integer(made.attempt), "code": .text(made.code), "message": .text(made.message.en),
                "message_zh": .text(made.message.zh), "missed": .integer(made.missed),
                "outcome": .text(made.outcome.rawValue), "owes_notice": .bool(made.owesNotice),
                "planned": .text(ScheduleTime.text(made.planned)),
                "retry_at": .text(made.retryAt.map(ScheduleTime.text) ?? ""), "run": .integer(made.run ?? 0),
                "waiting": .array(made.waiting.map { ["en": .text($0.en), "zh": .text($0.zh)] }),
            ])
    }

    /// What was told of the last try.
    static func told(_ name: String, _ event: Notice.Event, _ deliveries: [Delivery]) -> AuditEntry {
        AuditEntry(
            type: "notice.sent", subjects: ["schedule:\(name)"],
            payload: [
                "event": .text(event.rawValue),
                "ways": .array(
                    deliveries.map {
                        [
                            "delivered": .bool($0.isDelivered), "detail": .text($0.detail), "tries": .integer($0.tries),
                            "way": .text($0.way.rawValue),
                        ]
                    }),
            ])
    }

    private struct Told: Decodable {
        struct Way: Decodable {
            let delivered: Bool
            let detail: String
            let tries: Int
            let way: String
        }

        let ways: [Way]
    }

    private struct Definition: Decodable {
        let by: String
        let every: String
        let rules: String
        let settle: Int
        let watch: String
        let zone: String
    }

    private struct Made: Decodable {
        let alarms: [GivenAlarm]
        let attempt: Int
        let code: String
        let message: String
        let chinese: String
        let missed: Int
        let outcome: String
        let owesNotice: Bool
        let planned: String
        let retryAt: String
        let run: Int
        let waiting: [Waiting]

        struct Waiting: Decodable {
            let en: String
            let zh: String
        }

        struct GivenAlarm: Decodable {
            let alarm: String
            let limit: String
            let measured: String
            let text: String
            let chinese: String

            enum CodingKeys: String, CodingKey {
                case alarm, limit, measured, text
                case chinese = "text_zh"
            }

            var alarmOfRun: Alarm? {
                guard let measured = Double(measured), let limit = Double(limit) else { return nil }
                return Alarm(name: alarm, measured: measured, limit: limit, text: Text(en: text, zh: chinese))
            }
        }

        enum CodingKeys: String, CodingKey {
            case alarms, attempt, code, message, missed, outcome, planned, run, waiting
            case chinese = "message_zh"
            case owesNotice = "owes_notice"
            case retryAt = "retry_at"
        }
    }

    /// By name.
    static func all(_ store: WorkspaceStore) throws -> [Schedule] {
        var schedules: [String: Schedule] = [:]
        var filter = WorkspaceStore.EventFilter()
        filter.types = types
        try store.forEachEvent(filter) { recorded in
            guard let payload = recorded.payload,
                let name = recorded.event.subjects.lazy.compactMap({ subject in
                    subject.hasPrefix("schedule:") ? String(subject.dropFirst("schedule:".count)) : nil
                }).first, let time = ScheduleTime.date(recorded.event.time)
            else { return }
            let body = Data(payload.body)
            switch recorded.event.type {
            case "schedule.set":
                guard let said = try? JSONDecoder().decode(Definition.self, from: body),
                    let timetable = try? Timetable(said.every), let zone = TimeZone(identifier: said.zone)
                else { return }
                schedules[name] = Schedule(
                    name: name, every: said.every, timetable: timetable, zone: zone, rules: said.rules,
                    watch: said.watch.isEmpty ? nil : said.watch, settle: said.settle, since: time, by: said.by,
                    tries: schedules[name]?.tries ?? [])
            case "schedule.paused": schedules[name]?.state = .paused
            case "schedule.resumed":
                schedules[name]?.state = .active
                schedules[name]?.since = time
            case "schedule.removed": schedules[name] = nil
            case "notice.sent":
                guard let told = try? JSONDecoder().decode(Told.self, from: body), let schedule = schedules[name],
                    !schedule.tries.isEmpty
                else { return }
                schedules[name]?.tries[schedule.tries.count - 1].told = told.ways.compactMap { way in
                    Delivery.Way(rawValue: way.way).map {
                        Delivery($0, isDelivered: way.delivered, tries: way.tries, detail: way.detail)
                    }
                }
            default:
                guard let made = try? JSONDecoder().decode(Made.self, from: body),
                    let outcome = ScheduleTry.Outcome(rawValue: made.outcome),
                    let planned = ScheduleTime.date(made.planned)
                else { return }
                schedules[name]?.tries.append(
                    ScheduleTry(
                        planned: planned, finished: time, missed: made.missed, attempt: made.attempt,
                        outcome: outcome, run: made.run == 0 ? nil : made.run, code: made.code,
                        message: Text(en: made.message, zh: made.chinese),
                        retryAt: ScheduleTime.date(made.retryAt),
                        waiting: made.waiting.map { Text(en: $0.en, zh: $0.zh) },
                        alarms: made.alarms.compactMap(\.alarmOfRun), owesNotice: made.owesNotice))
            }
        }
        return schedules.values.sorted { $0.name < $1.name }
    }
}

/// Times of the trail: UTC, ISO 8601, to the second.
enum ScheduleTime {
    static func text(_ date: Date) -> String { date.formatted(.iso8601) }

    static func date(_ text: String) -> Date? { try? Date(text, strategy: .iso8601) }
}
