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
        let manners = records.schema.fields.indices.map { learn(records, field: $0) }
        return records.sources.indices.map { source in OfficeNotation(manners: manners.map { $0[source] }) }
    }

    /// The manner of each source in one field.
    private static func learn(_ records: RecordTable, field index: Int) -> [Manner] {
        let field = records.schema.fields[index]
        let sources = records.sources.indices
        switch field.kind {
        case .date:
            return sources.map { .date(dateNotation(writtenForms(records, source: $0, field: index, atMost: 4096))) }
        case .code, .ethnicGroup:
            let forms = sources.map { source in
                writtenForms(records, source: source, field: index, atMost: .max).reduce(into: CodeNotation.Forms()) {
                    $0[$1.value, default: [:]][$1.raw, default: 0] += $1.count
                }
            }
            let all = forms.reduce(into: CodeNotation.Forms()) { sum, own in
                sum.merge(own) { $0.merging($1, uniquingKeysWith: +) }
            }
            return forms.map { .code(CodeNotation(own: $0, all: all, listed: field.codes)) }
        case .residentID, .division, .phone, .postcode, .number:
            return sources.map { _ in .plain }
        case .personName, .givenName, .surname, .identifier, .address, .street, .houseNumber, .city, .email, .text:
            return sources.map { .text(letterCase(records, source: $0, field: index)) }
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

    private struct WrittenForm {
        let value: String
        let raw: String
        let count: Int
    }

    /// The well-formed cells of a column: normalised value, how it is written, how often. Of more than `limit` distinct
    /// ones every second, third, … is taken.
    private static func writtenForms(
        _ records: RecordTable, source: Int, field: Int, atMost limit: Int
    ) -> [WrittenForm] {
        guard let column = records.sources[source].columns[field] else { return [] }
        let normalised = records.columns[field]
        var counts = [Int](repeating: 0, count: column.values.count)
        var meaning = [UInt32](repeating: 0, count: column.values.count)
        for (record, code) in column.codes.enumerated() {
            counts[Int(code)] += 1
            meaning[Int(code)] = normalised.codes[records.starts[source] + record]
        }
        return stride(from: 1, to: counts.count, by: counts.count / max(1, limit) + 1).compactMap { code in
            guard meaning[code] != 0, normalised.isWellFormed[Int(meaning[code])] else { return nil }
            return WrittenForm(
                value: normalised.values[meaning[code]], raw: column.values[UInt32(code)], count: counts[code])
        }
    }

    /// The notation most dates of the column are in; ISO 8601 when it has none.
    private static func dateNotation(_ forms: [WrittenForm]) -> DateNotation {
        var shapes: [DateNotation: Int] = [:]
        var padded: [DateNotation: Int] = [:]
        for form in forms {
            guard let day = CalendarDay(form.value), let notation = DateNotation(form.raw, is: day) else { continue }
            let shape = DateNotation(order: notation.order, between: notation.between, isPadded: nil)
            shapes[shape, default: 0] += form.count
            if let isPadded = notation.isPadded { padded[shape, default: 0] += isPadded ? form.count : -form.count }
        }
        func rank(_ shape: DateNotation) -> String { shape.order.rawValue + shape.between.joined(separator: "\u{1F}") }
        let best = shapes.min { ($1.value, rank($0.key)) < ($0.value, rank($1.key)) }?.key
        guard let best else { return .iso }
        return DateNotation(order: best.order, between: best.between, isPadded: padded[best, default: 0] >= 0)
    }

    private static func letterCase(_ records: RecordTable, source: Int, field: Int) -> LetterCase {
        guard let column = records.sources[source].columns[field] else { return .asIs }
        var counts = [Int](repeating: 0, count: column.values.count)
        for code in column.codes { counts[Int(code)] += 1 }
        var tally = LetterCase.Tally()
        column.values.withView { values in
            for code in counts.indices.dropFirst() { tally.add(values[UInt32(code)], times: counts[code]) }
        }
        return tally.most
    }
}
