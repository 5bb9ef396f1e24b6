/// A resident identity number of 18 characters: division (6), birth date (8), sequence (3), check character
/// (GB 11643-1999). Numbers of residents from Hong Kong, Macao and Taiwan have the same form, with 81, 82 and 83 in front.
package struct ResidentID: Sendable, Hashable {
    /// The first seventeen digits as a number.
    private let body: UInt64
    /// `0` to `9` or `X`, ASCII.
    private let check: UInt8

    /// Reads the normalised form, 17 digits and a digit or `X`; `nil` for any other.
    package init?(_ text: some StringProtocol) {
        var body: UInt64 = 0
        var count = 0
        var check: UInt8 = 0
        for byte in text.utf8 {
            if count == 17, byte == 0x58 || Self.isDigit(byte) {
                check = byte
            } else {
                guard count < 17, Self.isDigit(byte) else { return nil }
                body = body * 10 + UInt64(byte - 0x30)
            }
            count += 1
        }
        guard count == 18 else { return nil }
        self.body = body
        self.check = check
    }

    /// The number with these first seventeen digits and the check character that belongs to them.
    package init?(first17 text: some StringProtocol) {
        guard let check = Self.checkCharacter(Array(text.utf8)) else { return nil }
        self.init(text + String(UnicodeScalar(check)))
    }

    package var text: String {
        String(unsafeUninitializedCapacity: 18) { bytes in
            var rest = body
            for index in (0..<17).reversed() {
                bytes[index] = UInt8(0x30 + rest % 10)
                rest /= 10
            }
            bytes[17] = check
            return 18
        }
    }

    /// The first six digits: where the number was given, not where the person lives.
    package var division: String { String(text.utf8.prefix(6)) ?? "" }
    package var divisionCode: UInt32 { UInt32(body / 100_000_000_000) }

    /// Eight digits as they stand, also when there is no such day.
    package var packedBirthDate: Int { Int(body / 1000 % 100_000_000) }
    /// `nil` when there is no such day.
    package var birthDate: CivilDate? { CivilDate(packed: packedBirthDate) }

    /// `M` or `F`: the sequence is odd for men, even for women.
    package var sex: String { body % 2 == 1 ? "M" : "F" }

    /// Three digits that tell apart who was born on one day in one division.
    package var sequence: String { String(text.utf8.dropFirst(14).prefix(3)) ?? "" }

    package var checksumHolds: Bool { check == expectedCheck }

    /// The same number with the check character that belongs to its first seventeen digits.
    package var withRightCheckCharacter: ResidentID { ResidentID(body: body, check: expectedCheck) }

    /// The check character holds, the birth date is a day from 1860 on, the division existed at some time.
    ///
    /// Numbers were first given in 1984, nobody who holds one was born before 1860. Whether the birth date lies in the
    /// future is known to `isValid(asOf:)`, which knows a day to compare with.
    package var isValid: Bool {
        guard checksumHolds, let birth = birthDate, birth.year >= 1860 else { return false }
        return Divisions.shared.isKnown(divisionCode)
    }

    /// Was the division in force in the year of birth or later? Registers went on giving numbers of a division for some
    /// years after a reform, so `slack` years more are allowed. True of an unknown division or birth date.
    package func divisionOutlastsBirth(slack: Int) -> Bool {
        guard let birth = birthDate, let last = Divisions.shared.lastYear(of: divisionCode) else { return true }
        return birth.year <= last + max(0, slack)
    }

    /// `isValid`, and born on `day` at the latest and not more than 130 years before it.
    package func isValid(asOf day: CivilDate) -> Bool {
        guard isValid, let birth = birthDate else { return false }
        return birth <= day && day.year - birth.year <= 130
    }

    /// The check character for seventeen ASCII digits by ISO 7064 MOD 11-2; `nil` when they are not that.
    package static func checkCharacter(_ first17: some Collection<UInt8>) -> UInt8? {
        var body: UInt64 = 0
        var count = 0
        for byte in first17 {
            guard isDigit(byte), count < 17 else { return nil }
            body = body * 10 + UInt64(byte - 0x30)
            count += 1
        }
        return count == 17 ? checkCharacter(for: body) : nil
    }

    /// The 18-character form of a number of 15 digits (before 1999): century 19, check character added.
    ///
    /// A legacy number has nothing to check, so a slip in it becomes a number with a right check character. `nil` when the
    /// text is not 15 digits.
    package static func upgrading(legacy15: some StringProtocol) -> String? {
        var body: UInt64 = 0
        var count = 0
        for byte in legacy15.utf8 {
            guard isDigit(byte), count < 15 else { return nil }
            if count == 6 { body = body * 100 + 19 }
            body = body * 10 + UInt64(byte - 0x30)
            count += 1
        }
        guard count == 15 else { return nil }
        return ResidentID(body: body, check: checkCharacter(for: body)).text
    }

    private init(body: UInt64, check: UInt8) {
        self.body = body
        self.check = check
    }

    private var expectedCheck: UInt8 { Self.checkCharacter(for: body) }

    private static func checkCharacter(for body: UInt64) -> UInt8 {
        // The digit k places from the right of the whole number weighs 2^k mod 11.
        var rest = body
        var weight: UInt64 = 2
        var sum: UInt64 = 0
        while rest > 0 {
            sum += rest % 10 * weight
            weight = weight * 2 % 11
            rest /= 10
        }
        let value = (12 - sum % 11) % 11
        return value == 10 ? 0x58 : UInt8(0x30 + value)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
