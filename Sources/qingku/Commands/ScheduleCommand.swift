import ArgumentParser
import Foundation
import Pipeline
import Records

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Run a clean-up again and again: by the clock, on what lies in a watched folder.",
        discussion: """
            Examples:
              qingku schedule add weekly --every "Mon 02:00" --rules rules/registry.yaml --watch /srv/exports \\
                --workspace registry.qingku
              qingku schedule list --workspace registry.qingku
              qingku schedule install --workspace registry.qingku
              qingku schedule run --due --workspace registry.qingku
            """,
        subcommands: [
            Add.self, List.self, Run.self, Pause.self, Resume.self, Remove.self, History.self, Install.self,
        ], defaultSubcommand: List.self)

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a schedule, or put it in the place of one of the same name.",
            discussion: """
                Times: "hourly", "daily 02:00", "Mon,Thu 06:30", "weekdays 02:00", "monthly 1 03:00", "monthly last 22:00";
                每天 02:00、周一 02:00、每月1日 03:00. A file of the watched folder is a source's when its name begins with the
                source's; it is taken once it has been left alone for --settle seconds and, where FILE.sha256 lies beside it, has
                that digest. Sources without a new file take part as the workspace has them.
                """)

        @Argument(help: "What to call it.")
        var name: String

        @Option(help: "When: \"Mon 02:00\".")
        var every: String

        @Option(help: "The rule book.")
        var rules: String

        @Option(help: "Folder that offices put their exports in (default: the files that the rule book names).")
        var watch: String?

        @Option(help: "Time zone of the clock, such as Asia/Shanghai (default: this machine's).")
        var zone: String?

        @Option(help: "Seconds for which a file has to have been left alone, from 0.")
        var settle: Int = 60

        @OptionGroup var place: SchedulePlace

        func validate() throws {
            guard (0...86_400).contains(settle) else { throw ValidationError("--settle is a number from 0 to 86400.") }
        }

        func run() throws {
            let workspace = try place.ledger.folder()
            let schedule = try ScheduleBook.add(
                .init(name: name, every: every, rules: rules, watch: watch, zone: zone, settle: settle), to: workspace,
                by: place.actor, now: place.time)
            let next = schedule.next(after: place.time).map { ScheduleText.time($0, schedule.zone) } ?? ""
            let language = place.ledger.spoken
            Console.print(
                Console.harmless(
                    Text(
                        en: "“\(name)” runs \(every), \(schedule.zone.identifier); next on \(next).",
                        zh: "“\(name)”按 \(every)（\(schedule.zone.identifier)）运行，下次为 \(next)。")(language)))
            let command = "qingku schedule install --workspace \(workspace)"
            Console.print(Console.harmless(Text(en: "Next: \(command)", zh: "下一步：\(command)")(language)))
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List schedules, when each runs next, and how it went last (the default).")

        @OptionGroup var place: SchedulePlace

        @Flag(help: "Print JSON.")
        var json = false

        func run() throws {
            let schedules = try ScheduleBook.all(try place.ledger.folder())
            if json {
                try Console.print(json: schedules.map { ScheduleText.Line($0, at: place.time) })
            } else {
                for line in ScheduleText.list(schedules, at: place.time, place.ledger.spoken) {
                    Console.print(Console.harmless(line))
                }
            }
        }
    }

    struct Run: LongCommand {
        static let configuration = CommandConfiguration(
            abstract: "Carry out what is due, or one schedule now.",
            discussion: """
                What was missed is caught up once. A run that failed is tried again after 5, 15, 45 and 120 minutes; one that
                moved further than "alarms:" of the rule book allows is held back, and what was published last stays. Status 0:
                all is well or nothing was due; otherwise that of the first failure.
                """)

        @Argument(help: "Its name.")
        var name: String?

        @Flag(help: "All that are due, and nothing else.")
        var due = false

        @Flag(help: "Publish the run although it moved further than the rule book's alarms allow.")
        var acceptDrift = false

        @Option(
            help: ArgumentHelp(
                "Take a source's export although it breaks off, or lacks most records or a column of the one before.",
                valueName: "source"))
        var acceptLoss: [String] = []

        @Option(help: "Threads to use, from 1; they do not change the result (default: all cores).")
        var threads: Int = ProcessInfo.processInfo.activeProcessorCount

        @OptionGroup var place: SchedulePlace

        func validate() throws {
            guard due != (name != nil) else { throw ValidationError("Name a schedule, or give --due.") }
            guard threads >= 1, threads <= 1_024 else {
                throw ValidationError("--threads is a number from 1 to 1024.")
            }
            guard !acceptDrift || name != nil else { throw ValidationError("--accept-drift goes with a name.") }
            guard acceptLoss.isEmpty || name != nil else { throw ValidationError("--accept-loss goes with a name.") }
        }

        func run() throws {
            let language = place.ledger.spoken
            var request = ScheduleRun.Request(
                workspace: try place.ledger.folder(), name: name, threads: threads, language: language,
                actor: place.actor, now: place.time, clock: place.clock)
            request.acceptsDrift = acceptDrift
            request.acceptedLosses = acceptLoss
            let progress = StageProgress(language, workspace: request.workspace)
            defer { progress.end() }
            let outcomes = try ScheduleRun.run(request) { progress.begin($0) }
            progress.end()
            if outcomes.isEmpty { Console.print(Text(en: "Nothing is due.", zh: "没有到期的计划。")(language)) }
            for outcome in outcomes {
                for line in ScheduleText.outcome(outcome, language) { Console.print(Console.harmless(line)) }
            }
            if let failure = outcomes.lazy.compactMap(\.failure).first { throw ExitCode(failure.kind.status) }
        }
    }

    struct Pause: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a schedule rest until it is resumed.")
        @OptionGroup var named: NamedSchedule
        func run() throws { try named.change(.paused) }
    }

    struct Resume: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Go on with a schedule that was paused; what it missed meanwhile is not caught up.")
        @OptionGroup var named: NamedSchedule
        func run() throws { try named.change(.resumed) }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a schedule away; its history stays in the audit trail.")
        @OptionGroup var named: NamedSchedule
        func run() throws { try named.change(.removed) }
    }

    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show how a schedule went, the newest first.")

        @Argument(help: "Its name.")
        var name: String

        @Option(help: "At most so many.")
        var limit: Int = 20

        @OptionGroup var place: SchedulePlace

        @Flag(help: "Print JSON.")
        var json = false

        func validate() throws {
            guard limit >= 0 else { throw ValidationError("--limit is a number from 0.") }
        }

        func run() throws {
            let schedule = try ScheduleBook.named(name, in: try place.ledger.folder())
            let tries = schedule.tries.reversed().prefix(limit)
            if json {
                try Console.print(json: tries.map { ScheduleText.TryLine($0, place.ledger.spoken) })
            } else {
                for line in ScheduleText.history(Array(tries), schedule.zone, place.ledger.spoken) {
                    Console.print(Console.harmless(line))
                }
            }
        }
    }

    struct Install: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a systemd service and timer that carry out what is due, or show a line for cron.",
            discussion: """
                The units are shown as they are written. Nothing is started: the last lines say how. With --serve the unit is
                that of “qingku serve”, which keeps the desk open too; have either that or the timer.
                """)

        @Option(help: "Folder for the units (default: ~/.config/systemd/user).")
        var units: String?

        @Flag(help: "Only show the units; write nothing.")
        var dryRun = false

        @Flag(help: "Show a line for crontab instead.")
        var cron = false

        @Flag(help: "Write the unit of “qingku serve” instead of service and timer.")
        var serve = false

        @OptionGroup var place: SchedulePlace

        func validate() throws {
            guard !cron || !serve else { throw ValidationError("Give --cron or --serve, not both.") }
        }

        func run() throws {
            let workspace = URL(fileURLWithPath: try place.ledger.folder()).standardizedFileURL.path
            let made = ServiceUnits(
                tool: Self.tool, workspace: workspace, reach: try ScheduleBook.reach(of: workspace))
            let language = place.ledger.spoken
            if cron {
                Console.print(made.cron)
                return
            }
            let folder = units ?? NSHomeDirectory() + "/.config/systemd/user"
            if !dryRun {
                try? FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
            let files =
                serve
                ? [("\(made.name)-serve.service", made.serve)]
                : [("\(made.name).service", made.service), ("\(made.name).timer", made.timer)]
            for (name, text) in files {
                let path = "\(folder)/\(name)"
                Console.print("# \(path)")
                Console.print(text)
                if !dryRun { try Console.deliver(text, to: path) }
            }
            let unit = serve ? "\(made.name)-serve.service" : "\(made.name).timer"
            let start = "systemctl --user daemon-reload && systemctl --user enable --now \(unit)"
            Console.print(Text(en: "Start it with: \(start)", zh: "启用：\(start)")(language))
        }

        private static var tool: String {
            let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
            return path.isEmpty ? URL(fileURLWithPath: CommandLine.arguments[0]).standardizedFileURL.path : path
        }
    }
}

