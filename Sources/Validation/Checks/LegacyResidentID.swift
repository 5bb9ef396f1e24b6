import Records
import Standards

extension Check {
    /// The 15-digit form, out of use since 2013. The 18-digit form follows from it.
    static let legacyResidentID = Check(
        "legacy-resident-id", .error, .info,
        title: Text(en: "Resident id in the old form of 15 digits", zh: "15 位旧身份证号"),
        search: .rawCells(
            for: { $0.kind == .residentID }, having: [.digit, .han, .extensionA, .compatibility, .marks, .beyond]
        ) { cell, _ in
            // Texts of ASCII, nearly all there are, are told by the number of their digits.
            let isASCII = cell.bytes.allSatisfy { $0 < 0x80 }
            guard !isASCII || cell.bytes.count(where: { $0 >= 0x30 && $0 <= 0x39 }) == 15 else { return nil }
            var digits = ""
            for scalar in cell.text.unicodeScalars {
                if let value = scalar.properties.numericValue, scalar.properties.numericType == .decimal {
                    digits += String(Int(value))
                } else if !scalar.properties.isWhitespace {
                    return nil
                }
            }
            guard let upgraded = ResidentID.upgrading(legacy15: digits), ResidentID(upgraded)?.isValid == true else {
                return nil
            }
            return Hit(suggestion: upgraded)
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell), the old form of 15 digits; the form in use is \(finding.suggestion)",
                zh: "\(name) 为\(cell)，是 15 位旧号码；现行号码为 \(finding.suggestion)")
        })
}
