import Dispatch
import Synchronization

/// Spreads independent pieces of work over threads. Results come back in the order of the pieces, so nothing depends on
/// which thread did what.
package enum Parallel {
    /// Runs `body` for 0 ..< `count` on at most `threads` threads and returns the results in that order.
    /// The first error in piece order is thrown after all pieces have ended.
    package static func map<Result: Sendable>(
        _ count: Int, threads: Int, _ body: @Sendable (Int) throws -> Result
    ) throws -> [Result] {
        let results = Mutex<[Swift.Result<Result, any Error>?]>(Array(repeating: nil, count: count))
        let next = Atomic<Int>(0)
        let work: @Sendable (Int) -> Void = { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if index >= count { return }
                let result = Swift.Result { try body(index) }
                results.withLock { $0[index] = result }
            }
        }
        let workers = max(1, min(threads, count))
        if workers == 1 {
            work(0)
        } else {
            DispatchQueue.concurrentPerform(iterations: workers, execute: work)
        }
        return try results.withLock { list in
            try list.map { result in
                guard let result else { preconditionFailure("every piece has run when concurrentPerform returns") }
                return try result.get()
            }
        }
    }

    /// As above, for pieces that cannot fail.
    package static func map<Result: Sendable>(
        _ count: Int, threads: Int, _ body: @Sendable (Int) -> Result
    ) -> [Result] {
        let throwing: @Sendable (Int) throws -> Result = body
        guard let results = try? map(count, threads: threads, throwing) else {
            preconditionFailure("the body does not throw")
        }
        return results
    }
}
