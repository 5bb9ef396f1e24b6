import Dispatch

/// Threads for what waits: the few that answer requests are as many as the machine has cores, and a word that waits for a run to
/// end would hold one of them.
final class WaitingThreads: TaskExecutor {
    static let shared = WaitingThreads()

    private let queue = DispatchQueue(label: "qingku.desk.waiting", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
