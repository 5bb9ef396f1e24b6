import Records
import Synchronization

/// A column in the making. Columns do not know each other, so that several threads may fill them.
final class ColumnBuilder: Sendable {
    private struct Cells: Sendable {
        var codes: [UInt32] = []
        var interner = TextInterner()
        var damaged: [UInt32: TableBuilder.Damage] = [:]
    }

    private let cells = Mutex(Cells())

    /// Cells for the rows behind those the column has. Returns the rows whose text is damaged.
    func append(
        _ texts: UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>
    ) -> [(row: Int, damage: TableBuilder.Damage)] {
        cells.withLock { cells in
            let firstRow = cells.codes.count
            let firstNew = UInt32(cells.interner.count)
            cells.interner.intern(texts, into: &cells.codes)
            Self.noteDamage(&cells, firstNew..<UInt32(cells.interner.count))
            guard !cells.damaged.isEmpty else { return [] }
            return (firstRow..<cells.codes.count).compactMap { row in
                cells.damaged[cells.codes[row]].map { (row, $0) }
            }
        }
    }

    /// Empty cells until there are `rows`.
    func fill(upTo rows: Int) {
        cells.withLock { cells in
            guard cells.codes.count < rows else { return }
            cells.codes.append(contentsOf: repeatElement(0, count: rows - cells.codes.count))
        }
    }

    func text(_ row: Int) -> String {
        cells.withLock { $0.interner.pool[$0.codes[row]] }
    }

    /// The column as it is; what it was made with is let go.
    func column(header: String) -> SourceTable.Column {
        cells.withLock { cells in
            defer { cells = Cells() }
            return SourceTable.Column(header: header, codes: cells.codes, values: cells.interner.pool)
        }
    }

    /// New texts lie end to end: one look over all of them finds nothing nearly always.
    private static func noteDamage(_ cells: inout Cells, _ new: Range<UInt32>) {
        guard !new.isEmpty else { return }
        let pool = cells.interner.pool
        let start = pool.range(of: new.lowerBound).lowerBound
        let isClean = pool.bytes.withUnsafeBufferPointer {
            damage(in: UnsafeBufferPointer(rebasing: $0[start...])) == nil
        }
        if isClean { return }
        for code in new {
            if let damage = cells.interner.pool.withUTF8(code, damage) { cells.damaged[code] = damage }
        }
    }

    /// What the text says went wrong with it.
    private static func damage(in text: UnsafeBufferPointer<UInt8>) -> TableBuilder.Damage? {
        let raw = UnsafeRawBufferPointer(text)
        var index = 0
        while index < text.count {
            if index + 8 <= text.count {
                // A byte of the word is 0, EF or E9 when one of these has a zero byte.
                let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if !hasZero(word), !hasZero(word ^ 0xEFEF_EFEF_EFEF_EFEF), !hasZero(word ^ 0xE9E9_E9E9_E9E9_E9E9) {
                    index += 8
                    continue
                }
            }
            switch text[index] {
            case 0: return .nul
            case 0xEF where stands(replacement, in: text, at: index): return .replacement
            case 0xE9 where stands(kunJinKao, in: text, at: index): return .kunJinKao
            default: index += 1
            }
        }
        return nil
    }

    private static func hasZero(_ word: UInt64) -> Bool {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0
    }

    private static let replacement = Array("\u{FFFD}".utf8)
    private static let kunJinKao = Array("锟斤拷".utf8)

    private static func stands(_ wanted: [UInt8], in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + wanted.count <= text.count, text[index + 1] == wanted[1] else { return false }
        return UnsafeBufferPointer(rebasing: text[index..<(index + wanted.count)]).elementsEqual(wanted)
    }
}
