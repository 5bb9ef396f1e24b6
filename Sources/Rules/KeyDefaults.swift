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
    private let birth: Birth?

    init(_ schema: Schema) {
        self.schema = schema
        birth = Birth(schema)
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

    private mutating func add(_ parts: [MatchPlan.Part]?..., atMost: Int? = nil) { add(parts, atMost: atMost) }

    /// A key of parts of which one is not there is none.
    private mutating func add(_ parts: [[MatchPlan.Part]?], atMost: Int? = nil) {
        let present = parts.compactMap { $0 }
        let key = present.flatMap { $0 }
        guard present.count == parts.count, !keys.contains(where: { Set($0.parts) == Set(key) }) else { return }
        keys.append(MatchPlan.Key(key, atMost: atMost))
    }

    // MARK: What belongs to one person or household alone

    private mutating func addNumbers() {
        for id in fields(.residentID) {
            add([id])
            add([id.as("birth_sequence")])
        }
        for number in fields(.identifier, .email, .phone) { add([number]) }
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
            guard let name = (given ?? surname)?.as("sound") else { return }
            add([name], birth?.yearMonth)
            for area in areas { add([name, area]) }
            if birth == nil, areas.isEmpty { add([name]) }
            return
        }
        let either = MatchPlan.Part(field: given.field, transform: "sound", partner: surname.field)
        add([MatchPlan.Part(field: given.field, partner: surname.field)])
        add([either], birth?.year)
        add([either], birth?.monthDay)
        add([surname.as("prefix4"), given.as("prefix3")])
        add([given.as("nickname")], birth?.yearMonth)
        add([surname.as("sound")], birth?.yearMonth)
        add([surname.as("sound")], birth?.monthDay)
        add([surname.as("sound"), given.as("initial")], birth?.year)
        add(birth?.day, [given.as("initial")])
        add(birth?.day, [surname.as("initial")])
        for area in areas {
            add([either, area])
            add([surname.as("sound"), given.as("initial"), area])
            add([given.as("nickname"), surname.as("initial"), area])
        }
        if birth == nil || areas.isEmpty {
            add([surname.as("sound"), given.as("initial")])
            add([given.as("nickname"), surname.as("initial")])
        }
    }

    // MARK: Full names

    private mutating func addFullNames() {
        guard let name = fields(.personName).first else { return }
        add([name.as("pinyin")], birth?.year)
        add([name.as("pinyin")], birth?.monthDay)
        add([name.as("sound")], birth?.yearMonth)
        add(birth?.day, [name.as("surname")])
        add(birth?.day, [name.as("given")])
        for area in areas { add([name.as("pinyin"), area]) }
        if birth == nil || areas.isEmpty { add([name.as("sound")]) }
    }

    // MARK: Where somebody lives, and since when somebody lives at all

    private mutating func addPlaces() {
        let number = fields(.houseNumber).first
        for street in fields(.street) {
            let door = [street.as("door"), number].compactMap { $0 }
            for area in areas { add(door + [area]) }
            add(door, birth?.year)
            add(door, (given ?? surname).map { [$0.as("initial")] })
            if areas.isEmpty { add(door) }
        }
        for address in fields(.address) {
            add([address.as("door"), address.as("county")])
            add([address.as("door")], birth?.year)
        }
        let postcodes = fields(.postcode)
        for area in areas { add(birth?.unordered, [area]) }
        for area in postcodes {
            add(birth?.yearMonth, [area])
            add(birth?.monthDay, [area])
            add(birth?.yearDay, [area])
        }
        if keys.isEmpty { add(birth?.day) }
    }

    // MARK: What only a small register can afford

    /// One thing alone, for records in which all else is spoilt.
    private mutating func addLoose() {
        let name = fields(.personName).first
        let loose: [[[MatchPlan.Part]?]] = [
            [birth?.day], [(given?.as("nickname")).map { [$0] }, birth?.year],
            [(surname?.as("sound")).map { [$0] }, birth?.year], [(name?.as("sound")).map { [$0] }, birth?.year],
            [(name?.as("given")).map { [$0] }], [(surname?.as("sound")).map { [$0] }],
            [(given?.as("nickname")).map { [$0] }], [birth?.yearMonth],
        ]
        for parts in loose { add(parts, atMost: Defaults.loosePairs) }
        for area in areas { add([area], birth?.year, atMost: Defaults.loosePairs) }
    }
}

/// The day of birth as parts of keys: endings of a date, or year, month and day in fields of their own.
private struct Birth {
    let day, year, yearMonth, unordered: [MatchPlan.Part]
    /// `nil` for fields of their own: month and day agree in all pairs of such a key, so only the year would still speak, and
    /// the pairs that differ in it are those that the key is for.
    let monthDay, yearDay: [MatchPlan.Part]?

    init?(_ schema: Schema) {
        if let date = MatchDefaults.birthDate(in: schema).map({ MatchPlan.Part(field: $0) }) {
            day = [date]
            year = [date.as("year")]
            monthDay = [date.as("month_day")]
            yearMonth = [date.as("year_month")]
            yearDay = [date.as("year_day")]
            unordered = [date.as("unordered")]
            return
        }
        let parts = MatchDefaults.birthParts.compactMap { name in
            schema.fields.firstIndex { $0.name == name && $0.kind == .number }.map { MatchPlan.Part(field: $0) }
        }
        guard parts.count == 3 else { return nil }
        day = parts
        year = [parts[0]]
        monthDay = nil
        yearMonth = [parts[0], parts[1]]
        yearDay = nil
        unordered = parts
    }
}

extension MatchPlan.Part {
    fileprivate func `as`(_ transform: String) -> MatchPlan.Part {
        MatchPlan.Part(field: field, transform: transform, partner: partner)
    }
}
