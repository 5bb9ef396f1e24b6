/// Days that a register of living people can hold, as `yyyymmdd`, and those that say "not known".
package enum PlausibleDays {
    /// Nobody on a register that is kept with a computer was born, and nothing in it happened, before 1880.
    package static let first: Int32 = 1880_01_01
    /// What programs and people write when they have no day: the first and last days of spreadsheets and databases, and days that
    /// are quickly typed. Nothing in a register happened on these.
    package static let inventions: Set<Int32> = [
        1_01_01, 1000_01_01, 1111_11_11, 1601_01_01, 1753_01_01, 1800_01_01, 1899_12_30, 1899_12_31, 1900_01_01,
        2222_02_22, 3000_01_01, 8888_08_08, 9999_09_09, 9999_12_30, 9999_12_31,
    ]
    /// Of birth dates also day 0 of Unix.
    package static let placeholders: Set<Int32> = inventions.union([1970_01_01])
}
