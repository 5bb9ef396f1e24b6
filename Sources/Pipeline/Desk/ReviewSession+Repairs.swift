import Reconciliation
package import Records
import Rules
import Workspace

/// What a check proposes for a cell of a person, before somebody agrees to it.
package struct ProposedRepair: Sendable, Hashable {
    /// As lists show it.
    package let finding: String
    package let record: RecordKey
    /// Of the record, as the store knows it.
    package let number: Int64
    package let person: String
    package let field: String
    package let kind: FieldKind
    /// What the master has now.
    package let former: String
    package let value: String
    /// Somebody wrote what the cell has now.
    package let isWritten: Bool

    /// What somebody agrees to: another value, or another former one, is another proposal.
    package var token: String {
        var hash = StableHash()
        for part in [finding, person, field, former, value] { hash.combine(part) }
        return finding + "-" + hash.hex
    }
}

/// What accepting the proposals of one check would change: a page of them.
package struct DeskRepairs: Sendable {
    package let repairs: [ProposedRepair]
    /// The records that these are about, by number.
    package let records: [Int64: DeskRecord]
    /// As of `DeskFindings.around`.
    package let around: [String: [DeskRecord]]
    /// Proposals of the whole list that nobody has taken up, those below left out among them.
    package let total: Int
    /// Cells of the page that several findings propose different values for: these are looked at one by one.
    package let contradicted: Int
    /// Proposals of the whole list whose cell somebody has already given that value.
    package let settled: Int
    /// Findings of the page about records that stand for nobody, or whose proposal cannot be a value of the field.
    package let impossible: Int
    /// Why a second person would have to agree, if all of the page were accepted.
    package let classes: [String]

    /// Cells of the master that would be another than now.
    package var changing: Int { repairs.count { $0.former != $0.value } }
}

extension ReviewSession {
    /// Proposals of a page, which are accepted at once.
    package static let mostRepairs = 100

    /// A page of the proposals of a filter; on each page those that change the master come first.
    ///
    /// - Parameter start: how many to leave out.
    /// - Throws: `E-DSK-013` for a filter of more than one check.
    package func repairs(_ filter: DeskFindingFilter, from start: Int = 0) throws -> DeskRepairs {
        guard filter.check != nil else { throw Self.severalChecks }
        let moment = try moment()
        return try reading {
            let settled = try settledProposals(moment)
            let facets = filter.choose(try index.facets()).facets.map(\.id)
            let found = try index.proposals(
                ofFacets: facets, without: settled, from: start, limit: Self.mostRepairs)
            let page = try repairs(of: found.findings, moment)
            let numbers = Set(page.repairs.map(\.number))
            let records = try DeskRecords(numbers, self, moment.desk)
            return DeskRepairs(
                repairs: page.repairs,
                records: Dictionary(
                    uniqueKeysWithValues: numbers.compactMap { number in
                        records[number].map { (number, $0) }
                    }),
                around: filter.pool.sources.isEmpty ? [:] : try around(found.findings, moment.desk),
                total: found.total, contradicted: page.contradicted, settled: found.settled + page.settled,
                impossible: page.impossible,
                classes: try Dangers(store, today: clock().today).of(
                    overrides: page.repairs.map {
                        .init(
                            records: try own($0.person), field: $0.field, text: $0.value)
                    })
            )
        }
    }

    private static var severalChecks: Failure {
        Failure(
            .badInput, code: "E-DSK-013",
            Text(en: "repairs are accepted of one check at a time", zh: "每次只能接受同一检查项的修复"),
            advice: Text(en: "Choose a check in the list of findings.", zh: "请在问题列表中选择一个检查项。"))
    }

    /// Findings whose proposal is the newest word on the cell already.
    private func settledProposals(_ moment: DeskMoment) throws -> Set<UInt64> {
        try moment.settledProposals {
            var last: [Int64: [String: String]] = [:]
            for override in try store.liveOverrides() {
                for record in override.records { last[record, default: [:]][override.field] = override.text }
            }
            let ids = try index.findings(about: Set(last.keys))
            let speaker = speaker()
            let found = try store.namedFindings(among: ids).filter { _, finding in
                guard let text = finding.field.flatMap({ last[finding.record]?[$0] }) else { return false }
                return proposal(of: finding, speaker, moment.desk)?.value == text
            }
            return Set(found.map(\.id))
        }
    }

    /// What a finding proposes, as the master would show it; `nil` where it proposes nothing that the field can hold.
    private func proposal(
        of finding: WorkspaceStore.RecordFinding, _ speaker: Speaker, _ desk: DeskRun
    ) -> (field: Int, value: String)? {
        guard !finding.suggestion.isEmpty, let field = finding.field.flatMap({ desk.book.schema.index(of: $0) }),
            let value = try? speaker.shown(finding.suggestion, field, desk.book)
        else { return nil }
        return (field, value)
    }

    /// What some findings propose, cell by cell.
    private struct Proposals {
        var repairs: [ProposedRepair] = []
        var (contradicted, settled, impossible) = (0, 0, 0)
    }

