import Dispatch
import Synchronization

/// Spreads independent pieces of work over threads. Results come back in the order of the pieces, so nothing depends on
/// which thread did what.
package enum Parallel {
    /// Runs `body` for 0 ..< `count` on at most `threads` threads and returns the results in that order.
    /// The first error in piece order is thrown after all pieces have ended.
    package static func map<Output: Sendable, Problem: Error>(
        _ count: Int, threads: Int, _ body: @Sendable (Int) throws(Problem) -> Output
    ) throws(Problem) -> [Output] {
        let nothing: @Sendable () -> Void = {}
        return try map(count, threads: threads, scratch: nothing) { (index, _) throws(Problem) in try body(index) }
    }

    /// The same with a scratch space that each thread makes once and hands from piece to piece: for tables of answers that
    /// are the same whichever thread finds them.
    package static func map<Output: Sendable, Scratch, Problem: Error>(
        _ count: Int, threads: Int, scratch: @Sendable () -> Scratch,
        _ body: @Sendable (Int, inout Scratch) throws(Problem) -> Output
    ) throws(Problem) -> [Output] {
        let results = Mutex<[Result<Output, Problem>?]>(Array(repeating: nil, count: count))
        let next = Atomic<Int>(0)
        let work: @Sendable (Int) -> Void = { _ in
            var space = scratch()
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                if index >= count { return }
                let result: Result<Output, Problem>
                do throws(Problem) {
                    result = .success(try body(index, &space))
                } catch {
                    result = .failure(error)
                }
                results.withLock { $0[index] = result }
            }
        }
        withoutActuallyEscaping(work) { work in
            let workers = max(1, min(threads, count))
            if workers == 1 {
                work(0)
            } else {
                DispatchQueue.concurrentPerform(iterations: workers, execute: work)
            }
        }
        let ended = results.withLock { $0 }
        var outputs: [Output] = []
        outputs.reserveCapacity(count)
        for result in ended {
            guard let result else { preconditionFailure("every piece has run when concurrentPerform returns") }
            outputs.append(try result.get())
        }
        return outputs
    }
}

extension Array {
    /// The elements of several arrays one after the other, in one piece of memory from the beginning.
    package init(joining parts: [[Element]]) {
        self = []
        reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts { append(contentsOf: part) }
    }
}
