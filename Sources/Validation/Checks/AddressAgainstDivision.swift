import Records
import Standards

extension Check {
    /// The division code names one place and the address beside it begins with another one. Both are followed to what is in
    /// force today and compared as deep as both go, so that a reform between the two is no contradiction.
    static let addressAgainstDivision = Check(
        "address-against-division", .error, .warning,
        title: Text(en: "Address contradicts the division code", zh: "地址与行政区划代码不符"),
        search: .rows { facts in
            facts.roles.places.map { place in
                let codes = facts.records.columns[place.division].codes
                let addresses = facts.records.columns[place.address].codes
                let places = facts.places[place.division]
                let heads = facts.places[place.address]
                return { row in
                    let recorded = places[Int(codes[row])]
                    let named = heads[Int(addresses[row])]
                    guard recorded != named, recorded != 0, named != 0, !DivisionNesting.fits(recorded, named) else {
                        return nil
                    }
                    return Hit(field: place.division, detail: String(named))
                }
            }
        },
        message: { finding, records in
            let place = RecordRoles.of(records.schema).places.first {
                $0.division == finding.field || $0.address == finding.field
            }
            let name = place.map { Wording.name($0.division, records) } ?? ""
            let cell = place.map { Wording.cell(finding.row, $0.division, records) } ?? ""
            let address = place.map { Wording.cell(finding.row, $0.address, records) } ?? ""
            let addressName = place.map { Wording.name($0.address, records) } ?? ""
            let divisions = Divisions.shared
            let recorded = place.flatMap { divisions.fullName(records.value(finding.row, $0.division)) } ?? ""
            let named = "\(finding.detail) \(divisions.fullName(finding.detail) ?? "")"
            return Text(
                en: "\(name) is \(cell) (\(recorded)), but \(addressName) \(address) lies in \(named)",
                zh: "\(name) 为\(cell)（\(recorded)），而 \(addressName) \(address)属于 \(named)")
        })
}

enum DivisionNesting {
    /// Is one of two codes in the other, or the same? 330000 holds 330182, 330100 does too.
    static func fits(_ a: UInt32, _ b: UInt32) -> Bool {
        if a % 10000 == 0 || b % 10000 == 0 { return a / 10000 == b / 10000 }
        // Counties directly under a province (429004) stand beside its prefectures.
        if a % 100 == 0 || b % 100 == 0 { return a / 100 == b / 100 }
        return a == b
    }
}
