import Records
import Standards

/// Per field and code: what a value that does not look like its field looks like instead; nothing for values that do.
struct FieldForms: Sendable {
    /// Parallel to the schema's fields; empty where every value looks as it should.
    let forms: [[CellForm]]
    /// What values of each field look like.
    let own: [CellForm]

    init(_ records: RecordTable, threads: Int) {
        own = records.schema.fields.map { CellForm.own($0.kind) }
        forms = records.schema.fields.indices.map { field in
            let column = records.columns[field]
            let kind = records.schema.fields[field].kind
            if !Self.isJudged(kind) { return [] }
            let own = CellForm.own(kind)
            let size = 65_536
            let count = column.values.count
            let parts = Parallel.map((count + size - 1) / size, threads: threads) { part -> [CellForm] in
                var isPlain = true
                let forms = (part * size..<min(count, (part + 1) * size)).map { code -> CellForm in
                    guard code > 0 else { return [] }
                    let form = column.values.withUTF8(UInt32(code)) { text -> CellForm in
                        if Self.fits(text, kind, isWellFormed: column.isWellFormed[code]) { return [] }
                        return CellForm(of: text).subtracting(own)
                    }
                    if !form.isEmpty { isPlain = false }
                    return form
                }
                return isPlain ? [] : forms
            }
            if parts.allSatisfy(\.isEmpty) { return [] }
            return parts.enumerated().flatMap { part, forms in
                forms.isEmpty ? Array(repeating: [], count: min(count, (part + 1) * size) - part * size) : forms
            }
        }
    }

    /// Empty when the cell is missing or as it should be.
    func of(_ code: UInt32, _ field: Int) -> CellForm { forms[field].isEmpty ? [] : forms[field][Int(code)] }

    /// Anything may stand in a text, and any digits in a number or an identifier.
    private static func isJudged(_ kind: FieldKind) -> Bool {
        switch kind {
        case .text, .number, .identifier, .postcode, .houseNumber: false
        default: true
        }
    }

    /// A quick look that passes nearly all good values.
    private static func fits(_ text: UnsafeBufferPointer<UInt8>, _ kind: FieldKind, isWellFormed: Bool) -> Bool {
        switch kind {
        case .personName, .givenName, .surname:
            // Up to four Han characters, or letters without a digit; longer ones are looked at.
            guard let first = text.first else { return true }
            if first >= 0x80 { return text.count <= 12 && text.count % 3 == 0 && !endsLikeEthnicGroup(text) }
            return !text.contains { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x40 }
        case .address, .street, .city:
            // Names, dates, numbers and mail addresses are short and without the digits of a house.
            guard let first = text.first else { return true }
            return first >= 0x80
                ? text.count > 12 : !(text.count(where: { $0 >= 0x30 && $0 <= 0x39 }) >= 8 || text.contains(0x40))
        default: return isWellFormed
        }
    }

    /// 族, U+65CF.
    private static func endsLikeEthnicGroup(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count >= 6 && text[text.count - 3] == 0xE6 && text[text.count - 2] == 0x97 && text[text.count - 1] == 0x8F
    }
}
