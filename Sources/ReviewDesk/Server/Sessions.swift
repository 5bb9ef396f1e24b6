import Crypto
package import Records
import Synchronization

/// Seconds until a session ends: when nothing is done, and in any case.
package struct SessionTime: Sendable, Hashable, Codable {
    package let idle: Int
    package let absolute: Int

    /// Whichever comes first.
    package var left: Int { min(idle, absolute) }
}

/// Who is signed in. Sessions live in memory alone: the end of the desk is the end of all of them.
package final class Sessions: Sendable {
    /// Without a request.
    package static let idle = Duration.seconds(15 * 60)
    /// From signing in.
    package static let absolute = Duration.seconds(10 * 3_600)
    /// Sessions at once; a further one ends the one that was idle longest.
    static let capacity = 10_000

    package struct Session: Sendable {
        package let name: String
        /// As they were at signing in: when they change, the session ends.
        package let roles: Set<Role>
        /// Nobody has an account here: the person who started the desk.
        package let isStarter: Bool
        /// Of the account, of its newest row: another password ends the session too.
        let version: Int
        /// Pairs are shown without scores.
        var isBlind = false
        fileprivate let opened: ContinuousClock.Instant
        fileprivate var seen: ContinuousClock.Instant

        func time(_ now: ContinuousClock.Instant) -> SessionTime {
            SessionTime(
                idle: Int((Sessions.idle - (now - seen)).components.seconds),
                absolute: Int((Sessions.absolute - (now - opened)).components.seconds))
        }

        fileprivate func isOver(_ now: ContinuousClock.Instant) -> Bool {
            now - seen >= Sessions.idle || now - opened >= Sessions.absolute
        }
    }

    private let sessions = Mutex<[[UInt8]: Session]>([:])

    package init() {}

    /// The id of a new session: goes to the browser and nowhere else.
    package func open(
        name: String, roles: Set<Role>, isStarter: Bool = false, version: Int = 0, at now: ContinuousClock.Instant
    ) -> String {
        let id = Secret.make()
        sessions.withLock { sessions in
            sessions = sessions.filter { !$0.value.isOver(now) }
            if sessions.count >= Self.capacity, let oldest = sessions.min(by: { $0.value.seen < $1.value.seen }) {
                sessions[oldest.key] = nil
            }
            sessions[Secret.digest(id)] = Session(
                name: name, roles: roles, isStarter: isStarter, version: version, opened: now, seen: now)
        }
        return id
    }

    /// - Parameter isUsed: the idle time starts anew.
    /// - Returns: `nil` for one that never was, or is over.
    package func find(_ id: String, at now: ContinuousClock.Instant, isUsed: Bool) -> Session? {
        let key = Secret.digest(id)
        return sessions.withLock { sessions in
            guard var session = sessions[key] else { return nil }
            if session.isOver(now) {
                sessions[key] = nil
                return nil
            }
            if isUsed {
                session.seen = max(now, session.seen)
                sessions[key] = session
            }
            return session
        }
    }

    /// From now on with scores, or without.
    func setBlind(_ isBlind: Bool, _ id: String) {
        sessions.withLock { $0[Secret.digest(id)]?.isBlind = isBlind }
    }

    /// - Returns: whether there was one.
    @discardableResult
    package func end(_ id: String) -> Bool {
        sessions.withLock { $0.removeValue(forKey: Secret.digest(id)) != nil }
    }
}
