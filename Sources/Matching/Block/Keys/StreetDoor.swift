import FuzzyText

/// A street in letters as a key that survives abbreviated kinds of street and one wrong letter: `58 Church Rd.` and
/// `58 church road` share `58 krk`.
enum StreetDoor {
    /// The digits, and the sound of the longest word that is no kind of street; `nil` where there is neither.
    static func key(_ text: String) -> String? {
        var text = text
        if let door = text.withUTF8({ ascii($0) }) { return door.isEmpty ? nil : door }
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

    /// The same for a text that is all ASCII, as nearly all are: byte by byte. `nil` for any other text.
    private static func ascii(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        guard text.allSatisfy({ $0 < 0x80 }) else { return nil }
        var digits: [UInt8] = []
        var name = 0..<0
        var start = 0
        while start < text.count {
            var end = start
            var numbers = 0
            while end < text.count, isLetter(text[end]) || isDigit(text[end]) {
                if isDigit(text[end]) { numbers += 1 }
                end += 1
            }
            if numbers > 0 {
                if !digits.isEmpty { digits.append(UInt8(ascii: "-")) }
                digits += text[start..<end].filter(isDigit)
            } else if end - start > name.count, end - start > longestKind || !isKind(text[start..<end]) {
                name = start..<end
            }
            start = end + 1
        }
        let sound = name.isEmpty ? "" : LatinName.phoneticKey(String(decoding: text[name], as: UTF8.self).lowercased())
        if digits.isEmpty && sound.isEmpty { return "" }
        return String(decoding: digits, as: UTF8.self) + " " + sound
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isKind(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        kinds.contains(Substring(String(decoding: word, as: UTF8.self).lowercased()))
    }

    private static let longestKind = kinds.map(\.utf8.count).max() ?? 0

    private static let kinds: Set<Substring> = Set(
        """
        street st road rd avenue ave av drive dr lane ln court ct place pl crescent cres cr close cl way wy terrace tce \
        ter circuit cct parade pde boulevard blvd highway hwy square sq grove gr gardens gdns park rise row walk loop \
        north south east west n s e w unit apt apartment flat suite floor strasse straße str rue avenida calle via
        """.split(separator: " "))
}
