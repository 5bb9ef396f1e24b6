import Foundation
import Reconciliation
import Records
import Rules
import Workspace

/// Holds what is stored of what people said against the audit trail: who, when and what of every row has to be in the event
/// that it names. An event whose payload was erased says nothing of that, and what was erased is not looked at.
struct WordAudit {
    private let store: WorkspaceStore
    private(set) var problems: [AuditRun.Problem] = []
    /// Events with rows, by type.
    private var spoken: [String: Int] = [:]
    /// Events of words that needed a second person when they were said.
    private var asked: Set<Int> = []
    /// Words that counted at once and may not have been allowed to.
    private var unasked: [Unasked] = []
    private var policies: Policies

    static func problems(in store: WorkspaceStore) throws -> [AuditRun.Problem] {
        var audit = try WordAudit(store: store)
        for kind in SpokenEvent.Kind.allCases {
            try store.forEachSpoken(kind) { audit.check($0) }
        }
        try audit.checkBatches()
        try audit.checkUnasked()
        try audit.checkApprovals()
        try audit.checkWithdrawals()
        try audit.checkSilence()
        return audit.problems
    }

    private init(store: WorkspaceStore) throws {
        self.store = store
        policies = Policies(store: store)
        asked = Set(try store.approvals().filter { $0.approval.verdict == .asked }.map(\.event))
    }

    // MARK: Event by event

    private mutating func check(_ event: SpokenEvent) {
        guard let first = event.words.first else { return }
        if case .approval(let approval) = first, approval.verdict == .asked {
            // The word itself is looked at where it is stored.
            if !AuditEntry.proposals.values.contains(event.type) || approval.at != event.time {
                add(event.sequence, event.type)
            }
            return
        }
        spoken[event.type, default: 0] += 1
        if case .waiver(let word, _) = first, word == .lapse || word == .expire {
            // The word of a run, which `findings.changed` sums up.
            if event.type != "findings.changed" { add(event.sequence, event.type) }
            return
        }
        let entry = Self.entry(event)
        let isProposal = asked.contains(event.sequence)
        let isNamed =
            entry.map { entry in
                let type = isProposal ? AuditEntry.proposals[entry.type] : entry.type
                return event.type == type && entry.subjects.allSatisfy(event.subjects.contains)
            } ?? false
        let isSaid = event.isErased || event.payload.map { $0 == entry?.payload.bytes } ?? true
        let isThen = event.words.allSatisfy { Self.time(of: $0).map { $0 == event.time } ?? true }
        if !isNamed || !isSaid || !isThen { add(event.sequence, event.type) }
        if isProposal { return }
        if case .withdrawal(let withdrawal) = first {
            unasked.append(Unasked(event: event.sequence, rules: event.rules, target: withdrawal.target))
        } else if case .calibration = first {
            unasked.append(Unasked(event: event.sequence, rules: event.rules, isRuleChange: true))
        } else if event.words.count > 1, Self.isCounted(first) {
            unasked.append(Unasked(event: event.sequence, rules: event.rules, pairs: event.words.count))
        }
    }

    /// Whether many such words at once need a second person.
    private static func isCounted(_ word: SpokenEvent.Word) -> Bool {
        switch word {
        case .decision, .override: true
        default: false
        }
    }

    /// The event that the rows would make.
    private static func entry(_ event: SpokenEvent) -> AuditEntry? {
        switch event.words[0] {
        case .approval(let approval) where approval.verdict != .asked:
            return .approval(
                of: approval.target, isGranted: approval.verdict == .granted, by: approval.by, reason: approval.reason)
        case .decision:
            return .decisionsMade(
                event.words.compactMap { word in
                    guard case .decision(let id, let decision) = word else { return nil }
                    return (id, decision)
                })
        case .override(_, _, _, let by, let reason, _):
            let persons = event.subjects.filter { $0.hasPrefix("person:") }.map {
                String($0.dropFirst("person:".count))
            }
            let cells = event.words.enumerated().compactMap { place, word -> AuditEntry.WrittenCell? in
                guard case .override(let id, let field, let text, _, _, _) = word else { return nil }
                return .init(
                    id: id, person: persons.indices.contains(place) ? persons[place] : "", field: field, after: text)
            }
            return .cellsOverridden(cells, by: by, reason: reason)
        case .withdrawal(let withdrawal):
            return .withdrawn(
                event: withdrawal.target, subjects: [], by: withdrawal.by, reason: withdrawal.reason)
        case .waiver(let word, let waiver):
            let findings = event.words.compactMap { word in
                if case .waiver(_, let waiver) = word { "F" + Hex.text(waiver.finding) } else { nil }
            }
            return word == .waive
                ? .findingsWaived(findings, by: waiver.by, reason: waiver.reason, until: waiver.until)
                : .waiversTakenBack(findings, by: waiver.by, reason: waiver.reason)
        case .restriction(_, let isLifted, let by, let reason, _):
            let records = event.words.compactMap { word in
                if case .restriction(let record, _, _, _, _) = word { record } else { nil }
            }
            return .restricted(records: records, isLifted: isLifted, reason: reason, by: by)
        case .calibration(let stored):
            let own = stored.calibration
            return .calibrated(
                rules: stored.rules, shift: own.shiftMillionths, slope: own.slopeMillionths, decisions: own.decisions,
                by: stored.by)
        case .approval:
            // A proposal is looked at as the word it is.
            return nil
        }
    }

