import Foundation
import Reconciliation
import Records
import Workspace

/// What of a workspace has to be looked at: its disk, who may read it, its trail, its proofs, copies and schedules.
enum WorkspaceDiagnoses {
    static func all(_ workspace: String, _ now: Date) -> [Diagnosis] {
        let place = WorkspacePlace(directory: workspace)
        var diagnoses = [fileSystem(place), room(place), modes(place)]
        do {
            let store = try WorkspaceStore.openReadOnly(directory: workspace)
            let status = try WorkspaceStatus(workspace: workspace, clock: clock(now), now: now)
            diagnoses.append(try database(store, now))
            diagnoses.append(try key(store))
            diagnoses += [verified(status), backup(status)] + schedules(status)
        } catch {
            let failure = error as? Failure
            diagnoses.append(
                .bad(
                    "database", databaseTitle,
                    failure?.message ?? Text(en: "cannot be read (\(type(of: error)))", zh: "无法读取（\(type(of: error))）"),
                    do: failure?.advice ?? Text(en: "Restore a backup: qingku restore.", zh: "请恢复备份：qingku restore。")))
        }
        return diagnoses
    }

    /// Days after which a proof or a copy is old: a month and a few days.
    private static let month = 35.0

    private static let databaseTitle = Text(en: "database", zh: "数据库")

    private static func clock(_ now: Date) -> Clock {
        Clock(now: ScheduleTime.text(now), today: String(ScheduleTime.text(now).prefix(10)))
    }

    // MARK: Disk

    private static func fileSystem(_ place: WorkspacePlace) -> Diagnosis {
        let title = Text(en: "file system", zh: "文件系统")
        let type = place.fileSystem.isEmpty ? Text(en: "unknown", zh: "未知") : Text { _ in place.fileSystem }
        if place.isNetwork {
            return .bad(
                "file-system", title,
                Text(en: "\(type.en), over a network, where a database is not safe", zh: "\(type.zh)，网络文件系统，数据库在其中不安全"),
                do: Text(en: "Move the workspace to a local disk.", zh: "请把工作区移到本地磁盘。"))
        }
        return .ok("file-system", title, type)
    }

    private static func room(_ place: WorkspacePlace) -> Diagnosis {
        let title = Text(en: "disk", zh: "磁盘")
        let size = Diagnosis.megabytes(place.size)
        guard let free = place.free else {
            return .ok("disk", title, Text(en: "\(size) MB used", zh: "已用 \(size) MB"))
        }
        let text = Text(
            en: "\(size) MB used, \(Diagnosis.megabytes(free)) MB free",
            zh: "已用 \(size) MB，剩余 \(Diagnosis.megabytes(free)) MB")
        // A run writes its files beside those of the run before, and a backup is a second database.
        if free < max(1_000_000_000, 3 * place.databaseSize) {
            let advice = Text(
                en: "Make room: the next run and a backup want three times the database, and a gigabyte at least.",
                zh: "请腾出空间：下次运行和备份需要数据库三倍的空间，且至少 1 GB。")
            return free < 100_000_000
                ? .bad("disk", title, text, do: advice) : .look("disk", title, text, do: advice)
        }
        return .ok("disk", title, text)
    }

    private static func modes(_ place: WorkspacePlace) -> Diagnosis {
        let title = Text(en: "file modes", zh: "文件权限")
        if place.exposed.isEmpty {
            return .ok(
                "file-modes", title,
                Text(en: "folder, databases and keys are their owner's alone", zh: "文件夹、数据库和密钥仅所有者可访问"))
        }
        let list = place.exposed.prefix(3).map { "\($0.path) (\(String($0.mode, radix: 8)))" }.joined(separator: ", ")
        let commands = place.exposed.prefix(3).map { exposed in
            "chmod go= \(exposed.path)"
        }.joined(separator: "; ")
        return .bad(
            "file-modes", title,
            Text(en: "others may read or write \(list)", zh: "其他用户可访问 \(list)"),
            do: Text(en: commands, zh: commands))
    }

    // MARK: Trail

    private static func database(_ store: WorkspaceStore, _ now: Date) throws -> Diagnosis {
        let last = try store.lastEvent()
        let text = Text(
            en: "opens, \(counted(last?.sequence ?? 0, "event"))", zh: "可打开，事件 \(last?.sequence ?? 0) 个")
        // Order is by number, never by time; but retention and deadlines go by the clock.
        if let time = last.flatMap({ ScheduleTime.date($0.time) }), time.timeIntervalSince(now) > 300 {
            return .look(
                "database", databaseTitle,
                Text(
                    en: "\(text.en); the newest is of \(ScheduleTime.text(time)), which is yet to come",
                    zh: "\(text.zh)；最新事件的时间 \(ScheduleTime.text(time)) 尚未到来"),
                do: Text(en: "Set the clock of this machine.", zh: "请校准本机时钟。"))
        }
        return .ok("database", databaseTitle, text)
    }

