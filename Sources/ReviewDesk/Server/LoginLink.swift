import Synchronization

/// The link that `qingku review` prints: opens one session, within five minutes.
package final class LoginLink: Sendable {
    package static let lifetime = Duration.seconds(5 * 60)

    private let current = Mutex<(digest: [UInt8], made: ContinuousClock.Instant, isUsed: Bool)?>(nil)

    package init() {}

    /// The secret of a new link; the one before opens nothing any more.
    package func make(at now: ContinuousClock.Instant) -> String {
        let secret = Secret.make()
        current.withLock { $0 = (Secret.digest(secret), now, false) }
        return secret
    }

    /// Whether the secret opens a session; it does once.
    package func use(_ secret: String, at now: ContinuousClock.Instant) -> Bool {
        let digest = Secret.digest(secret)
        return current.withLock { current in
            guard let link = current, link.digest == digest, !link.isUsed else { return false }
            current?.isUsed = true
            return now - link.made < Self.lifetime
        }
    }

    /// The secret opened nothing after all: within its time it may be used again.
    func giveBack(_ secret: String) {
        let digest = Secret.digest(secret)
        current.withLock { current in
            if current?.digest == digest { current?.isUsed = false }
        }
    }
}
