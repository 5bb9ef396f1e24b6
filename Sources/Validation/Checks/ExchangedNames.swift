import Records

extension Check {
    /// Surname and given name in each other's place, by how often each text is the one and the other in this registry.
    static let exchangedNames = Check(
        "exchanged-names", .error, .warning,
        title: Text(en: "Surname and given name exchanged", zh: "姓与名填反"),
        search: .rows { facts in
            let fields = facts.records.schema.fields
            let surnames = fields.indices.filter { fields[$0].kind == .surname }
            let givenNames = fields.indices.filter { fields[$0].kind == .givenName }
            guard surnames.count == 1, givenNames.count == 1, let surname = surnames.first,
                let given = givenNames.first, let uses = NameUses(facts.records, surname: surname, given: given)
            else { return [] }
            return [
                { row in
                    guard uses.areExchanged(row) else { return nil }
                    return Hit(
                        field: surname, suggestion: facts.records.raw(row, given), detail: fields[given].name)
                },
                { row in
                    guard uses.areExchanged(row) else { return nil }
                    return Hit(
                        field: given, suggestion: facts.records.raw(row, surname), detail: fields[surname].name)
                },
            ]
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let other = records.schema.index(of: finding.detail).map { Wording.cell(finding.row, $0, records) } ?? ""
            return Text(
                en:
                    "\(name) is \(cell) and \(finding.detail) is \(other), which elsewhere nearly always are the other way round",
                zh: "\(name) 为\(cell)，\(finding.detail) 为\(other)；在其他记录中两者几乎总是相反")
        })
}

/// For each text of two columns: is it nearly always the one, or the other?
struct NameUses: Sendable {
    private let surnames: [UInt32]
    private let givenNames: [UInt32]
    private let isGivenAsSurname: [Bool]
    private let isSurnameAsGiven: [Bool]

    /// Times a name has to be seen in the other column, and how much more often than in its own.
    private static let leastCount = 10
    private static let ratio = 20

    /// `nil` when no text stands in both columns.
    init?(_ records: RecordTable, surname: Int, given: Int) {
        let (left, right) = (records.columns[surname], records.columns[given])
        func counts(_ column: RecordTable.Column) -> [Int] {
            var counts = [Int](repeating: 0, count: column.values.count)
            for code in column.codes { counts[Int(code)] += 1 }
            return counts
        }
        let (leftCounts, rightCounts) = (counts(left), counts(right))
        var texts = TextInterner(first: left.values.count, of: left.values)
        var codeOfLeft: [UInt32] = []
        right.values.withView { values in
            for code in 0..<UInt32(values.count) {
                let known = texts.count
                let shared = texts.intern(values[code])
                codeOfLeft.append(Int(shared) < known ? shared : 0)
            }
        }
        var isGivenAsSurname = [Bool](repeating: false, count: leftCounts.count)
        var isSurnameAsGiven = [Bool](repeating: false, count: rightCounts.count)
        for code in rightCounts.indices {
            let twin = Int(codeOfLeft[code])
            guard twin > 0, twin < leftCounts.count else { continue }
            let (asSurname, asGiven) = (leftCounts[twin], rightCounts[code])
            isGivenAsSurname[twin] = asGiven >= Self.leastCount && asGiven >= Self.ratio * asSurname
            isSurnameAsGiven[code] = asSurname >= Self.leastCount && asSurname >= Self.ratio * asGiven
        }
        guard isGivenAsSurname.contains(true), isSurnameAsGiven.contains(true) else { return nil }
        self.isGivenAsSurname = isGivenAsSurname
        self.isSurnameAsGiven = isSurnameAsGiven
        surnames = left.codes
        givenNames = right.codes
    }

    func areExchanged(_ row: Int) -> Bool {
        isGivenAsSurname[Int(surnames[row])] && isSurnameAsGiven[Int(givenNames[row])]
    }
}
