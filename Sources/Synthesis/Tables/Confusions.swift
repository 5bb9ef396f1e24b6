import Standards

/// What a character is written as by mistake: by sound, by look, or in another standard.
struct Confusions {
    typealias Table = [UInt32: [Bytes]]

    /// Most usual first: characters of the same sound and tone, then the most usual one of each other tone.
    let homophones: Table
    let lookalikes: Table
    let traditional: Table
    let variants: Table
    /// The reading without tone, `v` written as `u`.
    private let readings: [UInt32: Bytes]

    init() {
        var pinyin: [UInt32: String] = [:]
        var bySound: [String: [(frequency: Int, character: Unicode.Scalar)]] = [:]
        var order: [Unicode.Scalar] = []
        for row in CSVTable(.pinyin) {
            guard let character = row.scalar(0) else { continue }
            let sound = row.text(1)
            pinyin[character.value] = sound
            order.append(character)
            let frequency = row.number(2) ?? 0
            if frequency >= 8 { bySound[sound, default: []].append((frequency, character)) }
        }
        bySound = bySound.mapValues { list in
            list.sorted { ($0.frequency, $0.character) > ($1.frequency, $1.character) }
        }

        var homophones: Table = [:]
        for character in order {
            guard let sound = pinyin[character.value], let tone = sound.last else { continue }
            var same = (bySound[sound] ?? []).prefix(9).map(\.character)
            if tone != "5" {
                for other in "1234" where other != tone {
                    if let usual = bySound[sound.dropLast() + String(other)]?.first {
                        same.append(usual.character)
                    }
                }
            }
            same.removeAll { $0 == character }
            if !same.isEmpty { homophones[character.value] = same.map { Bytes(String($0)) } }
        }
        self.homophones = homophones
        lookalikes = Self.pairs(.lookalike) { row in
            pinyin[row.scalar(0)?.value ?? 0] != nil && pinyin[row.scalar(1)?.value ?? 0] != nil
        }
        traditional = Self.pairs(.variants) { $0.text(2) == "traditional" }
        variants = Self.pairs(.variants) { $0.text(2) != "traditional" }
        readings = pinyin.mapValues {
            $0.utf8.dropLast().map { $0 == UInt8(ascii: "v") ? UInt8(ascii: "u") : $0 }
        }
    }

    private static func pairs(_ name: CSVTable.Name, where isWanted: (CSVTable.Row) -> Bool) -> Table {
        var table: Table = [:]
        for row in CSVTable(name) where isWanted(row) {
            if let character = row.scalar(0) {
                table[character.value, default: []].append(Bytes(row.utf8(1)))
            }
        }
        return table
    }

    /// The text in Latin letters, lower case, without tones or blanks. Characters of no known reading are left out.
    func romanised(_ text: Bytes) -> Bytes {
        text.glyphs.flatMap { readings[text.scalar(at: $0)] ?? [] }
    }
}
