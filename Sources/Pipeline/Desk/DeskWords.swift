import Foundation
import FuzzyText
import Records

/// The words that records are found by at the desk: a name by its characters, its sound and its initials, a number and a
/// date of birth whole.
enum DeskWords {
    static func isSearched(_ field: Int, of schema: Schema) -> Bool {
        switch schema.fields[field].kind {
        case .personName, .givenName, .surname, .residentID, .identifier, .phone: true
        case .date: field == schema.birthDate
        default: false
        }
    }

    /// - Parameter value: normalised.
    static func words(_ value: String, _ kind: FieldKind) -> [String] {
        if value.isEmpty { return [] }
        let folded = folded(value)
        guard [.personName, .givenName, .surname].contains(kind) else { return [folded] }
        guard ChineseName.isHan(value) else {
            let parts = folded.split(separator: " ").map(String.init)
            // “anna berg” is found by “berg” as well.
            return parts.count > 1 ? [folded] + parts.dropFirst() : [folded]
        }
        let sounds = ChineseName.readings(of: value.unicodeScalars.map(\.value)).map(\.tonelessText)
        let initials = String(sounds.compactMap(\.first))
        // “买买提·艾力” is found by “艾力” as well.
        let parts = value.unicodeScalars.split { ChineseName.isInterpunct($0.value) || $0 == " " }.dropFirst()
        return [characters(value), sounds.joined()] + (initials.count > 1 ? [initials] : [])
            + parts.map { characters(String($0)) }
    }

    /// As words are compared: lower case, without marks over Latin letters, one blank between words.
    static func folded(_ text: String) -> String {
        let folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        return folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// A Chinese name however it is written: simplified characters, without the dot between its parts.
    private static func characters(_ name: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where !ChineseName.isInterpunct(scalar.value) && scalar != " " {
            plain.append(Unicode.Scalar(HanTable.shared.simplified(scalar.value)) ?? scalar)
        }
        return String(plain)
    }

    /// Names have no digits: such a word is a number, which is looked for whole.
    static func isNumber(_ word: String) -> Bool {
        word.unicodeScalars.contains { $0.properties.numericType == .decimal }
    }

    /// What somebody typed, in the forms that words may have.
    static func asked(_ text: String) -> [String] {
        if let date = date(text) { return [date, folded(text)] }
        let folded = folded(text)
        if ChineseName.isHan(folded) { return [characters(folded)] }
        let joined = folded.filter { $0 != " " && $0 != "'" && $0 != "-" }
        return folded == joined ? [folded] : [folded, joined]
    }

    /// 1985-03-07, 1985/3/7, 1985年3月7日 or 19850307 as dates are compared; `nil` for anything else.
    static func date(_ text: String) -> String? {
        let folded = folded(text)
        guard let found = folded.wholeMatch(of: #/(\d{4})[-\/.年]\s?(\d{1,2})[-\/.月]\s?(\d{1,2})日?|(\d{4})(\d\d)(\d\d)/#)
        else { return nil }
        let parts = [found.1 ?? found.4, found.2 ?? found.5, found.3 ?? found.6].map { $0.flatMap { Int($0) } ?? 0 }
        guard (1...12).contains(parts[1]), (1...31).contains(parts[2]) else { return nil }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts[0])-\(two(parts[1]))-\(two(parts[2]))"
    }
}
