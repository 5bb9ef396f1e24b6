import Dispatch
import Synchronization

/// Pieces of work that threads take one after the other: helpers from the beginning, and whoever asks for the results once
/// it has nothing else to do.
final class SharedWork<Value: Sendable>: Sendable {
    private let pieces: [@Sendable () throws -> Value]
    private let next = Atomic<Int>(0)
    private let results: Mutex<[Result<Value, any Error>?]>
    private let group = DispatchGroup()

    /// - Parameters:
    ///   - pieces: the longest had best come first.
    ///   - helpers: threads that begin at once; without any, all is done in `values()`.
    init(_ pieces: [@Sendable () throws -> Value], helpers: Int) {
        self.pieces = pieces
        results = Mutex(Array(repeating: nil, count: pieces.count))
        for _ in 0..<min(helpers, pieces.count) {
            DispatchQueue.global().async(group: group) { [self] in work() }
        }
    }

    /// Does what nobody has begun and waits for the rest. In the order of the pieces; the first error in that order is thrown.
    func values() throws -> [Value] {
        work()
        group.wait()
        return try results.withLock { $0 }.map { result in
            guard let result else { preconditionFailure("every piece has run when nobody works on one") }
            return try result.get()
        }
    }

    private func work() {
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            if index >= pieces.count { return }
            let result = Result { try pieces[index]() }
            results.withLock { $0[index] = result }
        }
    }
}
