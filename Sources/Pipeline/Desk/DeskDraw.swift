import Records
import Reports
import Workspace

/// Draws the audit sample of pairs that were merged by score while the list of pairs is read: by the same order as under the
/// review line, so it is the same for everybody.
struct DeskDraw {
    static let overLine = "over"

    private let mergeLine: Double?
    private var drawn: [(draw: UInt64, pair: Int)] = []
    private var total = 0
    /// Decided pairs by their records, the smaller first.
    private(set) var decided: [[Int64]: Int] = [:]

    init(_ desk: DeskRun) { mergeLine = desk.mergeLine }

    /// Pairs that somebody decided before the run are among those the machine would have merged: they have been answered.
    mutating func take(
        _ row: TableRow, _ number: Int, _ a: Int64, _ b: Int64, _ outcome: ScoredPair.Outcome, _ probability: Double
    ) {
        let isDecided = outcome == .decidedSame || outcome == .decidedDifferent
        if isDecided { decided[[min(a, b), max(a, b)]] = number }
        let isOver = mergeLine.map { probability >= $0 } ?? false
        guard outcome == .merged || isDecided && isOver else { return }
        total += 1
        let draw = DrawOrder.pair(
            DrawOrder.record(RecordKey(source: row[0], recordID: row[1])),
            DrawOrder.record(RecordKey(source: row[2], recordID: row[3])))
        drawn.append((draw, number))
        if drawn.count >= 2 * LetGoSample.most + 1_000 { cut() }
    }

    private mutating func cut() {
        drawn.sort { ($0.draw, $0.pair) < ($1.draw, $1.pair) }
        drawn.removeLast(max(0, drawn.count - LetGoSample.most))
    }

    var over: [DeskDrawn] {
        var sorted = self
        sorted.cut()
        return sorted.drawn.enumerated().map { place, entry in
            DeskDrawn(stratum: Self.overLine, place: place, pair: entry.pair, pairs: total)
        }
    }
}
