import Records
import Standards

/// The smallest area that is known of each record: the township where an address names one within the county, else what
/// the field of the areas says. After matching a record stands where its person's record in the master does.
struct AreaLeaves {
    let field: Int
    /// Six digits and three of the township, or none (000); for other fields than divisions the value's code.
    /// The first leaf is that of records without an area.
    private(set) var codes: [UInt32] = [0]
    /// Per row: index into `codes`.
    private(set) var ofRow: [UInt32] = []
    let isDivision: Bool
    let hasTownships: Bool
    /// Values of a field that is no division, by code.
    let names: [UInt32: String]

    init(field: Int, codes: [UInt32], hasTownships: Bool) {
        self.field = field
        self.codes = codes
        self.hasTownships = hasTownships
        isDivision = true
        names = [:]
    }

    init(_ records: RecordTable, field: Int, townships: Int?, master: Master?, threads: Int) {
        self.field = field
        isDivision = records.schema.fields[field].kind == .division
        hasTownships = isDivision && townships != nil
        let column = records.columns[field]
        let isDivision = self.isDivision
        let areas = (0..<column.values.count).map { code -> UInt32 in
            guard code > 0, column.isWellFormed[code] else { return 0 }
            if !isDivision { return UInt32(code) }
            let number = Divisions.number(column.values[UInt32(code)]) ?? 0
            return Self.known(Divisions.shared.current(number)) * 1_000
        }
        func row(_ row: Int, _ field: Int) -> Int? {
            guard let master else { return row }
            let survivor = master.columns[field].rows[Int(master.personOf[row])]
            return survivor == Master.noRow ? nil : Int(survivor)
        }
        let ofAddress = townships.map { Self.townships(records, $0, rows: records.count, row: row, threads) }
        var index: [UInt32: UInt32] = [0: 0]
        var codes: [UInt32] = [0]
        ofRow = (0..<records.count).map { record in
            var area = row(record, field).map { areas[Int(column.codes[$0])] } ?? 0
            if let townships, let ofAddress, area != 0, let place = row(record, townships) {
                let township = ofAddress[Int(records.columns[townships].codes[place])]
                if township / 1_000 == area / 1_000 { area = township }
            }
            if let known = index[area] { return known }
            let next = UInt32(codes.count)
            index[area] = next
            codes.append(area)
            return next
        }
        self.codes = codes
        names =
            isDivision
            ? [:] : Dictionary(codes.dropFirst().map { ($0, column.values[$0]) }) { first, _ in first }
    }

    /// The division, or the deepest known one above it: a code with a slip is no area of its own, whose few persons would have to
    /// be hidden together with those of a real one.
    private static func known(_ code: UInt32) -> UInt32 {
        [code, code / 100 * 100, code / 10_000 * 10_000].first(where: Divisions.shared.isKnown) ?? 0
    }

    /// Code of an address → its township; 0 where there is none or nobody stands there.
    private static func townships(
        _ records: RecordTable, _ field: Int, rows: Int, row: (Int, Int) -> Int?, _ threads: Int
    ) -> [UInt32] {
        let column = records.columns[field]
        var isUsed = [Bool](repeating: false, count: column.values.count)
        for record in 0..<rows {
            if let place = row(record, field) { isUsed[Int(column.codes[place])] = true }
        }
        let used = isUsed
        let size = 16_384
        let parts = Parallel.map((used.count + size - 1) / size, threads: threads) { part in
            column.values.withView { texts in
                (part * size..<min(used.count, (part + 1) * size)).map { code -> UInt32 in
                    code > 0 && used[code] ? Townships.code(inAddress: texts[UInt32(code)]) : 0
                }
            }
        }
        return Array(parts.joined())
    }
}