    private func repairs(of ids: [UInt64], _ moment: DeskMoment) throws -> Proposals {
        let desk = moment.desk
        let found = try store.namedFindings(among: ids)
        let names = try store.names(of: Set(found.map(\.finding.record)))
        let persons = try store.persons(of: Set(found.map(\.finding.record)))
        let speaker = speaker()
        let said = try store.liveOverrides()
        var proposals = Proposals()
        var cells: [Cell: (values: Set<String>, first: ProposedRepair)] = [:]
        var order: [Cell] = []
        var masters = Masters()
        for (id, finding) in found {
            guard let person = persons[finding.record], person != 0, let key = names[finding.record],
                let (field, value) = proposal(of: finding, speaker, desk)
            else {
                proposals.impossible += 1
                continue
            }
            let cell = Cell(person: person, field: field)
            if cells[cell] != nil {
                cells[cell]?.values.insert(value)
                continue
            }
            let name = desk.book.schema.fields[field].name
            let own = try masters.records(of: person, store)
            let written = said.last { $0.field == name && !own.isDisjoint(with: $0.records) }
            if written?.text == value {
                proposals.settled += 1
                continue
            }
            let former = try masters.cells(of: person, moment, store, index)
            if former.isEmpty {
                proposals.impossible += 1
                continue
            }
            cells[cell] = (
                [value],
                ProposedRepair(
                    finding: "F" + Hex.text(id), record: key, number: finding.record, person: PersonID.text(person),
                    field: name, kind: desk.book.schema.fields[field].kind,
                    former: former.indices.contains(field) ? former[field] : "", value: value,
                    isWritten: written != nil)
            )
            order.append(cell)
        }
        let checks = Set(found.map(\.1.check))
        // What the list leaves out, by its filter or its length, may contradict what it shows.
        for (person, own) in masters.records {
            let beside = try store.findings(among: try index.findings(about: own))
            for finding in beside where checks.contains(finding.check) {
                guard let (field, value) = proposal(of: finding, speaker, desk) else { continue }
                cells[Cell(person: person, field: field)]?.values.insert(value)
            }
        }
        let single = order.compactMap { cells[$0] }.filter { $0.values.count == 1 }.map(\.first)
        proposals.repairs = single.filter { $0.former != $0.value } + single.filter { $0.former == $0.value }
        proposals.contradicted = order.count - single.count
        return proposals
    }

    /// Persons of a page as the newest run left them, each made once.
    private struct Masters {
        private(set) var records: [UInt32: Set<Int64>] = [:]
        private var cells: [UInt32: [String]] = [:]

        mutating func records(of person: UInt32, _ store: WorkspaceStore) throws -> Set<Int64> {
            if let known = records[person] { return known }
            let own = Set(try store.records(ofPerson: person).map(\.key))
            records[person] = own
            return own
        }

        /// Empty when that cannot be said any more, and where no record is in force.
        mutating func cells(
            of person: UInt32, _ moment: DeskMoment, _ store: WorkspaceStore, _ index: DeskIndex
        ) throws -> [String] {
            if let known = cells[person] { return known }
            let own = try records(of: person, store)
            let state = try moment.runState(store)
            let found = PersonFound(try store.findings(among: try index.findings(about: own)), isOrdered: false)
            let master = try? PersonMaster(person, own, state.run, state.book, state.standing, found)
            // A person without a record in force has none.
            cells[person] = master.map { $0.members.isEmpty ? [] : $0.cells } ?? []
            return cells[person] ?? []
        }
    }

    private struct Cell: Hashable {
        let person: UInt32
        let field: Int
    }

    private func own(_ person: String) throws -> [Int64] {
        try PersonID.number(person).map { try store.records(ofPerson: $0).map(\.key).sorted() } ?? []
    }

    /// Somebody agrees to proposals: each becomes a value of the person's cell, all of them one event that is taken back as one.
    ///
    /// - Parameter tokens: of what they saw.
    /// - Throws: `E-DSK-014` when something was proposed or said since; `E-WRD-009` for an empty reason.
    package func accept(_ tokens: [String], by name: String, reason: String) throws -> DeskAnswer {
        try WordRun.checkReason(reason)
        let clock = clock()
        return try speak { open, _ in
            let ids = tokens.compactMap { token in
                token.split(separator: "-").first.flatMap { UInt64($0.dropFirst(), radix: 16) }
            }
            let findings = try open.findings(among: ids)
            guard Set(findings.map(\.check)).count == 1 else { throw Self.severalChecks }
            let moment = try moment()
            let now = try reading { try repairs(of: ids, moment).repairs }
            guard !now.isEmpty, Set(now.map(\.token)) == Set(tokens) else {
                throw Failure(
                    .notDone, code: "E-DSK-014",
                    Text(en: "the cells are not as you saw them any more", zh: "相关单元格已与您所见不同"),
                    advice: Text(en: "Look at the proposals again, then accept.", zh: "请重新查看后再接受。"))
            }
            var speech = Speech()
            speech.areTogether = true
            speech.overrides = try now.map { repair in
                (
                    PersonID.number(repair.person) ?? 0,
                    StoredOverride(
                        event: 0, field: repair.field, text: repair.value, by: name, reason: reason, at: clock.now,
                        records: try own(repair.person))
                )
            }
            return (try record(speech, by: name, reason: reason, clock, in: open), nil)
        }
    }
}
