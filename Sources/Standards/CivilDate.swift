/// A day of the proleptic Gregorian calendar, years 1 to 9999.
package struct CivilDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Year, month and day as one decimal number: 19850307. Sorts like the days.
    package let packed: Int32

    /// `nil` when there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, of: year)
        else { return nil }
        packed = Int32(year * 10000 + month * 100 + day)
    }

    package init?(packed: Int) {
        guard packed > 0, packed <= 9999_12_31 else { return nil }
        self.init(year: packed / 10000, month: packed / 100 % 100, day: packed % 100)
    }

    /// Reads `1985-03-07`; `nil` for any other form.
    package init?(iso: some StringProtocol) {
        var packed = 0
        var index = 0
        for byte in iso.utf8 {
            if index == 4 || index == 7 {
                guard byte == 0x2D else { return nil }
            } else {
                guard byte >= 0x30, byte <= 0x39, index < 10 else { return nil }
                packed = packed * 10 + Int(byte - 0x30)
            }
            index += 1
        }
        guard index == 10 else { return nil }
        self.init(packed: packed)
    }

    /// The day so many days after 1970-01-01; `nil` outside the years 1 to 9999.
    package init?(dayNumber: Int) {
        guard (-719_162...2_932_896).contains(dayNumber) else { return nil }
        // Howard Hinnant, "chrono-compatible low-level date algorithms": eras of 400 years that begin in March.
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.init(year: year, month: month, day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    package var year: Int { Int(packed) / 10000 }
    package var month: Int { Int(packed) / 100 % 100 }
    package var day: Int { Int(packed) % 100 }

    /// Days since 1970-01-01, negative before.
    package var dayNumber: Int {
        let year = month <= 2 ? self.year - 1 : self.year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// `1985-03-07`
    package var description: String {
        String(unsafeUninitializedCapacity: 10) { bytes in
            var rest = Int(packed)
            for index in [9, 8, 6, 5, 3, 2, 1, 0] {
                bytes[index] = UInt8(0x30 + rest % 10)
                rest /= 10
            }
            bytes[4] = 0x2D
            bytes[7] = 0x2D
            return 10
        }
    }

    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.packed < right.packed
    }

    package static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// `month` from 1 to 12.
    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
