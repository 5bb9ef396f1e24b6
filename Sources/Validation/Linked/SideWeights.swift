import Foundation
import Records
import Standards

/// Records that have the same, or the same in another form.
struct Side {
    var rows: [Int]
    /// The row whose value stands for the side.
    var row: Int
    var text: String
    /// Natural logarithm of the likelihood of all that is known, if this is the right value.
    var score = 0.0
    /// Another script, or no value of the field's form: says nothing for itself.
    var isMute = false
}

/// What speaks for each of the values that the records of one person have in one field: how many records have it and how
/// seldom their sources are wrong, and what the value says itself or beside another one. Natural logarithms of odds.
struct SideWeights: Sendable {
    private let facts: Facts
    private let groups: LinkedGroups
    private let agreement: [FieldAgreement]
    private let trustRanks: [Int]
    private let characters: NameCharacters?
    private let nameField: Int?
    /// Per field of addresses.
    private let grams: [Int: AddressGrams]
    /// Per field of addresses and telephones, per code: in how many cells the value stands. Empty for other fields.
    private let uses: [[UInt32]]

    init(
        _ facts: Facts, groups: LinkedGroups, fields: ComparedFields, agreement: [FieldAgreement], trustRanks: [Int]
    ) {
        self.facts = facts
        self.groups = groups
        self.agreement = agreement
        self.trustRanks = trustRanks
        let schema = facts.records.schema
        nameField = schema.fields.indices.first {
            schema.fields[$0].kind == .personName && fields.natures[$0] != nil
        }
        characters = nameField.flatMap { field in
            facts.isMostlyChinese[field] ? NameCharacters(facts.records.columns[field].values) : nil
        }
        let addresses = schema.fields.indices.filter {
            schema.fields[$0].kind == .address && fields.natures[$0] != nil && facts.isMostlyChinese[$0]
        }
        grams = Dictionary(uniqueKeysWithValues: addresses.map { ($0, AddressGrams(facts.records.columns[$0].values)) })
        uses = schema.fields.indices.map { field in
            guard [.address, .phone].contains(schema.fields[field].kind) else { return [] }
            let column = facts.records.columns[field]
            var counts = [UInt32](repeating: 0, count: column.values.count)
            for code in column.codes { counts[Int(code)] += 1 }
            return counts
        }
    }

    // MARK: - A value alone

    /// Gives each side its score, and says which are mute.
    func score(_ sides: inout [Side], _ field: Int, allRows: [Int]) {
        for index in sides.indices {
            sides[index].isMute = isMute(sides[index], field)
            sides[index].score = ownWeight(sides[index], field, allRows)
        }
        let weights = sides.map { side in independent(side.rows).reduce(0.0) { $0 + weight($1, field) } }
        for index in sides.indices where !sides[index].isMute { sides[index].score += weights[index] }
    }

    /// Logarithm of the odds of one record's being right in the field.
    private func weight(_ row: Int, _ field: Int) -> Double {
        let rate = errorRate(row, field)
        return log((1 - rate) / rate)
    }

    private func errorRate(_ row: Int, _ field: Int) -> Double {
        let source = facts.records.sourceIndex(of: row)
        return min(0.4, max(0.002, agreement[field].errorRate(source, trustRank: trustRanks[source])))
    }

    /// Without the copies: rows of one source that have the same in every field.
    func independent(_ rows: [Int]) -> [Int] {
        if rows.count < 2 { return rows }
        var seen: Set<UInt64> = []
        return rows.filter { row in seen.insert(content(row)).inserted }
    }

    /// A hash of the source and all values.
    private func content(_ row: Int) -> UInt64 {
        let records = facts.records
        var hash = UInt64(truncatingIfNeeded: records.sourceIndex(of: row))
        for column in records.columns {
            hash = (hash ^ UInt64(column.codes[row])) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
        }
        return hash
    }

    /// What speaks for or against a value whatever the others are.
    private func ownWeight(_ side: Side, _ field: Int, _ allRows: [Int]) -> Double {
        let code = Int(facts.records.columns[field].codes[side.row])
        if isMute(side, field) { return -20 }
        switch facts.records.schema.fields[field].kind {
        case .residentID:
            let id = facts.ids[field][code]
            return birthWeight(of: id.birth, allRows)
        case .date:
            let day = facts.days[field][code]
            if field == facts.roles.birthDate { return idWeight(allRows) { $0.birth == day } }
            return 0
        case .code where field == facts.roles.sex:
            let sex = facts.sexes[code]
            return sex == 0 ? 0 : idWeight(allRows) { $0.sex == sex }
        default: return 0
        }
    }

