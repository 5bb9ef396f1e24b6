import Records

/// Which fields say something about a person that all of the person's records should agree in, and how.
struct ComparedFields: Sendable {
    enum Nature: Sendable {
        /// Does not change in a life, or only by an act: another value is somebody's mistake.
        case lasting
        /// People move and change their telephones: another value may be an older one, unless it is one slip away.
        case changing
    }

    /// Per field of the schema; `nil`: linked records may well differ in it.
    let natures: [Nature?]

    /// - Parameter updated: fields that say when each office brought its record up to date.
    init(_ schema: Schema, _ roles: RecordRoles, updated: Set<Int>) {
        let fields = schema.fields
        // The first name is the person's own; later ones are a caseworker's, a guardian's.
        let name = fields.firstIndex { $0.kind == .personName }
        natures = fields.indices.map { field in
            switch fields[field].kind {
            case _ where updated.contains(field): nil
            case .personName: field == name ? .lasting : nil
            case .givenName, .surname, .identifier, .date, .code, .ethnicGroup: .lasting
            case .residentID: field == roles.residentID ? .lasting : nil
            case .division, .address, .street, .houseNumber, .city, .postcode, .phone, .email: .changing
            case .number, .text: nil
            }
        }
    }
}

/// How often linked records agree in a field, by source: what tells a field that two offices mean differently, and how
/// often an office is wrong.
struct FieldAgreement: Sendable {
    private let sources: Int
    /// By two sources, the smaller index first.
    private var same: [Int]
    private var different: [Int]
    /// Of cells in groups where more than half of at least three records agree: by source, all and those that differ.
    private var judged: [Int]
    private var deviating: [Int]

    init(sources: Int) {
        self.sources = sources
        same = Array(repeating: 0, count: sources * sources)
        different = same
        judged = Array(repeating: 0, count: sources)
        deviating = judged
    }

    mutating func count(_ a: Int, _ b: Int, agree: Bool) {
        let place = min(a, b) * sources + max(a, b)
        if agree { same[place] += 1 } else { different[place] += 1 }
    }

    mutating func count(_ source: Int, deviates: Bool) {
        judged[source] += 1
        if deviates { deviating[source] += 1 }
    }

    /// Whether two sources mean the same by the field: not when most of the persons they share have different values. Addresses
    /// are written in too many ways, and change too often, for the same line.
    func isShared(_ a: Int, _ b: Int, _ nature: ComparedFields.Nature?) -> Bool {
        let place = min(a, b) * sources + max(a, b)
        let (agreeing, all) = (same[place], same[place] + different[place])
        // Where few are shared the share is drawn to a half.
        return (agreeing + 4) * 100 >= (all + 8) * (nature == .changing ? 15 : 40)
    }

    /// How often the source is wrong in the field, from what the data show and, as long as that is little, from its
    /// trust.
    func errorRate(_ source: Int, trustRank: Int) -> Double {
        let prior = 0.03 / (1 + 0.5 * Double(trustRank))
        return (Double(deviating[source]) + prior * 30) / (Double(judged[source]) + 30)
    }
}
