/// What kind of value a form is, as far as a form tells.
enum Shape: Sendable {
    case number
    case date
    /// Latin letters, with blanks and what is usual between them.
    case words
    case han
    /// All else: codes, addresses, sentences.
    case mixed

    init(_ signs: ArraySlice<UInt8>) {
        let core = signs.drop(while: Sign.isBlank).reversed().drop(while: Sign.isBlank).reversed()
        let signs = Array(core)
        if Self.isNumber(signs) {
            self = .number
        } else if DateForm(signs) != nil {
            self = .date
        } else if !signs.isEmpty, signs.allSatisfy({ $0 == Sign.han || $0 == Sign.dot }) {
            self = .han
        } else if signs.contains(where: Self.isLatin), signs.allSatisfy({ Self.isLatin($0) || Self.isBetween($0) }) {
            self = .words
        } else {
            self = .mixed
        }
    }

    private static func isLatin(_ sign: UInt8) -> Bool { sign == Sign.upper || sign == Sign.lower }
    private static func isBetween(_ sign: UInt8) -> Bool { " -'.".utf8.contains(sign) }

    /// Digits with a sign, one point, and commas between thousands.
    private static func isNumber(_ signs: [UInt8]) -> Bool {
        let body = signs.first.map { "+-".utf8.contains($0) } == true ? signs.dropFirst() : signs[...]
        guard body.first == Sign.digit, body.last == Sign.digit else { return false }
        return body.allSatisfy { $0 == Sign.digit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
            && body.count { $0 == UInt8(ascii: ".") } <= 1
    }
}

/// How a date is written: `9999-99-99`, `99/99/9999`, `9999年9月9日`, with or without a time of day.
struct DateForm: Hashable, Sendable {
    /// The form with every group of digits as one, so that 2024-1-9 and 2024-01-09 are one way of writing.
    let notation: [UInt8]

    init?(_ signs: [UInt8]) {
        let isTime: (UInt8) -> Bool = { $0 == Sign.blank || $0 == Sign.upper }
        let date = Array(signs.prefix { !isTime($0) })
        var groups: [Int] = []
        var separators: [UInt8] = []
        var last: UInt8 = 0
        for sign in date {
            if sign == Sign.digit {
                if last == Sign.digit { groups[groups.count - 1] += 1 } else { groups.append(1) }
            } else {
                guard Self.separators.contains(sign), last == Sign.digit else { return nil }
                separators.append(sign)
            }
            last = sign
        }
        guard Self.isDate(groups), groups.count >= 2 || separators.isEmpty else { return nil }
        let isEven = Set(separators).count == 1 || separators.contains(Sign.year)
        guard groups.count == 1 || isEven, signs.count <= date.count + 20 else { return nil }
        if date.count < signs.count, !signs[date.count...].contains(UInt8(ascii: ":")) { return nil }
        notation =
            [groups.first.map { $0 == 4 ? 4 : $0 == 8 ? 8 : 1 } ?? 0] + separators
            + (date.count < signs.count ? [Sign.blank] : [])
    }

    private static let separators: Set<UInt8> = [
        UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), Sign.year, Sign.month, Sign.day,
    ]

    /// 2024-1-9, 9-1-2024 or 9-1-24, 2024-01. Eight digits alone are a number unless the column holds dates.
    private static func isDate(_ groups: [Int]) -> Bool {
        switch groups.count {
        case 3: groups[1] <= 2 && (groups[0] == 4 && groups[2] <= 2 || groups[0] <= 2 && [2, 4].contains(groups[2]))
        case 2: groups[0] == 4 && groups[1] <= 2
        default: false
        }
    }
}
