import ArgumentParser
import Foundation
import Records
import Synchronization

/// A command that may take long, and that a signal ends as `Signals` says.
protocol LongCommand: ParsableCommand {}

/// What Ctrl-C, SIGTERM and SIGHUP do to commands that take long: they are told at once, and the command gives up what is half
/// done. What does not end by itself within three seconds, such as the comparing of pairs, is ended: at any moment files and
/// database are the old ones or complete, and the next command removes what lies half done. A second signal ends at once.
enum Signals {
    private static let names: [(number: Int32, name: String)] = [
        (SIGINT, "SIGINT"), (SIGTERM, "SIGTERM"), (SIGHUP, "SIGHUP"),
    ]
    private static let patience = timespec(tv_sec: 3, tv_nsec: 0)
    /// Held until it is said, so that nobody leaves before.
    private static let taken = Mutex<Int32>(0)

    /// Begins to watch where the command takes long. Before anything else starts a thread: all inherit what is blocked here.
    static func watch(_ command: any ParsableCommand) {
        guard command is any LongCommand else { return }
        var signals = sigset_t()
        sigemptyset(&signals)
        // What was ignored when the program started, as under nohup, stays ignored.
        for (number, _) in names where !isIgnored(number) { sigaddset(&signals, number) }
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        let language = Console.languageAsked
        // Its own: while a workbook is written standard error leads nowhere.
        let errors = FileHandle(fileDescriptor: dup(STDERR_FILENO))
        Thread { [signals] in wait(signals, language, errors) }.start()
    }

    private static func wait(_ signals: sigset_t, _ language: Language, _ errors: FileHandle) {
        var (signals, number, patience) = (signals, Int32(0), Self.patience)
        guard sigwait(&signals, &number) == 0 else { return }
        let name = names.first { $0.number == number }?.name ?? "\(number)"
        taken.withLock { taken in
            Interruption.ask()
            Console.endProgress()
            let said = language(
                en:
                    "Interrupted (\(name)): stopping. What was finished before stays; run the same command again. [E-INT-001]\n",
                zh: "已中断（\(name)）：正在停止。此前完成的结果保持不变，请重新运行同一命令。 [E-INT-001]\n")
            try? errors.write(contentsOf: Data(said.utf8))
            taken = number
        }
        _ = sigtimedwait(&signals, nil, &patience)
        leaveIfAsked()
    }

    /// The status of a process that a signal ended: 130, 143, 129.
    static func leaveIfAsked() {
        let number = taken.withLock { $0 }
        if number != 0 { _exit(128 + number) }
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }
}
