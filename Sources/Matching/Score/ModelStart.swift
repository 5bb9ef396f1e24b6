import Records

/// The classes a rule book's keys and fields call for, with their starting values, caps and floors (MODEL §2–§4).
struct ModelStart {
    private let plan: MatchPlan
    private let comparison: PairComparison
    private let columns: MatchColumns
    /// Levels among records that share a part of a key, for the parts that are not a whole field.
    private let sharing: [MatchPlan.Part: RandomPairs]
    private let birthDate: Int?
    private let u: [[Double]]
    private let m: [[Double]]
    private let threads: Int

    static func classes(
        plan: MatchPlan, comparison: PairComparison, columns: MatchColumns, parts: KeyParts, counts: PatternCounts,
        threads: Int
    ) -> [ModelClass] {
        switch plan.model {
        case .mixture:
            return ModelStart(plan, comparison, columns, parts, threads).classes()
        case .fellegiSunter:
            return FellegiSunter.classes(
                comparison, m: comparison.entries.map { matchStart($0) },
                u: RandomPairs(comparison, rows: columns.count, threads: threads).levels, counts: counts)
        }
    }

    private init(
        _ plan: MatchPlan, _ comparison: PairComparison, _ columns: MatchColumns, _ parts: KeyParts, _ threads: Int
    ) {
        let partial = Self.partial(plan)
        // Among a quarter of a million rows there are pairs enough, and sorting more of them takes long.
        let sample = RowSample.holding(1 << 18, of: columns.count)
        let shared = Parallel.map(partial.count, threads: threads) { index in
            RandomPairs(comparison, sharing: Runs(parts.values(of: [partial[index]]), sample: sample), threads: 1)
        }
        sharing = Dictionary(zip(partial, shared)) { first, _ in first }
        birthDate = columns.birthDate
        self.plan = plan
        self.comparison = comparison
        self.columns = columns
        self.threads = threads
        u = RandomPairs(comparison, rows: columns.count, threads: threads).levels
        m = comparison.entries.map { Self.matchStart($0) }
    }

    /// Each part of the keys that takes less than a whole value, once.
    private static func partial(_ plan: MatchPlan) -> [MatchPlan.Part] {
        var partial: [MatchPlan.Part] = []
        for part in plan.keys.flatMap(\.parts) where !part.isWhole && !partial.contains(part) { partial.append(part) }
        return partial
    }

    private var fields: Range<Int> { comparison.entries.indices }

    private func role(_ field: Int) -> MatchPlan.Role { comparison.entries[field].role }

    private func ladder(_ field: Int) -> Ladder { comparison.entries[field].comparator.ladder }

    private func classes() -> [ModelClass] {
        var found: [ModelClass] = [matches()]
        if fields.contains(where: { role($0) == .address }), fields.contains(where: { role($0) == .person }) {
            found.append(moved())
        }
        var seen = Set<[MatchPlan.Part]>()
        for (index, key) in plan.keys.enumerated() where seen.insert(key.parts).inserted {
            found.append(strangers(index, key))
        }
        let shared = fields.filter { [.family, .address, .phone].contains(role($0)) }
        if shared.count >= 2, shared.contains(where: { role($0) != .family }) {
            found.append(housemates())
            if fields.contains(where: { isBirthDate($0) }) { found += [twins(), juniors()] }
            if fields.contains(where: { isNumber($0) }) { found.append(borrowedNumber()) }
        }
        let matches = found.filter(\.isMatch).count
        return found.map { entry in
            var entry = entry
            entry.share = entry.isMatch ? 0.3 / Double(matches) : 0.7 / Double(found.count - matches)
            return entry
        }
    }

    // MARK: Starts

