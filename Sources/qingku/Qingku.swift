import ArgumentParser
import Records
import Rules

/// The command line: every verb is one file in `Commands`.
@main
struct Qingku: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "qingku",
        abstract:
            "Clean a register of persons: find what is wrong, missing and there twice, and write one clean data set.",
        discussion: """
            Examples:
              qingku clean rules/registry.yaml
              qingku check rules/registry.yaml
              qingku findings --workspace registry.qingku --severity error
              qingku explain R0001 R0002 --workspace registry.qingku
              qingku profile export.csv
              qingku rules new export.csv > rules/mine.yaml
              qingku evaluate --truth truth.csv --workspace registry.qingku

            Exit status: 0 done, 1 done with findings at or above --fail-on, 2 not done, 3 bad input or rules,
            4 workspace busy, 5 verification failed, 6 no space or I/O error, 7 not permitted, 64 wrong usage,
            130 or 143 interrupted.
            """,
        version: Version.text,
        subcommands: [
            CleanCommand.self, ImportCommand.self, CheckCommand.self, FindingsCommand.self, MatchCommand.self,
            ExplainCommand.self, ProfileCommand.self, RulesCommand.self, EvaluateCommand.self, EstimateCommand.self,
            DecideCommand.self, SplitCommand.self, OverrideCommand.self, UndoCommand.self, ApproveCommand.self,
            ReconcileCommand.self, MasterCommand.self, ReportCommand.self, CompareCommand.self, ScheduleCommand.self,
            StatusCommand.self, DoctorCommand.self, ServeCommand.self, ExportCommand.self, BackupCommand.self,
            RestoreCommand.self, KeygenCommand.self, RestrictCommand.self, EraseCommand.self,
            SubjectReportCommand.self, RetentionCommand.self, ReviewCommand.self, AccountCommand.self,
            AuditCommand.self, SynthesizeCommand.self, WorkerCommand.self,
        ])

    static func main() {
        Console.prepare()
        do {
            var command = try parseAsRoot()
            Signals.watch(command)
            try command.run()
            Signals.leaveIfAsked()
        } catch {
            Signals.leaveIfAsked()
            leave(error)
        }
    }

    private static func leave(_ error: any Error) -> Never {
        switch error {
        case let failure as Failure:
            Console.report(failure, Console.languageAsked)
            exit(withError: ExitCode(failure.kind.status))
        case let errors as RuleBookErrors:
            Console.endProgress()
            RulesOutcome.complain(errors, Console.languageAsked)
            exit(withError: ExitCode(Failure.Kind.badInput.status))
        default:
            exit(withError: error)
        }
    }
}
