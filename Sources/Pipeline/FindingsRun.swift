import Foundation
import Matching
package import Records
package import Reports
import Rules
import Validation
import Workspace

/// What somebody asks of `qingku findings`.
package struct FindingsRequest: Sendable {
    package var workspace: String
    package var checks: [String] = []
    package var kinds: [Finding.Kind] = []
    package var sources: [String] = []
    package var severities: [Severity] = []
    /// Empty: open and returned ones.
    package var states: [Ledger.State] = []
    package var fields: [String] = []
    /// The beginning of a division code, or a value of the field of the areas.
    package var area: String?
    /// Made first by the newest run.
    package var isNew = false
    /// `nil`: all.
    package var limit: Int?
    package var clock: Clock

    package init(workspace: String, clock: Clock) {
        self.workspace = workspace
        self.clock = clock
    }
}

/// Looks at the ledger of findings. Nothing is written.
package enum FindingsRun {
    package static func list(_ request: FindingsRequest) throws -> FindingList {
        let reader = try LedgerReader(request.workspace, clock: request.clock)
        try reader.check(request)
        var filter = FindingFilter(
            checks: request.checks, kinds: request.kinds, sources: request.sources, severities: request.severities,
            states: request.states.isEmpty ? [.open, .returned] : request.states, fields: request.fields)
        if request.isNew { filter.firstRun = reader.run.id }
        let day = request.clock.today
        guard let area = request.area else {
            // The whole file before its records.
            let exports = try reader.exportFindings(request)
            let left = request.limit.map { max(0, $0 - exports.count) }
            let found = try reader.store.findings(filter, on: day, limit: left)
            let counts = try reader.counts(filter) + reader.counts(of: exports)
            return FindingList(
                run: reader.run.id, counts: counts.sorted(by: FindingList.Count.isBefore),
                findings: exports.prefix(request.limit ?? exports.count) + (try reader.listed(found).findings))
        }
        // Where a record lies is not stored: it follows from its cells, so all others of the filter are looked at.
        let listed = try reader.listed(try reader.store.findings(filter, on: day))
        guard let field = reader.book.report.areas else {
            throw Failure(
                .badInput, code: "E-FIND-003",
                Text(en: "the rule book names no field for areas", zh: "规则文件没有写明地区字段"),
                at: Place(file: reader.book.path),
                advice: Text(
                    en: "Add “report: { areas: FIELD }” to it and run again.", zh: "请在其中加上 report: { areas: 字段 } 后再运行。")
            )
        }
        let isDivision = reader.book.schema.fields[field].kind == .division
        let prefix = isDivision ? LedgerReader.divisionPrefix(area) : area
        let chosen = listed.findings.indices.filter { index in
            guard let row = listed.rows[index] else { return false }
            let value = listed.records.value(row, field)
            return isDivision ? value.hasPrefix(prefix) : value == area
        }.map { listed.findings[$0] }
        let limit = request.limit ?? chosen.count
        return FindingList(
            run: reader.run.id, counts: reader.counts(of: chosen), findings: Array(chosen.prefix(limit)))
    }

    /// Everything known of one finding.
    ///
    /// - Parameter id: as it is written out, or as much of its beginning as only one has.
    package static func show(_ id: String, workspace: String, clock: Clock) throws -> FindingStory {
        let reader = try LedgerReader(workspace, clock: clock)
        let exports = id.hasPrefix("I") ? try reader.exportFindings().filter { $0.id.hasPrefix(id) } : []
        if let finding = exports.first, exports.count == 1 {
            return FindingStory(finding: finding, cells: [], history: [])
        }
        let stored = try reader.finding(id)
        let listed = try reader.listed([stored])
        guard let finding = listed.findings.first else { throw LedgerReader.unknown(id) }
        var cells: [FindingStory.Cell] = []
        if let row = listed.rows[0] {
            let other = stored.other.flatMap { listed.rowOf[$0] }
            for (index, field) in reader.book.schema.fields.enumerated() {
                let (value, counterpart) = (listed.records.raw(row, index), other.map { listed.records.raw($0, index) })
                if value.isEmpty, counterpart ?? "" == "" { continue }
                cells.append(.init(field: field.name, value: value, other: counterpart))
            }
        }
        return FindingStory(
            finding: finding, cells: cells,
            history: try reader.store.history(of: stored.id).map(FindingStory.Event.init))
    }
}

extension FindingStory.Event {
    init(_ event: FindingEvent) {
        switch event.what {
        case .made: self.init(what: .made, run: event.run, at: event.at)
        case .returned: self.init(what: .returned, run: event.run, at: event.at)
        case .resolved: self.init(what: .resolved, run: event.run, at: event.at)
        case .vanished: self.init(what: .vanished, run: event.run, at: event.at)
        case .word(let word, let waiver):
            let what: FindingStory.Event.What =
                switch word {
                case .waive: .waived
                case .takeBack: .takenBack
                case .lapse: .lapsed
                case .expire: .expired
                }
            let isSaid = word == .waive || word == .takeBack
            self.init(
                what: what, run: nil, at: event.at, by: isSaid ? waiver.by : nil, reason: isSaid ? waiver.reason : nil,
                until: word == .waive ? waiver.until : nil)
        }
    }
}
