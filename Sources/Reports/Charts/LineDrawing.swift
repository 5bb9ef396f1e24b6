/// Points joined by lines. Across, positions are percentages, so that lettering and dots keep their size on every screen; down,
/// they are pixels.
struct LineDrawing {
    /// How far from the left, 0 to 1, and from the bottom, 0 to 1; `nil`: there is none, and the line is broken.
    let points: [(x: Double, y: Double)?]
    /// A class of the style sheet.
    let style: Markup
    /// The mark at each point: a shape of its own for each line of a chart.
    var mark = Mark.dot

    enum Mark {
        case dot
        case square
        case none
    }

    /// - Parameters:
    ///   - top: of the highest point, in pixels.
    ///   - base: of the lowest.
    func markup(top: Double, base: Double) -> Markup {
        func place(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
            (point.x * 100, base - point.y * (base - top))
        }
        var drawing = Markup()
        for (from, to) in zip(points, points.dropFirst()) {
            guard let from = from.map(place), let to = to.map(place) else { continue }
            drawing +=
                "<line class=\"\(style)\" x1=\"\(number: from.x)%\" y1=\"\(number: from.y)\" x2=\"\(number: to.x)%\" y2=\"\(number: to.y)\"/>"
        }
        for point in points.compactMap({ $0.map(place) }) {
            switch mark {
            case .dot:
                drawing +=
                    "<circle class=\"\(style)\" cx=\"\(number: point.x)%\" cy=\"\(number: point.y)\" r=\"2.5\"/>"
            case .square:
                drawing +=
                    "<svg x=\"\(number: point.x)%\" y=\"\(number: point.y)\" overflow=\"visible\"><rect class=\"\(style)\" x=\"-2.5\" y=\"-2.5\" width=\"5\" height=\"5\"/></svg>"
            case .none: break
            }
        }
        return drawing
    }
}
