import Foundation

/// How long each stage of a run took, by the monotonic clock and by the processors.
struct Stopwatch {
    private let clock = ContinuousClock()
    private var started: ContinuousClock.Instant
    private var cpuAtStart = 0.0
    private var current: String?
    private(set) var stages: [(name: String, seconds: Double, cpuSeconds: Double)] = []

    init() {
        started = clock.now
    }

    /// Ends the stage that runs and begins the next one.
    mutating func begin(_ stage: String) { begin(stage, at: clock.now) }

    /// The same for a moment that has passed.
    mutating func begin(_ stage: String, at instant: ContinuousClock.Instant) {
        stop(at: instant)
        current = stage
        started = instant
        cpuAtStart = Self.cpuTime
    }

    mutating func stop() { stop(at: clock.now) }

    private mutating func stop(at instant: ContinuousClock.Instant) {
        guard let name = current else { return }
        let time = started.duration(to: instant)
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        stages.append((name, seconds, Self.cpuTime - cpuAtStart))
        current = nil
    }

    /// Seconds of all threads of the process so far, in the user's code and in the system.
    private static var cpuTime: Double {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    /// The most memory the process has held so far, in bytes.
    static var peakMemory: Int {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return usage.ru_maxrss * 1_024
    }
}
