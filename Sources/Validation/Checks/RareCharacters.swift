import Records
import Standards

extension Check {
    /// Han characters outside the list of standard characters and the older national sets: right in some names, more often a
    /// variant or a radical that looks like the character that was meant.
    static let rareCharacters = Check(
        "rare-characters", .error, .info,
        title: Text(en: "Rare character", zh: "生僻字"),
        search: .rawCells(
            for: { [.personName, .givenName, .surname].contains($0.kind) },
            having: [.punctuation, .extensionA, .han, .compatibility, .beyond]
        ) { cell, _ in
            // Extension A and radicals begin with E2 BA to E4 B6, compatibility characters with EF A4, other planes with F0.
            guard cell.bytes.contains(where: { (0xE2...0xE4).contains($0) || $0 == 0xEF || $0 == 0xF0 }) else {
                return nil
            }
            return cell.text.unicodeScalars.first(where: RareHan.isRare).map { Hit(detail: Wording.code($0)) }
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell) with the rare character \(finding.detail); compare it with the document",
                zh: "\(name) 为\(cell)，含生僻字 \(finding.detail)；请与证件核对")
        })
}

enum RareHan {
    /// Radicals, Extension A and beyond, compatibility forms; not the standard characters among them, nor 〇.
    static func isRare(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2E80...0x2FDF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
            !HanFrequency.shared.isStandard(scalar.value)
        default: false
        }
    }
}
