import Records
import Standards

extension Normalizer {
    /// Has the normalised, non-empty text the form its kind asks for? Whether the value is right is for the checks.
    static func isWellFormed(_ text: String, _ field: Field) -> Bool {
        switch field.kind {
        case .personName: isName(text, shortestHan: 2)
        case .givenName, .surname: isName(text, shortestHan: 1)
        case .residentID: ResidentID(text) != nil
        case .identifier: text.unicodeScalars.contains { $0.isDigit } && text.utf8.count >= 2
        case .date: CivilDate(iso: text) != nil
        case .division: text.isAllDigits && text.utf8.count == 6
        case .address, .street, .city: text.unicodeScalars.contains { $0.properties.isAlphabetic }
        case .houseNumber: text.unicodeScalars.contains { $0.isDigit } && text.unicodeScalars.count <= 12
        case .postcode: isPostcode(text)
        case .phone: isPhone(text)
        case .email: isEmail(text)
        case .code: field.codes.isEmpty || field.codes.values.contains(text)
        case .ethnicGroup: EthnicGroup.name(of: text) != nil
        case .number: isNumber(text)
        case .text: true
        }
    }

    /// Letters of one script, with · in Chinese names and blanks in others. A full Chinese name has two characters at least.
    private static func isName(_ text: String, shortestHan: Int) -> Bool {
        var han = 0
        var letters = 0
        for scalar in text.unicodeScalars {
            if scalar.isHan {
                han += 1
            } else if scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark {
                letters += 1
            } else if scalar != " " && scalar != "·" && scalar != "'" && scalar != "-" {
                return false
            }
        }
        if han > 0 { return letters == 0 && han >= shortestHan && han <= 40 }
        return letters >= 1
    }

    /// Six digits, or the letters and digits of other countries' codes.
    private static func isPostcode(_ text: String) -> Bool {
        (3...10).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.isDigit || $0.isASCIILetter || $0 == "-" }
            && text.unicodeScalars.contains { $0.isDigit }
    }

    /// A mobile number of eleven digits, a landline with or without its area code, or `+` and 8 to 15 digits.
    private static func isPhone(_ text: String) -> Bool {
        let digits = Array(text.utf8)
        if digits.first == 0x2B {
            return (9...16).contains(digits.count) && digits.dropFirst().allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        }
        guard digits.count >= 7, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return false }
        switch digits[0] {
        case 0x30: return (9...12).contains(digits.count) && digits[1] != 0x30
        case 0x31: return digits.count == 11 && digits[1] >= 0x32
        default: return digits.count <= 10
        }
    }

    /// One @, something before it, a dot in what follows.
    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, text.utf8.count <= 254 else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && !["(", ")", ",", ";", ":", "\""].contains($0) }
    }

    private static func isNumber(_ text: String) -> Bool {
        let body = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let halves = body.split(separator: ".", omittingEmptySubsequences: false)
        return halves.count <= 2 && halves.allSatisfy { String($0).isAllDigits }
    }
}
