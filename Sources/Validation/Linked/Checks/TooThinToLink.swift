import Records

extension Check {
    /// A record with too little in it to find its person by: no number, and beside a name not two of birth date, telephone
    /// and address. Only where nothing has been linked with it.
    static let tooThinToLink = Check(
        "too-thin-to-link", .omission, .warning,
        title: Text(en: "Too little in the record to link it", zh: "信息过少，无法关联"),
        search: .linked { facts, linked in
            let thin = ThinRecords(facts.records)
            return (0..<facts.records.count).filter { linked.groups.group(of: $0) == nil && thin.contains($0) }
                .map { ($0, Hit(detail: thin.missing($0))) }
        },
        tell: { finding, _, say in
            say(
                en: "the record has too little in it to find the person's other records; ask for \(finding.statement)",
                zh: "本记录信息过少，无法查找此人的其他记录；请补充 \(finding.statement)")
        })
}

/// What a record can be found by.
struct ThinRecords: Sendable {
    private let records: RecordTable
    private let numbers: [Int]
    /// Fields that say the same kind of thing, of which one is enough.
    private let others: [[Int]]

    init(_ records: RecordTable) {
        self.records = records
        let fields = records.schema.fields
        func all(_ kinds: FieldKind...) -> [Int] { fields.indices.filter { kinds.contains(fields[$0].kind) } }
        numbers = all(.residentID, .identifier)
        others = [
            records.schema.birthDate.map { [$0] } ?? [], all(.phone, .email), all(.address, .street),
        ].filter { !$0.isEmpty }
    }

    /// False in a registry that has no three things to find a person by.
    func contains(_ row: Int) -> Bool {
        guard others.count + (numbers.isEmpty ? 0 : 1) >= 3 else { return false }
        if numbers.contains(where: { records.isWellFormed(row, $0) }) { return false }
        return others.count { $0.contains { records.isWellFormed(row, $0) } } < 2
    }

    /// Names of the fields that are empty and that the source has a column for.
    func missing(_ row: Int) -> String {
        (numbers + others.flatMap { $0 }).filter { records.isMissing(row, $0) && records.isMapped(row, $0) }
            .map { records.schema.fields[$0].name }.joined(separator: ", ")
    }
}
