/// Writes rows of `people.csv`: the first one of a person with gaps, each further one with gaps and mistakes.
struct LatinCopyist {
    private var typist: LatinTypist

    init(seed: Int) {
        typist = LatinTypist(generator: SeededGenerator(seed: seed, stream: "latin noise"))
    }

    mutating func first(_ person: LatinPerson, of population: LatinPopulation) -> LatinRow {
        var row = population.row(person)
        leaveOut(&row)
        return row
    }

    mutating func copy(_ person: LatinPerson, of population: LatinPopulation) -> LatinRow {
        var row = population.row(changed(person, in: population))
        rename(&row, in: population)
        var edits = 1
        for share in [0.55, 0.30, 0.12] where typist.generator.chance(share) { edits += 1 }
        for _ in 0..<edits { edit(&row) }
        leaveOut(&row)
        return row
    }

    /// What life changes: a new home, phone or surname.
    private mutating func changed(_ person: LatinPerson, in population: LatinPopulation) -> LatinPerson {
        var person = person
        if typist.generator.chance(0.07) { person.address = population.drawAddress(&typist.generator) }
        if typist.generator.chance(0.12) { person.phone = population.drawPhone(&typist.generator) }
        if typist.generator.chance(0.025) { person.surname = population.drawSurname(&typist.generator) }
        return person
    }

    /// Nickname, initial, or a second given name.
    private mutating func rename(_ row: inout LatinRow, in population: LatinPopulation) {
        if typist.generator.chance(0.07), let short = LatinStock.nicknames[row[.given]] {
            row[.given] = typist.generator.pick(short)
        }
        let draw = typist.generator.unit()
        if draw < 0.02 {
            row[.given] = Bytes(row[.given].prefix(1))
        } else if draw < 0.05 {
            let second = population.givenNames[typist.generator.index(200)]
            row[.given] = row[.given] + [UInt8(ascii: " ")] + second
        }
    }

    /// One mistake more.
    mutating func edit(_ row: inout LatinRow) {
        switch typist.generator.unit() {
        case ..<0.22: row[.given] = typist.misspelt(row[.given])
        case ..<0.46: row[.surname] = typist.misspelt(row[.surname])
        case ..<0.60: row[.birth] = typist.misdated(row[.birth])
        case ..<0.74: row[.street] = typist.wrongStreet(row[.street])
        case ..<0.82: row[.city] = typist.misspelt(row[.city])
        case ..<0.89: row[.postcode] = typist.misdialled(row[.postcode])
        case ..<0.94: row[.phone] = typist.misdialled(row[.phone])
        case ..<0.98: row[.idNumber] = typist.misdialled(row[.idNumber])
        default: (row[.given], row[.surname]) = (row[.surname], row[.given])
        }
    }

    private static let gaps: [(field: LatinField, share: Double)] = [
        (.phone, 0.25), (.idNumber, 0.40), (.street, 0.04), (.postcode, 0.04), (.birth, 0.03),
        (.given, 0.01),
    ]

    private mutating func leaveOut(_ row: inout LatinRow) {
        for gap in Self.gaps where typist.generator.chance(gap.share) { row[gap.field] = [] }
    }
}
