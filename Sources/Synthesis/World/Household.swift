import Standards

/// Two persons who look alike on paper and are not the same.
struct HardNegative {
    enum Kind: String, CaseIterable {
        /// Same name, birth year and county.
        case namesake
        /// In another county.
        case sameNameSameBirthday = "same_name_same_birthday"
        case twins
        case siblings
    }

    let first: Person
    let second: Person
    let kind: Kind
}

/// The persons who come into the population together.
struct Household {
    var people: [Person]
    var hardNegatives: [HardNegative] = []
}

extension World {
    mutating func household() throws -> Household {
        let county = drawCounty()
        let ethnic = ethnicMix.draw(province: counties.all[county].province, &generator)
        if !recent.isEmpty, generator.chance(0.012), let namesake = try namesake() { return namesake }
        if !recent.isEmpty, generator.chance(0.003), let double = try double(in: county) {
            return double
        }

        let birth = birthDate()
        let isMale = generator.chance(0.51)
        let home = dwelling(in: county)
        let name = names.name(ethnic: ethnic, male: isMale, year: birth.year, &generator)
        let first = try person(
            county: county, ethnic: ethnic, birth: birth, isMale: isMale, home: home, name: name)
        var household = Household(people: [first])
        let draw = generator.unit()
        if draw < 0.012 {
            try addTwin(of: first, to: &household)
        } else if draw < 0.13 {
            for _ in 0..<(generator.chance(0.75) ? 1 : 2) { try addSibling(of: first, to: &household) }
        } else if draw < 0.30 {
            try addSpouse(of: first, to: &household)
        }
        remember(household.people)
        return household
    }

    /// Somebody of the same name, sex, birth year and county as a person already there, on another birthday.
    private mutating func namesake() throws -> Household? {
        let other = generator.pick(recent)
        guard let newYear = CivilDate(year: other.birth.year, month: 1, day: 1) else { return nil }
        for _ in 0..<20 {
            let birth = Self.day(newYear.dayNumber + generator.index(365))
            guard birth != other.birth, birth < asOf else { continue }
            let county = other.home.county
            let home = dwelling(in: county)
            let person = try person(
                county: county, ethnic: other.ethnic, birth: birth, isMale: other.isMale, home: home,
                name: other.name)
            return Household(
                people: [person],
                hardNegatives: [HardNegative(first: other, second: person, kind: .namesake)])
        }
        return nil
    }

    /// Somebody of the same name, sex and birthday as a person of another county.
    private mutating func double(in county: Int) throws -> Household? {
        let other = generator.pick(recent)
        guard other.home.county != county else { return nil }
        let home = dwelling(in: county)
        let person = try person(
            county: county, ethnic: other.ethnic, birth: other.birth, isMale: other.isMale, home: home,
            name: other.name)
        remember([person])
        return Household(
            people: [person],
            hardNegatives: [HardNegative(first: other, second: person, kind: .sameNameSameBirthday)])
    }

    /// Twins live together, share a phone, and mostly a character of the given name.
    private mutating func addTwin(of first: Person, to household: inout Household) throws {
        let isMale = generator.chance(0.6) ? first.isMale : !first.isMale
        let year = first.birth.year
        var name = names.name(
            ethnic: first.ethnic, male: isMale, year: year, surname: first.name.familyName, &generator)
        let glyphs = first.name.given.glyphs
        if glyphs.count == 2, first.name.isHanOrder, generator.chance(0.75) {
            let shared = Bytes(first.name.given[glyphs[0]])
            let otherLast = Bytes(first.name.given[glyphs[1]])
            var last = otherLast
            for _ in 0..<6 where last == otherLast {
                last = names.hanGiven(male: isMale, year: year, &generator).lastGlyph
            }
            name = PersonName(surname: first.name.surname, given: shared + last)
        }
        guard name.full != first.name.full else { return }
        let twin = try person(
            county: first.home.county, ethnic: first.ethnic, birth: first.birth, isMale: isMale,
            home: first.home,
            name: name)
        twin.residence = first.residence
        twin.phone = first.phone
        household.people.append(twin)
        household.hardNegatives.append(HardNegative(first: first, second: twin, kind: .twins))
    }

    /// Brothers and sisters are born one to seven years later; half of them share the first character.
    private mutating func addSibling(of first: Person, to household: inout Household) throws {
        let days = Int((1 + generator.unit() * 6) * 365)
        let birth = bornByNow(first.birth.dayNumber + days, since: first.birth)
        let isMale = generator.chance(0.51)
        var name = names.name(
            ethnic: first.ethnic, male: isMale, year: first.birth.year, surname: first.name.familyName,
            &generator)
        let theirs = first.name.given.glyphs
        let own = name.given.glyphs
        if theirs.count == 2, own.count == 2, name.isHanOrder, generator.chance(0.5) {
            name = PersonName(
                surname: name.surname, given: Bytes(first.name.given[theirs[0]]) + name.given[own[1]])
        }
        guard !household.people.contains(where: { $0.name.full == name.full }) else { return }
        let sibling = try person(
            county: first.home.county, ethnic: first.ethnic, birth: birth, isMale: isMale,
            home: first.home, name: name)
        sibling.residence = first.residence
        if generator.chance(0.4) { sibling.phone = first.phone }
        let elder = household.people[household.people.count - 1]
        household.hardNegatives.append(HardNegative(first: elder, second: sibling, kind: .siblings))
        household.people.append(sibling)
    }

    /// The day, or for a day to come one between another birth and the exports.
    private mutating func bornByNow(_ day: Int, since other: CivilDate) -> CivilDate {
        let last = today - 2
        return Self.day(day <= last ? day : last - generator.index(max(1, last - other.dayNumber)))
    }

    private mutating func addSpouse(of first: Person, to household: inout Household) throws {
        let days = Int((generator.unit() - 0.5) * 6 * 365)
        let birth = bornByNow(first.birth.dayNumber + days, since: first.birth)
        let name = names.name(ethnic: first.ethnic, male: !first.isMale, year: birth.year, &generator)
        let spouse = try person(
            county: first.home.county, ethnic: first.ethnic, birth: birth, isMale: !first.isMale,
            home: first.home,
            name: name)
        spouse.residence = first.residence
        household.people.append(spouse)
    }
}

extension PersonName {
    /// The surname that children inherit; `nil` where there is none.
    fileprivate var familyName: Bytes? { surname.isEmpty ? nil : surname }
}

extension [UInt8] {
    fileprivate var lastGlyph: Bytes {
        glyphs.last.map { Bytes(self[$0]) } ?? []
    }
}
