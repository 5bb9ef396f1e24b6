import FuzzyText

/// A street in letters as a key that survives abbreviated kinds of street and one wrong letter: `58 Church Rd.` and
/// `58 church road` share `58 krk`.
enum StreetDoor {
    /// The digits, and the sound of the longest word that is no kind of street; `nil` where there is neither.
    static func key(_ text: String) -> String? {
        var digits = ""
        var name: Substring = ""
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            if word.contains(where: \.isNumber) {
                digits += (digits.isEmpty ? "" : "-") + word.filter(\.isNumber)
            } else if word.count > name.count, !kinds.contains(word) {
                name = word
            }
        }
        let sound = LatinName.phoneticKey(name)
        return digits.isEmpty && sound.isEmpty ? nil : "\(digits) \(sound)"
    }

    private static let kinds: Set<Substring> = Set(
        """
        street st road rd avenue ave av drive dr lane ln court ct place pl crescent cres cr close cl way wy terrace tce \
        ter circuit cct parade pde boulevard blvd highway hwy square sq grove gr gardens gdns park rise row walk loop \
        north south east west n s e w unit apt apartment flat suite floor strasse straße str rue avenida calle via
        """.split(separator: " "))
}
