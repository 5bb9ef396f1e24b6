import Pipeline
import Records
import Reports

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
