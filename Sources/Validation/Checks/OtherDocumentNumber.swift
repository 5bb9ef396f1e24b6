import Records
import Standards

extension Check {
    /// The number of a passport, a permit or another document where a resident id is expected. No error of the number: foreigners
    /// and residents of Hong Kong, Macao and Taiwan have no other.
    static let otherDocument = Check(
        "other-document", .error, .info,
        title: Text(en: "Number of another document", zh: "其他证件号码"),
        explains: ["bad-resident-id", "resident-id-division", "resident-id-spreadsheet-damage", "letters-for-digits"],
        search: .values(for: { $0.kind == .residentID }) { value, facts in
            let id = facts.ids[value.field][Int(value.code)]
            if id.isID && (id.divisionIsKnown || !id.checksumHolds) { return nil }
            return OtherDocument(value.bytes).map { Hit(detail: $0.rawValue) }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            let document = OtherDocument(rawValue: finding.detail)?.name ?? (en: "another document", zh: "其他证件")
            return Text(
                en: "\(name) is \(cell), by its form the number of \(document.en), not a resident id",
                zh: "\(name) 为\(cell)，从格式看是\(document.zh)号码，不是居民身份证号")
        })
}