    /// When it was said, where the event's payload does not say so.
    private static func time(of word: SpokenEvent.Word) -> String? {
        switch word {
        case .decision: nil
        case .override(_, _, _, _, _, let at), .restriction(_, _, _, _, let at): at
        case .withdrawal(let withdrawal): withdrawal.at
        case .waiver(_, let waiver): waiver.at
        case .approval(let approval): approval.at
        case .calibration(let stored): stored.at
        }
    }

    private mutating func checkBatches() throws {
        let events = Dictionary(try events("batch.imported").map { ($0.event.sequence, $0) }) { first, _ in first }
        for batch in try store.batches() {
            let counts = batch.counts
            let entry = AuditEntry.batchImported(
                batch: batch.id, source: batch.source, file: batch.file, digest: batch.digest,
                records: counts.records, new: counts.new, reassigned: counts.reassigned, changed: counts.changed,
                unchanged: counts.unchanged, vanished: counts.vanished)
            let recorded = events[batch.event]
            let isSaid = recorded?.payload.map { $0.body == entry.payload.bytes } ?? true
            if recorded?.event.subjects != entry.subjects || recorded?.event.time != batch.importedAt || !isSaid {
                add(batch.event, "batch.imported")
            }
            spoken["batch.imported", default: 0] += 1
        }
    }

    // MARK: Two people

    private struct Unasked {
        let event: Int
        let rules: String
        /// Or cells that were decided; 0 for a withdrawal.
        var pairs = 0
        /// What a withdrawal takes back.
        var target: Int?
        var isRuleChange = false
    }

    /// The rules for approvals that rule books had.
    private struct Policies {
        let store: WorkspaceStore
        private var known: [String: ApprovalPlan] = [:]

        init(store: WorkspaceStore) { self.store = store }

        mutating func plan(_ sha256: String) -> ApprovalPlan {
            if let plan = known[sha256] { return plan }
            let stored = try? store.ruleBook(sha256: sha256)
            let book = stored.flatMap { try? RuleBook.parse($0.text, path: $0.path) }
            let plan = book?.approvals ?? ApprovalPlan()
            known[sha256] = plan
            return plan
        }
    }

    /// A word that counts at once, although by the rules of its time it should have waited. Whether a person was dead, a minor,
    /// or had many records at that time is in the classes of the proposals; it is not worked out again.
    private mutating func checkUnasked() throws {
        for word in unasked {
            let plan = policies.plan(word.rules)
            if plan.twoPeople.isEmpty { continue }
            let target = try word.target.flatMap { try store.event($0) }
            let classes = AuditEntry.classes(target?.event.subjects ?? []).compactMap {
                ApprovalPlan.Danger(rawValue: $0)
            }
            let isBulk = plan.twoPeople.contains(.bulk) && word.pairs > plan.bulkOver
            let isRuleChange = word.isRuleChange && plan.twoPeople.contains(.ruleChange)
            if isBulk || isRuleChange || !plan.twoPeople.isDisjoint(with: classes) { alone(word.event) }
        }
    }

