import Records
import Standards

/// Reads a date in any of the notations offices use, without guessing: serial numbers of spreadsheets, two-digit years whose
/// century is not declared, and all-number dates whose order is not declared and not evident are left alone.
///
/// A time of day and a zone after the date are dropped; the day is the one that is written, whatever the zone.
struct DateReader: Sendable {
    let order: DateOrder?
    /// The latest year that two digits mean.
    let shortYearsUntil: Int?

    init(order: DateOrder? = nil, shortYearsUntil: Int? = nil) {
        self.order = order
        self.shortYearsUntil = shortYearsUntil
    }

    init(_ field: Field) { self.init(order: field.dateOrder, shortYearsUntil: field.shortYearsUntil) }

    /// Year, month and day as written; there need not be such a day. `nil`: not a date.
    struct Reading: Equatable {
        var year: Int
        var month: Int
        var day: Int

        /// `1985-03-07`
        var text: String {
            func padded(_ number: Int, _ width: Int) -> String {
                let digits = String(number)
                return String(repeating: "0", count: max(0, width - digits.count)) + digits
            }
            return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        }

        var isDay: Bool { CivilDate(year: year, month: month, day: day) != nil }
    }

    private enum Token: Equatable {
        case number(Int, digits: Int)
        case word(String)
        case mark(Unicode.Scalar)
    }

    /// `text` is free of full-width forms and of blanks at the ends.
    func read(_ text: String) -> Reading? {
        guard text.utf8.count <= 80 else { return nil }
        var body = text.folded
        for tail in ["出生", "生"] where body.hasSuffix(tail) { body = String(body.dropLast(tail.count)) }
        var isRepublic = false
        for era in ["民国", "民國", "公元", "西元"] where body.hasPrefix(era) {
            isRepublic = era.hasPrefix("民")
            body = String(body.dropFirst(2))
        }
        var tokens = withoutTime(tokens(of: digitised(body)))
        tokens.removeAll { $0 == .mark(" ") }
        guard !tokens.isEmpty, tokens.count <= 12 else { return nil }
        if tokens.contains(.mark("年")) { return readChinese(tokens, isRepublic) }
        return isRepublic ? nil : readWestern(tokens)
    }

    /// The reading of three numbers in the order in which they stand; `digits` are those of the first and the last.
    func arrange(_ a: Int, _ b: Int, _ c: Int, digits: (first: Int, last: Int)) -> Reading? {
        if digits.first == 4, digits.last <= 2 { return Reading(year: a, month: b, day: c) }
        if digits.first <= 2, digits.last == 2, order != .yearFirst, let c = year(c) {
            return arrange(a, b, c, digits: (digits.first, 4))
        }
        if digits.first == 2, digits.last <= 2, order == .yearFirst, let a = year(a) {
            return Reading(year: a, month: b, day: c)
        }
        guard digits.last == 4, digits.first <= 2 else { return nil }
        let dayFirst = Reading(year: c, month: b, day: a)
        let monthFirst = Reading(year: c, month: a, day: b)
        switch order {
        case .dayFirst: return dayFirst
        case .monthFirst: return monthFirst
        case .yearFirst, nil:
            if a == b { return dayFirst }
            if a > 12, b <= 12 { return dayFirst }
            if b > 12, a <= 12 { return monthFirst }
            return nil
        }
    }

    /// The year that two digits mean: the latest one that is declared possible.
    private func year(_ short: Int) -> Int? {
        shortYearsUntil.map { until in
            let year = until / 100 * 100 + short
            return year <= until ? year : year - 100
        }
    }

    /// Eight digits: year first, unless the declared order says otherwise and only that reading is a day of our time.
    func split(eight value: Int) -> Reading {
        let yearFirst = Reading(year: value / 10000, month: value / 100 % 100, day: value % 100)
        guard let order, order != .yearFirst, !(yearFirst.isDay && (1800...2100).contains(yearFirst.year)) else {
            return yearFirst
        }
        let (a, b, c) = (value / 1_000_000, value / 10000 % 100, value % 10000)
        let declared =
            order == .dayFirst ? Reading(year: c, month: b, day: a) : Reading(year: c, month: a, day: b)
        return declared.isDay ? declared : yearFirst
    }

