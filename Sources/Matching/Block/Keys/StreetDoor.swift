import FuzzyText

/// A street in letters as a key that survives abbreviated kinds of street and one wrong letter: `58 Church Rd.` and
/// `58 church road` share `58 krk`.
enum StreetDoor {
    /// The digits, and the sound of the longest word that is no kind of street; `nil` where there is neither.
    static func key(_ text: String) -> String? {
        var text = text
        var door: [UInt8] = []
        if text.withUTF8({ append($0, to: &door) }) {
            return door.isEmpty ? nil : String(decoding: door, as: UTF8.self)
        }
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

    /// Appends the same for a text that is all ASCII, as nearly all are: byte by byte. Returns false for any other text.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to door: inout [UInt8]) -> Bool {
        for byte in text where byte >= 0x80 { return false }
        let before = door.count
        var name = 0..<0
        var start = 0
        while start < text.count {
            var end = start
            var hasDigits = false
            while end < text.count, isLetter(text[end]) || isDigit(text[end]) {
                if isDigit(text[end]) { hasDigits = true }
                end += 1
            }
            if hasDigits {
                if door.count > before { door.append(UInt8(ascii: "-")) }
                for byte in text[start..<end] where isDigit(byte) { door.append(byte) }
            } else if end - start > name.count, end - start > longestKind || !isKind(text[start..<end]) {
                name = start..<end
            }
            start = end + 1
        }
        let isBare = door.count == before
        door.append(UInt8(ascii: " "))
        let sounds = LatinName.appendPhoneticKey(ascii: UnsafeBufferPointer(rebasing: text[name]), to: &door)
        if isBare, door.count == before + 1 { door.removeLast() }
        return sounds
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isKind(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        word.count <= 8
            ? packedKinds.contains(packed(word))
            : kinds.contains(Substring(String(decoding: word, as: UTF8.self).lowercased()))
    }

    /// Up to eight ASCII letters in lower case as one word.
    private static func packed(_ word: some Sequence<UInt8>) -> UInt64 {
        word.reduce(0) { $0 << 8 | UInt64($1 | 0x20) }
    }

    private static let packedKinds = Set(kinds.map { packed($0.utf8) })

    private static let longestKind = kinds.map(\.utf8.count).max() ?? 0

    private static let kinds: Set<Substring> = Set(
        """
        street st road rd avenue ave av drive dr lane ln court ct place pl crescent cres cr close cl way wy terrace tce \
        ter circuit cct parade pde boulevard blvd highway hwy square sq grove gr gardens gdns park rise row walk loop \
        north south east west n s e w unit apt apartment flat suite floor strasse straße str rue avenida calle via
        """.split(separator: " "))
}
