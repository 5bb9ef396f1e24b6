package import Reports
import Synchronization
import Workspace

extension ReviewSession {
    /// What is otherwise after a run than after an earlier one.
    ///
    /// - Parameter earlier: `nil`: the clean-up before it.
    /// - Returns: `nil` for the first clean-up, and for numbers that are none.
    /// - Throws: as `CompareRun.run`.
    package func difference(of run: Int, with earlier: Int?) throws -> RunDifference? {
        let runs = try store.runs(nil).filter { $0.kind == .clean }.map(\.id)
        guard runs.contains(run), let before = earlier ?? runs.last(where: { $0 < run }), runs.contains(before),
            before < run
        else { return nil }
        let last = lastDifference.withLock { $0 }
        if let last, last.before.run == before, last.after.run == run { return last }
        var request = CompareRequest(workspace: workspace)
        request.runs = (before, run)
        let difference = try CompareRun.run(request)
        lastDifference.withLock { $0 = difference }
        return difference
    }
}
