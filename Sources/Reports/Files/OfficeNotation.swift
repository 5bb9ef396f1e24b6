import Records

/// How one office writes the values of a field, learnt from its own cells, so that a correction can be typed as it stands:
/// `男` where the registry says `M`, `1985/3/7` where it says `1985-03-07`.
struct OfficeNotation {
    private enum Manner {
        case asIs
        /// Normalised value → the form the office writes most often.
        case forms([String: String])
        case date(DateForm)
    }

    private let manners: [Manner]

    init(of sourceIndex: Int, in records: RecordTable) {
        let source = records.sources[sourceIndex]
        manners = records.schema.fields.indices.map { field in
            guard let column = source.columns[field] else { return .asIs }
            switch records.schema.fields[field].kind {
            case .code, .ethnicGroup:
                return .forms(Self.commonForms(column, records.columns[field], from: records.starts[sourceIndex]))
            case .date:
                return DateForm.commonest(in: column).map(Manner.date) ?? .asIs
            default:
                return .asIs
            }
        }
    }

    /// The value itself where the office's manner is not known, or the value is not in normalised form.
    func write(_ value: String, field: Int) -> String {
        switch manners[field] {
        case .asIs: value
        case .forms(let forms): forms[value] ?? value
        case .date(let form): form.write(value) ?? value
        }
    }

    private static func commonForms(
        _ raw: SourceTable.Column, _ normalised: RecordTable.Column, from start: Int
    ) -> [String: String] {
        var counts: [UInt64: Int] = [:]
        for (record, form) in raw.codes.enumerated() {
            let code = normalised.codes[start + record]
            if code != 0, normalised.isWellFormed[Int(code)] {
                counts[UInt64(code) << 32 | UInt64(form), default: 0] += 1
            }
        }
        var best: [UInt32: (count: Int, form: UInt32)] = [:]
        for (key, count) in counts {
            let (code, form) = (UInt32(key >> 32), UInt32(truncatingIfNeeded: key))
            // Ties go to the form seen first, which has the smaller code.
            if let known = best[code], (known.count, form) >= (count, known.form) { continue }
            best[code] = (count, form)
        }
        return Dictionary(uniqueKeysWithValues: best.map { (normalised.values[$0], raw.values[$1.form]) })
    }
}

/// A way of writing year, month and day in this order.
enum DateForm: Int, CaseIterable {
    case hyphens
    case slashes
    case dots
    case compact
    case chinese
    case shortSlashes
    case shortDots
    case shortChinese

    /// The form most of the column's cells have; `nil` when none has any, such as a column of `07/03/1985`.
    static func commonest(in column: SourceTable.Column) -> DateForm? {
        let formsOfCode = (0..<column.values.count).map { Self.forms(of: column.values[UInt32($0)]) }
        var counts = [Int](repeating: 0, count: allCases.count)
        var others = 0
        for code in column.codes where code != 0 {
            let forms = formsOfCode[Int(code)]
            for form in forms { counts[form.rawValue] += 1 }
            if forms.isEmpty { others += 1 }
        }
        guard let most = counts.max(), most > 0, most >= others else { return nil }
        return counts.firstIndex(of: most).flatMap(DateForm.init)
    }

    /// `1985/12/11` is of two forms and counts for both: cells such as `1985/3/7` decide between them.
    private static func forms(of text: String) -> [DateForm] {
        allCases.filter { form in
            guard let parts = form.parts(of: text), let year = Int(parts.0), let month = Int(parts.1),
                let day = Int(parts.2)
            else { return false }
            return form.write(year, month, day) == text
        }
    }

    private func parts(of text: String) -> (Substring, Substring, Substring)? {
        if self == .compact {
            guard text.utf8.count == 8, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return (text.prefix(4), text.dropFirst(4).prefix(2), text.suffix(2))
        }
        let parts = text.split(omittingEmptySubsequences: true) {
            $0 == "-" || $0 == "/" || $0 == "." || "年月日".contains($0)
        }
        return parts.count == 3 && parts[0].utf8.count == 4 ? (parts[0], parts[1], parts[2]) : nil
    }

    /// `nil` for anything but `YYYY-MM-DD`.
    func write(_ normalised: String) -> String? {
        let parts = normalised.split(separator: "-")
        guard normalised.utf8.count == 10, parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2])
        else { return nil }
        return write(year, month, day)
    }

    private func write(_ year: Int, _ month: Int, _ day: Int) -> String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return switch self {
        case .hyphens: "\(year)-\(padded(month))-\(padded(day))"
        case .slashes: "\(year)/\(padded(month))/\(padded(day))"
        case .dots: "\(year).\(padded(month)).\(padded(day))"
        case .compact: "\(year)\(padded(month))\(padded(day))"
        case .chinese: "\(year)年\(padded(month))月\(padded(day))日"
        case .shortSlashes: "\(year)/\(month)/\(day)"
        case .shortDots: "\(year).\(month).\(day)"
        case .shortChinese: "\(year)年\(month)月\(day)日"
        }
    }
}
