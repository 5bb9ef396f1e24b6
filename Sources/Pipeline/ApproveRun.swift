import Reconciliation
package import Records
import Rules
import Workspace

/// The second person's answer to a word that waits.
package struct ApprovalRequest: Sendable {
    package var workspace: String
    /// Sequence of the event that proposes it.
    package var event: Int
    package var isRefused: Bool
    package var by: String
    package var reason: String
    /// In which the answer is given.
    package var role = Role.approver
    /// Whether the master is made anew at once.
    package var isReconciled = true
    package var threads: Int
    package var language: Language
    package var clock: Clock

    package init(
        workspace: String, event: Int, isRefused: Bool, by: String, reason: String, threads: Int, language: Language,
        clock: Clock
    ) {
        self.workspace = workspace
        self.event = event
        self.isRefused = isRefused
        self.by = by
        self.reason = reason
        self.threads = threads
        self.language = language
        self.clock = clock
    }
}

/// Lets words of one person count once another has agreed, or never.
package enum ApproveRun {
    package struct Outcome: Sendable {
        /// The event of the answer.
        package let event: Int
        /// Records that stand for another person because of it; `nil` when the master was not made anew.
        package let moves: [IdentityMove]?
        package let output: String?
        /// What was erased, when that was what waited.
        package let erasure: ErasureRun.Outcome?
        /// It is a word that the master follows, and that can be taken back.
        package var isOfMaster = false
    }

    /// A word that waits.
    package struct Waiting: Sendable {
        package let event: Int
        package let type: String
        package let title: Text
        /// UTC, ISO 8601, to the second.
        package let time: String
        package let by: String
        /// Why it needs a second person: `large_group`, …
        package let classes: [String]
        package let subjects: [String]
        package let told: Retelling
    }

    static let titles: [String: Text] = [
        "decision.proposed": Text(en: "a decision", zh: "判定"),
        "override.proposed": Text(en: "a value for a cell", zh: "单元格改写"),
        "withdrawal.proposed": Text(en: "an undo", zh: "撤销"),
        "erasure.proposed": Text(en: "an erasure", zh: "删除"),
        "rules.proposed": Text(en: "another rule book", zh: "更换规则文件"),
        "calibration.proposed": Text(en: "a calibration of the scores", zh: "评分校准"),
    ]

    /// What makes a word dangerous, in a few words.
    package static func title(ofClass name: String) -> Text {
        switch ApprovalPlan.Danger(rawValue: name) {
        case .differentIDs: Text(en: "different valid ids", zh: "有效证件号不同")
        case .largeGroup: Text(en: "many records", zh: "记录过多")
        case .deceased: Text(en: "deceased", zh: "已故人员")
        case .minor: Text(en: "minor", zh: "未成年人")
        case .erasure: Text(en: "erasure", zh: "删除")
        case .bulk: Text(en: "many pairs at once", zh: "批量判定")
        case .ruleChange: Text(en: "change of rules", zh: "更换规则")
        case nil: Text(en: name, zh: name)
        }
    }

    /// In the order they were proposed.
    package static func waiting(workspace: String) throws -> [Waiting] {
        try waiting(try WorkspaceStore.openReadOnly(directory: workspace))
    }

    static func waiting(
        _ store: WorkspaceStore, shown: (_ field: String, _ value: String) -> String = { $1 }
    ) throws -> [Waiting] {
        let approvals = try store.approvals().map(\.approval)
        let answered = Set(approvals.filter { $0.verdict != .asked }.map(\.target))
        return try approvals.filter { $0.verdict == .asked && !answered.contains($0.target) }.compactMap { asked in
            guard let recorded = try store.event(asked.target), let title = titles[recorded.event.type] else {
                return nil
            }
            let event = recorded.event
            return Waiting(
                event: event.sequence, type: event.type, title: title, time: event.time, by: asked.by,
                classes: AuditEntry.classes(event.subjects),
                subjects: event.subjects.filter { !$0.hasPrefix("class:") },
                told: try Retelling(recorded, store, shown: shown))
        }
    }

    /// What is decided by words that wait.
    static func proposedDecisions(_ store: WorkspaceStore) throws -> [(event: Int, decision: Decision)] {
        try waiting(store).filter { $0.type == "decision.proposed" }.flatMap { word in
            try store.decisions(ofEvents: [word.event]).map { (word.event, $0) }
        }
    }

    /// - Throws: `E-APR-001` when nothing of that number waits, `E-APR-002` when it was answered, `E-APR-003` for the
    ///   proposer's own approval, `E-APR-005` for an erasure of what is erased; `E-WRD-009` for a reason that says nothing;
    ///   `E-ERA-002` for one that says who is to be erased.
    package static func run(
        _ request: ApprovalRequest, progress: @escaping (CleaningStage) -> Void = { _ in }
    ) throws -> Outcome {
        try WordRun.checkReason(request.reason)
        _ = try WorkspaceStore.openReadOnly(directory: request.workspace)
        let (event, erasure, isOfMaster) = try record(request)
        guard isOfMaster, request.isReconciled, !request.isRefused else {
            return Outcome(
                event: event, moves: nil, output: nil, erasure: erasure, isOfMaster: isOfMaster && !request.isRefused)
        }
        let outcome = try WordRun.reconcile(
            request.workspace, by: request.by, threads: request.threads, language: request.language,
            clock: request.clock, after: [event], progress)
        return Outcome(event: event, moves: outcome.moves, output: outcome.output, erasure: nil, isOfMaster: true)
    }

    /// The store is closed again when it returns: the run that follows opens its own.
    private static func record(
        _ request: ApprovalRequest
    ) throws -> (event: Int, erasure: ErasureRun.Outcome?, isOfMaster: Bool) {
        let store = try WorkspaceStore.open(directory: request.workspace)
        let waiting = try proposal(request, store)
        let companion = try store.event(waiting.event).flatMap { try Companions.companion(of: $0, store) }
        func answer(_ commit: inout TrailCommit) throws -> Int {
            let events = try [waiting.event, companion].compactMap { $0 }.map { target in
                let event = try commit.add(
                    .approval(of: target, isGranted: !request.isRefused, by: request.by, reason: request.reason))
                try commit.writer.record(
                    Approval(
                        of: target, request.isRefused ? .refused : .granted, by: request.by,
                        reason: request.reason, at: request.clock.now), event: event)
                return event
            }
            return events[0]
        }
        if waiting.type == "erasure.proposed", !request.isRefused {
            let ids = waiting.subjects.filter { $0.hasPrefix("record:") }.compactMap { Int64($0.dropFirst(7)) }
            let reason = try store.approvals().first { $0.event == waiting.event }?.approval.reason
            let records = try store.subjects(ids: ids)
            guard records.contains(where: { !$0.isErased }) else { throw alreadyErased(request) }
            var event = 0
            let erasure = try ErasureRun.erase(
                records, in: store,
                ErasureRun.Request(
                    workspace: request.workspace, names: [], reason: reason ?? request.reason, isRehearsal: false,
                    actor: request.by, clock: request.clock),
                reasons: [reason ?? request.reason, request.reason]
            ) { event = try answer(&$0) }
            return (event, erasure, false)
        }
        let author = TrailCommit.Author(actor: request.by, role: request.role, time: request.clock.now)
        let event = try TrailCommit.run(store, by: author) { try answer(&$0) }
        return (event, nil, WorkspaceStore.proposalsOfMaster.contains(waiting.type))
    }

    private static func alreadyErased(_ request: ApprovalRequest) -> Failure {
        Failure(
            .badInput, code: "E-APR-005",
            Text(
                en: "the records of event \(request.event) are erased already", zh: "第\(request.event)号事件所涉记录已被删除"),
            advice: Text(
                en: "“qingku approve \(request.event) --refuse” takes it off the list.",
                zh: "qingku approve \(request.event) --refuse 可将其取消。"))
    }

    private static func proposal(_ request: ApprovalRequest, _ store: WorkspaceStore) throws -> Waiting {
        let advice = Text(en: "“qingku approve --list” shows what waits.", zh: "qingku approve --list 列出待批准的内容。")
        if let waiting = try waiting(store).first(where: { $0.event == request.event }) {
            guard request.isRefused || !isSame(waiting.by, request.by) else {
                throw Failure(
                    .notPermitted, code: "E-APR-003",
                    Text(
                        en: "\(waiting.by) proposed event \(request.event) and cannot approve it",
                        zh: "第\(request.event)号事件由 \(waiting.by) 提出，不能由本人批准"),
                    advice: Text(en: "Somebody else has to: --by.", zh: "须由他人批准：--by。"))
            }
            return waiting
        }
        let answers = try store.approvals().map(\.approval).filter { $0.target == request.event }
        if let answer = answers.first(where: { $0.verdict != .asked }) {
            throw Failure(
                .badInput, code: "E-APR-002",
                Text(
                    en: "event \(request.event) was \(answer.verdict.rawValue) by \(answer.by) on \(answer.at)",
                    zh: "第\(request.event)号事件已由 \(answer.by) 于 \(answer.at) \(answer.verdict == .granted ? "批准" : "拒绝")"
                ),
                advice: advice)
        }
        throw Failure(
            .badInput, code: "E-APR-001",
            Text(
                en: "event \(request.event) does not wait for a second person", zh: "第\(request.event)号事件无需第二人批准"),
            advice: advice)
    }

    /// Names as people write them.
    static func isSame(_ one: String, _ other: String) -> Bool {
        func folded(_ name: String) -> String { name.filter { !$0.isWhitespace }.lowercased() }
        return folded(one) == folded(other)
    }
}
