import Records
import Standards

/// Goes over the findings of the first look with what the linked records know: which of two contradicting cells is wrong,
/// and what should stand there.
struct Revision: Sendable {
    private let facts: Facts
    private let linked: LinkedFacts
    private let plan: ValidationPlan
    /// Date fields that a check holds against each other, by its name.
    private let dateOrders: [String: [Int]]

    init(_ facts: Facts, _ linked: LinkedFacts, _ plan: ValidationPlan) {
        self.facts = facts
        self.linked = linked
        self.plan = plan
        let fields = facts.records.schema.fields
        var orders: [String: [Int]] = [:]
        for condition in plan.conditions {
            let dates = condition.fields.filter { fields[$0].kind == .date }
            if dates.count == 2, dates.count == condition.fields.count { orders[condition.id] = dates }
        }
        dateOrders = orders
    }

    func revised(_ findings: [Finding], threads: Int) -> [Finding] {
        let size = 16_384
        let pieces = (findings.count + size - 1) / size
        return Array(
            joining: Parallel.map(pieces, threads: threads) { piece in
                findings[piece * size..<min(findings.count, (piece + 1) * size)].map(revised)
            })
    }

    private func revised(_ finding: Finding) -> Finding {
        guard finding.kind != .duplicate, let field = finding.field else { return finding }
        switch finding.check {
        case Check.idAgainstBirthDate.name: return birthDateOrID(finding)
        case Check.idAgainstSex.name: return sexOrID(finding)
        case Check.addressAgainstDivision.name: return divisionOrAddress(finding)
        case Check.residentIDChecksum.name, Check.residentIDBirth.name, Check.residentIDDivision.name,
            Check.badResidentID.name, Check.residentIDSpreadsheetDamage.name:
            return wrongID(finding, field)
        case Check.retiredDivision.name, Check.legacyResidentID.name: return finding
        default:
            return finding.severity >= .warning || finding.kind == .omission || finding.check == Check.nameInLatin.name
                ? filled(finding, field) : finding
        }
    }

    // MARK: - Missing and unreadable cells

    /// The value of the linked records: as a suggestion where it is certain, else as something to be confirmed.
    private func filled(_ finding: Finding, _ field: Int) -> Finding {
        guard finding.suggestion.isEmpty, linked.fields.natures[field] != nil else { return finding }
        let others = others(finding.row)
        guard !others.isEmpty, let settled = linked.jury.settle(field, in: others) else { return finding }
        // A value of another office that means something else by the field says nothing.
        let records = facts.records
        let sources = (records.sourceIndex(of: finding.row), records.sourceIndex(of: settled.row))
        guard linked.jury.isShared(field, sources.0, sources.1),
            records.columns[field].codes[settled.row] != records.columns[field].codes[finding.row]
        else { return finding }
        let value = records.value(settled.row, field)
        let slip = SlipFinder.slip(records.schema.fields[field].kind, records.value(finding.row, field), value)
        // An older address or telephone is not what stands there now, unless the cell is a slip away from it.
        let isChanging = linked.fields.natures[field] == .changing
        if settled.probability >= Certainty.repair, !isChanging || slip != nil,
            !linked.jury.isShortening(records.value(finding.row, field), by: value, field)
        {
            return finding.revised(
                suggestion: value,
                evidence: Evidence([.origin(records.key(settled.row), value: value)] + (slip.map { [.slip($0)] } ?? []))
            )
        }
        return finding.revised(evidence: Evidence([.candidate(records.key(settled.row), value: value)]))
    }

    /// Of a person with very many records the first speak for all: for each of them to ask all others takes the square of
    /// their number.
    private func others(_ row: Int) -> [Int] {
        Array(linked.groups.rows(with: row, atMost: Self.most + 1).filter { $0 != row }.prefix(Self.most))
    }

    private static let most = 200

    // MARK: - Ids

