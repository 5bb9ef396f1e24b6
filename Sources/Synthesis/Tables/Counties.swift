import Standards

/// A county of the imaginary country's map: real divisions, so that codes and addresses look as they do in the offices.
struct County {
    let code: Bytes
    /// With province and prefecture.
    let fullName: Bytes
    /// The county alone.
    let name: Bytes
    let towns: [Bytes]
    /// Codes that this county had before.
    let retiredCodes: [Bytes]
    /// Its code and its retired codes with the years in which they were in force.
    let codesInForce: [(first: Int, last: Int, code: Bytes)]

    /// The first two digits of the code as a number.
    var province: Int {
        code.prefix(2).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}

/// The counties in force whose codes begin with one of some prefixes, and every code that ever existed.
struct Counties {
    let all: [County]
    /// Every division code that ever was in force, as a number.
    let known: Set<Int>

    init(regions: [String]) {
        var known: Set<Int> = []
        var rows: [CSVTable.Row] = []
        var retired: [Int: [CSVTable.Row]] = [:]
        let prefixes = regions.map { Bytes($0) }
        for row in CSVTable(.divisions) {
            known.insert(row.number(0) ?? 0)
            guard row.text(2) == "county" else { continue }
            if row.utf8(5).isEmpty {
                if prefixes.contains(where: { row.utf8(0).starts(with: $0) }) { rows.append(row) }
            } else if let successor = row.number(6) {
                retired[successor, default: []].append(row)
            }
        }
        let towns = Self.towns()
        self.known = known
        all = rows.compactMap { row in
            let code = row.number(0) ?? 0
            guard let places = towns[code] else { return nil }
            let before = retired[code] ?? []
            return County(
                code: Bytes(row.utf8(0)), fullName: Bytes(row.utf8(3)), name: Bytes(row.utf8(1)),
                towns: places,
                retiredCodes: before.map { Bytes($0.utf8(0)) },
                codesInForce: ([row] + before).map {
                    ($0.number(4) ?? 0, $0.number(5) ?? 9999, Bytes($0.utf8(0)))
                })
        }
    }

    /// Townships by county code. Development zones and the like are left out: nobody is registered there.
    private static func towns() -> [Int: [Bytes]] {
        let unwanted = ["管理委员会", "开发区", "园区", "办事处街道"].map { Bytes($0) }
        var towns: [Int: [Bytes]] = [:]
        for row in CSVTable(.townships) {
            let name = Bytes(row.utf8(1))
            guard let county = row.number(2), !unwanted.contains(where: { name.ends(with: $0) }) else {
                continue
            }
            towns[county, default: []].append(name)
        }
        return towns
    }
}

extension [UInt8] {
    func ends(with other: Bytes) -> Bool {
        suffix(other.count).elementsEqual(other)
    }
}
