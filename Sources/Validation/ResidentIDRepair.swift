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
            guard let id = ResidentID(String(decoding: candidate, as: UTF8.self)), id.checksumHolds,
                id.packedBirthDate == Int(birth), id.isValid,
                sex == 0 || id.sex.utf8.first == sex
            else { continue }
            if found != nil { return nil }
            found = id.text
        }
        return found
    }

    /// Every text at one substitution or one exchange of neighbours; each once.
    private static func slips(of original: [UInt8]) -> [[UInt8]] {
        var slips: [[UInt8]] = []
        slips.reserveCapacity(200)
        for index in original.indices {
            let alphabet = index == 17 ? Array("0123456789X".utf8) : Array("0123456789".utf8)
            for character in alphabet where character != original[index] {
                var slip = original
                slip[index] = character
                slips.append(slip)
            }
            if index > 0, original[index] != original[index - 1] {
                var slip = original
                slip.swapAt(index, index - 1)
                slips.append(slip)
            }
        }
        return slips
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
