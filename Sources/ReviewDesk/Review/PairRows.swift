import Pipeline
import Records
import Reports

/// The fields of two records side by side, with how they compare and what that is worth.
enum PairRows {
    /// - Parameter isBlind: without what a field weighs.
    static func views(
        _ shown: PairCase, _ request: DeskRequest, _ form: Shown, isBlind: Bool = false
    ) -> [[String: Any]] {
        let weights = Dictionary(shown.explanation.fields.map { ($0.field, $0) }) { first, _ in first }
        let covers = (a: form.covers(shown.a), b: form.covers(shown.b))
        return zip(shown.a.cells, shown.b.cells).compactMap { a, b -> [String: Any]? in
            if a.raw.isEmpty, b.raw.isEmpty { return nil }
            let isEqual = a.raw == b.raw
            // Which characters differ would tell what a covered cell says.
            let (left, right) =
                covers.a || covers.b
                ? (form.whole(a, isCovered: covers.a && !isEqual), form.whole(b, isCovered: covers.b && !isEqual))
                : form.compared(a.raw, b.raw, a.kind)
            let level = weights[a.field]?.level ?? ""
            let weight = isBlind ? nil : weights[a.field]
            return [
                "field": a.field, "a": cell(left, a, isEqual, form), "b": cell(right, b, isEqual, form),
                "isEqual": isEqual, "isSame": !isEqual && !a.value.isEmpty && a.value == b.value,
                "isDifferent": !isEqual && a.value != b.value && !a.value.isEmpty && !b.value.isEmpty,
                "isOneSided": a.raw.isEmpty != b.raw.isEmpty,
                "level": level.isEmpty ? "" : LevelWords.words(level, request.language),
                "isCompared": !level.isEmpty,
                "weight": weight.map { $0.level == "missing" ? "" : Weight.text($0.weight) } ?? "",
                "hidesWeight": isBlind, "isFor": (weight?.weight ?? 0) > 0.05,
                "isAgainst": (weight?.weight ?? 0) < -0.05,
                "frequency": frequency(weight, request),
            ]
        }
    }

    private static func cell(
        _ pieces: [Shown.Piece], _ cell: DeskRecord.Cell, _ isEqual: Bool, _ form: Shown
    ) -> [String: Any] {
        [
            "pieces": isEqual
                ? [Shown.Piece(text: form.value(cell.raw, cell.kind), differs: false).view] : pieces.map(\.view),
            "isEmpty": cell.raw.isEmpty,
            "isIllFormed": !cell.raw.isEmpty && !cell.isWellFormed && pieces.map(\.text) != [Shown.cover],
        ]
    }

    /// How common the agreed value is, in words.
    private static func frequency(_ weight: PairExplanation.FieldWeight?, _ request: DeskRequest) -> String {
        switch weight?.level {
        case "exact, rare": request.words("value-rare")
        case "exact, common": request.words("value-common")
        default: ""
        }
    }
}
