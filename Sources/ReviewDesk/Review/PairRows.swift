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
                "level": level.isEmpty ? "" : LevelWords.title(level, request.language),
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

/// From the prior to the total, field by field, as a drawing.
struct Waterfall {
    private let explanation: PairExplanation
    private let request: DeskRequest
    private static let (width, height, gap, labels) = (560.0, 18.0, 6.0, 150.0)

    init(_ explanation: PairExplanation, _ request: DeskRequest) {
        self.explanation = explanation
        self.request = request
    }

    /// For the template: bars with their places, and the same in words.
    var view: [String: Any] {
        var steps: [(name: String, from: Double, to: Double, isSum: Bool)] = [
            (request.words("prior"), 0, explanation.prior, true)
        ]
        var sum = explanation.prior
        for field in explanation.fields where field.level != "missing" {
            steps.append((field.field, sum, sum + field.weight, false))
            sum += field.weight
        }
        if let calibrated = explanation.calibrated {
            steps.append((request.words("calibration"), sum, sum + calibrated.weight, false))
        }
        steps.append((request.words("total"), 0, explanation.total, true))
        let bounds: [Double] = steps.map(\.from) + steps.map(\.to) + [0]
        let (low, high) = ((bounds.min() ?? 0) - 0.5, (bounds.max() ?? 0) + 0.5)
        let scale = (Self.width - Self.labels - 60) / max(high - low, 1)
        func x(_ value: Double) -> Double { Self.labels + (value - low) * scale }
        let bars = steps.enumerated().map { place, step -> [String: Any] in
            let (from, to) = (min(step.from, step.to), max(step.from, step.to))
            let y = Double(place) * (Self.height + Self.gap)
            let kind = step.isSum ? "sum" : step.to >= step.from ? "for" : "against"
            return [
                "name": step.name, "x": decimal(x(from), 1), "y": decimal(y, 1),
                "width": decimal(max((to - from) * scale, 1), 1),
                "height": decimal(Self.height, 0), "kind": kind,
                "middle": decimal(y + Self.height * 0.72, 1),
                "end": decimal(x(to) + 5, 1),
                "value": Weight.text(step.isSum ? step.to : step.to - step.from),
                "nameX": decimal(Self.labels - 8, 0),
            ]
        }
        let total = Double(steps.count) * (Self.height + Self.gap)
        return [
            "bars": bars, "width": decimal(Self.width, 0), "height": decimal(total, 0),
            "zero": decimal(x(0), 1),
        ]
    }
}

/// What was said of a pair, in a line.
enum Words {
    static func view(_ said: PairCase.Said, _ request: DeskRequest) -> [String: Any] {
        [
            "event": String(said.event), "by": said.decision.by,
            "at": String(said.decision.at.prefix(16)).replacing("T", with: " "), "reason": said.decision.reason,
            "answer": request.words("answer-\(said.decision.verdict.rawValue)"),
            "kind": said.decision.verdict.rawValue, "holds": said.holds, "isWaiting": said.isWaiting,
        ]
    }
}
