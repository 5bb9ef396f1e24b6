import Matching
import Reconciliation
import Records
import Rules
import Validation

/// Takes a cell of a person back to the cells of its records.
struct CellTracer {
    private let person: PersonMaster
    private let plan: ValidationPlan
    private let summaries: [String: Text]
    /// Index into `members` by row.
    private let memberOf: [UInt32: Int]

    /// - Parameter state: of the run that the person is of.
    init(_ person: PersonMaster, _ state: RunState) {
        plan = state.book.validation(today: state.standing.day)
        self.person = person
        summaries = Dictionary(Settlement.all.map { ($0.name, $0.summary) }) { first, _ in first }
        memberOf = Dictionary(person.members.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    func cell(_ field: Int) -> CellProvenance {
        let column = person.master.columns[field]
        let key = UInt32(person.index)
        let value = person.master.value(person.index, field, in: person.records)
        let replacement = column.replacements[key]
        let rule =
            column.rows[person.index] == Master.noRow && replacement == nil
            ? "" : person.master.rules[Int(column.rules[person.index])]
        let (basis, sources) = basis(field, value)
        return CellProvenance(
            field: person.records.schema.fields[field].name, value: value, basis: basis, rule: rule,
            summary: rule.isEmpty
                ? Text(en: "no record has a value", zh: "没有记录有值") : summary(rule),
            sources: sources.map { given($0.row, $0.field) },
            against: against(field, basis, Set(sources.filter { $0.field == field }.map(\.row))),
            isConflict: column.rivals[key] != nil && replacement?.override == nil)
    }

    private func summary(_ rule: String) -> Text { summaries[rule] ?? Text(en: rule, zh: rule) }

    // MARK: What stands

    private typealias Place = (row: UInt32, field: Int)

    private func basis(_ field: Int, _ value: String) -> (CellProvenance.Basis, [Place]) {
        let column = person.master.columns[field]
        let row = column.rows[person.index]
        switch column.replacements[UInt32(person.index)]?.cause {
        case .override(let override):
            let having =
                value.isEmpty
                ? [] : person.members.filter { isEqual(person.records.shown(Int($0), field), value) }
            let first = row == Master.noRow ? [] : [row]
            return (
                .override(override, former: person.unsaid.value(person.index, field, in: person.records)),
                (first + having.filter { $0 != row }).map { ($0, field) }
            )
        case .derived(let other):
            let own = row == Master.noRow || !person.lost.isValid(row, field) ? [] : alike(row, field)
            let otherRow = person.unsaid.columns[other].rows[person.index]
            let from = otherRow == Master.noRow || !person.lost.isValid(otherRow, other) ? [] : alike(otherRow, other)
            return (
                .derived(
                    from: person.records.schema.fields[other].name,
                    value: from.first.map { person.lost.shown($0.row, other) } ?? ""), own + from
            )
        case .presence(let source):
            let isPresent = person.members.contains { person.records.key(Int($0)).source == source }
            return (.presence(source: source, isPresent: isPresent), [])
        case .check(let check):
            return (.repair(check: check, title: CleaningRun.title(check, plan)), alike(row, field))
        case nil: break
        }
        if let list = column.lists[UInt32(person.index)] {
            return (.list, list.flatMap { alike($0.row, field) })
        }
        return row == Master.noRow ? (.nothing, []) : (.record, alike(row, field))
    }

    /// The row, and all that say the same.
    private func alike(_ row: UInt32, _ field: Int) -> [Place] {
        let value = person.lost.value(row, field)
        let others = person.members.filter { $0 != row && isEqual(person.lost.value($0, field), value) }
        return ([row] + others).map { ($0, field) }
    }

    /// Byte for byte: `==` does not tell two forms of one text apart.
    private func isEqual(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

    // MARK: What does not

    private func against(
        _ field: Int, _ basis: CellProvenance.Basis, _ standing: Set<UInt32>
    ) -> [CellProvenance.Against] {
        let column = person.unsaid.columns[field]
        let key = UInt32(person.index)
        let row = column.rows[person.index]
        let survivors = column.lists[key]?.map(\.row) ?? (row == Master.noRow ? [] : [row])
        let losses = person.lost.losses(field, of: person.members, to: survivors)
        var found: [(value: String, reason: CellProvenance.Against.Reason, rows: [UInt32])] = []
        for row in person.members where !standing.contains(row) {
            let reason: CellProvenance.Against.Reason
            if person.lost.value(row, field).isEmpty {
                if person.records.raw(Int(row), field).isEmpty { continue }
                reason = .saysNothing
            } else if let rule = losses[row] {
                reason = .rule(rule, summary(rule))
            } else if case .derived = basis {
                reason = .derived
            } else {
                reason = .override
            }
            let value =
                reason == .saysNothing ? person.records.raw(Int(row), field) : person.lost.shown(row, field)
            let place = found.firstIndex { known in
                known.reason == reason
                    && (reason == .saysNothing
                        ? isEqual(known.value, value)
                        : isEqual(person.lost.value(known.rows[0], field), person.lost.value(row, field)))
            }
            if let place { found[place].rows.append(row) } else { found.append((value, reason, [row])) }
        }
        return found.map { one in
            CellProvenance.Against(value: one.value, reason: one.reason, given: one.rows.map { given($0, field) })
        }
    }

    // MARK: A record's cell

    private func given(_ row: UInt32, _ field: Int) -> CellProvenance.Given {
        let (records, place) = (person.records, Int(row))
        let raw = records.raw(place, field)
        let normalizer = Normalizer(for: records.schema.fields[field])
        let summaries = Dictionary(normalizer.steps.map { ($0.name, $0.summary) }) { first, _ in first }
        let source = records.sources[records.sourceIndex(of: place)]
        var repair: CellProvenance.Given.Repair?
        if let known = person.lost.repair(row, field), case .check(let check) = known.cause {
            repair = CellProvenance.Given.Repair(check: check, text: known.text)
        }
        return CellProvenance.Given(
            member: memberOf[row] ?? 0, field: records.schema.fields[field].name,
            header: source.columns[field]?.header ?? "", raw: raw,
            steps: normalizer.trace(raw).map { step, text in
                CellProvenance.Given.Step(
                    name: step, summary: summaries[step] ?? Text(en: step, zh: step), text: text)
            }, normalized: records.value(place, field), shown: records.shown(place, field), repair: repair,
            remarks: remarks(row, field))
    }

    private func remarks(_ row: UInt32, _ field: Int) -> [CellProvenance.Given.Remark] {
        let places = person.findings.indices.filter { index in
            let finding = person.findings[index]
            return finding.row == Int(row) && finding.field == field && finding.kind != .duplicate
        }
        return person.records.withView { view in
            places.map { place in
                let finding = person.findings[place]
                let isWaived = person.ledger.hasWaived && person.ledger.states[place] == .waived
                return CellProvenance.Given.Remark(
                    finding: finding.id(in: person.records), check: finding.check, severity: finding.severity,
                    title: CleaningRun.title(finding.check, plan),
                    message: Text { CleaningRun.message(finding, view, $0, plan).text },
                    waivedBy: isWaived ? person.ledger.waivers[place]?.by : nil)
            }
        }
    }
}
