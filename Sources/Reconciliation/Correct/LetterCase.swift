/// Whether a column is written in capitals, in small letters, or as it comes.
enum LetterCase: Sendable {
    case upper
    case lower
    case asIs

    func apply(_ text: String) -> String {
        switch self {
        case .upper: text.uppercased()
        case .lower: text.lowercased()
        case .asIs: text
        }
    }

    /// Counts ASCII letters only: enough to know an office's habit.
    struct Tally {
        private var upper = 0
        private var lower = 0
        private var mixed = 0

        mutating func add(_ text: UnsafeBufferPointer<UInt8>, times: Int) {
            var hasUpper = false
            var hasLower = false
            for byte in text {
                hasUpper = hasUpper || (65...90).contains(byte)
                hasLower = hasLower || (97...122).contains(byte)
            }
            switch (hasUpper, hasLower) {
            case (true, true): mixed += times
            case (true, false): upper += times
            case (false, true): lower += times
            case (false, false): break
            }
        }

        /// Fewer cells than these are no habit.
        private static let least = 10

        /// More than nine in ten.
        var most: LetterCase {
            let all = upper + lower + mixed
            if all < Self.least { return .asIs }
            if upper * 10 > all * 9 { return .upper }
            if lower * 10 > all * 9 { return .lower }
            return .asIs
        }
    }
}

extension String {
    /// Has letters of a script that knows capitals.
    var isCased: Bool {
        unicodeScalars.contains { scalar in
            // From CJK radicals to Yi no script knows capitals, and most names are written in these.
            !(0x2E80..<0xA4D0).contains(scalar.value) && scalar.properties.isCased
        }
    }

    /// Without white space at its ends.
    var trimmed: String {
        let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        let head = unicodeScalars.drop(while: isSpace)
        guard let last = head.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(head[...last])
    }
}
