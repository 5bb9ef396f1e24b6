import Pipeline
import Records
import Workspace

/// What an account may see of the register. What is outside of its pool is not there for it, whatever it may do within.
enum Pools {
    /// The pair that an address names.
    ///
    /// - Throws: 404 for one that is not there, or not of the visitor's pool.
    static func pair(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskPair {
        let visitor = try request.signedIn()
        guard let id = Int(try request.parameter("id")), let pair = try session.known(id), visitor.pool.allows(pair)
        else { throw Refusal.notFound }
        return pair
    }

    /// The person that an address names.
    ///
    /// - Throws: 404 for one that is not of the visitor's pool; for whoever has one, also for one that is nowhere.
    static func person(_ request: DeskRequest, _ session: ReviewSession) throws -> DeskPerson {
        let visitor = try request.signedIn()
        do {
            let person = try session.person(try request.parameter("id"))
            guard session.isPerson(person, in: visitor.pool) else { throw Refusal.notFound }
            return person
        } catch let failure as Failure where failure.kind == .badInput && !visitor.pool.isAll {
            throw Refusal.notFound
        }
    }

    /// For taking a word back, or approving it: who answers for a part of the register does not answer for a word about others.
    ///
    /// - Throws: 404 for an event that is about a case without a record of the visitor's pool.
    static func check(event: Int, _ request: DeskRequest, _ session: ReviewSession) throws {
        guard try isTheirs(event, request.signedIn(), session) else { throw Refusal.notFound }
    }

    /// Whether a visitor may take a word back, or approve it, as far as its records go.
    static func isTheirs(_ event: Int, _ visitor: Visitor, _ session: ReviewSession) throws -> Bool {
        try session.isWord(event, in: visitor.pool, of: visitor.name, isWhole: true)
    }

    /// - Throws: 404 when one of the findings is not of the visitor's pool.
    static func check(findings: [String], _ request: DeskRequest, _ session: ReviewSession) throws {
        let visitor = try request.signedIn()
        guard try session.areFindings(findings, in: visitor.pool) else { throw Refusal.notFound }
    }

    /// What is about the whole register is for those who work on all of it.
    ///
    /// - Throws: 404 for an account with a pool.
    static func checkWhole(_ request: DeskRequest) throws {
        guard try request.signedIn().pool.isAll else { throw Refusal.notFound }
    }

    /// Records are opened.
    ///
    /// - Parameter isWork: as a case that is the visitor's to decide; anything else is counted.
    /// - Throws: 429 for more than `AccessMeter.most` an hour; the trail is told once.
    static func open(
        _ records: [Int64], isWork: Bool = false, _ request: DeskRequest, _ session: ReviewSession
    ) throws {
        let visitor = try request.signedIn()
        let verdict = session.access.open(records, by: visitor.name, isWork: isWork, at: request.now)
        guard case .tooMany(let wait, let isNews) = verdict else { return }
        if isNews { try session.exceeded(by: visitor.name) }
        let minutes = (wait + 59) / 60
        var refusal = Refusal(
            429, .notPermitted, code: "E-DSK-011",
            Text(
                en: "You have opened \(AccessMeter.most) records beside your cases within the hour.",
                zh: "您在一小时内已打开 \(AccessMeter.most) 条待核对记录以外的记录。"),
            advice: Text(
                en: "Go on in \(minutes) min. Cases of the queue are not held up. This is on record.",
                zh: "请在 \(minutes) 分钟后继续。待核对的记录对不受影响。此事已记录在案。"))
        refusal.retryAfter = wait
        throw refusal
    }
}

extension Visitor {
    /// Whether pairs of a state are theirs to decide, as far as their roles go.
    func decides(_ state: DeskPair.State?) -> Bool { may(.propose) || state == .proposed && may(.approve) }
}
