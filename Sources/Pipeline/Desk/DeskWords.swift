import Foundation
import FuzzyText
import Records

/// The words that records are found by at the desk: a name by its characters, its sound and its initials, a number by its
/// beginning.
enum DeskWords {
    static func isSearched(_ kind: FieldKind) -> Bool {
        switch kind {
        case .personName, .givenName, .surname, .residentID, .identifier, .phone: true
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
        return [folded, sounds.joined()] + (initials.count > 1 ? [initials] : [])
    }

    /// As words are compared: lower case, without marks over Latin letters, one blank between words.
    static func folded(_ text: String) -> String {
        let folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        return folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// What somebody typed, in the forms that words may have.
    static func asked(_ text: String) -> [String] {
        let folded = folded(text)
        let joined = folded.filter { $0 != " " && $0 != "'" && $0 != "-" }
        return folded == joined ? [folded] : [folded, joined]
    }
}
