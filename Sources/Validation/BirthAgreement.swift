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
