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
    let isReference: [Bool]
    private let weights: SideWeights
    private let states: LinkedStates

    init(
        _ facts: Facts, groups: LinkedGroups, fields: ComparedFields, agreement: [FieldAgreement], trustRanks: [Int],
        isReference: [Bool]
    ) {
        self.facts = facts
        self.groups = groups
        self.fields = fields
        self.agreement = agreement
        self.isReference = isReference
        states = LinkedStates(facts)
        weights = SideWeights(facts, groups: groups, fields: fields, agreement: agreement, trustRanks: trustRanks)
    }

    // MARK: - Verdicts

    func verdicts(in group: Int, _ field: Int) -> [Verdict] {
        let all = groups[group].map { Int($0) }
        let rows = all.filter { facts.records.columns[field].codes[$0] != 0 }
        guard states.follow(field) else { return verdicts(on: rows, of: all, field) }
        return states.alike(rows).flatMap { verdicts(on: $0, of: all, field) }
    }

    private func verdicts(on rows: [Int], of all: [Int], _ field: Int) -> [Verdict] {
        var sides = sides(of: rows, field)
        var verdicts = sides.flatMap { formVerdicts($0, field) }
        guard sides.count > 1 else { return verdicts }
        weights.score(&sides, field, allRows: all)
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
        var byCode = Self.byCode(rows, codes)
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

    private static func byCode(_ rows: [Int], _ codes: [UInt32]) -> [(code: UInt32, rows: [Int])] {
        if rows.count > mostValues { return Dictionary(grouping: rows) { codes[$0] }.map { ($0.key, $0.value) } }
        var found: [(code: UInt32, rows: [Int])] = []
        for row in rows {
            if let place = found.firstIndex(where: { $0.code == codes[row] }) {
                found[place].rows.append(row)
            } else {
                found.append((codes[row], [row]))
            }
        }
        return found
    }

    /// Whether a value says less than what stands there: an address without its province is not to replace one that has it.
    func isShortening(_ text: String, by other: String, _ field: Int) -> Bool {
        facts.records.schema.fields[field].kind == .address
            && other.unicodeScalars.count + 2 <= text.unicodeScalars.count
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
        let (pair, why) = weights.pairWeight(rival, side, field)
        // The more ways there are to be wrong, the less two records are wrong alike by chance.
        let alike = Double(weights.independent(rival.rows).count - 1) * log(weights.waysToBeWrong(field))
        let odds = rival.score - side.score + pair + alike
        // 华癌 of the better office against 华爱 of the worse one: what the two say against each other outweighs the offices.
        if odds < 0, !isTurned { return judge(rival, against: side, slip: slip, field, isTurned: true) }
        let probability = 1 / (1 + exp(-odds))
        let (support, own) = (weights.independent(rival.rows).count, weights.independent(side.rows).count)
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
                    isRepair: certainty >= Certainty.repair && !rival.isMute && isNear
                        && !isShortening(side.text, by: rival.text, field),
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
        weights.score(&sides, field, allRows: rows)
        sides.removeAll(where: \.isMute)
        let order = sides.indices.sorted { (-sides[$0].score, sides[$0].row) < (-sides[$1].score, sides[$1].row) }
        guard let first = order.first else { return nil }
        let best = sides[first]
        let support = weights.independent(best.rows).count
        var odds = best.score + Double(support - 1) * log(weights.waysToBeWrong(field))
        if order.count > 1 {
            let (pair, _) = weights.pairWeight(best, sides[order[1]], field)
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
