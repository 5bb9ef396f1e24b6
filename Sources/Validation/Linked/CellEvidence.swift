import Records
import Standards

/// What measuring a run has to know of the checks: which cells they hold against each other, and what a record shows of
/// itself, told from its values and not from any finding.
extension Validator {
    /// The other cells of the record that a finding of `check` is about.
    package func partners(of check: String, _ field: Int?) -> [Int] {
        let roles = facts.roles
        var fields: [Int] = []
        switch check {
        case Check.idAgainstBirthDate.name: fields = [roles.birthDate, roles.residentID].compactMap { $0 }
        case Check.idAgainstSex.name: fields = [roles.sex, roles.residentID].compactMap { $0 }
        case Check.dateOrder.name: fields = roles.laterDates + [roles.birthDate].compactMap { $0 }
        case Check.addressAgainstDivision.name:
            fields = roles.places.filter { $0.division == field || $0.address == field }
                .flatMap { [$0.division, $0.address] }
        default: fields = plan.conditions.first { $0.id == check }?.fields ?? []
        }
        return fields.filter { $0 != field }
    }

    /// Whether findings of the check hold a cell against the same field of linked records.
    package static func comparesRecords(_ check: String) -> Bool {
        Check.named(check).map { $0.isLinked && $0.kind == .error } ?? false
    }

    /// Whether its findings say which cell is wrong, and not only that one of two is.
    package static func namesCulprit(_ check: String) -> Bool {
        let unsettled = [Check.linkedValuesDiffer, .linkedStatusOrder, .linkedValueChanged, .writtenDifferently]
        return !unsettled.contains { $0.name == check }
    }

    /// Whether the record itself shows that something is wrong with the cell: a value of the wrong form, an id that is none, a
    /// code that never was, a date in the future, or a contradiction with another cell of the record.
    package func isContradicted(_ row: Int, _ field: Int) -> Bool {
        let records = facts.records
        let column = records.columns[field]
        let code = Int(column.codes[row])
        if code == 0 { return false }
        if !column.isWellFormed[code] { return true }
        switch records.schema.fields[field].kind {
        case .residentID:
            guard field == facts.roles.residentID else { return !facts.ids[field][code].isValid }
            guard let id = facts.trustedID(row) else { return true }
            let birth = facts.roles.birthDate.map { facts.day(row, $0) } ?? 0
            let sex = facts.sex(row)
            return birth != 0 && birth != id.birth || sex != 0 && sex != id.sex
        case .date:
            let day = facts.days[field][code]
            if day < PlausibleDays.first || facts.roles.pastDates.contains(field) && day > facts.lastDay(row) {
                return true
            }
            if field == facts.roles.birthDate {
                if let id = facts.trustedID(row), id.birth != day { return true }
                return facts.roles.laterDates.contains { facts.day(row, $0) != 0 && facts.day(row, $0) < day }
            }
            let birth = facts.roles.birthDate.map { facts.day(row, $0) } ?? 0
            return birth > day || isInTrueCondition(row, field)
        case .code where field == facts.roles.sex:
            guard let id = facts.trustedID(row), facts.sex(row) != 0 else { return false }
            return id.sex != facts.sex(row)
        case .division:
            if !Divisions.shared.isKnown(column.values[UInt32(code)]) { return true }
            return isElsewhere(row, field)
        case .address: return isElsewhere(row, field)
        case .phone: return !facts.phoneIsPossible(column.values[UInt32(code)], field)
        default: return isInTrueCondition(row, field)
        }
    }

    private func isElsewhere(_ row: Int, _ field: Int) -> Bool {
        facts.roles.places.contains { place in
            guard place.division == field || place.address == field else { return false }
            let recorded = facts.places[place.division][Int(facts.records.columns[place.division].codes[row])]
            let named = facts.places[place.address][Int(facts.records.columns[place.address].codes[row])]
            return recorded != 0 && named != 0 && !DivisionNesting.fits(recorded, named)
        }
    }

    private func isInTrueCondition(_ row: Int, _ field: Int) -> Bool {
        plan.conditions.contains { condition in
            guard condition.fields.contains(field),
                let expression = try? WhereExpression(condition.expression, schema: facts.records.schema),
                let evaluator = try? WhereEvaluator(condition, expression, facts.records)
            else { return false }
            return (try? evaluator.hit(row)) != nil
        }
    }
}
