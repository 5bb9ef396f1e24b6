import Foundation
import Matching
import Pipeline
import Records
import Synchronization

/// Shows on a terminal which stage a run is in, for how long it has been at work, and what is left if it takes as long as the one
/// before it in the workspace. Elsewhere it says nothing.
final class StageProgress: Sendable {
    private struct State {
        var stage: CleaningStage?
        var began = ContinuousClock.now
        var isOver = false
    }

    private let state = Mutex(State())
    private let start = ContinuousClock.now
    private let language: Language
    private let pace: RunPace?
    /// To be handed to the run: how far its comparing has come.
    let advance = Advance()

    init(_ language: Language, workspace: String?) {
        self.language = language
        guard Console.isTerminal else {
            pace = nil
            return
        }
        pace = workspace.flatMap { RunPace(workspace: $0) }
        Thread { [weak self] in
            while let self, self.show() { usleep(500_000) }
        }.start()
    }

    func begin(_ stage: CleaningStage) {
        state.withLock { ($0.stage, $0.began) = (stage, .now) }
        if Console.isTerminal { _ = show() }
    }

    func end() {
        state.withLock { $0.isOver = true }
        Console.endProgress()
    }

    /// False once all is over.
    private func show() -> Bool {
        state.withLock { state in
            if state.isOver { return false }
            if let stage = state.stage { Console.progress(line(stage, since: state.began)) }
            return true
        }
    }

    private func line(_ stage: CleaningStage, since began: ContinuousClock.Instant) -> String {
        let elapsed = (ContinuousClock.now - start).components.seconds
        let here = began.duration(to: .now).components
        var parts = [stage.title(language), Self.time(Int(elapsed), language)]
        let seconds = Double(here.seconds) + Double(here.attoseconds) / 1e18
        if stage == .score, let share = advance.share, share < 1 {
            parts += comparing(share, after: seconds)
        } else if let left = pace?.left(in: stage, after: seconds), let rate = pace?.rate {
            let shown = Self.time(Int(left.rounded(.up)), language)
            parts.append(language(en: "about \(shown) left", zh: "约剩 \(shown)"))
            parts.append(
                language(
                    en: "last time \(Int(rate).grouped) records a second", zh: "上次每秒 \(Int(rate).grouped) 条"))
        }
        return parts.joined(separator: "  ")
    }

    /// How far the comparing is, how fast it goes, and how long it still takes at that speed.
    private func comparing(_ share: Double, after seconds: Double) -> [String] {
        var parts = [language(en: "\(Int(share * 100)) % compared", zh: "已比较 \(Int(share * 100))%")]
        let done = share - advance.keptShare
        if done > 0.01, seconds >= 1 {
            let left = Self.time(Int((seconds * (1 - share) / done).rounded(.up)), language)
            parts.append(language(en: "about \(left) left", zh: "约剩 \(left)"))
            let rate = Int(Double(advance.pairs) / seconds).grouped
            parts.append(language(en: "\(rate) pairs a second", zh: "每秒 \(rate) 对"))
        }
        return parts
    }

    /// What an earlier run that was stopped had done already, said once all is over.
    func tellWhatWasKept() {
        let share = Int((advance.keptShare * 100).rounded())
        if share > 0 {
            Console.note(
                language(
                    en: "Went on where an earlier run was stopped: \(share) % of the comparing was done.",
                    zh: "已从上次中断处继续：其中 \(share)% 的比较此前已完成。"))
        }
    }

    private static func time(_ seconds: Int, _ language: Language) -> String {
        let (minutes, rest) = (seconds / 60, seconds % 60)
        if minutes == 0 { return language(en: "\(rest) s", zh: "\(rest) 秒") }
        return language(en: "\(minutes) min \(rest) s", zh: "\(minutes) 分 \(rest) 秒")
    }
}
