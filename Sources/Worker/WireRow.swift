package import Matching

/// A row as it goes to the workers: its number, and a payload that Spark carries without looking into it.
package enum WireRow {
    /// Appends `row TAB keys TAB payload`: the keys under which it shares a block with another row, then source, place in the order of the draw, pattern with itself, and the compared values.
    package static func append(_ row: Int, of job: ScoringJob, to line: inout [UInt8]) {
        let head = job.head(of: row)
        WireText.append(row, to: &line)
        line.append(WireText.tab)
        WireText.append(job.sharedKeys(of: row), radix: 16, to: &line)
        line.append(WireText.tab)
        WireText.append(head.source, to: &line)
        line.append(WireText.unit)
        WireText.append(head.draw, radix: 16, to: &line)
        line.append(WireText.unit)
        WireText.append(head.exact, radix: 16, to: &line)
        job.forEachValue(of: row) { value in
            line.append(WireText.unit)
            WireText.append(value, to: &line)
        }
    }
}

/// Takes rows off the wire into a batch.
struct RowDecoder {
    private let work: PairWork
    private var pieces: [UnsafeBufferPointer<UInt8>] = []
    private var texts: [UInt8] = []
    private var ends: [Int] = []

    init(_ work: PairWork) { self.work = work }

    /// - Returns: false when the payload is none.
    mutating func take(_ row: UInt32, _ payload: UnsafeBufferPointer<UInt8>, into batch: inout RowBatch) -> Bool {
        pieces.removeAll(keepingCapacity: true)
        payload.split(at: WireText.unit, into: &pieces)
        guard pieces.count == work.used.count + 3, let source = pieces[0].number(UInt16.self),
            let draw = pieces[1].number(UInt64.self, radix: 16), let exact = pieces[2].number(UInt64.self, radix: 16),
            work.isPattern(exact)
        else { return false }
        texts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        for piece in pieces.dropFirst(3) {
            guard WireText.read(piece, to: &texts) else { return false }
            ends.append(texts.count)
        }
        texts.withUnsafeBufferPointer { texts in
            var start = 0
            let values = ends.map { end in
                defer { start = end }
                return UnsafeBufferPointer(rebasing: texts[start..<end])
            }
            batch.append(row: row, source: source, draw: draw, exact: exact, values: values)
        }
        return true
    }
}
