import Foundation
import Records

/// What is odd about the values of a column taken together.
extension Oddity {
    static let emptyColumn = Oddity("empty-column", Text(en: "no value at all", zh: "没有任何值")) { census in
        census.filled == 0 ? Found(cells: 0) : nil
    }

    static let oneValue = Oddity("one-value", Text(en: "the same value in every record", zh: "每条记录的值都相同")) { census in
        census.distinct == 1 && census.filled == census.column.codes.count && census.filled > 1
            ? Found(cells: 0, examples: [1]) : nil
    }

    static let placeholders = Oddity(
        "placeholders", Text(en: "words that stand for “not known” (不详, N/A, -)", zh: "表示“没有”的填写（不详、N/A、-）")
    ) { .ofValues($0, $0.placeholders) }

    /// Nearly all values are numbers, or dates, or Han, and some are not.
    static let otherType = Oddity(
        "mixed-types", Text(en: "values of another type than the rest", zh: "与其余值类型不同")
    ) { census in
        let placeholders = Set(census.placeholders)
        let isOfDates = isOfDates(census)
        func shape(_ form: ColumnCensus.Form) -> Shape {
            let isPacked = isOfDates && form.signs.count == 8 && form.shape == .number
            return isPacked ? .date : form.shape
        }
        for usual in [Shape.number, .date, .han] {
            let cells = census.forms.reduce(0) { $0 + (shape($1) == usual ? $1.cells : 0) }
            guard cells < census.filled, cells * 10 >= census.filled * 9 else { continue }
            return .ofForms(census) { form in
                let other = shape(form)
                // A number of a person may hold letters and marks; without any digit it is none.
                if usual == .number, [.residentID, .identifier, .phone, .postcode].contains(census.kind) {
                    return !form.signs.contains { $0 == Sign.digit || $0 == Sign.wideDigit }
                        && !(form.values == 1 && placeholders.contains(form.first))
                }
                // A name of two words or with a dot is no other type than a name.
                if usual == .han, other == .mixed { return form.signs.contains(Sign.digit) }
                return other != usual && !(form.values == 1 && placeholders.contains(form.first))
            }
        }
        return nil
    }

    /// Few values, often repeated.
    static func isOfCodes(_ census: ColumnCensus) -> Bool {
        census.distinct <= 1000 && census.distinct * 20 <= census.filled
    }

    /// In a column of codes, a value that stands once is more likely a slip than a code.
    static let rareCodes = Oddity(
        "rare-codes", Text(en: "values that stand only once among few that repeat", zh: "只出现一次的代码")
    ) { census in
        guard isOfCodes(census), census.singles > 0, census.singles < census.distinct else { return nil }
        return .ofValues(census, (1...UInt32(census.distinct)).filter { census.cells($0) == 1 })
    }

    /// Codes that differ in case, width or blanks alone.
    static let similarValues = Oddity(
        "similar-values", Text(en: "values that differ only in case, width or blanks", zh: "仅大小写、全半角或空格不同的值")
    ) { census in
        guard census.distinct > 1, census.distinct <= 1000 else { return nil }
        var groups: [String: [UInt32]] = [:]
        for code in 1...UInt32(census.distinct) {
            groups[folded(census.column.values[code]), default: []].append(code)
        }
        let alike = groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
        guard let first = alike.first else { return nil }
        let rarer = alike.flatMap { group in
            let usual = group.max { (census.cells($0), $1) < (census.cells($1), $0) }
            return group.filter { $0 != usual }
        }
        return Found(cells: rarer.reduce(0) { $0 + census.cells($1) }, examples: Array(first.prefix(3)))
    }

    /// Nearly every record has a value of its own: the few that share one may be doubles.
    static let fewRepeats = Oddity(
        "few-repeats",
        Text(en: "values shared by records, in a column that otherwise tells them apart", zh: "本应各不相同的列中有重复值")
    ) { census in
        let shared = census.filled - census.singles
        guard shared > 0, shared * 50 <= census.filled, census.filled >= 100 else { return nil }
        return .ofValues(census, (1...UInt32(census.distinct)).filter { census.cells($0) > 1 })
    }

    static func folded(_ text: String) -> String {
        String(text.precomposedStringWithCompatibilityMapping.lowercased().filter { !$0.isWhitespace })
    }
}
