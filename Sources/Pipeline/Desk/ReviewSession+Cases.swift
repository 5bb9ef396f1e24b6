import Foundation
import Reconciliation
package import Records
package import Workspace

/// Whose a pair is: now, because somebody has it on their screen, and to do, because it was assigned.
extension ReviewSession {
    /// Seconds for which a pair is somebody's who opened it; what they do with it meanwhile makes it longer.
    package static let holdTime = 600
    /// Pairs that one person has at once: the one before, the one on the screen, and the next, which is fetched ahead.
    static let mostHeld = 3
    /// Pairs that are assigned at once.
    package static let mostAssigned = 1_000

    /// Since 1970, now.
    var seconds: Int {
        let now = clock().now
        return (try? Date(now, strategy: .iso8601)).map { Int($0.timeIntervalSince1970) } ?? 0
    }

    /// Whether a pair is somebody's to decide: it waits, was drawn for the audit sample that they are at, or they are asked.
    package func isWork(_ pair: DeskPair, _ sample: DeskSample?, of name: String) throws -> Bool {
        if [.open, .unsure, .proposed].contains(pair.state) { return true }
        return try sample.map { try index.isDrawn(pair.id, $0) } ?? false || asked(of: name)?.pair == pair.id
    }

    // MARK: Holds

    /// Somebody who may answer opens a pair, or works on it.
    ///
    /// - Returns: the hold that stands: another's, when somebody else has it.
    @discardableResult
    package func take(_ pair: Int, by name: String) throws -> CaseHold {
        try index.take(pair, by: name, at: seconds, for: Self.holdTime, keeping: Self.mostHeld)
    }

    /// `nil` when nobody has it.
    package func hold(of pair: Int) throws -> CaseHold? { try index.hold(of: pair, at: seconds) }

    package func release(_ pair: Int, by name: String) throws { try index.release(pair, by: name) }

    /// A pair without what explains it; `nil` when there is none of the number.
    package func known(_ pair: Int) throws -> DeskPair? {
        _ = try desk()
        return try index.pair(pair)
    }

    /// Pairs of a list by the account they are assigned to.
    package func assigned(_ filter: DeskFilter) throws -> [String: Int] { try index.assignedCounts(filter) }

    /// What others have now.
    package func holds(butOf name: String) throws -> [CaseHold] {
        try index.holds(at: seconds).filter { $0.by != name }
    }

    /// - Throws: `E-DSK-007` while somebody else has the pair.
    func checkHold(_ pair: Int, by name: String) throws {
        guard let hold = try hold(of: pair), hold.by != name else { return }
        throw Self.held(hold)
    }

    package static func held(_ hold: CaseHold) -> Failure {
        Failure(
            .notDone, code: "E-DSK-007", hold.text,
            advice: Text(
                en: "Nothing was saved. You may read it; answer the next one, or this one when it is free.",
                zh: "未保存任何内容。您可以查看；请先处理下一对，或待其释放后再作判定。"))
    }

    // MARK: Assignments

    /// The newest word on who has what to do.
    func takeAssignments(upTo event: Int) throws {
        let known = try index.mark("assigned").flatMap { Int($0) }
        if let known, try !store.hasAssignments(after: known) { return }
        try index.takeAssignments(try store.assignments(), upTo: event)
    }

    /// Accounts that may decide pairs, by name.
    package func reviewers() throws -> [Account] {
        try store.accounts().map(\.account).filter { !$0.isDisabled && $0.roles.contains(.reviewer) }
    }

    /// The first pairs of a list become somebody's to decide; those that are not of their pool are passed over.
    ///
    /// - Parameters:
    ///   - account: empty: nobody's any more.
    ///   - role: in which it is said.
    /// - Returns: how many.
    /// - Throws: `E-DSK-008` for an account that may not decide, `E-DSK-009` for a list without such pairs.
    @discardableResult
    package func assign(
        _ most: Int, of filter: DeskFilter, to account: String, by name: String, role: Role
    ) throws -> Int {
        let known = try reviewers().first { $0.name == account }
        guard account.isEmpty || known != nil else {
            throw Failure(
                .badInput, code: "E-DSK-008",
                Text(en: "“\(account)” is no account that decides cases", zh: "“\(account)”不是可作判定的账户"),
                advice: Text(en: "Choose one with the role of a reviewer.", zh: "请选择具有审核员角色的账户。"))
        }
        let pool = known.map { DeskPool(sources: $0.sources, areas: $0.areas) } ?? .all
        _ = try desk()
        var pairs: [DeskPair] = []
        var start = 0
        while pairs.count < min(most, Self.mostAssigned) {
            // The pages before are counted through again: few large ones, for a pool that fits few pairs.
            let found = try index.pairs(filter, from: start, limit: 10_000)
            if found.isEmpty { break }
            start += found.count
            pairs += found.filter(pool.allows).prefix(min(most, Self.mostAssigned) - pairs.count)
        }
        guard !pairs.isEmpty else {
            throw Failure(
                .notDone, code: "E-DSK-009",
                Text(en: "the list has no pair that can be assigned", zh: "该列表中没有可分派的记录对"),
                advice: Text(
                    en: "Choose another filter, or an account whose areas and sources fit.",
                    zh: "请更换筛选条件，或选择地区和来源相符的账户。"))
        }
        try speakAlone {
            let open = try WorkspaceStore.open(directory: workspace)
            try TrailCommit.run(open, by: TrailCommit.Author(actor: name, role: role, time: clock().now), isSmall: true)
            { commit in
                try commit.add(.casesAssigned(pairs.map { ($0.a, $0.b) }, to: account))
            }
        }
        return pairs.count
    }
}

extension CaseHold {
    /// By the clock of the machine.
    package var text: Text {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .current
        let parts = calendar.dateComponents([.hour, .minute], from: Date(timeIntervalSince1970: Double(until)))
        func two(_ part: Int?) -> String { (part ?? 0) < 10 ? "0\(part ?? 0)" : "\(part ?? 0)" }
        let time = "\(two(parts.hour)):\(two(parts.minute))"
        return Text(en: "\(by) has this case until \(time).", zh: "\(by) 正在处理这一对，至 \(time)。")
    }
}