    /// A linked record's valid id at one slip is what was meant. Without one, the only id at one slip that fits what the
    /// linked records say of birth date and sex.
    private func wrongID(_ finding: Finding, _ field: Int) -> Finding {
        guard field == facts.roles.residentID else { return finding }
        let records = facts.records
        let text = records.value(finding.row, field)
        let others = others(finding.row)
        if let settled = linked.jury.settle(field, in: others) {
            let value = records.value(settled.row, field)
            let slip = SlipFinder.slip(.residentID, text, value)
            if slip != nil || settled.probability >= Certainty.repair {
                return finding.revised(
                    suggestion: value,
                    evidence: Evidence(
                        [.origin(records.key(settled.row), value: value)] + (slip.map { [.slip($0)] } ?? [])))
            }
            return finding.revised(evidence: Evidence([.candidate(records.key(settled.row), value: value)]))
        }
        guard !others.isEmpty, let birthField = facts.roles.birthDate else { return finding }
        let rows = [finding.row] + others
        guard let birth = linked.jury.settle(birthField, in: rows), birth.row != finding.row || birth.support > 1 else {
            return finding
        }
        let sex = facts.roles.sex.flatMap { linked.jury.settle($0, in: rows) }
        let only = ResidentIDRepair.only(
            text, birth: facts.day(birth.row, birthField), sex: sex.map { facts.sex($0.row) } ?? 0)
        let day = records.value(birth.row, birthField)
        if let only {
            if only == finding.suggestion { return finding }
            let reason = Evidence.Reason.origin(records.key(birth.row), value: day)
            return finding.revised(suggestion: only, evidence: Evidence([reason]))
        }
        // The repair was made with a birth date that the linked records do not have.
        let isDoubtful = facts.day(birth.row, birthField) != facts.day(finding.row, birthField)
        return isDoubtful && !finding.suggestion.isEmpty
            ? finding.revised(suggestion: "", evidence: Evidence([.birthDate])) : finding
    }

    private func birthDateOrID(_ finding: Finding) -> Finding {
        guard let birthField = facts.roles.birthDate, let idField = facts.roles.residentID,
            let id = facts.trustedID(finding.row)
        else { return finding }
        let own = facts.day(finding.row, birthField)
        let code = facts.records.columns[idField].codes[finding.row]
        // Three for a slip in the birth date, as against nothing in common.
        var trustsID = finding.field == birthField ? 3 : -3
        var withOwnBirth = 0
        var withIDBirth = 0
        var ownIDs: Int?
        if linked.isUsedByOthers(idOf: finding.row, facts) { trustsID -= 4 }
        for row in independentOthers(finding.row) {
            let day = facts.day(row, birthField)
            if day == own { (trustsID, withOwnBirth) = (trustsID - 3, withOwnBirth + 1) }
            if day == id.birth { (trustsID, withIDBirth) = (trustsID + 4, withIDBirth + 1) }
            let other = facts.records.columns[idField].codes[row]
            if other == code {
                trustsID += 3
            } else if other != 0, let otherID = facts.trustedID(row) {
                trustsID += otherID.birth == own ? -5 : otherID.birth == id.birth ? 1 : 0
                if otherID.birth == own { ownIDs = row }
            }
        }
        let records = facts.records
        if trustsID > 0 {
            let suggestion = finding.field == birthField ? finding.suggestion : facts.birthDateFromID(finding.row)
            var reasons: [Evidence.Reason] = []
            if withIDBirth > 0 { reasons.append(.majority(withIDBirth, against: withOwnBirth + 1)) }
            if let slip = SlipFinder.ofDate(Days.text(own), Days.text(id.birth)) { reasons.append(.slip(slip)) }
            let isCertain = withIDBirth > 0 || finding.field == birthField
            return finding.revised(
                field: .some(birthField), suggestion: isCertain ? suggestion : "", evidence: Evidence(reasons))
        }
        let rightID = ownIDs ?? heldApartID(finding.row, birth: own)
        let value = rightID.map { records.value($0, idField) } ?? ""
        var reasons: [Evidence.Reason] = []
        if withOwnBirth > 0 { reasons.append(.birthDate) }
        if linked.isUsedByOthers(idOf: finding.row, facts) { reasons.append(.usedByOthers) }
        if let rightID { reasons.append(.origin(records.key(rightID), value: value)) }
        return finding.revised(field: .some(idField), suggestion: value, evidence: Evidence(reasons))
    }

    /// A record that is the same person by all but the id, which was why it was held apart, and whose valid id names the
    /// birth date of this one.
    private func heldApartID(_ row: Int, birth: Int32) -> Int? {
        for partner in linked.unmerged.partners(of: row) where partner.probability >= Certainty.repair {
            if let id = facts.trustedID(partner.row), id.birth == birth, facts.sex(row) == 0 || facts.sex(row) == id.sex
            {
                return partner.row
            }
        }
        return nil
    }

