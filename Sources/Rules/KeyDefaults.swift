package import Matching
package import Records

extension MatchDefaults {
    /// Blocking keys for the kinds of a schema's fields.
    ///
    /// A record can be spoilt in any of its values, so every two things that are known of a person make a key: name and
    /// birth date, birth date and place, place and name, street and the rest; numbers make one alone. In a key a name
    /// counts by its sound and a date by two of its three parts, so that one wrong letter or digit leaves some key whole.
    /// Each pair of parts is rare enough that blocks stay small in a register of a million.
    package static func keys(for schema: Schema) -> [MatchPlan.Key] {
        var keys = KeyDefaults(schema).keys
        // A register of one column is still to be compared with itself.
        if keys.isEmpty, let name = comparisons(for: schema).first {
            keys = [MatchPlan.Key([.init(field: name.field)])]
        }
        return Array(keys.prefix(MatchPlan.mostKeys))
    }
}

/// The fields that keys are made of, by what they say, and the keys.
private struct KeyDefaults {
    private(set) var keys: [MatchPlan.Key] = []
    private let schema: Schema
    private let birth: MatchPlan.Part?

    init(_ schema: Schema) {
        self.schema = schema
        birth = MatchDefaults.birthDate(in: schema).map { MatchPlan.Part(field: $0) }
        addNumbers()
        addNames()
        addFullNames()
        addPlaces()
        addLoose()
    }

    private func fields(_ kinds: FieldKind...) -> [MatchPlan.Part] {
        schema.fields.indices
            .filter { kinds.contains(schema.fields[$0].kind) && MatchDefaults.isOwn(schema.fields[$0]) }
            .map { MatchPlan.Part(field: $0) }
    }

    private mutating func add(_ parts: MatchPlan.Part?..., atMost: Int? = nil) { add(parts, atMost: atMost) }

    /// A key of parts of which one is not there is none.
    private mutating func add(_ parts: [MatchPlan.Part?], atMost: Int? = nil) {
        let present = parts.compactMap { $0 }
        guard present.count == parts.count, !keys.contains(where: { Set($0.parts) == Set(present) }) else { return }
        keys.append(MatchPlan.Key(present, atMost: atMost))
    }

    // MARK: What belongs to one person or household alone

    private mutating func addNumbers() {
        for id in fields(.residentID) {
            add(id)
            add(id.as("birth_sequence"))
        }
        for number in fields(.identifier, .email, .phone) { add(number) }
    }

    // MARK: Given name and surname in fields of their own

    private var given: MatchPlan.Part? {
        let all = fields(.givenName)
        return all.first { !schema.fields[$0.field].name.hasPrefix("middle") } ?? all.first
    }
    private var surname: MatchPlan.Part? { fields(.surname).first }

    /// Postcodes before towns: the smaller area.
    private var areas: [MatchPlan.Part] {
        fields(.postcode) + fields(.city).map { $0.as("sound") } + fields(.division).map { $0.as("county") }
            + fields(.address).map { $0.as("county") }
    }

    private mutating func addNames() {
        guard let given, let surname else {
            add((given ?? surname)?.as("sound"), birth?.as("year_month"))
            for area in areas { add((given ?? surname)?.as("sound"), area) }
            if birth == nil, areas.isEmpty { add((given ?? surname)?.as("sound")) }
            return
        }
        let either = MatchPlan.Part(field: given.field, transform: "sound", partner: surname.field)
        add(MatchPlan.Part(field: given.field, partner: surname.field))
        add(either, birth?.as("year"))
        add(either, birth?.as("month_day"))
        add(surname.as("prefix4"), given.as("prefix3"))
        add(given.as("nickname"), birth?.as("year_month"))
        add(surname.as("sound"), birth?.as("year_month"))
        add(surname.as("sound"), birth?.as("month_day"))
        add(surname.as("sound"), given.as("initial"), birth?.as("year"))
        add(birth, given.as("initial"))
        add(birth, surname.as("initial"))
        for area in areas {
            add(either, area)
            add(surname.as("sound"), given.as("initial"), area)
            add(given.as("nickname"), surname.as("initial"), area)
        }
        if birth == nil || areas.isEmpty {
            add(surname.as("sound"), given.as("initial"))
            add(given.as("nickname"), surname.as("initial"))
        }
    }

    // MARK: Full names

    private mutating func addFullNames() {
        guard let name = fields(.personName).first else { return }
        add(name.as("pinyin"), birth?.as("year"))
        add(name.as("pinyin"), birth?.as("month_day"))
        add(name.as("sound"), birth?.as("year_month"))
        add(birth, name.as("surname"))
        add(birth, name.as("given"))
        for area in areas { add(name.as("pinyin"), area) }
        if birth == nil || areas.isEmpty { add(name.as("sound")) }
    }

    // MARK: Where somebody lives, and since when somebody lives at all

    private mutating func addPlaces() {
        let number = fields(.houseNumber).first
        for street in fields(.street) {
            let door = [street.as("door"), number].compactMap { $0 }
            for area in areas { add(door + [area]) }
            add(door + [birth?.as("year")])
            add(door + [(given ?? surname)?.as("initial")])
            if areas.isEmpty { add(door) }
        }
        for address in fields(.address) {
            add(address.as("door"), address.as("county"))
            add(address.as("door"), birth?.as("year"))
        }
        let postcodes = fields(.postcode)
        for area in areas { add(birth?.as("unordered"), area) }
        for area in postcodes {
            add(birth?.as("year_month"), area)
            add(birth?.as("month_day"), area)
            add(birth?.as("year_day"), area)
        }
        if keys.isEmpty { add(birth) }
    }

    // MARK: What only a small register can afford

    /// One thing alone, for records in which all else is spoilt.
    private mutating func addLoose() {
        let name = fields(.personName).first
        let loose: [[MatchPlan.Part?]] = [
            [birth], [given?.as("nickname"), birth?.as("year")], [surname?.as("sound"), birth?.as("year")],
            [name?.as("sound"), birth?.as("year")], [name?.as("given")], [surname?.as("sound")],
            [given?.as("nickname")], [birth?.as("year_month")],
        ]
        for parts in loose { add(parts, atMost: Defaults.loosePairs) }
        for area in areas { add(area, birth?.as("year"), atMost: Defaults.loosePairs) }
    }
}

extension MatchPlan.Part {
    fileprivate func `as`(_ transform: String) -> MatchPlan.Part {
        MatchPlan.Part(field: field, transform: transform, partner: partner)
    }
}