    /// Nobody answers their own word, and what needs two people is done by two.
    private mutating func checkApprovals() throws {
        let approvals = try store.approvals()
        let proposers = Dictionary(
            approvals.filter { $0.approval.verdict == .asked }.map { ($0.event, $0.approval.by) }
        ) { first, _ in first }
        for (event, approval) in approvals where approval.verdict == .granted {
            let proposer = proposers[approval.target]
            if proposer.map({ ApproveRun.isSame($0, approval.by) }) ?? true { alone(event) }
        }
        let granted = Set(approvals.filter { $0.approval.verdict == .granted }.map(\.event))
        let erasures = try events("erasure.executed").filter {
            policies.plan($0.event.rules).twoPeople.contains(.erasure)
        }.map(\.event.sequence)
        // A restored copy is rid again of what had been erased from the one it replaced, in the commit that restores it.
        let restoring = try erasures.isEmpty ? [] : commits(with: "backup.restored")
        for erasure in erasures where !granted.contains(erasure - 1) {
            if !restoring.contains(where: { $0.contains(erasure) }) { alone(erasure) }
        }
        let agreed = Set(
            try events("rules.proposed").filter { proposal in
                approvals.contains { $0.approval.target == proposal.event.sequence && $0.approval.verdict == .granted }
            }.flatMap(\.event.subjects))
        for change in try events("rules.changed") {
            struct Books: Decodable {
                let before: String
                let after: String
            }
            let books = change.payload.flatMap { try? JSONDecoder().decode(Books.self, from: Data($0.body)) }
            guard let books, policies.plan(books.before).twoPeople.contains(.ruleChange) else { continue }
            if !agreed.contains("rules:" + books.after) { alone(change.event.sequence) }
        }
    }

    /// From each event of a type to the end of its commit.
    private func commits(with type: String) throws -> [ClosedRange<Int>] {
        let ends = try store.sequences(ofType: "rows.sealed")
        return try store.sequences(ofType: type).map { event in event...(ends.first { $0 > event } ?? event) }
    }

    private func events(_ type: String) throws -> [RecordedEvent] {
        var filter = WorkspaceStore.EventFilter()
        filter.types = [type]
        var events: [RecordedEvent] = []
        try store.forEachEvent(filter) { events.append($0) }
        return events
    }

    private mutating func alone(_ event: Int) {
        problems.append(
            AuditRun.Problem(
                kind: "approval", sequence: event,
                message: Text(
                    en: "event \(event) counts by the word of one person, and needed two",
                    zh: "第\(event)号事件仅凭一人生效，而规则要求两人")))
    }

    // MARK: All events

    /// A withdrawal points at something that people can take back, and that counted until then.
    private mutating func checkWithdrawals() throws {
        var taken: [Int: [Int]] = [:]
        func counts(_ event: Int) -> Bool { !(taken[event] ?? []).contains(where: counts) }
        let approvals = try store.approvals()
        let granted = Dictionary(
            approvals.filter { $0.approval.verdict == .granted }.map { ($0.approval.target, $0.event) }
        ) { $1 }
        // One that waited takes effect with its approval; what it points at may have been taken back meanwhile.
        let said = try store.withdrawals().compactMap { event, withdrawal in
            asked.contains(event) ? granted[event].map { ($0, event, withdrawal) } : (event, event, withdrawal)
        }.sorted { $0.0 < $1.0 }
        if said.isEmpty { return }
        let ends = try store.sequences(ofType: "rows.sealed")
        var end = 0
        // Those of one commit were said at once, of what counted before it.
        var together: [(event: Int, target: Int)] = []
        for (place, event, withdrawal) in said {
            while end < ends.count, ends[end] < place {
                for word in together { taken[word.target, default: []].append(word.event) }
                together = []
                end += 1
            }
            let type = try store.event(withdrawal.target)?.event.type ?? ""
            let isSaidTwice = together.contains { $0.target == withdrawal.target }
            if Undoing.types[type] == nil || !asked.contains(event) && (isSaidTwice || !counts(withdrawal.target)) {
                problems.append(
                    AuditRun.Problem(
                        kind: "word", sequence: event,
                        message: Text(
                            en: "event \(event) takes back event \(withdrawal.target), which did not count then",
                            zh: "第\(event)号事件撤销了当时并不有效的第\(withdrawal.target)号事件")))
            }
            together.append((event, withdrawal.target))
        }
    }

    /// Events of which there is no row.
    private mutating func checkSilence() throws {
        let types =
            Undoing.types.keys.sorted() + [
                "approval.granted", "approval.refused", "restriction.lifted", "restriction.set",
            ]
        for (type, count) in try store.eventCounts(types).sorted(by: { $0.key < $1.key }) {
            let missing = count - (spoken[type] ?? 0)
            if missing == 0 { continue }
            problems.append(
                AuditRun.Problem(
                    kind: "word", sequence: nil,
                    message: Text(
                        en: "\(missing) events \(type) have nothing stored that they speak of",
                        zh: "\(missing) 个 \(type) 事件没有对应的存储内容")))
        }
    }

    private mutating func add(_ event: Int, _ type: String) {
        guard problems.count < 100 else { return }
        problems.append(
            AuditRun.Problem(
                kind: "word", sequence: event,
                message: Text(
                    en: "what is stored of event \(event) (\(type)) is not what the event says",
                    zh: "第\(event)号事件（\(type)）的存储内容与事件所述不符")))
    }
}
