import Foundation
import Importers
import Reconciliation
import Records
import Rules
import Workspace

/// Takes everything that is held about persons out of a workspace: database, its log and free pages, files of runs.
///
/// The audit trail stays whole: an event without its payload is vouched for by its commitment, a version without its cells by
/// its digest. What is outside, exports that were given away, backups, the offices' own files, is named, not touched.
package enum ErasureRun {
    package struct Request: Sendable {
        package var workspace: String
        /// Persons, or `SOURCE:RECORD`.
        package var names: [String]
        package var reason: String
        /// Count only.
        package var isRehearsal: Bool
        package var actor: String
        package var clock: Clock

        package init(
            workspace: String, names: [String], reason: String, isRehearsal: Bool, actor: String, clock: Clock
        ) {
            self.workspace = workspace
            self.names = names
            self.reason = reason
            self.isRehearsal = isRehearsal
            self.actor = actor
            self.clock = clock
        }
    }

    package struct Outcome: Sendable {
        /// `source:record`, as they were.
        package let records: [String]
        /// Records that were named and had been erased before.
        package let already: Int
        /// By what was, or would be, erased.
        package let counts: [(what: String, count: Int)]
        /// Folders of runs that lost their files.
        package let runs: [String]
        /// What went to others and held the records.
        package let exports: [Disclosure]
        /// Copies that still hold them.
        package let backups: [String]
        /// Files of the offices that still hold them.
        package let deliveries: [String]
        /// `nil` in a rehearsal, and when nothing was left to erase.
        package let event: Int?
        /// False while another process reads the database: the next command finishes.
        package let isFinished: Bool
        /// The event that proposes it, when a second person has to approve it first: nothing was erased yet.
        package var waiting: Int?
    }

    /// - Throws: `E-SUB-001` to `E-SUB-003`; `E-ERA-001`, `E-ERA-002`; as the opening of a workspace.
    package static func run(_ request: Request) throws -> Outcome {
        try Subjects.checkReason(request.reason)
        // A rehearsal changes nothing, not even the lock.
        let store =
            request.isRehearsal
            ? try WorkspaceStore.openReadOnly(directory: request.workspace)
            : try WorkspaceStore.openExisting(directory: request.workspace)
        let records = try Subjects.records(request.names, in: store)
        let classes = request.isRehearsal ? [] : try Dangers(store, today: request.clock.today).ofErasure
        if classes.isEmpty { return try erase(records, in: store, request, reasons: [request.reason]) }
        // Counted before it is proposed, which adds an event that names the records.
        var outcome = try erase(
            records, in: store,
            Request(
                workspace: request.workspace, names: request.names, reason: request.reason, isRehearsal: true,
                actor: request.actor, clock: request.clock), reasons: [request.reason])
        if !outcome.records.isEmpty { outcome.waiting = try propose(records, in: store, request, classes) }
        return outcome
    }

    private static func propose(
        _ records: [SubjectRecord], in store: WorkspaceStore, _ request: Request, _ classes: [String]
    ) throws -> Int {
        let present = records.filter { !$0.isErased }
        let author = TrailCommit.Author(actor: request.actor, role: .reviewer, time: request.clock.now)
        return try TrailCommit.run(store, by: author) { commit in
            let event = try commit.add(
                .erasureProposed(
                    records: present.map(\.id), persons: Set(present.compactMap(\.person)).sorted().map(PersonID.text),
                    classes: classes, reason: request.reason, by: request.actor))
            try commit.writer.record(
                Approval(of: event, .asked, by: request.actor, reason: request.reason, at: request.clock.now),
                event: event)
            return event
        }
    }

    /// - Parameters:
    ///   - reasons: that people gave; they stay for good.
    ///   - isSigned: false where the key that signs is not there: who was erased before does not wait for it.
    ///   - isStaged: the database is still to take the place of the workspace's: whoever opens it there cleans up.
    ///   - first: what the same commit records before.
    /// - Throws: `E-ERA-002` when a reason says who one of the records is of.
    static func erase(
        _ records: [SubjectRecord], in store: WorkspaceStore, _ request: Request, reasons: [String],
        role: Role = .approver, isSigned: Bool = true, isStaged: Bool = false,
        first: (inout TrailCommit) throws -> Void = { _ in }
    ) throws -> Outcome {
        let book = try store.ruleBook(nil).flatMap { try? RuleBook.parse($0.text, path: $0.path) }
        let plan = try store.erasurePlan(
            of: records, telling: telling(book), unnamed: book?.sourcesWithoutIDs ?? [], schema: book?.schema)
        guard !reasons.contains(where: plan.tells) else {
            throw Failure(
                .badInput, code: "E-ERA-002",
                Text(
                    en: "the reason says who is to be erased, and reasons of an erasure stay for good",
                    zh: "理由中含有待删除者的信息，而删除的理由会永久保留"),
                advice: Text(
                    en: "Give it without name, number, phone, address or record id; the number of a file is enough.",
                    zh: "请勿写姓名、证件号、电话、地址或记录编号；写明案卷号即可。"))
        }
        let counts = [
            ("records", plan.records.count), ("versions", plan.versions), ("findings", plan.findings.count),
            ("waivers", plan.waivers.count), ("decisions", plan.decisions.count), ("payloads", plan.events.count),
            ("runs", plan.runs.count),
        ]
        let folders = try store.runs(nil).filter { plan.runs.contains($0.id) }.map(\.folder)
        // Before the erasure, which may take what an officer wrote of an export.
        let disclosures = try Disclosure.all(in: store).filter { plan.runs.contains($0.run) }
        let backups = try backups(of: store)
        func outcome(event: Int?, isFinished: Bool) -> Outcome {
            Outcome(
                records: plan.records.map(Subjects.name), already: records.count - plan.records.count,
                counts: counts.map { (what: $0.0, count: $0.1) }, runs: folders,
                exports: disclosures, backups: backups, deliveries: plan.deliveries, event: event,
                isFinished: isFinished)
        }
        if request.isRehearsal || plan.records.isEmpty { return outcome(event: nil, isFinished: true) }

        let key = try store.erasureKeySubject()
        try store.beginErasure()
        let author = TrailCommit.Author(actor: request.actor, role: role, time: request.clock.now)
        func erase(_ commit: inout TrailCommit) throws -> Int {
            try first(&commit)
            let event = try commit.add(
                .erased(
                    records: plan.records.map(\.id), persons: Set(plan.records.compactMap(\.person)).sorted(),
                    events: plan.events, runs: plan.runs, counts: Dictionary(counts) { $1 }, reason: request.reason,
                    key: key))
            try commit.writer.erase(plan, in: store.directory, event: event)
            return event
        }
        let event =
            isSigned
            ? try TrailCommit.run(store, by: author, erase) : try TrailCommit.runUnsigned(store, by: author, erase)
        return outcome(event: event, isFinished: try !isStaged && store.finishErasure())
    }

    /// By the fields of the newest run's rules; a field that they have no more may tell.
    private static func telling(_ book: RuleBook?) -> (String) -> ErasurePlan.Telling {
        let kinds = Dictionary((book?.schema.fields ?? []).map { ($0.name, $0.kind) }) { first, _ in first }
        return { field in
            switch kinds[field] {
            case .date, .division, .code, .ethnicGroup, .number, .city, .postcode, .houseNumber: .nothing
            case .residentID, .identifier: .number
            case .personName, .givenName, .surname, nil: .name
            case .address, .street, .phone, .email, .text: .detail
            }
        }
    }

    private static func backups(of store: WorkspaceStore) throws -> [String] {
        var filter = WorkspaceStore.EventFilter()
        filter.types = ["backup.made"]
        var files: [String] = []
        try store.forEachEvent(filter) { recorded in
            struct Body: Decodable { let file: String }
            let body = recorded.payload.flatMap { try? JSONDecoder().decode(Body.self, from: Data($0.body)) }
            if let body { files.append("\(body.file) (\(recorded.event.time))") }
        }
        let aside = (try? FileManager.default.contentsOfDirectory(atPath: store.directory)) ?? []
        return files + aside.filter { $0.hasPrefix("replaced-") }.sorted().map { store.directory + "/" + $0 }
    }
}

extension RuleBook {
    /// Records of these are called after their line or their place in the file.
    var sourcesWithoutIDs: Set<String> { Set(sources.filter { $0.recordID == nil }.map(\.profile.name)) }
}
