import Foundation

/// A header taken apart into its words.
struct HeaderText: Sendable {
    /// In lower case, without accents and without what stands in brackets: `PatientBirth_Date (dd/mm/yyyy)` has the words
    /// patient, birth, date.
    let words: [String]

    init(_ header: String) {
        var text = ""
        var last: Character = " "
        for character in Self.name(header) {
            if character.isUppercase, last.isLowercase { text.append(" ") }
            text.append(character)
            last = character
        }
        words = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Without what stands in brackets; of an XML path its last step with the value of its condition.
    static func name(_ header: String) -> String {
        var text = ""
        var depth = 0
        for character in header {
            if "(（".contains(character) { depth += 1 }
            if depth == 0 { text.append(character) }
            if ")）".contains(character) { depth = max(0, depth - 1) }
        }
        let step = text.split(separator: "/").last.map(String.init) ?? text
        let local = step.split(separator: ":").last.map(String.init) ?? step
        return local.replacing("@type=", with: "")
    }

    /// What it may be called, written together; as it stands first, then without words that only say whose value it is or
    /// that it is a number, and two words in either order (`name_last`).
    var readings: [String] {
        let own = Array(words.drop(while: Self.owners.contains))
        let named = own.last.map(Self.numbering.contains) == true ? Array(own.dropLast()) : own
        var readings: [String] = []
        for words in [words, own, named] where !words.isEmpty {
            readings.append(words.joined())
            if words.count == 2 { readings.append(words[1] + words[0]) }
        }
        return readings
    }

    /// The person whom the register is of. Not: mothers, guardians, contacts and former names.
    private static let owners: Set<String> = [
        "primary", "main", "current", "personal", "person", "client", "patient", "pat", "applicant", "member",
        "customer",
        "beneficiary", "citizen", "resident", "participant", "holder", "student", "legal", "official", "addr",
        "address",
    ]

    private static let numbering: Set<String> = ["number", "no", "nr", "num"]
}
