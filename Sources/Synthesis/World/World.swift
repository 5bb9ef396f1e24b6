import Records
import Standards

/// Draws fictional persons. No real person, number or address is meant.
struct World {
    let counties: Counties
    let ethnicMix: EthnicMix
    /// The day of the exports.
    let asOf: CivilDate
    let today: Int
    var generator: SeededGenerator
    let names: NameMaker
    private let addresses = AddressMaker()
    private let countyChoice: WeightedChoice
    private let caseworkers: [Bytes]
    /// The first 17 digits of every number given so far.
    private var givenNumbers: Set<UInt64> = []
    private var count = 0
    /// A sample of the persons so far, from which namesakes are taken.
    private(set) var recent: [Person] = []

    init(counties: Counties, asOf: CivilDate, seed: Int) {
        var generator = SeededGenerator(seed: seed, stream: "persons")
        self.counties = counties
        self.asOf = asOf
        today = asOf.dayNumber
        ethnicMix = EthnicMix(provinces: Set(counties.all.map(\.province)))
        countyChoice = WeightedChoice(
            counties.all.indices.map { stablePower(Double($0 % 17 + 2), -0.5) },
            size: max(20_000, counties.all.count * 8))
        let names = NameMaker()
        caseworkers = (0..<400).map { _ in
            names.hanName(male: generator.chance(0.5), year: 1980, &generator).full
        }
        self.names = names
        self.generator = generator
    }

    mutating func drawCounty() -> Int {
        countyChoice.draw(&generator)
    }

    mutating func dwelling(in county: Int) -> Dwelling {
        Dwelling(county: county, address: addresses.address(in: counties.all[county], &generator))
    }

    /// A day that exists; days outside the calendar become its nearest end.
    static func day(_ number: Int) -> CivilDate {
        let clamped = min(max(number, -719_162), 2_932_896)
        guard let day = CivilDate(dayNumber: clamped) else {
            preconditionFailure("the day is inside the calendar")
        }
        return day
    }

    /// A birth date from a population pyramid, roughly.
    mutating func birthDate() -> CivilDate {
        let draw = generator.unit()
        let age = draw < 0.97 ? Int(90 * stablePower(draw, 1.15)) : 75 + generator.index(25)
        return Self.day(today - Int((Double(age) + generator.unit()) * 365.24) - 1)
    }

    /// Throws when the registers of the chosen counties have no number left for this birthday.
    mutating func person(
        county: Int, ethnic: Int, birth: CivilDate, isMale: Bool, home: Dwelling, name: PersonName
    ) throws -> Person {
        count += 1
        let idNumber = try idNumber(county: county, birth: birth, isMale: isMale)
        let residence = generator.chance(0.82) ? home : dwelling(in: drawCounty())
        var former: Dwelling?
        if generator.chance(0.35) {
            former = dwelling(in: generator.chance(0.3) ? drawCounty() : county)
        }
        let phone = phone()
        let formerPhone = generator.chance(0.4) ? self.phone() : nil
        let registered = dayBetween(max(birth.dayNumber + 3, Self.registersBegin), today)
        let draw = generator.unit()
        let status: Status =
            draw < 0.945 ? .normal : draw < 0.97 ? .movedAway : draw < 0.993 ? .dead : .cancelled
        let death = status == .dead ? dayBetween(registered + 1, today) : nil
        let hasCase = generator.chance(0.33)
        let caseType = generator.pick(Self.caseTypes)
        let caseworker = generator.pick(caseworkers)
        // Nobody is visited after death, and files are at most ten years old.
        let end = death ?? today
        let opened = dayBetween(min(end, max(registered, end - 3650)), end)
        let visit = dayBetween(opened, end)
        return Person(
            number: count, name: name, isMale: isMale, birth: birth, idNumber: idNumber, ethnic: ethnic,
            home: home,
            residence: residence, formerResidence: former, phone: phone, formerPhone: formerPhone,
            registered: Self.day(registered), status: status, death: death.map(Self.day),
            hasCase: hasCase,
            caseType: caseType, caseworker: caseworker, caseOpened: Self.day(opened),
            lastVisit: Self.day(visit))
    }

    private static let caseTypes = NameStock.words("低保救助 养老服务 残疾帮扶 法律援助 就业援助 儿童关爱 临时救助")
    /// 1980-01-01: nobody was registered before.
    private static let registersBegin = 3652

    /// A day number from `first` to before `end`, `end` when there is none between.
    private mutating func dayBetween(_ first: Int, _ end: Int) -> Int {
        min(end, first + generator.index(max(1, end - first)))
    }

    private static let phonePrefixes = NameStock.words(
        """
        130 131 132 133 134 135 136 137 138 139 150 151 152 153 155 156 157 158 159 177 180 181 182 183 185 186 187 \
        188 189 199 178 176 147
        """)

    private mutating func phone() -> Bytes {
        var phone = generator.pick(Self.phonePrefixes)
        phone.append(number: generator.index(100_000_000), width: 8)
        return phone
    }

    /// The county's code in the year of birth (the first table is of 1984), the birthday, and a sequence that is still free.
    private mutating func idNumber(county: Int, birth: CivilDate, isMale: Bool) throws -> Bytes {
        let year = max(birth.year, 1984)
        let county = counties.all[county]
        let codes = county.codesInForce.filter { $0.first <= year && year <= $0.last }
        let code =
            codes.isEmpty ? county.code : codes[codes.count == 1 ? 0 : generator.index(codes.count)].code
        let stem =
            code.reduce(0) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) } * 100_000_000
            + UInt64(birth.packed)
        let start = generator.index(500)
        for step in 0..<500 {
            // Half the circle and a bit: neighbours in the register do not get neighbouring numbers.
            let sequence = (start + step * 251) % 500 * 2 + (isMale ? 1 : 0)
            let first17 = stem * 1000 + UInt64(sequence)
            guard givenNumbers.insert(first17).inserted else { continue }
            var number = Bytes(number: Int(first17), width: 17)
            number.append(ResidentID.checkCharacter(number) ?? UInt8(ascii: "0"))
            return number
        }
        throw Failure(
            .notDone, code: "E-SYN-003",
            Text(
                en:
                    "division \(String(decoding: code, as: UTF8.self)) has no identity number left for \(birth)",
                zh: "区划 \(String(decoding: code, as: UTF8.self)) 在 \(birth) 这一天已无可用的身份证号"),
            advice: Text(en: "Ask for fewer records or more regions.", zh: "请减少记录数或增加地区。"))
    }

    /// Ties members of a household to each other, and keeps a sample of everybody so far.
    mutating func remember(_ people: [Person]) {
        for person in people {
            if people.count > 1 { person.kinNumbers = people.filter { $0 !== person }.map(\.idNumber) }
            if recent.count < 4000 {
                recent.append(person)
            } else {
                recent[generator.index(4000)] = person
            }
        }
    }
}
