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

    /// What somebody agrees to: another value, or another former one, is another proposal.
    package var token: String {
        var hash = StableHash()
        for part in [finding, person, field, former, value] { hash.combine(part) }
        return finding + "-" + hash.hex
    }
}

/// What accepting the proposals of one check would change.
package struct DeskRepairs: Sendable {
    package let repairs: [ProposedRepair]
    /// Proposals of the list, those below left out among them.
    package let total: Int
    /// Cells of persons that several findings propose different values for: these are looked at one by one.
    package let contradicted: Int
    /// Cells that somebody has already given that value.
    package let settled: Int
    /// Findings about records that stand for nobody, or whose proposal cannot be a value of the field.
    package let impossible: Int
    /// Why a second person would have to agree, if all were accepted.
    package let classes: [String]

    /// Cells of the master that would be another than now.
    package var changing: Int { repairs.count { $0.former != $0.value } }
}

extension ReviewSession {
    /// Cells that are looked at for a list.
    static let mostLooked = 2 * mostRepairs
    /// Proposals that are accepted at once.
    package static let mostRepairs = 200

    /// The proposals of the findings of a filter, those that change the master first.
    ///
    /// - Throws: `E-DSK-013` for a filter of more than one check.
    package func repairs(_ filter: DeskFindingFilter) throws -> DeskRepairs {
        guard filter.check != nil else { throw Self.severalChecks }
        return try repairs(of: try findingIDs(filter, limit: 20_000), desk())
    }

    private static var severalChecks: Failure {
        Failure(
            .badInput, code: "E-DSK-013",
            Text(en: "repairs are accepted of one check at a time", zh: "每次只能接受同一检查项的修复"),
            advice: Text(en: "Choose a check in the list of findings.", zh: "请在问题列表中选择一个检查项。"))
    }

    private func repairs(of ids: [UInt64], _ desk: DeskRun) throws -> DeskRepairs {
        let found = zip(ids, try store.findings(among: ids)).filter { !$0.1.suggestion.isEmpty && $0.1.field != nil }
        let speaker = Speaker(store: store, request: request(by: "-", reason: "-", clock()))
        let said = try store.liveOverrides()
        var cells: [Cell: (values: Set<String>, first: ProposedRepair)] = [:]
        var order: [Cell] = []
        var (impossible, settled) = (0, 0)
        for (id, finding) in found where order.count < Self.mostLooked {
            let name = finding.field ?? ""
            let person = try store.person(of: finding.record)
            guard person != 0, let place = desk.book.schema.index(of: name),
                let value = try? speaker.shown(finding.suggestion, desk.book.schema.fields[place]),
                let key = try store.names(of: [finding.record])[finding.record]
            else {
                impossible += 1
                continue
            }
            let cell = Cell(person: person, field: place)
            if cells[cell] != nil {
                cells[cell]?.values.insert(value)
                continue
            }
            let own = try store.records(ofPerson: person).map(\.key)
            let last = said.last { $0.field == name && !Set($0.records).isDisjoint(with: own) }
            if last?.text == value {
                settled += 1
                continue
            }
            guard let former = try? speaker.former(person, Set(own), place) ?? "" else {
                impossible += 1
                continue
            }
            cells[cell] = (
                [value],
                ProposedRepair(
                    finding: "F" + Hex.text(id), record: key, number: finding.record, person: PersonID.text(person),
                    field: name,
                    kind: desk.book.schema.fields[place].kind, former: former, value: value)
            )
            order.append(cell)
        }
        // What the list leaves out, by its filter or its length, may contradict what it shows.
        var persons: [Int64: UInt32] = [:]
        for person in Set(order.map(\.person)) {
            for record in try store.records(ofPerson: person).map(\.key) { persons[record] = person }
        }
        let checks = Set(found.map { $0.1.check })
        let beside = try store.findings(among: try index.findings(about: Set(persons.keys)))
        for finding in beside where checks.contains(finding.check) && !finding.suggestion.isEmpty {
            guard let person = persons[finding.record],
                let place = finding.field.flatMap({ desk.book.schema.index(of: $0) }),
                let value = try? speaker.shown(finding.suggestion, desk.book.schema.fields[place])
            else { continue }
            cells[Cell(person: person, field: place)]?.values.insert(value)
        }
        let single = order.compactMap { cells[$0] }.filter { $0.values.count == 1 }.map(\.first)
        let repairs = Array(
            (single.filter { $0.former != $0.value } + single.filter { $0.former == $0.value }).prefix(Self.mostRepairs)
        )
        let records = try repairs.map { try own($0.person) }
        return DeskRepairs(
            repairs: repairs, total: found.count, contradicted: order.count - single.count, settled: settled,
            impossible: impossible, classes: try Dangers(store, today: clock().today).of(overrides: records))
    }

    private struct Cell: Hashable {
        let person: UInt32
        let field: Int
    }

    private func own(_ person: String) throws -> [Int64] {
        try PersonID.number(person).map { try store.records(ofPerson: $0).map(\.key).sorted() } ?? []
    }

    private func request(by name: String, reason: String, _ clock: Clock) -> WordRequest {
        WordRequest(
            workspace: workspace, word: .undo([]), by: name, reason: reason, threads: 1, language: .english,
            clock: clock)
    }

    /// Somebody agrees to proposals: each becomes a value of the person's cell, all of them one event that is taken back as one.
    ///
    /// - Parameter tokens: of what they saw.
    /// - Throws: `E-DSK-014` when something was proposed or said since; `E-WRD-009` for an empty reason.
    package func accept(_ tokens: [String], by name: String, reason: String) throws -> DeskAnswer {
        try WordRun.checkReason(reason)
        let clock = clock()
        return try speak { open, desk in
            let ids = tokens.compactMap { token in
                token.split(separator: "-").first.flatMap { UInt64($0.dropFirst(), radix: 16) }
            }
            let findings = try open.findings(among: ids)
            guard Set(findings.map(\.check)).count == 1 else { throw Self.severalChecks }
            let now = try repairs(of: ids, desk).repairs
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
