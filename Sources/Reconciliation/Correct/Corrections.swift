package import Records

/// What each office should change in its own data, in its own notation.
///
/// A cell that differs from the master is not yet wrong: people move and change their phones. A correction is ordered
/// only where the master's value is better founded:
///
/// - `fill`: the cell is empty, and another record of the person has a valid value, or a check can derive it.
/// - `change`: the cell's own value is ill-formed or found wrong, and the person has a valid value, or the check that
///   found it wrong says what should stand there.
/// - `change`: in a field that does not change in a life (names, numbers, dates, codes), fewer records have this value
///   than the surviving one, and none of a more trusted source.
/// - `change` and `fill`: a person set the cell of the master, and the record has another value.
/// - `merge`: the record stands for the same person as another one of this source, the one with most fields filled in.
///   Its cells are not corrected beside that.
/// - `add`: a check found that the person should stand in this source and does not, and there is no doubt of a missed link
///   (the finding is no mere note).
package struct Corrections: Sendable {
    private let master: Master
    private let records: RecordTable
    private let facts: RecordFacts
    private let findings: CellFindings
    private let pairs: [ScoredPair]
    /// Persons of whom somebody wrote a cell.
    private let overridden: Set<UInt32>
    /// Pairs of row a: `pairs[pairStarts[a]..<pairStarts[a + 1]]`.
    private let pairStarts: [UInt32]
    private let notations: [OfficeNotation]
    /// By the source that should have the person.
    private let absent: [String: [Finding]]
    private let title: @Sendable (String) -> Text

    /// - Parameters:
    ///   - findings: those that count.
    ///   - accepted: cells whose findings somebody has waived.
    ///   - title: a check's name → what it looks for, in a few words.
    package init(
        master: Master, records: RecordTable, findings: [Finding], accepted: CellSet? = nil, pairs: [ScoredPair],
        title: @escaping @Sendable (String) -> Text = { Text(en: $0, zh: $0) }
    ) {
        self.title = title
        self.master = master
        self.records = records
        self.pairs = pairs
        overridden = Set(
            master.columns.lazy.flatMap { $0.replacements.lazy.filter { $0.value.override != nil }.map(\.key) })
        var pairStarts = [UInt32](repeating: 0, count: records.count + 1)
        for pair in pairs { pairStarts[Int(pair.a) + 1] += 1 }
        for row in 0..<records.count { pairStarts[row + 1] += pairStarts[row] }
        self.pairStarts = pairStarts
        self.findings = CellFindings(findings, rows: records.count)
        facts = RecordFacts(records, findings: findings, accepted: accepted)
        notations = OfficeNotation.learn(records)
        var absent: [String: [Finding]] = [:]
        for finding in findings where finding.severity > .info && (0..<records.count).contains(finding.row) {
            if let source = Finding.absence(of: finding.check) { absent[source, default: []].append(finding) }
        }
        self.absent = absent
    }

    /// Calls `body` with the corrections of one source, by row, then field; records to add come last. Nothing is kept: a million records can
    /// have as many corrections.
    package func forEach(inSource source: Int, _ body: (Correction) throws -> Void) rethrows {
        try master.withView { cells in
            try records.withView { view in
                for row in records.starts[source]..<records.starts[source + 1] {
                    try forEach(ofRow: row, source, cells, view, body)
                }
            }
        }
        for finding in absent[records.sources[source].source] ?? [] { try body(addition(finding, source)) }
    }

    private func forEach(
        ofRow row: Int, _ source: Int, _ cells: MasterView, _ view: RecordView, _ body: (Correction) throws -> Void
    ) rethrows {
        let person = Int(master.personOf[row])
        // Only a finding or somebody's word asks for a change of a value that the master has as well.
        let mayChange = findings.has(row) || overridden.contains(UInt32(person))
        // As all there is of its person has.
        if !mayChange, master.memberStarts[person + 1] - master.memberStarts[person] == 1 { return }
        if let kept = recordToKeep(instead: row, of: person, source: source) {
            return try body(merge(row, into: kept))
        }
        for field in view.columns.indices {
            if !mayChange {
                let (survivor, codes) = (cells.row(person, field), view.columns[field].codes)
                if survivor != Master.noRow, codes[row] != 0, codes[Int(survivor)] == codes[row] { continue }
            }
            if let correction = correction(row, field, person: person, source: source) { try body(correction) }
        }
    }

    /// All of them, by row, then field.
    package func orders() -> [Correction] {
        var orders: [Correction] = []
        for source in records.sources.indices { forEach(inSource: source) { orders.append($0) } }
        return orders
    }

    // MARK: - Cells

    private func correction(_ row: Int, _ field: Int, person: Int, source: Int) -> Correction? {
        let replacement = master.columns[field].replacements[UInt32(person)]
        if let override = replacement?.override { return set(row, field, override, person, source) }
        // Every value of a cell that keeps several is as good as the others.
        if let list = master.columns[field].lists[UInt32(person)],
            list.contains(where: { records.columns[field].codes[Int($0.row)] == records.columns[field].codes[row] })
        {
            return nil
        }
        // A value that no record has is ordered by the check that knows it, of the record it knows it of.
        let survivor = replacement?.isRepair == true ? Master.noRow : master.columns[field].rows[person]
        let code = records.columns[field].codes[row]
        if code == 0 {
            guard records.sources[source].columns[field] != nil else { return nil }
            if survivor != Master.noRow, facts.isValid(Int(survivor), field) {
                return cell(.fill, row, field, to: Int(survivor), person, whyMissing(row, field))
            }
            return findings.first(row, field).flatMap { derived(.fill, row, field, from: $0) }
        }
        let isValid = facts.isValid(row, field)
        if survivor != Master.noRow, records.columns[field].codes[Int(survivor)] != code {
            if !isValid, facts.isValid(Int(survivor), field) {
                return cell(.change, row, field, to: Int(survivor), person, whyInvalid(row, field))
            }
            if isValid, isOutvoted(row, by: Int(survivor), field, person) {
                return cell(
                    .change, row, field, to: Int(survivor), person,
                    Text(
                        en: "more records, and no less trusted ones, have another value",
                        zh: "更多且可信度不低的记录有不同的值"))
            }
        }
        guard !isValid, let finding = findings.first(row, field) else { return nil }
        return derived(.change, row, field, from: finding)
    }

    /// What a person said of the master's cell, to a record that says something else.
    private func set(
        _ row: Int, _ field: Int, _ override: CellOverride, _ person: Int, _ source: Int
    ) -> Correction? {
        guard records.sources[source].columns[field] != nil else { return nil }
        let isEmpty = records.isMissing(row, field)
        // Of several values the first one goes to an office that has none of them.
        let texts = master.columns[field].notation?.values(override.text) ?? [override.text]
        let text = texts.first ?? ""
        if isEmpty ? text.isEmpty : texts.contains(records.shown(row, field)) { return nil }
        let survivor = master.columns[field].rows[person]
        let value = survivor == Master.noRow || texts.count > 1 ? text : records.value(Int(survivor), field)
        if !isEmpty, records.value(row, field) == value { return nil }
        return correction(
            isEmpty ? .fill : .change, row, field,
            after: value.isEmpty ? "" : notations[source].write(value, asWritten: text, field: field), value: value,
            reason: override.reason.isEmpty
                ? Settlement.override.summary : Text(en: override.reason, zh: override.reason),
            evidence: Text(
                en: "set by \(override.by), \(override.at), event \(override.event)",
                zh: "由 \(override.by) 指定，\(override.at)，事件 \(override.event)"),
            finding: findings.behind(row, field))
    }

    private func whyMissing(_ row: Int, _ field: Int) -> Text {
        let isEmpty = records.raw(row, field).allSatisfy(\.isWhitespace)
        return isEmpty
            ? Text(en: "the cell is empty", zh: "该单元格为空")
            : Text(en: "the cell says that nothing is known", zh: "该单元格的填写表示不详")
    }

    private func whyInvalid(_ row: Int, _ field: Int) -> Text {
        if let finding = findings.behind(row, field) {
            let title = title(finding.check)
            return Text(en: "found wrong: \(title.en)", zh: "检查发现该值有误：\(title.zh)")
        }
        return Text(en: "the value is not in the right form", zh: "该值格式不正确")
    }

    /// Whether more of the person's records have the surviving value, from at least as trusted sources.
    private func isOutvoted(_ row: Int, by survivor: Int, _ field: Int, _ person: Int) -> Bool {
        guard records.schema.fields[field].kind.isLasting, facts.isValid(survivor, field) else { return false }
        let codes = records.columns[field].codes
        var own = (records: 0, trust: Int.min)
        var other = own
        for member in master.members(of: person) {
            let trust = facts.trust(Int(member))
            if codes[Int(member)] == codes[row] {
                own = (own.records + 1, max(own.trust, trust))
            } else if codes[Int(member)] == codes[survivor] {
                other = (other.records + 1, max(other.trust, trust))
            }
        }
        return other.records > own.records && other.trust >= own.trust
    }

    private func cell(
        _ action: Correction.Action, _ row: Int, _ field: Int, to survivor: Int, _ person: Int, _ reason: Text
    ) -> Correction? {
        let after = notations[records.sourceIndex(of: row)].write(
            records.value(survivor, field), asWritten: records.raw(survivor, field), field: field)
        return correction(
            action, row, field, after: after, value: records.value(survivor, field), reason: reason,
            evidence: witnesses(survivor, field, person), finding: findings.behind(row, field))
    }

    private func derived(_ action: Correction.Action, _ row: Int, _ field: Int, from finding: Finding) -> Correction? {
        guard !finding.suggestion.isEmpty else { return nil }
        let after = notations[records.sourceIndex(of: row)].write(
            finding.suggestion, asWritten: finding.suggestion, field: field)
        let (said, reasons) = (finding.statement, finding.evidence.text)
        return correction(
            action, row, field, after: after, value: finding.suggestion,
            reason: action == .fill ? whyMissing(row, field) : whyInvalid(row, field),
            evidence: reasons.en.isEmpty
                ? Text(
                    en: "follows from the record itself (\(finding.check)\(said.isEmpty ? "" : ": ")\(said))",
                    zh: "由该记录本身推出（\(finding.check)\(said.isEmpty ? "" : "：")\(said)）")
                : Text(en: "\(finding.check): \(reasons.en)", zh: "\(finding.check)：\(reasons.zh)"),
            finding: finding)
    }

    /// `nil` when the office has that already, written in its own manner.
    private func correction(
        _ action: Correction.Action, _ row: Int, _ field: Int, after: String, value: String, reason: Text,
        evidence: Text, finding: Finding?
    ) -> Correction? {
        let before = records.raw(row, field)
        guard after != before else { return nil }
        return Correction(
            action: action, row: row, field: field, before: before, after: after, value: value, reason: reason,
            evidence: evidence, finding: finding)
    }

    /// The records that have the surviving value, the first three by name.
    private func witnesses(_ survivor: Int, _ field: Int, _ person: Int) -> Text {
        let codes = records.columns[field].codes
        let rows = master.members(of: person).filter { codes[Int($0)] == codes[survivor] }
        let names = rows.prefix(3).map { row in
            let key = records.key(Int(row))
            return "\(key.source) \(key.recordID)"
        }
        let more = rows.count - names.count
        return Text(
            en: names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""),
            zh: names.joined(separator: "、") + (more > 0 ? " 等共\(rows.count)条记录" : ""))
    }

    // MARK: - Records

    /// The person's best record of the source, when that is another one than `row`.
    private func recordToKeep(instead row: Int, of person: Int, source: Int) -> Int? {
        var best = row
        for member in master.members(of: person) {
            let other = Int(member)
            guard (records.starts[source]..<records.starts[source + 1]).contains(other) else { continue }
            let (filled, filledBest) = (facts.filledFields(other), facts.filledFields(best))
            if filled > filledBest || filled == filledBest && other < best { best = other }
        }
        return best == row ? nil : best
    }

    private func merge(_ row: Int, into kept: Int) -> Correction {
        Correction(
            action: .merge, row: row, field: nil, before: records.recordID(row), after: records.recordID(kept),
            reason: Text(en: "two records of one person in this source", zh: "本来源中同一人有两条记录"),
            evidence: likeness(row, kept),
            finding: findings.duplicate(row) { isSameSource($0, row) }
                ?? findings.duplicate(kept) { isSameSource($0, row) })
    }

    private func isSameSource(_ a: Int, _ b: Int) -> Bool {
        records.sourceIndex(of: a) == records.sourceIndex(of: b)
    }

    /// With all that is known of the person and the office has a column for.
    private func addition(_ finding: Finding, _ source: Int) -> Correction {
        let person = Int(master.personOf[finding.row])
        let cells = records.schema.fields.indices.compactMap { field -> Correction.Cell? in
            guard records.sources[source].columns[field] != nil else { return nil }
            let survivor = master.columns[field].rows[person]
            if let replacement = master.columns[field].replacements[UInt32(person)], !replacement.isRepair {
                let isElsewhere = replacement.override != nil && survivor != Master.noRow
                let value = isElsewhere ? records.value(Int(survivor), field) : replacement.text
                if value.isEmpty { return nil }
                return Correction.Cell(
                    field: field, text: notations[source].write(value, asWritten: replacement.text, field: field))
            }
            guard survivor != Master.noRow, facts.isValid(Int(survivor), field) else { return nil }
            return Correction.Cell(
                field: field,
                text: notations[source].write(
                    records.value(Int(survivor), field), asWritten: records.raw(Int(survivor), field), field: field))
        }
        let key = records.key(finding.row)
        return Correction(
            action: .add, row: finding.row, field: nil, before: "", after: "",
            reason: Text(en: "the person should have a record here and has none", zh: "此人应在本来源有记录而没有"),
            evidence: Text(en: "\(key.source) \(key.recordID)", zh: "\(key.source) \(key.recordID)"),
            finding: finding, cells: cells)
    }

    private func likeness(_ row: Int, _ kept: Int) -> Text {
        let (a, b) = (min(row, kept), UInt32(max(row, kept)))
        let own = Int(pairStarts[a])..<Int(pairStarts[a + 1])
        guard let place = own.first(where: { pairs[$0].b == b }) else {
            return Text(en: "linked through other records of the person", zh: "通过此人的其他记录相联")
        }
        if pairs[place].outcome == .decidedSame {
            return Text(en: "decided by a person", zh: "由人工判定")
        }
        // Rounded down, so that a doubt never reads as 100 %.
        let hundredths = Int(min(max(pairs[place].probability, 0), 1) * 10_000)
        let percent = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) %"
        return Text(en: "match probability \(percent)", zh: "匹配概率 \(percent)")
    }
}

extension FieldKind {
    /// Does not change in a life, or only by an act of an office: another value is a mistake of one of the two.
    fileprivate var isLasting: Bool {
        switch self {
        case .personName, .givenName, .surname, .residentID, .identifier, .date, .code, .ethnicGroup: true
        case .division, .address, .street, .houseNumber, .city, .postcode, .phone, .email, .number, .text: false
        }
    }
}
