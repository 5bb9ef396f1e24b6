import Reports

/// The stages of a run as they begin: timed, and told to whoever waits.
struct Stages {
    private var watch = Stopwatch()
    private let progress: (CleaningStage) -> Void

    init(_ progress: @escaping (CleaningStage) -> Void) {
        self.progress = progress
    }

    /// - Parameter moment: when it began, perhaps while another thread was at work.
    mutating func begin(_ stage: CleaningStage, at moment: Stopwatch.Moment = .now) {
        watch.begin(stage.rawValue, at: moment)
        progress(stage)
    }

    /// Ends the last stage.
    mutating func measured(threads: Int, startedAt: String) -> RunFacts.Measured {
        watch.stop()
        var measured = RunFacts.Measured()
        measured.stages = watch.stages.map { .init(name: $0.name, seconds: $0.seconds, cpuSeconds: $0.cpuSeconds) }
        measured.peakMemoryBytes = Stopwatch.peakMemory
        measured.threads = threads
        measured.startedAt = startedAt
        return measured
    }
}
