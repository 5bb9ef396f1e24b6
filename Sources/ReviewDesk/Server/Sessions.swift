import Crypto
import Foundation
package import Pipeline
package import Records
import Synchronization

/// Seconds until a session ends: when nothing is done, and in any case.
package struct SessionTime: Sendable, Hashable, Codable {
    package let idle: Int
    package let absolute: Int

    /// Whichever comes first.
    package var left: Int { min(idle, absolute) }
}

/// Who is signed in. With a file to keep them in, sessions of accounts outlast the desk and count their time on; those of who
/// started it, by its link, do not.
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
        /// When its time was last written down.
        fileprivate var noted: ContinuousClock.Instant?

        func time(_ now: ContinuousClock.Instant) -> SessionTime {
            SessionTime(
                idle: Int((Sessions.idle - (now - seen)).components.seconds),
                absolute: Int((Sessions.absolute - (now - opened)).components.seconds))
        }

        fileprivate func isOver(_ now: ContinuousClock.Instant) -> Bool {
            now - seen >= Sessions.idle || now - opened >= Sessions.absolute
        }
    }

    /// How far what is kept lags behind: a session that was kept may end this much too early, never too late.
    static let keptEvery = Duration.seconds(30)

    private let sessions: Mutex<[[UInt8]: Session]>
    private let file: SessionFile?

    /// - Parameter file: where sessions are kept; `nil`: nowhere.
    package init(keptIn file: SessionFile? = nil, at now: ContinuousClock.Instant = .now) {
        self.file = file
        var kept: [[UInt8]: Session] = [:]
        let time = file?.time() ?? 0
        for entry in file?.read() ?? [] {
            // What lies in the future was written under another clock.
            guard entry.opened <= entry.seen, entry.seen <= time else { continue }
            let seen = now - .seconds(time - entry.seen)
            let session = Session(
                name: entry.name, roles: entry.roles, isStarter: false, version: entry.version, isBlind: entry.isBlind,
                opened: now - .seconds(time - entry.opened), seen: seen, noted: seen)
            if !session.isOver(now) { kept[entry.digest] = session }
        }
        sessions = Mutex(kept)
    }

    /// Writes down who is signed in; a disk that is full signs nobody in or out.
    private func keep(_ sessions: inout [[UInt8]: Session], at now: ContinuousClock.Instant) {
        guard let file else { return }
        let time = file.time()
        func seconds(since instant: ContinuousClock.Instant) -> Int {
            // Rounded up: never shorter than it was.
            Int((now - instant).components.seconds) + 1
        }
        let isWritten: Void? = try? file.write(
            sessions.filter { !$0.value.isStarter && !$0.value.isOver(now) }.map { digest, session in
                SessionFile.Entry(
                    digest: digest, name: session.name, roles: session.roles, version: session.version,
                    isBlind: session.isBlind, opened: time - seconds(since: session.opened),
                    seen: time - seconds(since: session.seen))
            })
        // Better that all sign in again than that somebody who signed out is still in.
        if isWritten == nil { unlink(file.path) }
        for digest in sessions.keys { sessions[digest]?.noted = now }
    }

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
            if !isStarter { keep(&sessions, at: now) }
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
                if !session.isStarter, session.noted.map({ now - $0 >= Self.keptEvery }) ?? true {
                    keep(&sessions, at: now)
                }
            }
            return session
        }
    }

    /// From now on with scores, or without.
    func setBlind(_ isBlind: Bool, _ id: String, at now: ContinuousClock.Instant) {
        sessions.withLock { sessions in
            sessions[Secret.digest(id)]?.isBlind = isBlind
            keep(&sessions, at: now)
        }
    }

    /// - Returns: whether there was one.
    @discardableResult
    package func end(_ id: String, at now: ContinuousClock.Instant = .now) -> Bool {
        sessions.withLock { sessions in
            guard sessions.removeValue(forKey: Secret.digest(id)) != nil else { return false }
            keep(&sessions, at: now)
            return true
        }
    }
}
