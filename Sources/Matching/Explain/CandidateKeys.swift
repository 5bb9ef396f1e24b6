import Records

/// Keys that a rule book could have: one to three parts of the fields it compares or blocks on.
struct CandidateKeys {
    struct Candidate: Sendable {
        let key: MatchPlan.Key
        /// Bits of `parts`.
        let mask: UInt64
    }

    /// Parts of the plan first; at most 64.
    let parts: [MatchPlan.Part]
    /// None of which finds only what a key of the plan finds.
    let all: [Candidate]

    init(_ plan: MatchPlan, schema: Schema) {
        let parts = Self.parts(plan, schema: schema)
        self.parts = parts
        let known = plan.keys.map { $0.mask(among: parts) }
        var all: [Candidate] = []
        func add(_ places: [Int]) {
            let mask = places.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
            // A key of the plan with a part less finds the same pairs and more.
            if known.contains(where: { $0 & ~mask == 0 }) { return }
            all.append(Candidate(key: MatchPlan.Key(places.map { parts[$0] }), mask: mask))
        }
        func isApart(_ x: Int, _ y: Int) -> Bool {
            Set(parts[x].fields).isDisjoint(with: parts[y].fields)
        }
        for first in parts.indices {
            add([first])
            for second in parts.indices[(first + 1)...] where isApart(first, second) {
                add([first, second])
                for third in parts.indices[(second + 1)...] where isApart(first, third) && isApart(second, third) {
                    add([first, second, third])
                }
            }
        }
        self.all = all
    }

    /// The plan's parts, then what else the fields it uses can give.
    static func parts(_ plan: MatchPlan, schema: Schema) -> [MatchPlan.Part] {
        var parts = plan.distinctParts
        let fields = schema.fields.indices.filter { field in
            plan.comparisons.contains { $0.field == field }
                || parts.contains { $0.field == field || $0.partner == field }
        }
        for part in fields.flatMap({ Self.parts(of: $0, schema) }) + Self.exchanged(fields, schema)
        where parts.count < 64 && !parts.contains(part) {
            parts.append(part)
        }
        return parts
    }

    /// The whole value, and every ending the field's kind allows.
    private static func parts(of field: Int, _ schema: Schema) -> [MatchPlan.Part] {
        [MatchPlan.Part(field: field)]
            + KeyTransform.all.filter { $0.kinds.contains(schema.fields[field].kind) }.map {
                MatchPlan.Part(field: field, transform: $0.name)
            }
    }

    /// Given name and surname in either order.
    private static func exchanged(_ fields: [Int], _ schema: Schema) -> [MatchPlan.Part] {
        guard let given = fields.first(where: { schema.fields[$0].kind == .givenName }),
            let surname = fields.first(where: { schema.fields[$0].kind == .surname })
        else { return [] }
        return [nil, "sound"].map { MatchPlan.Part(field: given, transform: $0, partner: surname) }
    }
}

extension MatchPlan.Part {
    /// One, or the two that are taken together.
    var fields: [Int] { [field, partner].compactMap { $0 } }
}
