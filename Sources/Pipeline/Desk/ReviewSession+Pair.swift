import Matching
import Reconciliation
package import Records
import Rules
package import Workspace

/// All that a person needs to decide whether two records are of one person.
package struct PairCase: Sendable {
    /// What to be careful with.
    package enum Flag: String, Sendable, CaseIterable {
        /// Two valid numbers that only one person can have, and they differ.
        case differentIDs = "different-ids"
        /// Born on one day into one family, with another given name.
        case twins
        case housemates
        case namesakes
        /// One telephone, two names.
        case sharedPhone = "shared-phone"
        case largeGroup = "large-group"

        /// Seen in the records themselves, not what the model takes the two for.
        package var isOfData: Bool {
            switch self {
            case .differentIDs, .sharedPhone, .largeGroup: true
            case .twins, .housemates, .namesakes: false
            }
        }
    }

    /// Something that was said of the two.
    package struct Said: Sendable, Hashable {
        package let event: Int
        package let decision: Decision
        /// Nobody took it back, nothing later stands in its place, and nobody has to agree first.
        package let holds: Bool
        package let isWaiting: Bool
    }

    /// One cell of the person the two would be together.
    package struct PreviewCell: Sendable, Hashable {
        package let field: String
        package let kind: FieldKind
        package let value: String
        /// Whose record it comes from; `nil` where it is of several, of none, or was said by somebody.
        package let origin: RecordKey?
        /// The survivorship rule, in words.
        package let rule: Text
    }

    package let pair: DeskPair
    /// What an answer to it says that it is about.
    package let token: CaseToken
    package let a: DeskRecord
    package let b: DeskRecord
    package let explanation: PairExplanation
    package let flags: [Flag]
    /// Other pairs that hold one of the two, the most alike first.
    package let others: [ListedPair]
    /// In the order in which it was said.
    package let history: [Said]
    /// Empty where the two are one person already.
    package let preview: [PreviewCell]
    /// Records of the two persons, these two among them.
    package let groups: (a: [DeskRecord], b: [DeskRecord])
    /// The pairs beside it in the list that was asked for.
    package let before: Int?
    package let after: Int?
    /// Of the list.
    package let remaining: Int
}

extension ReviewSession {
    /// - Throws: `E-DSK-002` when there is no such pair, or its records are gone.
    package func pair(_ id: Int, in filter: DeskFilter = DeskFilter()) throws -> PairCase {
        let moment = try moment()
        return try reading { try pair(id, in: filter, moment) }
    }

    private func pair(_ id: Int, in filter: DeskFilter, _ moment: DeskMoment) throws -> PairCase {
        let desk = moment.desk
        guard let pair = try index.pair(id) else { throw Self.unknownPair(id) }
        let groups = (a: try records(of: pair.aPerson, pair.a), b: try records(of: pair.bPerson, pair.b))
        let records = try DeskRecords(groups.a.union(groups.b), self, desk)
        // The one whose source, and whose line, comes first stands first.
        let places = (records.rows[pair.a] ?? 0, records.rows[pair.b] ?? 0)
        let (first, second) = places.0 <= places.1 ? (pair.a, pair.b) : (pair.b, pair.a)
        guard let a = records[first], let b = records[second] else { throw Self.unknownPair(id) }
        let history = try history(a.key, b.key, moment)
        let explanation = try explanation(pair, records, desk, decision: history.last { $0.holds }?.decision)
        let (before, after) = try index.neighbours(of: pair, filter)
        let pool = DeskPool(sources: filter.sources, areas: filter.areas)
        let others = try index.pairs(with: [pair.a, pair.b], limit: pool.isAll ? 12 : 400).filter {
            $0.id != id && pool.allows($0)
        }
        return PairCase(
            pair: pair, token: CaseToken(pair, desk), a: a, b: b, explanation: explanation,
            flags: flags(a, b, pair, explanation),
            others: try listed(Array(others.prefix(12)), desk), history: history,
            preview: pair.aPerson == pair.bPerson ? [] : try preview(groups.a.union(groups.b), moment),
            groups: (
                (first == pair.a ? groups.a : groups.b).sorted().compactMap { records[$0] },
                (first == pair.a ? groups.b : groups.a).sorted().compactMap { records[$0] }
            ),
            before: before, after: after, remaining: try index.count(filter))
    }

