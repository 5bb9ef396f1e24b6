/// An imaginary population: a few names and cities are very common, most are rare; a good quarter of the people live in
/// the household of somebody before them.
struct LatinPopulation {
    let givenNames: [Bytes]
    let surnames: [Bytes]
    let cities: [Bytes]
    let streets: [Bytes]
    /// By city.
    let postcodes: [[Int32]]
    private(set) var people: [LatinPerson] = []
    private let givenChoice: RankedChoice
    private let surnameChoice: RankedChoice
    private let cityChoice: RankedChoice
    private static let largestHousehold = 6

    /// `rows` is the size of the whole list, which the numbers of surnames and cities follow.
    init(_ count: Int, rows: Int, _ generator: inout SeededGenerator) {
        givenNames = LatinWords.make(4000, ending: .given, first: LatinStock.givenNames, &generator)
        surnames = LatinWords.make(
            max(6000, min(60_000, rows / 8)), ending: .surname, first: LatinStock.surnames, &generator)
        cities = LatinWords.make(max(60, min(4000, rows / 250)), ending: .city, &generator)
        postcodes = Self.postcodes(cities.count, &generator)
        streets = LatinWords.make(6000, ending: .surname, &generator)
        givenChoice = RankedChoice(givenNames.count, shift: 12, power: 1.15)
        surnameChoice = RankedChoice(surnames.count, shift: 30, power: 1.05)
        cityChoice = RankedChoice(cities.count, shift: 8, power: 0.9)
        settle(count, &generator)
    }

    /// Big cities have seven postcodes, towns three, the others one; no two share one.
    private static func postcodes(_ cities: Int, _ generator: inout SeededGenerator) -> [[Int32]] {
        var used: Set<Int32> = []
        return (0..<cities).map { city in
            let count = city < cities / 50 ? 7 : city < cities / 8 ? 3 : 1
            var own: [Int32] = []
            while own.count < count {
                let code = Int32(10_000 + generator.index(89_999))
                if used.insert(code).inserted { own.append(code) }
            }
            return own
        }
    }

    private mutating func settle(_ count: Int, _ generator: inout SeededGenerator) {
        people.reserveCapacity(count)
        /// By person: the head of the household.
        var heads: [Int32] = []
        var sizes: [UInt8] = []
        for index in 0..<count {
            var person = LatinPerson(
                given: drawGivenName(&generator), surname: drawSurname(&generator),
                birth: birthDate(&generator),
                address: drawAddress(&generator), phone: drawPhone(&generator),
                idNumber: Int32(generator.index(1_000_000_000)))
            var head = index
            if index > 50, generator.chance(0.30) {
                let candidate = Int(heads[max(0, index - 1 - generator.index(3000))])
                if sizes[candidate] < Self.largestHousehold { head = candidate }
            }
            heads.append(Int32(head))
            sizes.append(1)
            if head != index {
                sizes[head] += 1
                join(&person, people[head], &generator)
            }
            people.append(person)
        }
    }

    /// A child of a household, or somebody from elsewhere; returns who it is.
    mutating func grow(birth: Int32, _ generator: inout SeededGenerator) -> Int32 {
        var person = LatinPerson(
            given: drawGivenName(&generator), surname: drawSurname(&generator), birth: birth,
            address: drawAddress(&generator), phone: drawPhone(&generator),
            idNumber: Int32(generator.index(1_000_000_000)))
        if generator.chance(0.8) { join(&person, people[generator.index(people.count)], &generator) }
        people.append(person)
        return Int32(people.count - 1)
    }

    /// A new home, and now and then a new phone.
    mutating func move(_ person: Int32, _ generator: inout SeededGenerator) {
        people[Int(person)].address = drawAddress(&generator)
        if generator.chance(0.3) { people[Int(person)].phone = drawPhone(&generator) }
    }

    /// Same surname and house, often the same phone; rarely the same given name (a parent's) or birthday (twins).
    private func join(
        _ person: inout LatinPerson, _ head: LatinPerson, _ generator: inout SeededGenerator
    ) {
        person.surname = head.surname
        person.address = head.address
        if generator.chance(0.6) { person.phone = head.phone }
        let draw = generator.unit()
        if draw < 0.004 {
            person.given = head.given
        } else if draw < 0.014 {
            person.birth = head.birth
        }
    }

    private func drawGivenName(_ generator: inout SeededGenerator) -> Int32 {
        Int32(givenChoice.draw(&generator))
    }

    func drawSurname(_ generator: inout SeededGenerator) -> Int32 {
        Int32(surnameChoice.draw(&generator))
    }

    /// Every city has streets of its own, a big one more of them.
    func drawAddress(_ generator: inout SeededGenerator) -> LatinAddress {
        let city = cityChoice.draw(&generator)
        let span = city > cities.count / 8 ? 40 : 300
        let street = (city * 7919 + generator.index(span)) % streets.count
        let draw = generator.unit()
        return LatinAddress(
            number: Int16(1 + Int(draw * draw * 220)), street: Int16(street), city: Int32(city),
            postcode: generator.pick(postcodes[city]))
    }

    func drawPhone(_ generator: inout SeededGenerator) -> Int64 {
        Int64((2 + generator.index(7)) * 100_000_000 + generator.index(100_000_000))
    }

    private func birthDate(_ generator: inout SeededGenerator) -> Int32 {
        let year = 2012 - Int(stablePower(generator.unit(), 1.25) * 95)
        return Int32(year * 10_000 + (1 + generator.index(12)) * 100 + 1 + generator.index(28))
    }

    /// The person as a row without a mistake.
    func row(_ person: LatinPerson) -> LatinRow {
        var row = LatinRow()
        row[.given] = givenNames[Int(person.given)]
        row[.surname] = surnames[Int(person.surname)]
        row[.birth] = LatinDate(packed: Int(person.birth)).text
        row[.street] = street(person.address)
        row[.city] = cities[Int(person.address.city)]
        row[.postcode] = Bytes(number: Int(person.address.postcode), width: 5)
        row[.phone] = Bytes(number: Int(person.phone), width: 10)
        row[.idNumber] = Bytes(number: Int(person.idNumber), width: 9)
        return row
    }

    private static let streetKinds = NameStock.words(
        "street road avenue drive lane court place crescent close way terrace circuit")

    private func street(_ address: LatinAddress) -> Bytes {
        let word = streets[Int(address.street)]
        var text = Bytes(number: Int(address.number))
        text.append(UInt8(ascii: " "))
        text += word
        text.append(UInt8(ascii: " "))
        text += Self.streetKinds[word.count * 5 % Self.streetKinds.count]
        return text
    }
}
