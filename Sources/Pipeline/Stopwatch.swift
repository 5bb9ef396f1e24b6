import Foundation

/// How long each stage of a run took, by the monotonic clock and by the processors.
struct Stopwatch {
    /// By both clocks.
    struct Moment {
        fileprivate let instant: ContinuousClock.Instant
        /// Seconds of all threads of the process so far, in the user's code and in the system.
        fileprivate let cpuSeconds: Double

        static var now: Moment {
            var usage = rusage()
            getrusage(RUSAGE_SELF.rawValue, &usage)
            return Moment(
                instant: ContinuousClock().now,
                cpuSeconds: [usage.ru_utime, usage.ru_stime].reduce(0) {
                    $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
                })
        }
    }

    private var started = Moment.now
    private var current: String?
    private(set) var stages: [(name: String, seconds: Double, cpuSeconds: Double)] = []

    /// Ends the stage that runs and begins the next one.
    ///
    /// - Parameter moment: when; it may have passed.
    mutating func begin(_ stage: String, at moment: Moment = .now) {
        stop(at: moment)
        current = stage
        started = moment
    }

    mutating func stop(at moment: Moment = .now) {
        guard let name = current else { return }
        let time = started.instant.duration(to: moment.instant)
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        stages.append((name, seconds, moment.cpuSeconds - started.cpuSeconds))
        current = nil
    }

    /// The most memory the process has held so far, in bytes.
    static var peakMemory: Int {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        return usage.ru_maxrss * 1_024
    }
}
