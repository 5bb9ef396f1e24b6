import ArgumentParser
import Foundation
import Pipeline

/// When it is: now, but for trials and tests.
struct ClockOption: ParsableArguments {
    /// `2024-11-25T02:00:00Z`.
    @Option(help: ArgumentHelp("Act as at this time, which is over.", visibility: .hidden))
    var now: String?

    var time: Date { now.flatMap { try? Date($0, strategy: .iso8601) } ?? Date() }

    /// The day is that of the time, where this machine is.
    var clock: Clock { now == nil ? .system : Clock(at: time) }

    func validate() throws {
        guard let now else { return }
        guard let time = try? Date(now, strategy: .iso8601), time <= Date() else {
            throw ValidationError("--now is a time that is over, like 2024-11-25T02:00:00Z.")
        }
    }
}

extension Clock {
    /// The system's.
    static var system: Clock { Clock(at: Date()) }

    /// The day by the time zone of this machine.
    init(at time: Date) {
        let local = Date.ISO8601FormatStyle(timeZone: .current).year().month().day()
        self.init(now: time.formatted(.iso8601), today: time.formatted(local))
    }
}