    private func isMute(_ side: Side, _ field: Int) -> Bool {
        let column = facts.records.columns[field]
        let code = Int(column.codes[side.row])
        if !column.isWellFormed[code] { return true }
        switch facts.records.schema.fields[field].kind {
        case .residentID: return facts.trustedID(side.row) == nil
        case .date:
            let day = facts.days[field][code]
            let isFuture = facts.roles.pastDates.contains(field) && side.rows.contains { day > facts.lastDay($0) }
            return day < PlausibleDays.first || isFuture
                || field == facts.roles.birthDate && PlausibleDays.placeholders.contains(day)
        case .personName, .givenName, .surname:
            return facts.isMostlyChinese[field] && !Script.hasHan(side.text)
        case .division: return !Divisions.shared.isKnown(side.text)
        case .phone: return !facts.phoneIsPossible(side.text, field)
        default: return false
        }
    }

    /// The distinct valid ids of the person's records, each once: 5 for one that agrees, -5 for one that does not, half of it
    /// for an id that was upgraded from 15 digits and so never had a check character.
    private func idWeight(_ rows: [Int], _ agrees: (IDFacts) -> Bool) -> Double {
        guard let field = facts.roles.residentID else { return 0 }
        var seen: [UInt32] = []
        var sum = 0.0
        for row in rows {
            let code = facts.records.columns[field].codes[row]
            guard code != 0, !seen.contains(code), let id = facts.trustedID(row) else { continue }
            seen.append(code)
            let strength = facts.isLegacyID(row) ? 2.5 : 5.0
            sum += agrees(id) ? strength : -strength
        }
        return sum
    }

    /// Does the id name the birth date that the person's records have?
    private func birthWeight(of birth: Int32, _ rows: [Int]) -> Double {
        guard let field = facts.roles.birthDate else { return 0 }
        var sum = 0.0
        for row in rows {
            switch BirthAgreement(facts.day(row, field), birth) {
            case .same: sum += 2
            case .slip: sum += 0.5
            case .apart: sum -= 2
            case .unknown: break
            }
        }
        return max(-6, min(6, sum))
    }

    // MARK: - Two values

    func waysToBeWrong(_ field: Int) -> Double {
        switch facts.records.schema.fields[field].kind {
        case .code: max(1, Double(Set(facts.records.schema.fields[field].codes.values).count - 1))
        default: 20
        }
    }

    /// What only the comparison of two values tells; positive for the first.
    func pairWeight(_ better: Side, _ side: Side, _ field: Int) -> (Double, [Evidence.Reason]) {
        switch facts.records.schema.fields[field].kind {
        case .personName:
            guard let characters, field == nameField else { return (0, []) }
            let advantage = characters.advantage(of: better.text, over: side.text)
            return (max(-6, min(6, advantage)), advantage >= 1.5 ? [.commonName] : [])
        case .residentID:
            var reasons: [Evidence.Reason] = []
            if side.isMute, !better.isMute { reasons.append(.checkCharacter) }
            return (0, reasons)
        case .date where field == facts.roles.birthDate, .code where field == facts.roles.sex:
            let leaning = idLeaning(better, side, field)
            return (0, leaning > 0 ? [.residentID] : [])
        case .address: return addressWeight(better, side, field)
        case .phone:
            let outside = usesElsewhere(better, field) - usesElsewhere(side, field)
            return outside > 0 ? (2, [.elsewhere]) : outside < 0 ? (-2, []) : (0, [])
        default: return (0, [])
        }
    }

    private func idLeaning(_ better: Side, _ side: Side, _ field: Int) -> Double {
        let rows = facts.allRows(with: better.row, groups)
        return ownWeight(better, field, rows) - ownWeight(side, field, rows)
    }

    private func addressWeight(_ better: Side, _ side: Side, _ field: Int) -> (Double, [Evidence.Reason]) {
        var sum = 0.0
        var reasons: [Evidence.Reason] = []
        let elsewhere = standsElsewhere(better, field) - standsElsewhere(side, field)
        if elsewhere != 0 { sum += elsewhere > 0 ? 4 : -4 }
        if elsewhere > 0 { reasons.append(.elsewhere) }
        let read = AddressTail(better.text).understood - AddressTail(side.text).understood
        sum += max(-6, min(6, 2.5 * Double(read)))
        if read > 0 { reasons.append(.readable) }
        if let grams = grams[field], SlipFinder.slip(.address, better.text, side.text) != nil {
            sum += max(-4, min(4, grams.advantage(of: better.text, over: side.text)))
        }
        return (sum, reasons)
    }

    /// Cells beside those of the side: other persons', and the other addresses of the same records.
    private func standsElsewhere(_ side: Side, _ field: Int) -> Int {
        var count = usesElsewhere(side, field)
        let schema = facts.records.schema
        for other in schema.fields.indices where other != field && schema.fields[other].kind == .address {
            for row in facts.allRows(with: side.row, groups) {
                let text = facts.records.value(row, other)
                if !text.isEmpty, text == side.text || SameForm.address(text, side.text) { count += 1 }
            }
        }
        return min(count, 1)
    }

    private func usesElsewhere(_ side: Side, _ field: Int) -> Int {
        let codes = facts.records.columns[field].codes
        let distinct = Set(side.rows.map { codes[$0] })
        let all = distinct.reduce(0) { $0 + Int(uses[field][Int($1)]) }
        return min(1, max(0, all - side.rows.count))
    }
}
