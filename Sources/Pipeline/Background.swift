import Dispatch
import Synchronization

/// A piece of work on a thread of its own, whose result is waited for where it is needed.
final class Background<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let group = DispatchGroup()

    /// - Parameter isConcurrent: false does the work here and now.
    init(isConcurrent: Bool, _ body: @escaping @Sendable () throws -> Value) {
        let work: @Sendable () -> Void = { [self] in
            let outcome = Result { try body() }
            result.withLock { $0 = outcome }
        }
        if isConcurrent { DispatchQueue.global().async(group: group, execute: work) } else { work() }
    }

    /// Returns when the work has ended, with its result or its error.
    func value() throws -> Value {
        group.wait()
        guard let outcome = result.withLock({ $0 }) else {
            preconditionFailure("the work has a result when its group is empty")
        }
        return try outcome.get()
    }
}
