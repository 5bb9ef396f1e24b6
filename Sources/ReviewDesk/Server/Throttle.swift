import Synchronization

/// Holds up whoever gives wrong passwords: after ten for an account, or fifty from an address, each further one makes the
/// wait twice as long, from a second to a quarter of an hour. Other accounts are not held up.
package final class Throttle: Sendable {
    package static let free = 10
    package static let freePerAddress = 50
    package static let longest = 15 * 60
    /// Without a failure for so long, all is forgotten.
    package static let memory = Duration.seconds(24 * 3_600)
    static let capacity = 20_000

    private enum Key: Hashable {
        case account(String)
        case address(String)

        var free: Int {
            switch self {
            case .account: Throttle.free
            case .address: Throttle.freePerAddress
            }
        }
    }

    private struct Failures {
        var count: Int
        var last: ContinuousClock.Instant
    }

    private let failures = Mutex<[Key: Failures]>([:])

    package init() {}

    /// Seconds until the next try is looked at; 0: now.
    package func wait(account: String, address: String, at now: ContinuousClock.Instant) -> Int {
        failures.withLock { failures in
            [Key.account(account), .address(address)].map { key in
                guard let known = failures[key], now - known.last < Self.memory, known.count >= key.free else {
                    return 0
                }
                let left = .seconds(Self.delay(known.count - key.free)) - (now - known.last)
                return left <= .zero ? 0 : Int(left.components.seconds) + 1
            }.max() ?? 0
        }
    }

    /// - Parameter over: failures over those that are free.
    static func delay(_ over: Int) -> Int { over >= 10 ? longest : min(longest, 1 << max(0, over)) }

    package func fail(account: String, address: String, at now: ContinuousClock.Instant) {
        failures.withLock { failures in
            if failures.count >= Self.capacity {
                failures = failures.filter { now - $0.value.last < Self.memory && $0.value.count >= $0.key.free }
                if failures.count >= Self.capacity { failures.removeAll() }
            }
            for key in [Key.account(account), .address(address)] {
                let known = failures[key].flatMap { now - $0.last < Self.memory ? $0.count : nil } ?? 0
                failures[key] = Failures(count: min(known + 1, 1_000), last: now)
            }
        }
    }

    /// The account's failures are forgotten; those of the address stay, but for this try, which was counted before it was known.
    package func succeed(account: String, address: String) {
        failures.withLock { failures in
            failures[.account(account)] = nil
            guard let known = failures[.address(address)] else { return }
            failures[.address(address)] = known.count > 1 ? Failures(count: known.count - 1, last: known.last) : nil
        }
    }
}
