import Records
import Standards

/// Finds the id that was meant when exactly one fits: one wrong character, or two neighbours exchanged.
enum ResidentIDRepair {
    /// The only id at one slip from `text` whose check character, division, birth date and sex are all right; `nil` when
    /// there is none or more than one.
    ///
    /// `birth`: the recorded birth date, packed; without one too many ids would do, so 0 gives `nil`. `sex`: ASCII `M`,
    /// `F`, or 0 when it is not known.
    static func only(_ text: String, birth: Int32, sex: UInt8) -> String? {
        let original = Array(text.utf8)
        guard original.count == 18, birth != 0 else { return nil }
        var found: String?
        for candidate in slips(of: original) {
            guard let id = ResidentID(String(decoding: candidate, as: UTF8.self)),
                id.packedBirthDate == Int(birth), id.isValid, sex == 0 || id.sex.utf8.first == sex
            else { continue }
            if found != nil { return nil }
            found = id.text
        }
        return found
    }

    /// Every text at one substitution or one exchange of neighbours that has a right check character; each once.
    private static func slips(of original: [UInt8]) -> [[UInt8]] {
        // ISO 7064 MOD 11-2: the characters by their weights sum up to 1 modulo 11.
        let sum = original.indices.reduce(0) { $0 + weights[$1] * value(original[$1]) }
        var slips: [[UInt8]] = []
        for index in original.indices {
            for character in index == 17 ? digitsAndX : digits where character != original[index] {
                let change = weights[index] * (value(character) - value(original[index]))
                guard (sum + change - 1) % 11 == 0 else { continue }
                var slip = original
                slip[index] = character
                slips.append(slip)
            }
            if index == 0 || original[index] == original[index - 1] { continue }
            let difference = value(original[index - 1]) - value(original[index])
            guard (sum + (weights[index] - weights[index - 1]) * difference - 1) % 11 == 0 else { continue }
            var slip = original
            slip.swapAt(index, index - 1)
            slips.append(slip)
        }
        return slips
    }

    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1]
    private static let digits = Array("0123456789".utf8)
    private static let digitsAndX = Array("0123456789X".utf8)

    private static func value(_ character: UInt8) -> Int {
        character == UInt8(ascii: "X") ? 10 : Int(character) - 0x30
    }
}

extension Facts {
    /// The only id at one slip from the recorded one that fits the record. `nil` for ids that are not the person's own: there
    /// is no birth date to hold them against.
    func repairedID(_ row: Int, _ field: Int) -> String? {
        guard field == roles.residentID, let birthField = roles.birthDate else { return nil }
        return ResidentIDRepair.only(records.value(row, field), birth: day(row, birthField), sex: sex(row))
    }
}