    /// 0.85 on the exact levels by the share of each frequency, 0.005 on exchanged names, the rest over the lower levels.
    private static func matchStart(_ entry: PairComparison.Entry) -> [Double] {
        let ladder = entry.comparator.ladder
        var start = [Double](repeating: 0, count: ladder.count)
        let lower = (1..<ladder.exact.lowerBound).filter { $0 != ladder.exchanged }
        for level in lower { start[level] = 0.15 / Double(lower.count) }
        if let exchanged = ladder.exchanged { start[exchanged] = 0.005 }
        var mass = [Double](repeating: 0.5, count: ladder.count)
        let exactLevels = entry.exactLevels
        for code in entry.codes where code != 0 { mass[Int(exactLevels[Int(code)])] += 1 }
        let exact = ladder.exact.reduce(0) { $0 + mass[$1] }
        for level in ladder.exact { start[level] = 0.85 * mass[level] / exact }
        let total = start.reduce(0, +)
        return start.map { $0 / total }
    }

    private var personFloors: [Double] { fields.map { role($0) == .person ? 0.5 : 0 } }

    private func matches() -> ModelClass {
        ModelClass(
            kind: .match, name: "match", start: m, caps: fields.map { ladder($0).capsOfOnePerson },
            floors: personFloors, strength: 20, share: 0)
    }

    private func moved() -> ModelClass {
        ModelClass(
            kind: .moved, name: "match, moved", start: fields.map { role($0) == .address ? u[$0] : m[$0] },
            caps: fields.map { ladder($0).capsOfOnePerson }, floors: personFloors, strength: 20, share: 0)
    }

    private func housemates() -> ModelClass {
        ModelClass(
            kind: .housemates, name: "housemate",
            start: fields.map { [.family, .address, .phone].contains(role($0)) ? blend(m[$0], u[$0], 0.9) : u[$0] },
            caps: fields.map { role($0) == .person ? capOfRelatives($0) : nil },
            floors: fields.map { role($0) == .family ? 0.3 : 0 }, strength: 50, share: 0)
    }

    /// A number with the birth date inside agrees among twins as far as that goes; only its last digits tell them apart.
    private func twins() -> ModelClass {
        let base = housemates()
        return ModelClass(
            kind: .twins, name: "twin",
            start: fields.map { field in
                if isBirthDate(field) { return m[field] }
                return isNumber(field) ? sibling(field, 0.9) ?? base.start[field] : base.start[field]
            },
            caps: fields.map { isBirthDate($0) ? nil : base.caps[$0] }, floors: base.floors, strength: 50, share: 0)
    }

    /// Parent and child of one name: what tells the two apart is the birth date and the number. What the fields of the
    /// person that are neither agree in is that of one person.
    private func juniors() -> ModelClass {
        let base = housemates()
        let areOwn = fields.map { role($0) == .person && (isBirthDate($0) || isNumber($0)) }
        return ModelClass(
            kind: .juniors, name: "junior",
            start: fields.map { role($0) != .person || areOwn[$0] ? base.start[$0] : m[$0] },
            caps: fields.map { areOwn[$0] ? base.caps[$0] : nil }, floors: base.floors, strength: 50, share: 0,
            teller: fields.first(where: isBirthDate))
    }

    /// The number of a relative, given instead of one's own.
    private func borrowedNumber() -> ModelClass {
        let base = housemates()
        return ModelClass(
            kind: .borrowedNumber, name: "relative's number",
            start: fields.map { isNumber($0) ? agreeing($0) : base.start[$0] },
            caps: fields.map { isNumber($0) ? nil : base.caps[$0] }, floors: base.floors, strength: 50, share: 0)
    }

    private func isNumber(_ field: Int) -> Bool {
        role(field) == .person && comparison.entries[field].comparator.isUnique
    }

    /// `share` on the levels that siblings reach, the rest as by chance; `nil` where the comparator has none.
    private func sibling(_ field: Int, _ share: Double) -> [Double]? {
        let levels = ladder(field).sibling
        if levels.isEmpty { return nil }
        return u[field].indices.map {
            (1 - share) * u[field][$0] + (levels.contains($0) ? share / Double(levels.count) : 0)
        }
    }

