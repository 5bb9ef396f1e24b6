import Foundation
import FuzzyText
import Records
import Standards

/// Weighs the values that the records of one person have in one field.
///
/// Each value is taken for the right one in turn. A record that has it was right; one that has another was wrong, as often
/// as its source is in this field, and wrong in just this way, which is likelier for two values a slip apart. Two records
/// of one source that are alike in every cell count as one. To that comes what the values say themselves: a check
/// character, a valid id that names the birth date and the sex, characters that nobody else has in a name. The
/// logarithms of the odds add up.
final class Jury: Sendable {
    let facts: Facts
    let groups: LinkedGroups
    let fields: ComparedFields
    let agreement: [FieldAgreement]
    let trustRanks: [Int]
    let isReference: [Bool]
    private let characters: NameCharacters?
    private let nameField: Int?
    /// Per field of addresses.
    private let grams: [Int: AddressGrams]
    /// Per field of addresses and telephones, per code: in how many cells the value stands. Empty for other fields.
    private let uses: [[UInt32]]

    init(
        _ facts: Facts, groups: LinkedGroups, fields: ComparedFields, agreement: [FieldAgreement], trustRanks: [Int],
        isReference: [Bool]
    ) {
        self.facts = facts
        self.groups = groups
        self.fields = fields
        self.agreement = agreement
        self.trustRanks = trustRanks
        self.isReference = isReference
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

    // MARK: - Verdicts

    func verdicts(in group: Int, _ field: Int) -> [Verdict] {
        let rows = groups[group].map { Int($0) }.filter { facts.records.columns[field].codes[$0] != 0 }
        var sides = sides(of: rows, field)
        var verdicts = sides.flatMap { formVerdicts($0, field) }
        guard sides.count > 1 else { return verdicts }
        score(&sides, field, allRows: groups[group].map { Int($0) })
        let order = sides.indices.sorted { (-sides[$0].score, sides[$0].row) < (-sides[$1].score, sides[$1].row) }
        for (place, index) in order.enumerated().dropFirst() {
            // The likeliest value that is a slip away is what was meant, else the likeliest of all.
            var (rival, mistake) = (order[0], Evidence.Slip?.none)
            for other in order[..<place] where mistake == nil {
                mistake = slip(sides[index], sides[other], field)
                if mistake != nil { rival = other }
            }
            verdicts += judge(sides[index], against: sides[rival], slip: mistake, field)
        }
        return verdicts
    }

    /// Of a person with hundreds of records, as a wrong decision can make one, the commonest values are compared.
    private static let mostValues = 64

    /// Gathers what is the same; the largest sides first, then by row.
    private func sides(of rows: [Int], _ field: Int) -> [Side] {
        let kind = facts.records.schema.fields[field].kind
        let codes = facts.records.columns[field].codes
        var byCode: [(code: UInt32, rows: [Int])] = []
        for row in rows {
            if let place = byCode.firstIndex(where: { $0.code == codes[row] }) {
                byCode[place].rows.append(row)
            } else {
                byCode.append((codes[row], [row]))
            }
        }
        byCode.sort { (-$0.rows.count, $0.rows[0]) < (-$1.rows.count, $1.rows[0]) }
        if byCode.count > Self.mostValues { byCode.removeSubrange(Self.mostValues...) }
        var sides: [Side] = []
        for (_, rows) in byCode {
            let text = facts.records.value(rows[0], field)
            if let place = sides.firstIndex(where: { SameForm.holds(kind, $0.text, text) }) {
                sides[place].rows += rows
                // The name in Han stands for the side, the longer address too.
                if isBetterForm(text, than: sides[place].text, kind) {
                    sides[place].text = text
                    sides[place].row = rows[0]
                }
            } else {
                sides.append(Side(rows: rows, row: rows[0], text: text))
            }
        }
        return sides
    }

    private func isBetterForm(_ text: String, than other: String, _ kind: FieldKind) -> Bool {
        switch kind {
        case .personName, .givenName, .surname: NameForm(text) > NameForm(other)
        case .address: text.utf8.count > other.utf8.count
        default: false
        }
    }

    func isShared(_ field: Int, _ a: Int, _ b: Int) -> Bool { agreement[field].isShared(a, b, fields.natures[field]) }

    /// Codes of two places that exist are not a slip of each other, though neighbours differ in one digit.
    private func slip(_ a: Side, _ b: Side, _ field: Int) -> Evidence.Slip? {
        if facts.records.schema.fields[field].kind == .division, !a.isMute, !b.isMute { return nil }
        return SlipFinder.slip(facts.records.schema.fields[field].kind, a.text, b.text)
    }

    private func score(_ sides: inout [Side], _ field: Int, allRows: [Int]) {
        for index in sides.indices {
            sides[index].isMute = isMute(sides[index], field)
            sides[index].score = ownWeight(sides[index], field, allRows)
        }
        let weights = sides.map { side in independent(side.rows, field).reduce(0.0) { $0 + weight($1, field) } }
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
    private func independent(_ rows: [Int], _ field: Int) -> [Int] {
        if rows.count < 2 { return rows }
        var kept: [Int] = []
        for row in rows where !kept.contains(where: { isCopy($0, row) }) { kept.append(row) }
        return kept
    }

    private func isCopy(_ a: Int, _ b: Int) -> Bool {
        let records = facts.records
        guard records.sourceIndex(of: a) == records.sourceIndex(of: b) else { return false }
        return records.columns.allSatisfy { $0.codes[a] == $0.codes[b] }
    }

    /// What speaks for or against a value whatever the others are.
    private func ownWeight(_ side: Side, _ field: Int, _ allRows: [Int]) -> Double {
        let code = Int(facts.records.columns[field].codes[side.row])
        if isMute(side, field) { return -20 }
        switch facts.records.schema.fields[field].kind {
        case .residentID:
            let id = facts.ids[field][code]
            return birthWeight(of: id.birth, besides: side.rows, allRows)
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
    private func birthWeight(of birth: Int32, besides: [Int], _ rows: [Int]) -> Double {
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

    // MARK: - One side against another

    /// - Parameter isTurned: `side` came before `rival` in the order of scores, and comparing the two turned it round.
    private func judge(
        _ side: Side, against rival: Side, slip: Evidence.Slip?, _ field: Int, isTurned: Bool = false
    ) -> [Verdict] {
        let records = facts.records
        let rivalSource = records.sourceIndex(of: rival.row)
        let rows = side.rows.filter { isShared(field, records.sourceIndex(of: $0), rivalSource) }
        if rows.isEmpty { return [] }
        let isChanging = fields.natures[field] == .changing
        var reasons: [Evidence.Reason] = []
        if let slip { reasons.append(.slip(slip)) }
        if isChanging, slip == nil, !side.isMute, !rival.isMute {
            return [single(.changed, side, rival, rows, field, reasons: [])]
        }
        if side.isMute, rival.isMute { return [] }
        let (pair, why) = pairWeight(rival, side, field)
        // The more ways there are to be wrong, the less two records are wrong alike by chance.
        let alike = Double(independent(rival.rows, field).count - 1) * log(waysToBeWrong(field))
        let odds = rival.score - side.score + pair + alike
        // 华癌 of the better office against 华爱 of the worse one: what the two say against each other outweighs the offices.
        if odds < 0, !isTurned { return judge(rival, against: side, slip: slip, field, isTurned: true) }
        let probability = 1 / (1 + exp(-odds))
        let (support, own) = (independent(rival.rows, field).count, independent(side.rows, field).count)
        if support > own { reasons.append(.majority(support, against: own)) }
        reasons += why
        if probability >= Certainty.blame {
            let name = records.sources[rivalSource].source
            // A cell that says nothing for itself makes the other one no likelier; and two names with more than a slip
            // between them may both be wrong.
            let alone = rival.score + alike
            let certainty = side.isMute ? min(probability, 1 / (1 + exp(-alone))) : probability
            let isNear = slip != nil || !isChanging && (support > 1 || !isName(field))
            if support == own, why.isEmpty, !side.isMute { reasons.append(.source(name)) }
            return rows.map { row in
                Verdict(
                    row: row, field: field, outcome: .culprit, other: rival.row,
                    isRepair: certainty >= Certainty.repair && !rival.isMute && isNear,
                    reasons: reasons)
            }
        }
        return [single(.undecided, side, rival, rows, field, reasons: reasons + [.undecided])]
    }

    /// One verdict for both cells: shown at the register's, with the reference beside it, else at the less likely one.
    private func single(
        _ outcome: Verdict.Outcome, _ side: Side, _ rival: Side, _ rows: [Int], _ field: Int,
        reasons: [Evidence.Reason]
    ) -> Verdict {
        let isTurned = isReferenceRow(rows[0]) && !isReferenceRow(rival.row)
        return Verdict(
            row: isTurned ? rival.row : rows[0], field: field, outcome: outcome,
            other: isTurned ? rows[0] : rival.row, isRepair: false, reasons: reasons)
    }

    private func isName(_ field: Int) -> Bool {
        [.personName, .givenName, .surname].contains(facts.records.schema.fields[field].kind)
    }

    private func isReferenceRow(_ row: Int) -> Bool { isReference[facts.records.sourceIndex(of: row)] }

    private func waysToBeWrong(_ field: Int) -> Double {
        switch facts.records.schema.fields[field].kind {
        case .code: max(1, Double(Set(facts.records.schema.fields[field].codes.values).count - 1))
        default: 20
        }
    }

    /// What only the comparison of two values tells; positive for the first.
    private func pairWeight(_ better: Side, _ side: Side, _ field: Int) -> (Double, [Evidence.Reason]) {
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

    // MARK: - Form

    /// Names in Latin letters where the side has one in Han; other forms of a value are left alone.
    private func formVerdicts(_ side: Side, _ field: Int) -> [Verdict] {
        guard facts.records.schema.fields[field].kind == .personName, facts.isMostlyChinese[field] else { return [] }
        let codes = facts.records.columns[field].codes
        return side.rows.filter { codes[$0] != codes[side.row] }.map { row in
            Verdict(
                row: row, field: field, outcome: .writtenDifferently, other: side.row, isRepair: false, reasons: [])
        }
    }

    // MARK: - Empty cells

    func gaps(in group: Int, _ field: Int) -> [LinkedFacts.Gap] {
        let rows = groups[group].map { Int($0) }
        let codes = facts.records.columns[field].codes
        let empty = rows.filter { codes[$0] == 0 && facts.records.isMapped($0, field) }
        guard !empty.isEmpty, let settled = settle(field, in: rows) else { return [] }
        let source = facts.records.sourceIndex(of: settled.row)
        return empty.compactMap { row in
            isShared(field, facts.records.sourceIndex(of: row), source)
                ? LinkedFacts.Gap(row: row, field: field, source: settled) : nil
        }
    }

    /// The value that the rows speak for; `nil` when none has one of the right form.
    func settle(_ field: Int, in rows: [Int]) -> Settled? {
        let filled = rows.filter { facts.records.columns[field].codes[$0] != 0 }
        var sides = sides(of: filled, field)
        score(&sides, field, allRows: rows)
        sides.removeAll(where: \.isMute)
        let order = sides.indices.sorted { (-sides[$0].score, sides[$0].row) < (-sides[$1].score, sides[$1].row) }
        guard let first = order.first else { return nil }
        let best = sides[first]
        let support = independent(best.rows, field).count
        var odds = best.score + Double(support - 1) * log(waysToBeWrong(field))
        if order.count > 1 {
            let (pair, _) = pairWeight(best, sides[order[1]], field)
            odds = min(odds, odds - sides[order[1]].score + pair)
        }
        return Settled(row: best.row, probability: 1 / (1 + exp(-odds)), support: support)
    }
}

extension Facts {
    func allRows(with row: Int, _ groups: LinkedGroups) -> [Int] { groups.rows(with: row) }

    func phoneIsPossible(_ text: String, _ field: Int) -> Bool {
        var text = text
        let isChinese = isMostlyChinese[field]
        return text.withUTF8 { isChinese ? PhoneShape.isChinese($0) : PhoneShape.isAny($0) }
    }
}

/// How fit a way of writing a name is to stand for the others: in Han, in standard characters, with its interpunct.
private struct NameForm: Comparable {
    private let rank: Int

    init(_ text: String) {
        let isStandard = text.unicodeScalars.allSatisfy { HanTable.shared.simplified($0.value) == $0.value }
        rank = (Script.hasHan(text) ? 4 : 0) + (isStandard ? 2 : 0) + (text.contains("·") ? 1 : 0)
    }

    static func < (left: NameForm, right: NameForm) -> Bool { left.rank < right.rank }
}
