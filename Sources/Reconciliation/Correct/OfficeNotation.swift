package import Records

/// How one office writes its values, learnt from its own export, so that corrections come in its own manner.
package struct OfficeNotation: Sendable {
    private enum Manner: Sendable {
        case date(DateNotation)
        case code(CodeNotation)
        case text(LetterCase)
        case plain
    }

    /// Parallel to the schema's fields.
    private let manners: [Manner]

    /// One per source, in their order.
    package static func learn(_ records: RecordTable) -> [OfficeNotation] {
        let fields = records.schema.fields.indices
        let forms = fields.map { field in
            records.sources.indices.map { writtenForms(records, source: $0, field: field) }
        }
        let all = forms.map { perSource in
            perSource.reduce(into: [String: [String: Int]]()) { sum, forms in
                sum.merge(forms) { $0.merging($1, uniquingKeysWith: +) }
            }
        }
        return records.sources.indices.map { source in
            OfficeNotation(
                manners: fields.map { index in
                    let field = records.schema.fields[index]
                    switch field.kind {
                    case .date: return .date(dateNotation(forms[index][source]))
                    case .code, .ethnicGroup:
                        return .code(
                            CodeNotation(own: forms[index][source], all: all[index], listed: field.codes))
                    case .residentID, .division, .phone, .postcode, .number: return .plain
                    case .personName, .givenName, .surname, .identifier, .address, .street, .houseNumber, .city,
                        .email, .text:
                        return .text(letterCase(records, source: source, field: index))
                    }
                })
        }
    }

    /// A value as this office would write it.
    ///
    /// - Parameters:
    ///   - value: The normalised value.
    ///   - raw: The same as another office wrote it: normalising loses letter case, which a correction must not.
    package func write(_ value: String, asWritten raw: String, field: Int) -> String {
        switch manners[field] {
        case .date(let notation): CalendarDay(value).map(notation.write) ?? value
        case .code(let notation): notation.write(value)
        case .text(let letterCase): letterCase.apply(value.isCased ? raw.trimmed : value)
        case .plain: value
        }
    }

    /// Normalised value → written form → how often; for dates and codes only.
    private static func writtenForms(_ records: RecordTable, source: Int, field: Int) -> [String: [String: Int]] {
        guard [.date, .code, .ethnicGroup].contains(records.schema.fields[field].kind),
            let column = records.sources[source].columns[field]
        else { return [:] }
        let normalised = records.columns[field]
        var counts = [Int](repeating: 0, count: column.values.count)
        var meaning = [UInt32](repeating: 0, count: column.values.count)
        for (record, code) in column.codes.enumerated() {
            counts[Int(code)] += 1
            meaning[Int(code)] = normalised.codes[records.starts[source] + record]
        }
        var forms: [String: [String: Int]] = [:]
        for code in 1..<max(1, counts.count) where meaning[code] != 0 && normalised.isWellFormed[Int(meaning[code])] {
            forms[normalised.values[meaning[code]], default: [:]][column.values[UInt32(code)]] = counts[code]
        }
        return forms
    }

    /// The notation most dates of the column are in; ISO 8601 when it has none.
    private static func dateNotation(_ forms: [String: [String: Int]]) -> DateNotation {
        var shapes: [DateNotation: Int] = [:]
        var padded: [DateNotation: Int] = [:]
        for (value, written) in forms {
            guard let day = CalendarDay(value) else { continue }
            for (raw, count) in written {
                guard let notation = DateNotation(raw, is: day) else { continue }
                let shape = DateNotation(order: notation.order, between: notation.between, isPadded: nil)
                shapes[shape, default: 0] += count
                if let isPadded = notation.isPadded { padded[shape, default: 0] += isPadded ? count : -count }
            }
        }
        func rank(_ shape: DateNotation) -> String { shape.order.rawValue + shape.between.joined(separator: "\u{1F}") }
        guard let best = shapes.min(by: { ($1.value, rank($0.key)) < ($0.value, rank($1.key)) })?.key else {
            return .iso
        }
        return DateNotation(order: best.order, between: best.between, isPadded: padded[best, default: 0] >= 0)
    }

    private static func letterCase(_ records: RecordTable, source: Int, field: Int) -> LetterCase {
        guard let column = records.sources[source].columns[field] else { return .asIs }
        var tally = LetterCase.Tally()
        for code in column.codes where code != 0 {
            column.values.withUTF8(code) { tally.add($0) }
        }
        return tally.most
    }
}
