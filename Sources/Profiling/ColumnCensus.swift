import Records

/// The counts of a column that everything else is worked out from: one walk over its cells, one over its distinct values.
struct ColumnCensus {
    /// A form and the values that have it.
    struct Form {
        let signs: ArraySlice<UInt8>
        let shape: Shape
        var cells = 0
        var values = 0
        /// The first value of the form.
        let first: UInt32
    }

    let column: SourceTable.Column
    let meaning: ColumnMeaning
    /// Records in which a value stands; one a code.
    let counts: [UInt32]
    let forms: [Form]
    /// Form of each value; index 0 is unused.
    let formOf: [UInt32]
    let filled: Int
    let singles: Int
    let lengths: ColumnProfile.Lengths?
    /// Values that stand for "not known", by code.
    let placeholders: [UInt32]

    var distinct: Int { column.values.count - 1 }
    var kind: FieldKind { meaning.kind }

    init(
        _ column: SourceTable.Column, meaning: ColumnMeaning,
        isPlaceholder: (UnsafeBufferPointer<UInt8>, FieldKind) -> Bool
    ) {
        var counts = [UInt32](repeating: 0, count: column.values.count)
        counts.withUnsafeMutableBufferPointer { counts in
            for code in column.codes { counts[Int(code)] &+= 1 }
        }
        var forms: [Form] = []
        var formOf = [UInt32](repeating: 0, count: column.values.count)
        var known = TextInterner()
        var reader = FormReader()
        var lengths = [Int](repeating: 0, count: Self.lengthLimit + 1)
        var placeholders: [UInt32] = []
        var singles = 0
        column.values.withView { values in
            for index in 1..<max(1, values.count) {
                let code = UInt32(index)
                let text = values[code]
                let cells = Int(counts[index])
                reader.read(text)
                lengths[min(reader.length, Self.lengthLimit)] += cells
                if cells == 1 { singles += 1 }
                let form = reader.signs.withUnsafeBufferPointer { known.intern($0) } - 1
                if form == UInt32(forms.count) {
                    let signs = reader.signs[...]
                    forms.append(Form(signs: signs, shape: Shape(signs), first: code))
                }
                formOf[index] = form
                forms[Int(form)].cells += cells
                forms[Int(form)].values += 1
                if isPlaceholder(text, meaning.kind) { placeholders.append(code) }
            }
        }
        self.column = column
        self.meaning = meaning
        filled = column.codes.count - Int(counts[0])
        self.counts = counts
        self.forms = forms
        self.formOf = formOf
        self.singles = singles
        self.placeholders = placeholders
        self.lengths = Self.lengths(lengths, filled)
    }

    /// Longer values count as so long.
    private static let lengthLimit = 4096

    private static func lengths(_ counts: [Int], _ filled: Int) -> ColumnProfile.Lengths? {
        guard let least = counts.firstIndex(where: { $0 > 0 }), let most = counts.lastIndex(where: { $0 > 0 }) else {
            return nil
        }
        var seen = 0
        let median = counts.firstIndex { count in
            seen += count
            return seen * 2 >= filled
        }
        return ColumnProfile.Lengths(least: least, median: median ?? least, most: most)
    }

    func cells(_ code: UInt32) -> Int { Int(counts[Int(code)]) }

    /// Values of a form, in the order of the file.
    func values(of forms: Set<UInt32>) -> [UInt32] {
        forms.isEmpty ? [] : (1..<UInt32(counts.count)).filter { forms.contains(formOf[Int($0)]) }
    }

    /// The `count` most frequent, those first in the file first among equals; none where every value stands once.
    func topValues(_ count: Int) -> [ColumnProfile.Value] {
        guard singles < distinct, count > 0 else { return [] }
        var best: [(cells: UInt32, code: UInt32)] = []
        for code in counts.indices.dropFirst() {
            let cells = counts[code]
            if best.count == count, cells <= best[count - 1].cells { continue }
            let place = best.firstIndex { $0.cells < cells } ?? best.count
            best.insert((cells, UInt32(code)), at: place)
            if best.count > count { best.removeLast() }
        }
        return best.map { ColumnProfile.Value(text: column.values[$0.code], cells: Int($0.cells)) }
    }

    /// The `count` most frequent forms. Where the exact ones are many and say little, runs are drawn together.
    func topForms(_ count: Int) -> (patterns: [ColumnProfile.Pattern], total: Int, areGeneral: Bool) {
        let exact = forms.sorted { ($0.cells, $1.first) > ($1.cells, $0.first) }
        let top = exact.prefix(count)
        if exact.count <= count * 2 || top.reduce(0, { $0 + $1.cells }) * 10 >= filled * 9 {
            return (top.map { .init(form: Self.shown($0.signs), cells: $0.cells) }, exact.count, false)
        }
        var general: [[UInt8]: Int] = [:]
        for form in exact { general[Self.drawnTogether(form.signs), default: 0] += form.cells }
        let ranked = general.sorted { left, right in
            left.value != right.value ? left.value > right.value : left.key.lexicographicallyPrecedes(right.key)
        }
        return (
            ranked.prefix(count).map { .init(form: Self.shown($0.key[...]), cells: $0.value) }, ranked.count, true
        )
    }

    /// `Aaaaa` as `Aa+`. A plus that stands for itself is not told apart; it is rare in what is drawn together.
    private static func drawnTogether(_ signs: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var last: UInt8?
        for sign in signs {
            if sign != last {
                result.append(sign)
            } else if result.last != UInt8(ascii: "+") {
                result.append(UInt8(ascii: "+"))
            }
            last = sign
        }
        return result
    }

    static func shown(_ signs: ArraySlice<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: signs.map(Sign.shown))
        return String(text)
    }

    func shownForm(of code: UInt32) -> String { Self.shown(forms[Int(formOf[Int(code)])].signs) }
}
