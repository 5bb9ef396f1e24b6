import Crypto
import Records

/// What becomes of the columns of an export that is to be pseudonymised.
///
/// Standard, by what a column holds (GDPR 4(5); ISO 25237; HIPAA Safe Harbor where it gives a measure):
///
/// | holds | becomes |
/// | --- | --- |
/// | names, resident ids, other identifiers, phones, e-mail, addresses, streets, house numbers | a token |
/// | `person_id`, `record_id`, ids of findings | a token |
/// | dates | the year |
/// | division codes | the county: the first six digits |
/// | postcodes | the first three characters |
/// | ethnic group, free text, words about a record, columns that are not known | nothing |
/// | codes, numbers, cities, sources, grades, checks, counts | stay |
///
/// A token is T and the first 128 bits of HMAC-SHA-256 in hex, under a key made for the recipient: the same value of the same
/// kind has one token in everything that a recipient gets, and another one at every other recipient. An empty cell stays
/// empty. Values that a finding or a change quotes are treated as their field is.
package struct Pseudonyms: Sendable {
    package enum Treatment: String, Sendable, CaseIterable {
        case token
        case year
        case county
        case prefix
        case withheld
        case kept
    }

    private let key: SymmetricKey
    private let keep: Set<String>

    /// - Parameters:
    ///   - key: 32 bytes.
    ///   - recipient: whose tokens these are; blanks at its ends do not count.
    ///   - keep: names of columns and fields that stay as they are.
    package init(key: [UInt8], recipient: String, keep: Set<String> = []) {
        let label = Array("qingku/pseudonym/v1".utf8) + [0x1F] + Array(recipient.trimmedBlanks.utf8)
        self.key = SymmetricKey(
            data: HMAC<SHA256>.authenticationCode(for: label, using: SymmetricKey(data: key)))
        self.keep = keep
    }

    /// Eight hex digits that tell keys apart without telling the key: for the trail.
    package static func fingerprint(of key: [UInt8]) -> String {
        String(
            Hex.text(
                HMAC<SHA256>.authenticationCode(
                    for: Array("qingku/pseudonym/fingerprint".utf8), using: SymmetricKey(data: key))
            ).prefix(8))
    }

    package func treatment(of column: ExportColumn) -> Treatment {
        if keep.contains(column.name) { return .kept }
        switch column.content {
        case .key: return .token
        case .source, .count, .word, .fieldName: return .kept
        // Of the field that the row names.
        case .valueOfField: return .token
        case .prose: return .withheld
        case .field(let kind, _): return Self.treatment(of: kind)
        }
    }

    static func treatment(of kind: FieldKind) -> Treatment {
        switch kind {
        case .personName, .givenName, .surname, .residentID, .identifier, .phone, .email, .address, .street,
            .houseNumber:
            .token
        case .date: .year
        case .division: .county
        case .postcode: .prefix
        case .ethnicGroup, .text: .withheld
        case .city, .code, .number: .kept
        }
    }

    /// A row as the recipient gets it.
    ///
    /// - Parameter fields: name of a field → its kind, for the values that a row quotes.
    func row(_ row: TableRow, _ columns: [ExportColumn], fields: [String: FieldKind]) -> TableRow {
        let named = columns.firstIndex { $0.content == .fieldName }.map { row[$0] } ?? ""
        var result = TableRow()
        for (index, column) in columns.enumerated() {
            if row.isEmpty(index) {
                result.endCell()
                continue
            }
            switch (treatment(of: column), column.content) {
            case (.kept, _): row.withCell(index) { result.add($0) }
            case (_, .valueOfField):
                if keep.contains(named) {
                    row.withCell(index) { result.add($0) }
                } else if let kind = fields[named] {
                    write(row, index, Self.treatment(of: kind), Self.domain(kind), to: &result)
                }
            case (let treatment, .field(let kind, _)):
                write(row, index, treatment, Self.domain(kind), to: &result)
            case (let treatment, _):
                write(row, index, treatment, column.name == "person_id" ? "person" : "record", to: &result)
            }
            result.endCell()
        }
        return result
    }

    private func write(
        _ row: TableRow, _ index: Int, _ treatment: Treatment, _ domain: String, to result: inout TableRow
    ) {
        row.withCell(index) { cell in
            switch treatment {
            case .kept: result.add(cell)
            case .withheld: break
            case .token: result.add(token(cell, domain: domain))
            case .year:
                // Dates of a master are ISO; what begins otherwise is no date and is not given away.
                if cell.count >= 4, cell[..<4].allSatisfy({ (0x30...0x39).contains($0) }) {
                    result.add(UnsafeBufferPointer(rebasing: cell[..<4]))
                }
            case .county:
                if cell.allSatisfy({ (0x30...0x39).contains($0) }) {
                    result.add(UnsafeBufferPointer(rebasing: cell.prefix(6)))
                }
            case .prefix:
                if cell.allSatisfy({ $0 < 0x80 }) { result.add(UnsafeBufferPointer(rebasing: cell.prefix(3))) }
            }
        }
    }

    /// Of a whole value; kinds that name the same thing share their tokens.
    package func token(_ value: String, domain: String) -> String {
        var value = value
        return value.withUTF8 { text in
            String(decoding: token(text, domain: domain), as: UTF8.self)
        }
    }

    private func token(_ value: UnsafeBufferPointer<UInt8>, domain: String) -> [UInt8] {
        var code = HMAC<SHA256>(key: key)
        code.update(data: Array(domain.utf8) + [0x1F] + Array(value))
        var text = [UInt8(ascii: "T")]
        text.reserveCapacity(33)
        for byte in code.finalize().prefix(16) {
            for digit in [byte >> 4, byte & 15] { text.append(digit < 10 ? digit + 0x30 : digit + 0x57) }
        }
        return text
    }

    private static func domain(_ kind: FieldKind) -> String { kind.rawValue }
}

extension TableRow {
    fileprivate mutating func add(_ text: [UInt8]) {
        text.withUnsafeBufferPointer { add($0) }
    }
}

extension String {
    var trimmedBlanks: String {
        let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
        let head = unicodeScalars.drop(while: isBlank)
        guard let last = head.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(head[...last])
    }
}
