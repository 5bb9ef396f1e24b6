import Records
import Standards

/// How the recorded birth date and the one in the person's id stand to each other.
enum BirthAgreement: Sendable {
    /// One of them is missing or no good evidence.
    case unknown
    case same
    /// Two of year, month and day agree, or day and month have changed places: one slip, so the id is the person's own.
    case slip
    /// Nothing in common: the id may be somebody else's.
    case apart

    init(_ recorded: Int32, _ inID: Int32) {
        if recorded == 0 || inID == 0 {
            self = .unknown
        } else if recorded == inID {
            self = .same
        } else {
            let (year, month, day) = (recorded / 10000, recorded / 100 % 100, recorded % 100)
            let (idYear, idMonth, idDay) = (inID / 10000, inID / 100 % 100, inID % 100)
            let agreeing = (year == idYear ? 1 : 0) + (month == idMonth ? 1 : 0) + (day == idDay ? 1 : 0)
            let isSwapped = year == idYear && month == idDay && day == idMonth
            self = agreeing == 2 || isSwapped ? .slip : .apart
        }
    }
}

extension Facts {
    func birthAgreement(_ row: Int) -> BirthAgreement {
        guard let field = roles.birthDate, let id = trustedID(row) else { return .unknown }
        return BirthAgreement(day(row, field), id.birth)
    }

    /// The field in which the day of birth stands that the id vouches for, where the field of the birth date has a later one.
    func dateExchangedWithBirth(_ row: Int) -> Int? {
        guard let field = roles.birthDate, let idField = roles.residentID else { return nil }
        let recorded = day(row, field)
        let inID = ids[idField][Int(records.columns[idField].codes[row])].birth
        // Nearly all records end here.
        guard inID != 0, recorded > inID, recorded <= lastDay(row), trustedID(row) != nil else { return nil }
        return roles.laterDates.first { day(row, $0) == inID }
    }

    /// Is the recorded birth date one that another check calls wrong by itself?
    func birthDateIsAbsurd(_ row: Int) -> Bool {
        guard let field = roles.birthDate else { return false }
        let day = day(row, field)
        return day != 0
            && (day > lastDay(row) || day < PlausibleDays.first || PlausibleDays.placeholders.contains(day))
    }
}

enum PlausibleDays {
    /// Nobody on a register that is kept with a computer was born, and nothing in it happened, before 1880.
    static let first: Int32 = 1880_01_01
    /// What programs and people write when they have no day: the first and last days of spreadsheets and databases, and days that
    /// are quickly typed. Nothing in a register happened on these.
    static let inventions: Set<Int32> = [
        1_01_01, 1000_01_01, 1111_11_11, 1601_01_01, 1753_01_01, 1800_01_01, 1899_12_30, 1899_12_31, 1900_01_01,
        2222_02_22, 3000_01_01, 8888_08_08, 9999_09_09, 9999_12_30, 9999_12_31,
    ]
    /// Of birth dates also day 0 of Unix.
    static let placeholders: Set<Int32> = inventions.union([1970_01_01])
}
