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
        index = stated == true || Self.looksLikeHeader(rows[candidate]) ? candidate : nil
    }

    /// Words, each its own, without numbers and dates.
    private static func looksLikeHeader(_ row: [String]) -> Bool {
        let cells = row.map(trimmedHeader).filter { !$0.isEmpty }
        let numeric = cells.count { cell in
            cell.unicodeScalars.count { $0.properties.numericType != nil && $0.isASCII } * 2 >= cell.count
        }
        return !cells.isEmpty && numeric == 0 && Set(cells).count * 2 > cells.count
    }
}
