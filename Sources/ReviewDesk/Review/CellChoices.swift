import Pipeline
import Records
import Reports

/// The person that two records would be, cell by cell, and what somebody wants to have in its cells instead: the value of another
/// record, or one that they type. It becomes part of the answer that the two are the same.
struct CellChoices {
    private let shown: PairCase
    private let form: Shown
    private let records: [DeskRecord]

    private static let (from, typed) = ("from-", "typed-")
    private static let longest = 4_000

    init(_ shown: PairCase, _ form: Shown) {
        (self.shown, self.form) = (shown, form)
        records = shown.groups.a + shown.groups.b
    }

    /// - Parameter sent: the answer that was not taken, to be filled in again.
    func views(_ sent: Fields, _ language: Language) -> [[String: Any]] {
        shown.preview.filter { !$0.value.isEmpty }.map { cell in
            let options = options(cell)
            let (from, typed) = (sent[Self.from + cell.field] ?? "", sent[Self.typed + cell.field] ?? "")
            return [
                "field": cell.field,
                "value": form.knows(cell.value, cell.field, from: records)
                    ? form.value(cell.value, cell.kind) : Shown.cover,
                "origin": cell.origin.map { Self.name($0) } ?? "", "rule": cell.rule(language),
                "from": Self.from + cell.field, "typed": Self.typed + cell.field, "text": typed,
                "isTouched": !from.isEmpty || !typed.isEmpty, "hasOptions": !options.isEmpty,
                "options": options.map { record, value in
                    [
                        "record": String(record.record), "isChosen": from == String(record.record),
                        "text": form.value(value, cell.kind) + " · " + form.visible(Self.name(record.key)),
                    ] as [String: Any]
                },
            ]
        }
    }

    /// What was chosen; nothing for a form without choices.
    ///
    /// - Throws: 400 for a value that was not on offer.
    func chosen(_ sent: Fields) throws -> [ChosenCell] {
        try shown.preview.compactMap { cell in
            if let text = sent[Self.typed + cell.field], !text.allSatisfy(\.isWhitespace) {
                guard text.utf8.count <= Self.longest else { throw Refusal.badRequest }
                return ChosenCell(field: cell.field, value: .typed(text))
            }
            guard let chosen = sent[Self.from + cell.field], !chosen.isEmpty else { return nil }
            guard let record = options(cell).first(where: { String($0.record.record) == chosen })?.record.record else {
                throw Refusal.badRequest
            }
            return ChosenCell(field: cell.field, value: .record(record))
        }
    }

    static func isTouched(_ sent: Fields) -> Bool {
        sent.pairs.contains { name, value in
            (name.hasPrefix(from) || name.hasPrefix(typed)) && !value.isEmpty
        }
    }

    /// Other well-formed values that records have which the visitor may see, each once.
    private func options(_ cell: PairCase.PreviewCell) -> [(record: DeskRecord, value: String)] {
        var known: Set<String> = [cell.value]
        return records.compactMap { record in
            guard !form.covers(record),
                let own = record.cells.first(where: { $0.field == cell.field }), !own.value.isEmpty, own.isWellFormed,
                own.value != cell.value, known.insert(own.raw).inserted
            else { return nil }
            return (record, own.raw)
        }
    }

    private static func name(_ key: RecordKey) -> String { "\(key.source) \(maskedRecordID(key.recordID))" }
}
