import Records
import Standards

extension Check {
    /// The person's id was given in another province than nearly all others of the office with the same recorded division. People
    /// move, so only where an office has hardly any such ids: then one is worth a look.
    static let idAgainstDivision = Check(
        "id-against-division", .error, .info,
        title: Text(en: "Resident id from another province", zh: "身份证号属于外省"),
        limit: Limit(value: 5, unit: Text(en: "such ids in 1,000 up to which they are rare", zh: "每千个号码中外省号码的上限")),
        search: .rows { facts in
            guard let id = facts.roles.residentID, let field = facts.roles.domicile else { return [] }
            let limit = facts.limit(of: "id-against-division", otherwise: 5)
            let provinces = DivisionProvinces(facts, id: id, division: field)
            let isRare = facts.records.sources.indices.map { provinces.isRare(in: $0, perThousand: limit) }
            guard isRare.contains(true) else { return [] }
            return [
                { row in
                    guard provinces.differ(row), isRare[facts.records.sourceIndex(of: row)] else { return nil }
                    return Hit(field: id, detail: String(provinces.recorded(row)))
                }
            ]
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let number = finding.field.flatMap { ResidentID(records.value(finding.row, $0)) }?.divisionCode ?? 0
            let given = Divisions.shared.fullName(number / 10000 * 10000) ?? ""
            let recorded = Divisions.shared.fullName((UInt32(finding.detail) ?? 0) * 10000) ?? ""
            return Text(
                en: "\(name) is \(cell), given in \(given), while the record belongs to \(recorded); "
                    + "hardly anybody here has an id from elsewhere",
                zh: "\(name) 为\(cell)，号码由\(given)编发，而本记录属于\(recorded)；该来源几乎没有外省号码")
        })
}

/// First two digits of the division in the id and of the recorded one, row by row.
private struct DivisionProvinces: Sendable {
    private let facts: Facts
    private let id: Int
    private let division: Int
    private let ofIDs: [UInt8]
    private let ofDivisions: [UInt8]

    init(_ facts: Facts, id: Int, division: Int) {
        self.facts = facts
        self.id = id
        self.division = division
        @Sendable func province(_ text: String) -> UInt8 {
            let digits = text.utf8.prefix(2).map { $0 &- 0x30 }
            return digits.count == 2 && digits.allSatisfy { $0 < 10 } ? digits[0] * 10 + digits[1] : 0
        }
        ofIDs = Facts.perValue(facts.records.columns[id], facts.threads) { text, isWellFormed in
            isWellFormed ? province(text) : 0
        }
        ofDivisions = Facts.perValue(facts.records.columns[division], facts.threads) { text, _ in
            Divisions.shared.isKnown(text) ? province(text) : 0
        }
    }

    func recorded(_ row: Int) -> UInt8 { ofDivisions[Int(facts.records.columns[division].codes[row])] }

    private func given(_ row: Int) -> UInt8 {
        let code = Int(facts.records.columns[id].codes[row])
        // Residents of Hong Kong, Macao and Taiwan live where they like.
        return facts.ids[id][code].isValid && ofIDs[code] < 71 ? ofIDs[code] : 0
    }

    func differ(_ row: Int) -> Bool {
        let recorded = recorded(row)
        guard recorded != 0 else { return false }
        let given = given(row)
        return given != 0 && given != recorded
    }

    func isRare(in source: Int, perThousand: Int) -> Bool {
        var all = 0
        var elsewhere = 0
        for row in facts.records.starts[source]..<facts.records.starts[source + 1] {
            if recorded(row) == 0 || given(row) == 0 { continue }
            all += 1
            if differ(row) { elsewhere += 1 }
        }
        return all >= 1000 && elsewhere * 1000 <= all * perThousand
    }
}
