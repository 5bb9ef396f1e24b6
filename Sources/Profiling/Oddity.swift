package import Records

/// Something to look at in a column of which nothing is known yet.
package struct Oddity: Sendable {
    /// Stable, shown in JSON.
    package let id: String
    package let title: Text
    let find: @Sendable (ColumnCensus) -> Found?

    /// What was found: how many cells (0: the column as a whole), and values to show, the first of them.
    struct Found {
        let cells: Int
        var examples: [UInt32] = []
    }

    init(_ id: String, _ title: Text, find: @escaping @Sendable (ColumnCensus) -> Found?) {
        self.id = id
        self.title = title
        self.find = find
    }

    /// Forms with a certain sign or look: decided once for each form, however many values have it.
    init(_ id: String, _ title: Text, form: @escaping @Sendable (ArraySlice<UInt8>, FieldKind) -> Bool) {
        self.init(id, title) { census in .ofForms(census) { form($0.signs, census.kind) } }
    }

    /// In the order in which they are shown.
    package static let all: [Oddity] = [
        emptyColumn, oneValue, damagedNumber, longNumber, lostCharacters, invisibleCharacters, controlCharacters,
        lineBreaks, privateUse, placeholders, otherType, dateNotations, spreadsheetDays, shorterNumber, blanksAtEnds,
        doubledBlanks, otherBlanks, fullWidth, similarValues, rareCodes, fewRepeats,
    ]
}

extension Oddity.Found {
    /// All values of the forms that fit; `nil` when there are none.
    static func ofForms(_ census: ColumnCensus, _ fits: (ColumnCensus.Form) -> Bool) -> Oddity.Found? {
        let found = census.forms.filter(fits)
        if found.isEmpty { return nil }
        let examples = found.map(\.first).sorted().prefix(3)
        return Oddity.Found(cells: found.reduce(0) { $0 + $1.cells }, examples: Array(examples))
    }

    /// These values; `nil` when there are none.
    static func ofValues(_ census: ColumnCensus, _ codes: [UInt32]) -> Oddity.Found? {
        codes.isEmpty
            ? nil : Oddity.Found(cells: codes.reduce(0) { $0 + census.cells($1) }, examples: Array(codes.prefix(3)))
    }
}