    static func unknownPair(_ id: Int) -> Failure {
        Failure(
            .badInput, code: "E-DSK-002",
            Text(en: "there is no pair \(id) in the newest run", zh: "最近一次运行中没有编号为 \(id) 的记录对"),
            advice: Text(en: "The queue lists those there are.", zh: "请从待核对列表中选择。"))
    }

    /// The records of the person of a record, and of those that decisions since the run join with it.
    func records(of person: UInt32, _ record: Int64) throws -> Set<Int64> {
        if person == 0 { return [record] }
        let persons = try index.part(of: person)
        return Set(try persons.flatMap { try store.records(ofPerson: $0).map(\.key) }).union([record])
    }

    private func explanation(
        _ pair: DeskPair, _ records: DeskRecords, _ desk: DeskRun, decision: Decision?
    ) throws -> PairExplanation {
        let two = records.rows.count == 2 ? records : try DeskRecords([pair.a, pair.b], self, desk)
        let outcome: PairExplanation.Outcome =
            switch pair.state {
            case .same: .decidedSame
            case .different: .decidedDifferent
            case .held: .heldApart
            case .merged: .merged
            case .implied: .mergedThroughOthers
            case .open, .unsure, .proposed: .review
            case .apart: .apart
            }
        return try desk.lens.explanation(
            of: two.table, pattern: pair.levels, decision: decision, outcome: outcome, groupSize: pair.size)
    }

    private func history(_ a: RecordKey, _ b: RecordKey, _ moment: DeskMoment) throws -> [PairCase.Said] {
        let said = try store.decisions(on: a, b)
        if said.isEmpty { return [] }
        let (withdrawn, waiting) = try moment.uncounted(store)
        let standing = said.last { !withdrawn.contains($0.event) }?.event
        return said.map {
            PairCase.Said(
                event: $0.event, decision: $0.decision, holds: $0.event == standing,
                isWaiting: waiting.contains($0.event))
        }
    }

    private func flags(
        _ a: DeskRecord, _ b: DeskRecord, _ pair: DeskPair, _ explanation: PairExplanation
    ) -> [PairCase.Flag] {
        var flags: [PairCase.Flag] = []
        let cells = zip(a.cells, b.cells)
        func differ(_ kinds: Set<FieldKind>) -> Bool {
            cells.contains { left, right in
                kinds.contains(left.kind) && left.isWellFormed && right.isWellFormed && left.value != right.value
            }
        }
        if differ([.residentID, .identifier]) { flags.append(.differentIDs) }
        let likeliest = pair.likeliest
        if likeliest.hasPrefix("twin") { flags.append(.twins) }
        if likeliest.hasPrefix("housemate") { flags.append(.housemates) }
        if likeliest.hasPrefix("namesake") { flags.append(.namesakes) }
        let isOnePhone = cells.contains { $0.kind == .phone && !$0.value.isEmpty && $0.value == $1.value }
        if isOnePhone, differ([.personName, .givenName]) { flags.append(.sharedPhone) }
        if pair.size > 5 { flags.append(.largeGroup) }
        return flags
    }

    /// The person that these records would be, by the rules of survivorship.
    private func preview(_ own: Set<Int64>, _ moment: DeskMoment) throws -> [PairCase.PreviewCell] {
        let desk = moment.desk
        let (standing, exclusions) = try moment.cells(store, day: clock().today)
        let found = PersonFound(
            try store.findings(among: try index.findings(about: own)), isOrdered: false)
        let person = try PersonMaster(1, own, desk.run, desk.book, standing, found, exclusions: exclusions)
        return desk.book.schema.fields.enumerated().map { place, field in
            let column = person.master.columns[place]
            let row = column.rows[person.index]
            let isSaid = column.replacements[UInt32(person.index)] != nil
            let value = person.master.value(person.index, place, in: person.records)
            return PairCase.PreviewCell(
                field: field.name, kind: field.kind, value: value,
                origin: isSaid || row == Master.noRow || value.isEmpty ? nil : person.records.key(Int(row)),
                rule: value.isEmpty
                    ? Text(en: "", zh: "") : Self.words(person.master.rules[Int(column.rules[person.index])]))
        }
    }

    private static func words(_ rule: String) -> Text {
        Settlement.all.first { $0.name == rule }?.summary ?? Text(en: rule, zh: rule)
    }
}
