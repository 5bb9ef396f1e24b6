/// Draws names as they were given in each era and by each custom.
struct NameMaker {
    private let surnames = SurnameChoice()
    /// By era; each with the odds of its characters.
    private let male: [(characters: [Bytes], choice: WeightedChoice)]
    private let female: [(characters: [Bytes], choice: WeightedChoice)]

    init() {
        male = NameStock.maleCharacters.map(Self.pool)
        female = NameStock.femaleCharacters.map(Self.pool)
    }

    private static func pool(_ characters: String) -> (characters: [Bytes], choice: WeightedChoice) {
        var distinct: [Bytes] = []
        for character in characters.unicodeScalars.map({ Bytes(String($0)) })
        where !distinct.contains(character) {
            distinct.append(character)
        }
        return (distinct, .zipf(distinct.count, power: 0.6, size: 4000))
    }

    /// `surname` is the family's, `nil` to draw one where the custom has surnames.
    func name(
        ethnic: Int, male isMale: Bool, year: Int, surname: Bytes? = nil,
        _ generator: inout SeededGenerator
    ) -> PersonName {
        switch ethnic {
        case 5, 43:
            return fathersName(
                isMale ? NameStock.uyghurMale : NameStock.uyghurFemale, NameStock.uyghurMale, surname,
                &generator)
        case 17, 29, 41:
            return fathersName(
                isMale ? NameStock.kazakhMale : NameStock.kazakhFemale, NameStock.kazakhMale, surname,
                &generator)
        case 4, 54:
            if generator.chance(0.85) {
                let given = generator.pick(NameStock.tibetan) + generator.pick(NameStock.tibetan)
                return PersonName(surname: surname ?? [], given: given, full: given)
            }
        case 2:
            if generator.chance(0.6) {
                let first = generator.pick(NameStock.mongolian)
                return PersonName(
                    alone: generator.chance(0.2) ? first + generator.pick(NameStock.mongolian) : first)
            }
        case 18:
            if generator.chance(0.6) {
                let first = generator.pick(isMale ? NameStock.daiMale : NameStock.daiFemale)
                return PersonName(
                    alone: generator.chance(0.5) ? first + generator.pick(NameStock.daiSecond) : first)
            }
        case 7:
            if generator.chance(0.25) {
                let clan = generator.pick(NameStock.yiClans)
                let given = generator.pick(NameStock.yiGiven)
                return PersonName(surname: clan, given: given, full: clan + Self.dot + given)
            }
        default: break
        }
        var family = surname
        if ethnic == 10, family == nil { family = generator.pick(NameStock.koreanSurnames) }
        return hanName(
            male: isMale, year: year, surname: family, hui: [3, 26, 35, 47].contains(ethnic), &generator)
    }

    func hanName(
        male isMale: Bool, year: Int, surname: Bytes? = nil, hui: Bool = false,
        _ generator: inout SeededGenerator
    ) -> PersonName {
        let family = surname ?? surnames.draw(hui: hui, &generator)
        return PersonName(surname: family, given: hanGiven(male: isMale, year: year, &generator))
    }

    /// One or two characters in the taste of the time.
    func hanGiven(male isMale: Bool, year: Int, _ generator: inout SeededGenerator) -> Bytes {
        let era = year < 1960 ? 0 : year < 1980 ? 1 : year < 2000 ? 2 : 3
        let pool = isMale ? male[era] : female[era]
        let first = pool.characters[pool.choice.draw(&generator)]
        if generator.chance(NameStock.shortNameShares[era]) { return first }
        return first + pool.characters[pool.choice.draw(&generator)]
    }

    static let dot = Bytes("·")

    /// Given name, dot, father's name.
    private func fathersName(
        _ givenNames: [Bytes], _ fathers: [Bytes], _ surname: Bytes?, _ generator: inout SeededGenerator
    ) -> PersonName {
        let given = generator.pick(givenNames)
        let father = surname ?? generator.pick(fathers)
        return PersonName(surname: father, given: given, full: given + Self.dot + father)
    }
}