    private static func key(_ store: WorkspaceStore) throws -> Diagnosis {
        let title = Text(en: "signing key", zh: "签名密钥")
        guard let known = try store.signingKeys().last else {
            return .ok("signing-key", title, Text(en: "none yet", zh: "尚无"))
        }
        do {
            _ = try TrailSigner(store)
            return .ok("signing-key", title, Text(en: known.file, zh: known.file))
        } catch let failure as Failure {
            return .bad(
                "signing-key", title, failure.message,
                do: failure.advice ?? Text(en: "Put the right file back.", zh: "请放回正确的文件。"))
        }
    }

    private static func verified(_ status: WorkspaceStatus) -> Diagnosis {
        let title = Text(en: "verification", zh: "核验")
        let command = "qingku audit verify --workspace \(status.workspace)"
        let advice = Text(en: "Run “\(command)”.", zh: "请运行 \(command)。")
        guard let past = status.verified else {
            return .look("verified", title, Text(en: "never", zh: "从未"), do: advice)
        }
        let text = said(past)
        if past.problems > 0 {
            return .bad(
                "verified", title,
                Text(
                    en: "\(text.en): \(counted(past.problems, "problem")) found",
                    zh: "\(text.zh)：发现 \(past.problems) 处问题"),
                do: advice)
        }
        return isOld(past, status) ? .look("verified", title, text, do: advice) : .ok("verified", title, text)
    }

    private static func backup(_ status: WorkspaceStatus) -> Diagnosis {
        let title = Text(en: "backup", zh: "备份")
        let command = "qingku backup --workspace \(status.workspace) --out FILE"
        let advice = Text(en: "Run “\(command)”.", zh: "请运行 \(command)。")
        guard let past = status.backup else {
            return .look("backup", title, Text(en: "none yet", zh: "尚无"), do: advice)
        }
        return isOld(past, status) ? .look("backup", title, said(past), do: advice) : .ok("backup", title, said(past))
    }

    private static func isOld(_ past: WorkspaceStatus.Past, _ status: WorkspaceStatus) -> Bool {
        past.eventsSince > 0 && status.now.timeIntervalSince(past.time) > month * 86_400
    }

    private static func said(_ past: WorkspaceStatus.Past) -> Text {
        let time = ScheduleTime.text(past.time)
        return Text(
            en: "\(time), \(counted(past.eventsSince, "event")) since", zh: "\(time)，此后事件 \(past.eventsSince) 个")
    }

    // MARK: Schedules

    private static func schedules(_ status: WorkspaceStatus) -> [Diagnosis] {
        let title = Text(en: "schedule", zh: "计划")
        let place = "--workspace \(status.workspace)"
        let troubled = Set(status.troubled.map(\.name))
        return status.schedules.map { schedule in
            if schedule.state == .paused {
                return .ok("schedule", title, Text(en: "\(schedule.name) is paused", zh: "\(schedule.name) 已暂停"))
            }
            if troubled.contains(schedule.name), let last = schedule.tries.last {
                let history = "qingku schedule history \(schedule.name) \(place)"
                return .look(
                    "schedule", title,
                    Text(
                        en: "\(schedule.name): \(last.outcome.title.en), \(last.code) \(last.message.en)",
                        zh: "\(schedule.name)：\(last.outcome.title.zh)，\(last.code) \(last.message.zh)"),
                    do: Text(en: "Look at “\(history)”.", zh: "请查看 \(history)。"))
            }
            if let due = status.overdue(schedule) {
                let install = "qingku schedule install \(place)"
                let since = ScheduleTime.text(due.planned)
                return .look(
                    "schedule", title,
                    Text(
                        en: "\(schedule.name) is due since \(since), and nothing carried it out",
                        zh: "\(schedule.name) 自 \(since) 到期，尚无程序执行"),
                    do: Text(
                        en: "Let a timer look: “\(install)”, or keep “qingku serve” running.",
                        zh: "请安装定时器：\(install)，或保持 qingku serve 运行。"))
            }
            let next = schedule.next(after: status.now).map(ScheduleTime.text) ?? ""
            return .ok("schedule", title, Text(en: "\(schedule.name), next \(next)", zh: "\(schedule.name)，下次 \(next)"))
        }
    }
}
