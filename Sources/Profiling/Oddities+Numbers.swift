import Records

/// Numbers and dates that a spreadsheet or a careless export has changed.
extension Oddity {
    /// `1.10101E+17`: the digits are gone.
    static let damagedNumber = Oddity(
        "spreadsheet-number", Text(en: "long numbers that a spreadsheet has cut to 1.1E+17", zh: "被电子表格改成 1.1E+17 的长号码")
    ) { signs, _ in
        let parts = signs.filter { $0 != Sign.blank }.split(separator: UInt8(ascii: "+"))
        guard parts.count == 2, parts[0].last == Sign.upper || parts[0].last == Sign.lower else { return false }
        return Shape(parts[0].dropLast()) == .number && (1...3).contains(parts[1].count)
            && parts[1].allSatisfy { $0 == Sign.digit }
    }

    /// A spreadsheet keeps 15 digits and writes zeros for the rest.
    static let longNumber = Oddity(
        "zeros-after-15-digits",
        Text(en: "long numbers that end in zeros, as a spreadsheet leaves them", zh: "末尾为零的长号码（电子表格只保留 15 位）")
    ) { census in
        let long = census.forms.indices.filter { index in
            let signs = census.forms[index].signs
            return signs.count >= 17 && signs.count <= 20 && signs.allSatisfy { $0 == Sign.digit }
        }
        let damaged = census.values(of: Set(long.map(UInt32.init))).filter { code in
            census.column.values.withUTF8(code) { text in text.dropFirst(15).allSatisfy { $0 == 0x30 } }
        }
        return .ofValues(census, damaged)
    }

    /// Nearly all numbers have one length, and some are one or two digits shorter: leading zeros were dropped.
    static let shorterNumber = Oddity(
        "lost-leading-zeros", Text(en: "numbers shorter than the rest: leading zeros may be lost", zh: "位数偏少：可能丢失了开头的零")
    ) { census in
        let numbers = census.forms.filter { form in form.signs.allSatisfy { $0 == Sign.digit } }
        guard let usual = numbers.max(by: { $0.cells < $1.cells }), usual.signs.count >= 4,
            usual.cells * 10 >= census.filled * 8, ![.number, .date].contains(census.kind)
        else { return nil }
        return .ofForms(census) { form in
            (usual.signs.count - 2..<usual.signs.count).contains(form.signs.count)
                && form.signs.allSatisfy { $0 == Sign.digit }
        }
    }

    /// Days counted from 1900, as a spreadsheet keeps them.
    static let spreadsheetDays = Oddity(
        "spreadsheet-days", Text(en: "five-digit numbers among dates: days of a spreadsheet", zh: "日期列中的五位数：电子表格的日期序号")
    ) { census in
        guard isOfDates(census) else { return nil }
        return .ofForms(census) { $0.signs.count == 5 && $0.signs.allSatisfy { $0 == Sign.digit } }
    }

    static let dateNotations = Oddity(
        "date-notations", Text(en: "dates are written in more than one way", zh: "日期写法不一致")
    ) { census in
        guard isOfDates(census) else { return nil }
        var cells: [DateForm: (cells: Int, first: UInt32)] = [:]
        var packed: (cells: Int, first: UInt32)?
        for form in census.forms {
            if let date = DateForm(Array(form.signs)) {
                let known = cells[date] ?? (0, form.first)
                cells[date] = (known.cells + form.cells, min(known.first, form.first))
            } else if form.signs.count == 8, form.signs.allSatisfy({ $0 == Sign.digit }) {
                packed = (form.cells, form.first)
            }
        }
        let ways = (cells.values + (packed.map { [$0] } ?? [])).sorted { ($0.cells, $1.first) > ($1.cells, $0.first) }
        guard ways.count > 1 else { return nil }
        return Found(cells: ways.dropFirst().reduce(0) { $0 + $1.cells }, examples: ways.prefix(3).map(\.first))
    }

    /// The column holds dates: it is taken for one, or most of its forms are.
    static func isOfDates(_ census: ColumnCensus) -> Bool {
        if census.kind == .date { return true }
        let dates = census.forms.reduce(0) { $0 + ($1.shape == .date ? $1.cells : 0) }
        return dates * 2 > census.filled
    }
}
