extension Clerk {
    mutating func writeCodes(_ record: inout OfficeRecord) {
        if let former = record.person.formerResidence, strikes(.moved, times: 3) {
            record.residence = former
            record.put(former.address, in: .residenceAddress, as: .moved)
            record.put(counties.all[former.county].code, in: .residenceCode, as: .moved)
        }
        writeCode(of: record.person.home.county, in: .homeCode, &record)
        writeCode(of: record.residence.county, in: .residenceCode, &record)
    }

    private mutating func writeCode(
        of county: Int, in field: RecordField, _ record: inout OfficeRecord
    ) {
        switch one(of: .retiredCode, or: .invalidCode) {
        case .retiredCode:
            let retired = counties.all[county].retiredCodes
            if !retired.isEmpty { record.put(generator.pick(retired), in: field, as: .retiredCode) }
        case .invalidCode:
            for _ in 0..<9 {
                let code =
                    generator.chance(0.7)
                    ? mistyped(record.cells[field]) : Bytes(number: generator.index(1_000_000), width: 6)
                let number = code.reduce(0) { $0 * 10 + Int($1) - 48 }
                if !counties.known.contains(number) { return record.put(code, in: field, as: .invalidCode) }
            }
        default: break
        }
    }

    mutating func writeAddresses(_ record: inout OfficeRecord) {
        writeAddress(at: record.person.home, in: .homeAddress, &record)
        writeAddress(at: record.residence, in: .residenceAddress, &record)
    }

    private mutating func writeAddress(
        at dwelling: Dwelling, in field: RecordField, _ record: inout OfficeRecord
    ) {
        let address = record.cells[field]
        switch one(of: .addressShort, or: .addressTypo) {
        case .addressShort:
            let county = counties.all[dwelling.county]
            if address.starts(with: county.fullName) {
                record.put(county.name + address[county.fullName.count...], in: field, as: .addressShort)
            }
        case .addressTypo:
            let wrong =
                generator.chance(0.5)
                ? confused(address, by: confusions.homophones)
                : address.removing(generator.pick(address.glyphs))
            if let wrong { record.put(wrong, in: field, as: .addressTypo) }
        default:
            if strikes(.addressFullWidth) {
                record.put(address.fullWidth, in: field, as: .addressFullWidth)
            }
        }
    }
}
