import Records

/// What became of the cells of a row that look like those of other fields: moved by one column, exchanged, or one of them
/// in the wrong place. One answer a row, so that the checks of the three do not speak of one thing twice.
enum Misplacement: Sendable, Hashable {
    /// The cells from `field` on stand one column to the right (`by` 1) or to the left (-1).
    case shifted(field: Int, by: Int, count: Int)
    case exchanged(Int, Int)
    case alone(Int, CellForm)

    /// Cells in a row that have to be off by one before the row counts as shifted.
    static let leastShifted = 3

    /// For rows of one table; `nil` when no cell of the table looks like that of another field.
    struct Finder: Sendable {
        private let facts: Facts
        private let records: RecordTable
        private let forms: FieldForms
        private let fields: [Int]
        /// Per source: fields in the order of the columns of its file, -1 for columns that are not read. Empty where that order
        /// is not known.
        private let orders: [[Int]]

        init?(_ facts: Facts) {
            self.facts = facts
            forms = facts.forms
            records = facts.records
            let fields = forms.forms.indices.filter { !facts.forms.forms[$0].isEmpty }
            if fields.isEmpty, facts.roles.birthDate == nil || facts.roles.residentID == nil { return nil }
            self.fields = fields
            orders = records.sources.map { source in
                guard let headers = source.file.dialect?.headers else { return [] }
                var places: [String: Int] = [:]
                for (field, column) in source.columns.enumerated() {
                    if let column { places[column.header] = field }
                }
                return headers.map { places[$0] ?? -1 }
            }
        }

        func find(_ row: Int) -> Misplacement? {
            if let birth = facts.roles.birthDate, let other = facts.dateExchangedWithBirth(row) {
                return .exchanged(birth, other)
            }
            for field in fields {
                let form = forms.of(records.columns[field].codes[row], field)
                if !form.isEmpty { return judge(row) }
            }
            return nil
        }

        private func form(_ row: Int, _ field: Int) -> CellForm { forms.of(records.columns[field].codes[row], field) }

        private func judge(_ row: Int) -> Misplacement? {
            if let shift = shift(row) { return shift }
            let odd = fields.filter { !form(row, $0).isEmpty }
            for (index, a) in odd.enumerated() {
                for b in odd[(index + 1)...] {
                    if !form(row, a).isDisjoint(with: forms.own[b]), !form(row, b).isDisjoint(with: forms.own[a]) {
                        return .exchanged(a, b)
                    }
                }
                if let b = codeElsewhere(row, of: a) { return .exchanged(a, b) }
            }
            for field in odd {
                let sure = form(row, field).intersection(.unmistakable)
                if !sure.isEmpty { return .alone(field, sure) }
                // Where its own field is empty, a date or a name in another one is the missing value.
                let missing = forms.own.indices.contains {
                    $0 != field && !forms.own[$0].isDisjoint(with: form(row, field)) && records.isMissing(row, $0)
                        && records.isMapped(row, $0)
                }
                if missing, form(row, field) != .hanName { return .alone(field, form(row, field)) }
            }
            return nil
        }

        /// The field in which a code of this one stands, and whose value stands here: 男 as the name, and a name as the sex.
        private func codeElsewhere(_ row: Int, of field: Int) -> Int? {
            let codes = records.schema.fields[field].codes
            if codes.isEmpty { return nil }
            return forms.own.indices.first { other in
                other != field && !forms.own[other].isDisjoint(with: form(row, field))
                    && codes[records.value(row, other)] != nil
            }
        }

        private func shift(_ row: Int) -> Misplacement? {
            let order = orders[records.sourceIndex(of: row)]
            if order.count < Misplacement.leastShifted + 1 { return nil }
            for by in [1, -1] {
                var first: Int?
                var count = 0
                for place in order.indices where order[place] >= 0 {
                    let field = order[place]
                    let neighbour = place - by
                    guard order.indices.contains(neighbour), order[neighbour] >= 0 else { continue }
                    if !form(row, field).isDisjoint(with: forms.own[order[neighbour]]) {
                        first = first ?? field
                        count += 1
                    }
                }
                if let first, count >= Misplacement.leastShifted { return .shifted(field: first, by: by, count: count) }
            }
            return nil
        }
    }
}
