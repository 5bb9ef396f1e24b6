package import Records

/// Persons by area, with small counts withheld.
package struct AreaTable: Sendable, Hashable {
    /// Name of the field areas are taken from.
    package let field: String
    /// Counts from 1 to this less one are withheld; 0 withholds nothing.
    package let suppressBelow: Int
    /// Digits of the division code that make an area: 6 county, 4 prefecture, 2 province; 0 where areas are no codes.
    package let digits: Int
    /// By code.
    package let rows: [Row]
    /// Persons without a usable value, as a row of the table like any other.
    package let unknown: Row?
    package let total: Row

    package struct Row: Sendable, Hashable {
        /// Empty for the total and for persons without a value.
        package let code: String
        package let name: String
        /// `nil`: withheld.
        package let persons: Int?
        /// Persons of grade C or D; `nil`: withheld.
        package let withErrors: Int?

        package init(code: String, name: String, persons: Int?, withErrors: Int?) {
            self.code = code
            self.name = name
            self.persons = persons
            self.withErrors = withErrors
        }
    }

    /// A row before anything is withheld.
    package struct Count: Sendable, Hashable {
        package let code: String
        package let name: String
        package let persons: Int
        package let withErrors: Int

        package init(code: String, name: String, persons: Int, withErrors: Int) {
            self.code = code
            self.name = name
            self.persons = persons
            self.withErrors = withErrors
        }
    }

    package init(field: String, digits: Int, counts: [Count], unknown: Count?, suppressBelow: Int) {
        self.field = field
        self.digits = digits
        self.suppressBelow = suppressBelow
        let all = counts.sorted { $0.code < $1.code } + (unknown.map { [$0] } ?? [])
        let persons = Suppression.apply(all.map(\.persons), below: suppressBelow)
        // The rest, persons without errors, could be worked out from the two shown columns, so it is held to the same.
        let rest = Suppression.apply(
            all.map { $0.persons - $0.withErrors }, below: suppressBelow, alsoHide: persons.hidden)
        let errors = Suppression.apply(all.map(\.withErrors), below: suppressBelow, alsoHide: rest.hidden)
        let shown = all.enumerated().map { index, count in
            Row(
                code: count.code, name: count.name, persons: persons.hidden[index] ? nil : count.persons,
                withErrors: errors.hidden[index] ? nil : count.withErrors)
        }
        rows = unknown == nil ? shown : Array(shown.dropLast())
        self.unknown = unknown == nil ? nil : shown.last
        total = Row(
            code: "", name: "", persons: persons.hidesTotal ? nil : all.reduce(0) { $0 + $1.persons },
            withErrors: errors.hidesTotal || rest.hidesTotal || persons.hidesTotal
                ? nil : all.reduce(0) { $0 + $1.withErrors })
    }

    var withheld: Int {
        (rows + (unknown.map { [$0] } ?? []) + [total]).reduce(0) {
            $0 + ($1.persons == nil ? 1 : 0) + ($1.withErrors == nil ? 1 : 0)
        }
    }
}

extension RunFacts {
    /// Areas of the persons of the master: counties while there are at most 60 of them, else prefectures, else
    /// provinces.
    ///
    /// - Parameter name: an area's code → its name; `nil`: the code alone is shown.
    package mutating func takeAreas(
        of master: Master, _ records: RecordTable, field: Int, suppressBelow: Int, name: (String) -> String?
    ) {
        let column = records.columns[field]
        var counts = [(persons: Int, errors: Int)](repeating: (0, 0), count: column.values.count)
        for person in 0..<master.count {
            let row = master.columns[field].rows[person]
            let code = row == Master.noRow ? 0 : Int(column.codes[Int(row)])
            let known = code != 0 && column.isWellFormed[code] ? code : 0
            counts[known].persons += 1
            if master.grades[person] == .c || master.grades[person] == .d { counts[known].errors += 1 }
        }
        let isDivision = records.schema.fields[field].kind == .division
        for digits in isDivision ? [6, 4, 2] : [0] {
            var byArea: [String: (persons: Int, errors: Int)] = [:]
            for code in counts.indices.dropFirst() where counts[code].persons > 0 {
                let value = column.values[UInt32(code)]
                let area =
                    digits == 0 || digits == 6
                    ? value : value.prefix(digits) + String(repeating: "0", count: 6 - digits)
                byArea[area, default: (0, 0)].persons += counts[code].persons
                byArea[area, default: (0, 0)].errors += counts[code].errors
            }
            if byArea.count > 60, digits == 6 || digits == 4 { continue }
            let rows = byArea.map {
                AreaTable.Count(code: $0, name: name($0) ?? "", persons: $1.persons, withErrors: $1.errors)
            }
            let none = AreaTable.Count(code: "", name: "", persons: counts[0].persons, withErrors: counts[0].errors)
            areas = AreaTable(
                field: records.schema.fields[field].name, digits: digits, counts: rows,
                unknown: none.persons > 0 ? none : nil, suppressBelow: suppressBelow)
            return
        }
    }
}
