import Crypto
import Foundation
import Reconciliation
package import Records
import Reports
import Rules
import Synchronization
import Workspace

/// Where the registry stands, and what people have to do.
package struct DeskOverview: Sendable {
    /// A rate of `quality.csv`.
    package struct Rate: Sendable, Hashable {
        /// Empty for the whole registry.
        package let area: String
        package let areaName: String
        package let dimension: String
        package let numerator: Int
        package let denominator: Int
        package let rate: Double
        package let colour: String
    }

    package let title: String
    package let run: Int
    package let finishedAt: String
    package let records: Int
    package let persons: Int
    package let pairs: [String: Int]
    package let findings: [Severity: Int]
    /// Words that wait for a second person.
    package let waiting: Int
    /// Of the visitor's own proposals, those that somebody refused lately.
    package let refused: Int
    /// Words since the run, which the next one takes into the master.
    package let pending: Int
    /// Decisions since the calibration that holds, when they are enough for another look; 0 otherwise.
    package let toLearn: Int
    /// Of the whole registry and of its largest areas.
    package let rates: [Rate]
}

/// A run in a list.
package struct DeskRunEntry: Sendable, Hashable {
    package let run: Int
    package let kind: String
    package let finishedAt: String
    package let records: Int
    package let persons: Int
    package let tool: String
    package let rules: String
    package let outputs: [String]
}

extension ReviewSession {
    /// - Parameters:
    ///   - pool: of the account that looks: pairs, findings, words and areas are those of it.
    ///   - name: whose own words are shown, whatever they are about.
    package func overview(in pool: DeskPool = .all, for name: String = "") throws -> DeskOverview {
        let desk = try desk()
        var all = DeskFilter()
        (all.state, all.sources, all.areas) = (nil, pool.sources, pool.areas)
        let counts = try index.counts(all, fields: 0).states
        let waiting = try ApproveRun.waiting(store).filter { try isWord($0.event, in: pool, of: name) }
        let decided = (counts[.same] ?? 0) + (counts[.different] ?? 0)
        let isWaiting = waiting.contains { $0.type == "calibration.proposed" }
        var findings = DeskFindingFilter()
        findings.pool = pool
        let severities = findings.choose(try index.facets()).values[.severity] ?? [:]
        return DeskOverview(
            title: desk.book.title, run: desk.run.id, finishedAt: desk.run.finishedAt, records: desk.run.records,
            persons: desk.run.persons,
            pairs: Dictionary(counts.map { ($0.key.name, $0.value) }) { first, _ in first },
            findings: Dictionary(
                severities.compactMap { name, count in Severity(rawValue: name).map { ($0, count) } }
            ) { first, _ in first },
            waiting: waiting.count, refused: name.isEmpty ? 0 : try refused(of: name).count,
            pending: try store.wordCount(since: desk.run),
            toLearn: try decisionsToLearn(decided, isWaiting: isWaiting, desk),
            rates: rates(desk).filter {
                pool.isAll || !pool.areas.isEmpty && !$0.area.isEmpty && pool.allows(area: $0.area)
            })
    }

    /// Read once for each run.
    private func rates(_ desk: DeskRun) -> [DeskOverview.Rate] {
        if let known = rates.withLock({ $0 }), known.run == desk.run.id { return known.rates }
        let read = readRates(desk)
        rates.withLock { $0 = (desk.run.id, read) }
        return read
    }

    private func readRates(_ desk: DeskRun) -> [DeskOverview.Rate] {
        guard let output = desk.run.outputs.first(where: { $0.path == "quality.csv" }),
            let table = try? StoredTable(
                name: "quality", path: desk.run.folder(in: workspace) + "/quality.csv", sha256: output.sha256,
                fields: [])
        else { return [] }
        var rates: [DeskOverview.Rate] = []
        try? table.eachRow { row in
            guard row.count == 10,
                row[0] == "all" || (row[0] == "area" && !row[3].isEmpty && ["", "province"].contains(row[2]))
            else { return }
            rates.append(
                DeskOverview.Rate(
                    area: row[3], areaName: row[4], dimension: row[5], numerator: Int(row[6]) ?? 0,
                    denominator: Int(row[7]) ?? 0, rate: Double(row[8]) ?? 0, colour: row[9]))
        }
        return rates
    }

    /// Newest first.
    package func runs() throws -> [DeskRunEntry] {
        try store.runs(nil).reversed().map { run in
            DeskRunEntry(
                run: run.id, kind: run.kind.rawValue, finishedAt: run.finishedAt, records: run.records,
                persons: run.persons, tool: run.tool, rules: run.rules,
                outputs: run.outputs.map(\.path))
        }
    }

    /// The report of a run as it was written; `nil` when it is not there any more, or not as it was written.
    package func report(ofRun number: Int) throws -> [UInt8]? {
        guard let run = try store.runs(nil).first(where: { $0.id == number }),
            let output = run.outputs.first(where: { $0.path == "report.html" }),
            let data = FileManager.default.contents(atPath: run.folder(in: workspace) + "/report.html"),
            Hex.text(SHA256.hash(data: data)) == output.sha256
        else { return nil }
        return Array(data)
    }

    // MARK: Words

    /// What people said, newest first.
    ///
    /// - Parameter by: `nil`: everybody.
    package func words(by actor: String? = nil, last: Int) throws -> [WordList.Entry] {
        try WordList.entries(workspace: workspace, by: actor, last: last, shown: try masking())
    }

    package func waiting() throws -> [ApproveRun.Waiting] { try ApproveRun.waiting(store, shown: try masking()) }

    /// Numbers that tell who somebody is are told as pages show them.
    func masking() throws -> (_ field: String, _ value: String) -> String { Self.masking(try desk()) }

    static func masking(_ desk: DeskRun) -> (_ field: String, _ value: String) -> String {
        let schema = desk.book.schema
        return { field, value in
            if field.isEmpty { return maskedRecordID(value) }
            guard let kind = schema.index(of: field).map({ schema.fields[$0].kind }), isMasked(kind) else {
                return value
            }
            return masked(value, kind)
        }
    }

    /// Takes the words since the newest run into the master. Who says something meanwhile waits for the workspace as for any other
    /// run, and no longer.
    package func reconcile(by: String, threads: Int, language: Language) throws {
        endTurn()
        _ = try WordRun.reconcile(
            workspace, by: by, threads: threads, language: language, clock: clock(), after: []
        ) { _ in }
        _ = try desk()
    }

    /// Newest first.
    package func events(_ filter: TrailRun.Filter) throws -> [AuditEvent] {
        var events: [AuditEvent] = []
        try TrailRun.forEachEvent(workspace: workspace, filter) { events.append($0.event) }
        return events.reversed()
    }

    /// What was given to somebody outside, newest first.
    package func exports() throws -> [Disclosure] { try Disclosure.all(in: store).reversed() }

    /// Says in the trail that somebody saw in full what is masked for most.
    ///
    /// - Parameter records: of whom.
    package func unmasked(_ records: [Int64], by: String, role: Role, reason: String) throws {
        try WordRun.checkReason(reason)
        try speakAlone {
            let open = try WorkspaceStore.open(directory: workspace)
            let author = TrailCommit.Author(actor: by, role: role, time: clock().now)
            try TrailCommit.run(open, by: author, isSmall: true) { commit in
                try commit.add(.unmasked(records: records, reason: reason))
            }
        }
    }
}
