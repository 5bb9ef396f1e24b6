import CTables

/// Reads a table that is compiled into the program, row by row and without copying.
///
/// The tables are ours: UTF-8, a header line, line feeds, no quotes, at most eight columns (see `CTables/data/README.md`).
/// Their bytes live as long as the program, so rows and fields may be kept and read at any time.
package struct CSVTable: Sequence {
    package enum Name: Sendable, CaseIterable {
        /// code, name, level, full_name, first_year, last_year, successor
        case divisions
        /// code, name, alpha
        case ethnicGroups
        /// char, other
        case lookalike
        /// char, pinyin, freq
        case pinyin
        /// surname, weight, group
        case surnames
        /// code, name, county_code
        case townships
        /// char, other, kind
        case variants
    }

    /// The whole table, header line included.
    package let bytes: UnsafeBufferPointer<UInt8>

    package init(_ name: Name) {
        let table =
            switch name {
            case .divisions: CT_DIVISIONS
            case .ethnicGroups: CT_ETHNIC_GROUPS
            case .lookalike: CT_LOOKALIKE
            case .pinyin: CT_PINYIN
            case .surnames: CT_SURNAMES
            case .townships: CT_TOWNSHIPS
            case .variants: CT_VARIANTS
            }
        var size = 0
        let start = ct_bytes(table, &size)
        bytes = UnsafeBufferPointer(start: start, count: size)
    }

    /// The names of the columns.
    package var header: [String] {
        var rows = Rows(bytes: bytes, position: 0)
        guard let first = rows.next() else { return [] }
        return (0..<first.count).map { first.text($0) }
    }

    /// The rows below the header.
    package func makeIterator() -> Rows {
        var rows = Rows(bytes: bytes, position: 0)
        _ = rows.next()
        return rows
    }

    /// A row; fields are numbered from 0.
    package struct Row {
        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        fileprivate var starts = SIMD8<UInt32>()
        fileprivate var ends = SIMD8<UInt32>()
        package fileprivate(set) var count = 0

        /// Where the field stands in the table's bytes; empty when the row has no such field.
        package func range(_ field: Int) -> Range<Int> {
            field < count ? Int(starts[field])..<Int(ends[field]) : 0..<0
        }

        package func utf8(_ field: Int) -> UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(rebasing: bytes[range(field)])
        }

        package func text(_ field: Int) -> String {
            String(decoding: utf8(field), as: UTF8.self)
        }

        /// The field as a whole number of at most nine digits; `nil` for anything else, the empty field too.
        package func number(_ field: Int) -> Int? {
            let digits = utf8(field)
            guard !digits.isEmpty, digits.count <= 9 else { return nil }
            var value = 0
            for digit in digits {
                guard digit >= 0x30, digit <= 0x39 else { return nil }
                value = value * 10 + Int(digit &- 0x30)
            }
            return value
        }

        package func decimal(_ field: Int) -> Double? {
            Double(text(field))
        }

        /// The field's first character.
        package func scalar(_ field: Int) -> Unicode.Scalar? {
            text(field).unicodeScalars.first
        }
    }

    package struct Rows: IteratorProtocol {
        fileprivate let bytes: UnsafeBufferPointer<UInt8>
        fileprivate var position: Int

        package mutating func next() -> Row? {
            guard position < bytes.count else { return nil }
            var row = Row(bytes: bytes)
            var start = position
            while true {
                let isEnd = position == bytes.count || bytes[position] == 0x0A
                if isEnd || bytes[position] == 0x2C {
                    if row.count < 8 {
                        row.starts[row.count] = UInt32(truncatingIfNeeded: start)
                        row.ends[row.count] = UInt32(truncatingIfNeeded: position)
                        row.count += 1
                    }
                    start = position + 1
                }
                position += 1
                if isEnd { return row }
            }
        }
    }
}
