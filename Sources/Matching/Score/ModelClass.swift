import Records

/// One class of the mixture: why two records stand together in a block (MODEL §3).
struct ModelClass: Sendable {
    enum Kind: Sendable, Equatable {
        /// The same person.
        case match
        /// The same person, after moving house.
        case moved
        /// Strangers with a key in common; the index of the key.
        case key(Int)
        /// One household.
        case housemates
        /// One household, one birthday.
        case twins
        /// One household, one name: parent and child.
        case juniors
        /// One household, and a number that belongs to one of the two.
        case borrowedNumber
        /// Any two strangers: the only other class of plain Fellegi-Sunter.
        case strangers

        var isMatch: Bool { self == .match || self == .moved }

        var isOfHousehold: Bool { [.housemates, .twins, .juniors, .borrowedNumber].contains(self) }
    }

    let kind: Kind
    let name: String
    /// Where EM starts, and what its prior counts pull to: per field, probability of each level.
    let start: [[Double]]
    /// Most that a level may have, per field and level; `nil`: no bound.
    let caps: [[Double]?]
    /// Least that the near levels of a field have together, per field; 0: no bound.
    let floors: [Double]
    /// Prior counts: how many pairs the start is worth.
    let strength: Double
    /// A key of addresses and telephones alone: whom it brings together may live together.
    let isOfPlace: Bool
    /// The field that alone tells the class from one person: pairs that lack it do not say how large the class is.
    let teller: Int?
    /// EM leaves the levels where they start.
    let isFixed: Bool
    var levels: [[Double]]
    var share: Double

    var isMatch: Bool { kind.isMatch }

    init(
        kind: Kind, name: String, start: [[Double]], caps: [[Double]?], floors: [Double], strength: Double,
        share: Double, isOfPlace: Bool = false, teller: Int? = nil, isFixed: Bool = false
    ) {
        self.kind = kind
        self.name = name
        self.start = start
        self.caps = caps
        self.floors = floors
        self.strength = strength
        self.share = share
        self.isOfPlace = isOfPlace
        self.teller = teller
        self.isFixed = isFixed
        levels = start
    }
}

extension ModelClass {
    /// As reports write it: a key's class by what its pairs share.
    func label(_ plan: MatchPlan, _ schema: Schema) -> String {
        if case .key(let number) = kind { return Self.namesake(plan.keys[number], schema) }
        return name
    }

    static func namesake(_ key: MatchPlan.Key, _ schema: Schema) -> String {
        "namesake: \(key.description(in: schema))"
    }

    /// The names of the classes that are not those of a key.
    static let named: [String: Kind] = [
        "match": .match, "match, moved": .moved, "housemate": .housemates, "twin": .twins,
        "junior": .juniors,
        "relative's number": .borrowedNumber,
    ]
}
