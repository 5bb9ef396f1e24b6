import Standards

extension Clerk {
    mutating func writeSexAndOrigin(_ record: inout OfficeRecord) {
        if strikes(.sexMismatch) {
            record.put(notation.sex(male: !record.person.isMale), in: .sex, as: .sexMismatch)
        }
        if strikes(.ethnicMismatch) {
            record.put(
                notation.ethnicGroup(1 + generator.index(ethnicGroups)), in: .ethnic, as: .ethnicMismatch)
        } else if strikes(.ethnicInvalid) {
            let wrong = office == .registry ? Self.codesOfNoGroup : Self.namesOfNoGroup
            record.put(generator.pick(wrong), in: .ethnic, as: .ethnicInvalid)
        }
    }

    private static let codesOfNoGroup = NameStock.words("57 58 60 77 00 99")
    private static let namesOfNoGroup = NameStock.words("汗 回回 其它 中国 汉足")

    mutating func writeBirth(_ record: inout OfficeRecord) {
        let usual = office.dateNotation
        var birth = record.person.birth
        if strikes(.dateSwap), birth.day <= 12, birth.day != birth.month {
            birth = CivilDate(year: birth.year, month: birth.day, day: birth.month) ?? birth
            record.put(usual.text(birth), in: .birth, as: .dateSwap)
        } else if strikes(.dateDigit) {
            if let wrong = misdated(birth), wrong < asOf {
                birth = wrong
                record.put(usual.text(birth), in: .birth, as: .dateDigit)
            }
        } else if strikes(.dateFuture) {
            let year = asOf.year + 1 + generator.index(60)
            birth = CivilDate(year: year, month: birth.month, day: min(birth.day, 28)) ?? birth
            record.put(usual.text(birth), in: .birth, as: .dateFuture)
        }
        if strikes(.dateFormat) {
            let other = generator.pick(DateNotation.allCases.filter { $0 != usual })
            record.put(other.text(birth), in: .birth, as: .dateFormat)
        }
    }

    /// Another year, month or day; `nil` when that is no day.
    private mutating func misdated(_ date: CivilDate) -> CivilDate? {
        switch generator.index(3) {
        case 0:
            CivilDate(
                year: date.year + generator.pick([-10, -1, 1, 10]), month: date.month, day: date.day)
        case 1: CivilDate(year: date.year, month: 1 + generator.index(12), day: date.day)
        default: CivilDate(year: date.year, month: date.month, day: 1 + generator.index(28))
        }
    }

    mutating func writeFileDates(_ record: inout OfficeRecord) {
        let person = record.person
        let usual = office.dateNotation
        if strikes(.registeredInFuture) {
            let year = asOf.year + 1 + generator.index(30)
            if let day = CivilDate(
                year: year, month: 1 + generator.index(12), day: 1 + generator.index(28))
            {
                record.put(usual.text(day), in: .registered, as: .registeredInFuture)
            }
        }
        if office == .registry, person.death != nil, strikesAnyway(.deathBeforeRegistration) {
            let day = World.day(person.registered.dayNumber - 30 - generator.index(3000))
            record.put(usual.text(day), in: .death, as: .deathBeforeRegistration)
        }
        if office == .dossier, strikes(.visitBeforeOpening) {
            let day = World.day(person.caseOpened.dayNumber - 20 - generator.index(2000))
            record.put(usual.text(day), in: .lastVisit, as: .visitBeforeOpening)
        }
    }
}
