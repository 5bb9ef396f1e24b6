import Foundation
package import Pipeline
import ServiceLifecycle

/// Carries out the schedules of a workspace that are due, while the desk is open.
///
/// A run has a thread of its own and writes under the workspace's lock like any other process: the desk goes on reading, and
/// words that come meanwhile wait or are told to come again. When the desk ends, a run that is under way is left to end with
/// the process: as after a kill, nothing of it is there, and it is still due.
package struct DueRuns: Service {
    package struct Steps: Sendable {
        /// What to carry out, as of now.
        package var request: @Sendable () -> ScheduleRun.Request
        /// Is told what was tried.
        package var tell: @Sendable (ScheduleRun.Outcome) -> Void
        /// Is told why nothing could be looked at.
        package var fail: @Sendable (any Error) -> Void
        /// Is told once that the desk is about to end.
        package var stop: @Sendable () -> Void

        package init(
            request: @escaping @Sendable () -> ScheduleRun.Request,
            tell: @escaping @Sendable (ScheduleRun.Outcome) -> Void, fail: @escaping @Sendable (any Error) -> Void,
            stop: @escaping @Sendable () -> Void
        ) {
            (self.request, self.tell, self.fail, self.stop) = (request, tell, fail, stop)
        }
    }

    private let steps: Steps
    private let pulse: Duration
    private let start: AsyncStream<Void>
    private let starter: AsyncStream<Void>.Continuation

    /// - Parameter pulse: from one look to the next.
    package init(every pulse: Duration, _ steps: Steps) {
        (self.steps, self.pulse) = (steps, pulse)
        (start, starter) = AsyncStream<Void>.makeStream()
    }

    /// The desk has its port: nothing is run for one that cannot open.
    package func begin() { starter.finish() }

    package func run() async throws {
        await withGracefulShutdownHandler {
            for await _ in start.cancelOnGracefulShutdown() {}
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                await look()
                try? await cancelWhenGracefulShutdown { try await Task.sleep(for: pulse) }
            }
        } onGracefulShutdown: {
            steps.stop()
        }
    }

    /// Waits for what is due, but not longer than the desk is open.
    private func look() async {
        let (done, end) = AsyncStream<Void>.makeStream()
        let thread = Thread {
            do {
                for outcome in try ScheduleRun.run(steps.request()) { steps.tell(outcome) }
            } catch {
                steps.fail(error)
            }
            end.finish()
        }
        thread.stackSize = 8 << 20
        thread.start()
        for await _ in done.cancelOnGracefulShutdown() {}
    }
}
