import Records
import Standards

/// What the checks need to know of a table, computed once per distinct value: days and ids as small numbers, so that a
/// million rows are checked without reading a text.
struct Facts: Sendable {
    let records: RecordTable
    let roles: RecordRoles
    let plan: ValidationPlan
    let threads: Int
    /// Per source: the last day that is not in the future, packed.
    let lastDays: [Int32]
    /// Per field and code of a date field: the packed day, 0 when the value is no day. Empty for other fields.
    let days: [[Int32]]
    /// Per field and code of a resident id field. Empty for other fields.
    let ids: [[IDFacts]]
    /// Per field and code of the fields of `roles.places`: the division of a code, or at the head of an address, followed to
    /// what is in force today; 0 when there is none or it is not certain. Empty for other fields.
    let places: [[UInt32]]
    /// Per code of the field of `roles.sex`: ASCII `M`, `F`, or 0.
    let sexes: [UInt8]
    /// Per field: are at least half of the names in Han, or of the telephone numbers Chinese mobile numbers? False for other kinds.
    let isMostlyChinese: [Bool]
    /// Per source: the odds that an id which ends in 000 was damaged by a spreadsheet although its check character holds.
    let zeroTailOdds: [Double]

    /// What cells hold that does not belong into their field.
    let forms: FieldForms

    init(_ records: RecordTable, plan: ValidationPlan, threads: Int) throws {
        let today = plan.today
        guard let now = CivilDate(iso: today) else {
            throw Failure(
                .badInput, code: "E-CHECK-001",
                Text(
                    en: "“\(today)” is not a day; the day of the run has to be written like 2026-11-01",
                    zh: "“\(today)”不是有效日期；运行日期应写成 2026-11-01 的形式"))
        }
        self.records = records
        self.plan = plan
        self.threads = threads
        let roles = RecordRoles(records.schema)
        self.roles = roles
        lastDays = records.sources.map { source in
            (source.profile.asOf.flatMap { CivilDate(iso: $0) } ?? now).packed
        }
        let fields = records.schema.fields
        days = fields.indices.map { field in
            guard fields[field].kind == .date else { return [] }
            return Self.perValue(records.columns[field], threads) { text, _ in CivilDate(iso: text)?.packed ?? 0 }
        }
        let slack =
            plan.settings[Check.residentIDDissolvedDivision.name]?.limit
            ?? Check.residentIDDissolvedDivision.limit?.value
        let ids = fields.indices.map { field -> [IDFacts] in
            guard fields[field].kind == .residentID else { return [] }
            return Self.perValue(records.columns[field], threads) { text, isWellFormed in
                isWellFormed ? IDFacts(text, slack: slack ?? 0) : IDFacts()
            }
        }
        self.ids = ids
        let placed = Set(roles.places.flatMap { [$0.division, $0.address] })
        places = fields.indices.map { field in
            guard placed.contains(field) else { return [] }
            let isAddress = fields[field].kind == .address
            return Self.perValue(records.columns[field], threads) { text, _ in
                let divisions = Divisions.shared
                let code =
                    isAddress ? divisions.head(of: text).code : Divisions.number(text).map(divisions.current) ?? 0
                return divisions.isInForce(code) ? code : 0
            }
        }
        sexes =
            roles.sex.map { sex in
                let codes = roles.sexCodes
                return Self.perValue(records.columns[sex], threads) { text, _ in
                    text == codes.male ? UInt8(ascii: "M") : text == codes.female ? UInt8(ascii: "F") : 0
                }
            } ?? []
        isMostlyChinese = fields.indices.map { field in
            switch fields[field].kind {
            case .personName, .givenName, .surname: Self.most(of: records.columns[field], Script.hasHan)
            case .phone: Self.most(of: records.columns[field], PhoneShape.isMobile)
            default: false
            }
        }
        forms = FieldForms(records, threads: threads)
        zeroTailOdds = IDFacts.zeroTailOdds(records, field: roles.residentID, ids)
    }

    /// Of the first ten thousand distinct values, which are as good as a sample: codes come in the order of the files.
    private static func most(of column: RecordTable.Column, _ isSo: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        let codes = 1..<max(1, min(column.values.count, 10_001))
        let count = codes.count { column.values.withUTF8(UInt32($0), isSo) }
        return count > 0 && count * 2 >= codes.count
    }

    /// Index 0 stands for the missing value and gets what an empty text gets.
    static func perValue<Result: Sendable>(
        _ column: RecordTable.Column, _ threads: Int, _ body: @Sendable (String, Bool) -> Result
    ) -> [Result] {
        let size = 65_536
        let count = column.values.count
        let parts = Parallel.map((count + size - 1) / size, threads: threads) { part in
            (part * size..<min(count, (part + 1) * size)).map { code in
                body(column.values[UInt32(code)], code > 0 && column.isWellFormed[code])
            }
        }
        return parts.count == 1 ? parts[0] : Array(joining: parts)
    }
}

extension Facts {
    /// The number a check goes by: the rule book's, else its own.
    func limit(of check: String, otherwise value: Int) -> Int { plan.settings[check]?.limit ?? value }

    /// Packed; 0 when missing or no day.
    func day(_ row: Int, _ field: Int) -> Int32 {
        days[field][Int(records.columns[field].codes[row])]
    }

    /// The person's sex as recorded; 0 when missing or neither.
    func sex(_ row: Int) -> UInt8 {
        guard let field = roles.sex else { return 0 }
        return sexes[Int(records.columns[field].codes[row])]
    }

    /// A sex from an id as this registry writes it.
    func written(sex: UInt8) -> String {
        sex == UInt8(ascii: "M") ? roles.sexCodes.male : roles.sexCodes.female
    }

    func lastDay(_ row: Int) -> Int32 { lastDays[records.sourceIndex(of: row)] }

    /// The person's own id when it is good evidence: valid, not born in the future, not damaged.
    func trustedID(_ row: Int) -> IDFacts? {
        guard let field = roles.residentID else { return nil }
        let id = ids[field][Int(records.columns[field].codes[row])]
        guard id.isValid, id.birth >= PlausibleDays.first else { return nil }
        let source = records.sourceIndex(of: row)
        guard id.birth <= lastDays[source], !(id.endsInZeros && zeroTailOdds[source] > 1) else { return nil }
        return id
    }

    /// The day of birth in the person's id, as ISO text, when the id is good evidence and was not upgraded from 15 digits
    /// (which have no check character, so that a slip in them shows nowhere); else empty.
    func birthDateFromID(_ row: Int) -> String {
        guard let id = trustedID(row), !isLegacyID(row) else { return "" }
        return CivilDate(packed: Int(id.birth))?.description ?? ""
    }

    /// Did the office write the person's id with 15 digits? Reads the cell: for rows with a finding only.
    func isLegacyID(_ row: Int) -> Bool {
        guard let field = roles.residentID else { return false }
        return records.raw(row, field).unicodeScalars.count { $0.properties.numericType == .decimal } == 15
    }
}
