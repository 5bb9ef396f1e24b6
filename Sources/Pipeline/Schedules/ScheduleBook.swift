package import Foundation
import Records
import Reports
import Rules
import Workspace

/// The schedules of a workspace: what people say of them. All of it is in the audit trail.
package enum ScheduleBook {
    package struct Addition: Sendable {
        package var name: String
        package var every: String
        package var rules: String
        package var watch: String?
        /// An identifier of the time zone database; `nil`: the machine's.
        package var zone: String?
        /// Seconds.
        package var settle: Int

        package init(name: String, every: String, rules: String, watch: String?, zone: String?, settle: Int) {
            (self.name, self.every, self.rules, self.watch) = (name, every, rules, watch)
            (self.zone, self.settle) = (zone, settle)
        }
    }

    /// By name. Empty for a workspace that is not there yet.
    package static func all(_ workspace: String) throws -> [Schedule] {
        guard WorkspaceStore.exists(at: workspace) else { return [] }
        return try ScheduleEvents.all(try WorkspaceStore.openReadOnly(directory: workspace))
    }

    /// Adds one, or puts it in the place of one of the same name. Makes the workspace where there is none.
    ///
    /// - Throws: `E-SCH-001` to `E-SCH-005` for what cannot be; `RuleBookErrors`.
    @discardableResult
    package static func add(_ addition: Addition, to workspace: String, by actor: String, now: Date) throws -> Schedule
    {
        let isPlain = addition.name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
        }
        guard isPlain, !addition.name.isEmpty, addition.name.count <= 40 else {
            throw Failure(
                .badInput, code: "E-SCH-002",
                Text(en: "“\(addition.name)” cannot be the name of a schedule", zh: "“\(addition.name)”不能用作计划名称"),
                advice: Text(en: "Use letters, digits, - and _, at most 40.", zh: "请使用字母、数字、- 和 _，最多 40 个。"))
        }
        let zoneName = addition.zone ?? TimeZone.current.identifier
        guard let zone = TimeZone(identifier: zoneName) else {
            throw Failure(
                .badInput, code: "E-SCH-004", Text(en: "there is no time zone “\(zoneName)”", zh: "没有时区“\(zoneName)”"),
                advice: Text(en: "Write it like Asia/Shanghai or Europe/Berlin.", zh: "请写作 Asia/Shanghai 之类。"))
        }
        let book = try RuleBook.load(path: addition.rules)
        let watch = addition.watch.map { absolute($0) }
        // Made and looked at now: a unit may not write where it lies.
        if let key = book.notify.webhook?.keyFile { _ = try PseudonymKey.load(key) }
        if let watch { _ = try WatchedFolder(watch, book, settle: addition.settle, now: now) }
        let schedule = Schedule(
            name: addition.name, every: addition.every, timetable: try Timetable(addition.every), zone: zone,
            rules: absolute(addition.rules), watch: watch, settle: addition.settle, since: now, by: actor)
        try commit(workspace, by: actor, now) { try $0.add(ScheduleEvents.set(schedule)) }
        return schedule
    }

    /// - Throws: `E-SCH-003`.
    package static func named(_ name: String, in workspace: String) throws -> Schedule {
        let all = try all(workspace)
        guard let schedule = all.first(where: { $0.name == name }) else { throw unknown(name, all) }
        return schedule
    }

    package enum Change: String, Sendable {
        case paused
        case resumed
        case removed
    }

    /// - Returns: false when it was so already.
    /// - Throws: `E-SCH-003`.
    package static func change(
        _ name: String, _ change: Change, in workspace: String, by actor: String, now: Date
    ) throws -> Bool {
        let schedule = try named(name, in: workspace)
        if change == .paused, schedule.state == .paused { return false }
        if change == .resumed, schedule.state == .active { return false }
        try commit(workspace, by: actor, now) {
            try $0.add(ScheduleEvents.changed(name, change.rawValue, by: actor))
        }
        return true
    }

    /// Rule books that cannot be read reach nothing.
    package static func reach(of workspace: String) throws -> ScheduleReach {
        let plans = try all(workspace).compactMap { try? RuleBook.load(path: $0.rules).notify }
        var reach = ScheduleReach()
        reach.needsNetwork = plans.contains { $0.needsNetwork }
        reach.folders = Set(plans.compactMap { $0.mail?.folder }.map { absolute($0) }).sorted()
        return reach
    }

    private static func commit(
        _ workspace: String, by actor: String, _ now: Date, _ body: (inout TrailCommit) throws -> Void
    ) throws {
        let store = try WorkspaceStore.open(directory: workspace)
        try TrailCommit.run(store, by: TrailCommit.Author(actor: actor, time: ScheduleTime.text(now)), body)
    }

    static func unknown(_ name: String, _ all: [Schedule]) -> Failure {
        let names = all.map(\.name)
        return Failure(
            .badInput, code: "E-SCH-003", Text(en: "there is no schedule “\(name)”", zh: "没有名为“\(name)”的计划"),
            advice: names.isEmpty
                ? Text(en: "Add one: qingku schedule add …", zh: "请先添加：qingku schedule add …")
                : Text(en: "There are: \(names.joined(separator: ", ")).", zh: "已有：\(names.joined(separator: "、"))。"))
    }

    private static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}

/// What scheduled runs reach beside their workspace.
package struct ScheduleReach: Sendable {
    package var needsNetwork = false
    /// Absolute, that letters are put into.
    package var folders: [String] = []

    package init() {}
}
