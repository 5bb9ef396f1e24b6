import Foundation
package import Records

/// What came of a scheduled run, for people and programs elsewhere: counts, and names that the rule book gives. Nothing of any
/// record is in it, and no message of a failure, which may repeat what was read.
package struct Notice: Sendable, Encodable {
    package enum Event: String, Sendable, CaseIterable, Encodable {
        /// A run was published, or there was nothing new.
        case done
        /// A run stopped with a failure.
        case failed
        /// A run was not published: it moved further than the rule book allows.
        case held
        /// A run was published although something moved further than the rule book allows.
        case alarm

        package var title: Text {
            switch self {
            case .done: Text(en: "done", zh: "已完成")
            case .failed: Text(en: "failed", zh: "失败")
            case .held: Text(en: "held back", zh: "暂不发布")
            case .alarm: Text(en: "done, with alarms", zh: "已完成，有警报")
            }
        }
    }

    package struct Alarm: Sendable, Encodable {
        /// Key of `alarms:`.
        package let alarm: String
        package let measured: Double
        package let limit: Double

        package init(alarm: String, measured: Double, limit: Double) {
            (self.alarm, self.measured, self.limit) = (alarm, measured, limit)
        }
    }

    let schema = 1
    package let event: Event
    /// Title of the registry in the rule book, and what tells registries apart.
    package let registry: String
    package let registryID: String
    package let schedule: String
    /// `done`, `unchanged`, `held`, `failed`, `abandoned`.
    package let outcome: String
    /// UTC, ISO 8601, to the second.
    package let planned: String
    package let finished: String
    /// Planned times before this one that passed without a run.
    package let missed: Int
    package let attempt: Int
    /// The newest run; `nil` before the first.
    package let run: Int?
    /// Code of the failure; `nil` without one.
    package let code: String?
    package let alarms: [Alarm]
    /// Of the workspace as it stands: `records`, `persons`, `pairs`, `errors`, …; `waiting` files that a watched folder held back.
    package let counts: [String: Int]
    let tool = Version.text

    enum CodingKeys: String, CodingKey {
        case schema, event, registry, schedule, outcome, planned, finished, missed, attempt, run, code, alarms, counts,
            tool
        case registryID = "registry_id"
    }

    package init(
        event: Event, registry: String, registryID: String, schedule: String, outcome: String, planned: String,
        finished: String, missed: Int, attempt: Int, run: Int?, code: String?, alarms: [Alarm], counts: [String: Int]
    ) {
        (self.event, self.registry, self.registryID) = (event, registry, registryID)
        (self.schedule, self.outcome, self.planned, self.finished) = (schedule, outcome, planned, finished)
        (self.missed, self.attempt, self.run, self.code) = (missed, attempt, run, code)
        (self.alarms, self.counts) = (alarms, counts)
    }

    /// One line, keys in order.
    package func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }

    /// For a subject line.
    package func title(_ language: Language) -> String {
        language(
            en: "Qingku: \(schedule) \(event.title.en) (\(registry))",
            zh: "清库：\(schedule) \(event.title.zh)（\(registry)）")
    }

    /// For the body of a letter.
    package func lines(_ language: Language) -> [String] {
        func say(_ en: String, _ zh: String) -> String { language(en: en, zh: zh) }
        var lines = [
            say("Schedule: \(schedule)", "计划：\(schedule)"), say("Planned: \(planned)", "计划时间：\(planned)"),
            say("Finished: \(finished)", "结束时间：\(finished)"),
            say("Result: \(event.title.en)", "结果：\(event.title.zh)"),
        ]
        if let run { lines.append(say("Newest run: \(run)", "最近一次运行：\(run)")) }
        if missed > 0 { lines.append(say("Missed before: \(missed)", "此前错过：\(missed)")) }
        if attempt > 1 { lines.append(say("Attempt: \(attempt)", "第几次尝试：\(attempt)")) }
        if let code { lines.append(say("Code: \(code)", "代码：\(code)")) }
        lines += alarms.map { alarm in
            say(
                "Alarm \(alarm.alarm): \(Self.shown(alarm.measured)), limit \(Self.shown(alarm.limit))",
                "警报 \(alarm.alarm)：\(Self.shown(alarm.measured))，限度 \(Self.shown(alarm.limit))")
        }
        lines += Self.countTitles.compactMap { key, title in
            counts[key].map { language(en: "\(title.en): \($0)", zh: "\(title.zh)：\($0)") }
        }
        return lines + [
            "", say("See “qingku schedule history \(schedule)”.", "详情见 qingku schedule history \(schedule)。"),
        ]
    }

    /// In the order of a letter.
    private static let countTitles: KeyValuePairs = [
        "records": Text(en: "Records", zh: "记录"), "persons": Text(en: "Persons", zh: "人员"),
        "pairs": Text(en: "Pairs to decide", zh: "待判定的记录对"), "approvals": Text(en: "To approve", zh: "待批准"),
        "errors": Text(en: "Open findings, errors", zh: "未解决的问题：错误"),
        "warnings": Text(en: "Open findings, warnings", zh: "未解决的问题：警告"),
        "hints": Text(en: "Open findings, hints", zh: "未解决的问题：提示"),
        "waiting": Text(en: "Files held back", zh: "暂未读取的文件"),
    ]

    private static func shown(_ number: Double) -> String {
        let thousandths = Int((number * 1_000).rounded())
        return "\(Double(thousandths) / 1_000)"
    }
}