    /// `1985年3月7日`, `民国74年3月7日`; all three parts have to be there.
    private func readChinese(_ tokens: [Token], _ isRepublic: Bool) -> Reading? {
        guard tokens.count == 5 || tokens.count == 6,
            case .number(var year, let digits) = tokens[0], tokens[1] == .mark("年"),
            case .number(let month, _) = tokens[2], tokens[3] == .mark("月"),
            case .number(let day, _) = tokens[4], month <= 99, day <= 99
        else { return nil }
        if tokens.count == 6, tokens[5] != .mark("日"), tokens[5] != .mark("号") { return nil }
        if isRepublic {
            guard year >= 1, year <= 150 else { return nil }
            year += 1911
        } else if digits != 4 {
            return nil
        }
        return Reading(year: year, month: month, day: day)
    }

    private func readWestern(_ tokens: [Token]) -> Reading? {
        var numbers: [(value: Int, digits: Int)] = []
        var month: Int?
        for token in tokens {
            switch token {
            case .number(let value, let digits): numbers.append((value, digits))
            case .word(let word):
                if let named = Self.month(word) {
                    guard month == nil else { return nil }
                    month = named
                } else if !["st", "nd", "rd", "th", "of"].contains(word) {
                    return nil
                }
            case .mark(let mark):
                guard ["-", "/", ".", ","].contains(mark) else { return nil }
            }
        }
        if let month {
            guard numbers.count == 2 else { return nil }
            if numbers[0].digits <= 2, numbers[1].digits == 4 {
                return Reading(year: numbers[1].value, month: month, day: numbers[0].value)
            }
            if numbers[0].digits <= 2, numbers[1].digits == 2, let year = year(numbers[1].value) {
                return Reading(year: year, month: month, day: numbers[0].value)
            }
            guard numbers[0].digits == 4, numbers[1].digits <= 2 else { return nil }
            return Reading(year: numbers[0].value, month: month, day: numbers[1].value)
        }
        if numbers.count == 3, numbers[1].digits <= 2 {
            return arrange(
                numbers[0].value, numbers[1].value, numbers[2].value, digits: (numbers[0].digits, numbers[2].digits))
        }
        guard numbers.count == 1, tokens.count == 1 else { return nil }
        switch numbers[0].digits {
        case 8: return split(eight: numbers[0].value)
        case 12: return split(eight: numbers[0].value / 10000)
        case 14: return split(eight: numbers[0].value / 1_000_000)
        default: return nil
        }
    }

    private func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        var rest = Array(text.unicodeScalars)[...]
        while let first = rest.first {
            if first.isDigit {
                let digits = rest.prefix { $0.isDigit }
                rest = rest.dropFirst(digits.count)
                // More digits than any date has: a value no rule accepts.
                let value = digits.count > 14 ? 0 : digits.reduce(0) { $0 * 10 + Int($1.value - 0x30) }
                tokens.append(.number(value, digits: digits.count))
            } else if first.isASCIILetter {
                let letters = rest.prefix { $0.isASCIILetter }
                rest = rest.dropFirst(letters.count)
                tokens.append(.word(String(scalars: letters)))
            } else {
                tokens.append(.mark(first))
                rest = rest.dropFirst()
            }
        }
        return tokens
    }

    /// Cuts before `00:00:00`, `T08:30`, `上午8:30`, `8时`.
    private func withoutTime(_ tokens: [Token]) -> [Token] {
        if tokens.count > 1, case .number(_, 8) = tokens[0], tokens[1] == .word("t") { return [tokens[0]] }
        guard let clock = tokens.firstIndex(where: { $0 == .mark(":") || $0 == .mark("时") }), clock > 1 else {
            return tokens
        }
        var date = tokens[..<(clock - 1)]
        while let last = date.last,
            last == .mark(" ") || last == .word("t") || last == .mark("午") || last == .mark("上") || last == .mark("下")
        {
            date.removeLast()
        }
        return Array(date)
    }

    /// `一九八五年三月七日` → `1985年3月7日`; other texts stay as they are.
    private func digitised(_ text: String) -> String {
        guard text.unicodeScalars.contains("年"), text.unicodeScalars.contains(where: { Self.digit($0) != nil }) else {
            return text
        }
        var result = ""
        var run: [Unicode.Scalar] = []
        func flush() {
            if let number = ChineseNumeral.value(run[...]) { result += number } else { result += String(scalars: run) }
            run = []
        }
        for scalar in text.unicodeScalars {
            if Self.digit(scalar) != nil {
                run.append(scalar)
            } else {
                flush()
                result.unicodeScalars.append(scalar)
            }
        }
        flush()
        return result
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? { ChineseNumeral.digit(scalar.value) }

    private static func month(_ word: String) -> Int? {
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november",
            "december",
        ]
        if word == "sept" { return 9 }
        return names.firstIndex { $0 == word || $0.prefix(3) == word }.map { $0 + 1 }
    }
}