/// Which workspace's schedules, who speaks, and when.
struct SchedulePlace: ParsableArguments {
    @OptionGroup var ledger: LedgerPlace

    @Option(name: .customLong("by"), help: "Who says so, for the audit trail (default: the user of the system).")
    var actor: String = NSUserName()

    @OptionGroup var moment: ClockOption

    var time: Date { moment.time }
    var clock: Clock { moment.clock }
}

struct NamedSchedule: ParsableArguments {
    @Argument(help: "Its name.")
    var name: String

    @OptionGroup var place: SchedulePlace

    func change(_ change: ScheduleBook.Change) throws {
        let isChanged = try ScheduleBook.change(
            name, change, in: try place.ledger.folder(), by: place.actor, now: place.time)
        let text: Text =
            switch (isChanged, change) {
            case (false, _): Text(en: "“\(name)” was so already.", zh: "“\(name)”已是该状态。")
            case (true, .paused): Text(en: "“\(name)” is paused.", zh: "“\(name)”已暂停。")
            case (true, .resumed): Text(en: "“\(name)” goes on.", zh: "“\(name)”已恢复。")
            case (true, .removed): Text(en: "“\(name)” is removed.", zh: "“\(name)”已移除。")
            }
        Console.print(Console.harmless(text(place.ledger.spoken)))
    }
}