    private func independentOthers(_ row: Int) -> [Int] {
        let records = facts.records
        return others(row).filter { other in
            records.sourceIndex(of: other) != records.sourceIndex(of: row)
                || !records.columns.allSatisfy { $0.codes[other] == $0.codes[row] }
        }
    }

    private func sexOrID(_ finding: Finding) -> Finding {
        guard let sexField = facts.roles.sex, let idField = facts.roles.residentID,
            let id = facts.trustedID(finding.row)
        else { return finding }
        let own = facts.sex(finding.row)
        let code = facts.records.columns[idField].codes[finding.row]
        // Nothing but the id's own check character speaks for it, which an upgraded one never had.
        var trustsID = facts.birthAgreement(finding.row) == .apart ? -1 : facts.isLegacyID(finding.row) ? 1 : 3
        var withID = 0
        var withOwn = 0
        if linked.isUsedByOthers(idOf: finding.row, facts) { trustsID -= 4 }
        for row in independentOthers(finding.row) {
            let sex = facts.sex(row)
            if sex == own { (trustsID, withOwn) = (trustsID - 2, withOwn + 1) }
            if sex == id.sex { (trustsID, withID) = (trustsID + 3, withID + 1) }
            let other = facts.records.columns[idField].codes[row]
            if other == code, sex != own {
                trustsID += 2
            } else if other != 0, other != code, let otherID = facts.trustedID(row) {
                trustsID += otherID.sex == own ? -4 : 1
            }
        }
        var reasons: [Evidence.Reason] = []
        if trustsID > 0 {
            if withID > 0 { reasons.append(.majority(withID, against: withOwn + 1)) }
            let value = facts.written(sex: id.sex)
            let isCertain = withID > 0 || !finding.suggestion.isEmpty
            return finding.revised(
                field: .some(sexField), suggestion: isCertain ? value : "", evidence: Evidence(reasons))
        }
        if withOwn > withID { reasons.append(.confirmed(withOwn)) }
        if linked.isUsedByOthers(idOf: finding.row, facts) { reasons.append(.usedByOthers) }
        let right = heldApartID(finding.row, birth: id.birth)
        let value = right.map { facts.records.value($0, idField) } ?? ""
        if let right { reasons.append(.origin(facts.records.key(right), value: value)) }
        return finding.revised(field: .some(idField), suggestion: value, evidence: Evidence(reasons))
    }

    // MARK: - Places

    private func divisionOrAddress(_ finding: Finding) -> Finding {
        guard let place = facts.roles.places.first(where: { $0.division == finding.field }) else { return finding }
        let records = facts.records
        let recorded = facts.places[place.division][Int(records.columns[place.division].codes[finding.row])]
        let named = facts.places[place.address][Int(records.columns[place.address].codes[finding.row])]
        guard recorded != 0, named != 0 else { return finding }
        var lean = 0
        for row in independentOthers(finding.row) {
            for field in [place.division, place.address] {
                let code = facts.places[field][Int(records.columns[field].codes[row])]
                if code == 0 { continue }
                if DivisionNesting.fits(code, recorded) { lean += 1 }
                if DivisionNesting.fits(code, named) { lean -= 1 }
            }
        }
        if lean == 0 { return finding }
        return lean > 0
            ? finding.revised(
                field: .some(place.address), evidence: Evidence([.majority(lean, against: 1)]))
            : finding.revised(evidence: Evidence([.majority(-lean, against: 1)]))
    }

    // MARK: - Orders of dates

    /// Of two dates in the wrong order, one that is wrong by itself or contradicts the linked records is the culprit.
    func withDateOrdersAtTheWrongDate(_ findings: [Finding]) -> [Finding] {
        if dateOrders.isEmpty { return findings }
        let flagged = FlaggedCellSet(findings.filter { dateOrders[$0.check] == nil }, facts.records)
        return findings.map { finding in
            guard let fields = dateOrders[finding.check], let field = finding.field,
                let other = fields.first(where: { $0 != field }),
                !flagged.contains(finding.row, field), flagged.contains(finding.row, other)
            else { return finding }
            return finding.revised(
                field: .some(other),
                evidence: Evidence([.otherDate(facts.records.schema.fields[field].name)]))
        }
    }
}
