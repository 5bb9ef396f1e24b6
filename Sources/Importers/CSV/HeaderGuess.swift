/// Which of a file's first rows is the header. Offices like a title line above it.
struct HeaderGuess {
    /// Rows that are looked at.
    static let searchDepth = 20

    /// `nil`: the file has none.
    let index: Int?

    /// `names`: the columns the plan asks for; may be empty.
    init(_ rows: [[String]], blank: [Bool], names: [String], stated: Bool?) {
        let first = blank.firstIndex(of: false)
        guard let first, stated != false else {
            index = nil
            return
        }
        if !names.isEmpty {
            // Columns named by number have no header, unless one is stated: a row of data may well hold these numbers.
            if stated == nil, names.allSatisfy({ Int($0).map { $0 >= 1 } ?? false }) {
                index = nil
                return
            }
            var best = (index: first, found: 0)
            for row in rows.indices.prefix(Self.searchDepth) where !blank[row] {
                let cells = Set(rows[row].map(trimmedHeader))
                let found = names.count { cells.contains($0) }
                if found > best.found { best = (row, found) }
            }
            if best.found > 0 {
                index = best.index
                return
            }
            index = first
            return
        }
        let body = rows.indices.filter { !blank[$0] }
        let width = body.map { rows[$0].count }.max() ?? 0
        let full = body.prefix(Self.searchDepth).first { rows[$0].count { !$0.isEmpty } * 2 > width }
        let candidate = full ?? first
        let below = body.drop { $0 <= candidate }.prefix(Self.searchDepth).map { rows[$0] }
        index = stated == true || Self.looksLikeHeader(rows[candidate], above: below) ? candidate : nil
    }

    /// Words, each its own, without numbers and dates; numbered words (`q1`) where the rows below hold none such.
    private static func looksLikeHeader(_ row: [String], above rows: [[String]]) -> Bool {
        let cells = row.map(trimmedHeader)
        let filled = cells.filter { !$0.isEmpty }
        guard !filled.isEmpty, Set(filled).count * 2 > filled.count else { return false }
        let numeric = cells.indices.filter { isNumeric(cells[$0]) }
        if numeric.isEmpty { return true }
        guard !rows.isEmpty, numeric.allSatisfy({ isNumberedWord(cells[$0]) }) else { return false }
        return numeric.allSatisfy { column in
            !rows.contains { column < $0.count && isNumberedWord(trimmedHeader($0[column])) }
        }
    }

    private static func isNumeric(_ cell: String) -> Bool {
        !cell.isEmpty
            && cell.unicodeScalars.count { $0.properties.numericType != nil && $0.isASCII } * 2 >= cell.count
    }

    /// A letter first and nothing but digits at the end: `q1`, `v_12`, `c4999`.
    private static func isNumberedWord(_ cell: String) -> Bool {
        let stem = cell.unicodeScalars.prefix { !("0"..."9").contains($0) }
        return stem.first?.properties.isAlphabetic == true && stem.count < cell.unicodeScalars.count
            && cell.unicodeScalars.dropFirst(stem.count).allSatisfy { ("0"..."9").contains($0) }
    }
}
