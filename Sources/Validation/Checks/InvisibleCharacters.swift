import Records

extension Check {
    /// Characters that nobody sees and that make equal texts unequal or show them in another order: zero-width characters,
    /// marks of writing direction, control characters, soft hyphens.
    static let invisibleCharacters = Check(
        "invisible-characters", .error, .warning,
        title: Text(en: "Invisible characters", zh: "不可见字符"),
        search: .rawCells(
            for: { _ in true }, having: [.control, .latin1, .marks, .punctuation, .compatibility, .beyond]
        ) { cell, _ in
            guard InvisibleText.mayOccur(in: cell.bytes) else { return nil }
            let text = cell.text
            let found = InvisibleText.scalars(in: text)
            guard let first = found.first else { return nil }
            var clean = String.UnicodeScalarView()
            clean.append(contentsOf: text.unicodeScalars.filter { !found.contains($0) })
            return Hit(suggestion: String(clean), detail: Wording.code(first))
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let clean = Wording.quoted(finding.suggestion)
            return Text(
                en: "\(name) holds the invisible character \(finding.detail); without it the cell reads \(clean)",
                zh: "\(name) 含有不可见字符 \(finding.detail)；去除后为\(clean)")
        })
}

enum InvisibleText {
    /// Rules out nearly all texts by their bytes.
    static func mayOccur(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in bytes.indices {
            switch bytes[index] {
            case 0x00...0x08, 0x0B...0x0C, 0x0E...0x1F, 0x7F, 0xD8, 0xF3: return true
            // U+0080 to U+00AD, U+180E, U+200B to U+206F, U+FEFF.
            case 0xC2 where index + 1 < bytes.count && (bytes[index + 1] < 0xA0 || bytes[index + 1] == 0xAD):
                return true
            case 0xE1 where index + 1 < bytes.count && bytes[index + 1] == 0xA0: return true
            case 0xE2 where index + 1 < bytes.count && bytes[index + 1] <= 0x81: return true
            case 0xEF where index + 1 < bytes.count && bytes[index + 1] == 0xBB: return true
            default: continue
            }
        }
        return false
    }

    /// Tab and line breaks are layout. U+200C and U+200D belong to the spelling of names in Arabic and Indic scripts.
    static func scalars(in text: String) -> Set<UnicodeScalar> {
        let spellsWithJoiners = text.unicodeScalars.contains { (0x0600...0x0DFF).contains($0.value) }
        return text.unicodeScalars.reduce(into: []) { found, scalar in
            switch scalar.value {
            case 0x200C, 0x200D: if !spellsWithJoiners { found.insert(scalar) }
            case 0x09, 0x0A, 0x0D: break
            case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E,
                0x2060...0x2064, 0x2066...0x206F, 0xFEFF, 0xE0000...0xE007F:
                found.insert(scalar)
            default: break
            }
        }
    }
}