    /// Strangers whom a key brings together: its fields agree, the others as chance has it.
    private func strangers(_ index: Int, _ key: MatchPlan.Key) -> ModelClass {
        var start = u
        var caps: [[Double]?] = fields.map { _ in nil }
        let whole = Set(key.parts.filter(\.isWhole).flatMap(compared))
        var conditional: [Int: [Double]] = [:]
        for part in key.parts {
            guard let levels = sharing[part]?.levels else { continue }
            for field in compared(part) where !whole.contains(field) { conditional[field] = levels[field] }
        }
        let hasPerson = key.parts.flatMap(compared).contains { role($0) == .person }
        for field in fields {
            if whole.contains(field) {
                start[field] = agreeing(field)
            } else if let levels = conditional[field] {
                start[field] = levels
                if role(field) == .person { caps[field] = cap(field, 0.002, weights: levels, base: levels) }
            } else {
                switch role(field) {
                case .person: caps[field] = cap(field, 0.002, weights: u[field])
                case .family where hasPerson: caps[field] = cap(field, 0.002, weights: u[field])
                case .address where hasPerson && comparison.entries[field].comparator.isCappedAmongStrangers,
                    .phone where hasPerson:
                    caps[field] = cap(field, 0.02, weights: u[field])
                default: break
                }
            }
        }
        return ModelClass(
            kind: .key(index), name: "key \(index + 1)", start: start, caps: caps, floors: fields.map { _ in 0 },
            strength: 50, share: 0,
            isOfPlace: key.parts.flatMap(compared).allSatisfy { role($0) == .address || role($0) == .phone })
    }

    /// Compared fields that a part of a key speaks of.
    private func compared(_ part: MatchPlan.Part) -> [Int] {
        fields.filter { field in
            let compared = comparison.entries[field].field
            return compared == part.field || compared == part.partner
        }
    }

    /// 0.998 on the exact levels.
    private func agreeing(_ field: Int) -> [Double] {
        let ladder = ladder(field)
        var levels = [Double](repeating: 0, count: ladder.count)
        for level in 1..<ladder.exact.lowerBound { levels[level] = 0.002 / Double(ladder.exact.lowerBound - 1) }
        let weights = ladder.exact.map { u[field][$0] }
        let total = weights.reduce(0, +)
        for (level, weight) in zip(ladder.exact, weights) { levels[level] = 0.998 * weight / total }
        return levels
    }

    // MARK: Caps

    /// 2·u + a·w on the near levels, w shared out over them; a tenth of a for a number given to one person.
    private func cap(_ field: Int, _ allowance: Double, weights: [Double], base: [Double]? = nil) -> [Double] {
        let ladder = ladder(field)
        let base = base ?? u[field]
        let near = ladder.near.sorted()
        let total = near.reduce(0) { $0 + weights[$1] }
        let scale = comparison.entries[field].comparator.isUnique ? allowance / 10 : allowance
        var caps = [Double](repeating: 1, count: ladder.count)
        for level in near { caps[level] = 2 * base[level] + scale * (total > 0 ? weights[level] / total : 0) }
        return caps
    }

    /// The members of a family often have numbers that follow each other: only the same number is rare among them.
    private func capOfRelatives(_ field: Int) -> [Double] {
        var caps = cap(field, 0.01, weights: m[field])
        if isNumber(field) {
            for level in ladder(field).near where !ladder(field).exact.contains(level) { caps[level] = 1 }
        }
        return caps
    }

    /// The field called a birth date, else any date that is compared: other dates are rarely compared at all.
    private func isBirthDate(_ field: Int) -> Bool {
        let entry = comparison.entries[field]
        return birthDate.map { $0 == entry.field } ?? (entry.comparator.name == "date")
    }

    private func blend(_ first: [Double], _ second: [Double], _ share: Double) -> [Double] {
        zip(first, second).map { share * $0 + (1 - share) * $1 }
    }
}

extension MatchPlan.Part {
    /// Two records share it only where they have one value in the field.
    fileprivate var isWhole: Bool { transform == nil && partner == nil }
}
