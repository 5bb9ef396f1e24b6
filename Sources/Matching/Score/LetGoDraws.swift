import Records

/// The place of every pair of rows in the order of the draw.
struct PairDraws: Sendable {
    /// By row.
    private let records: [UInt64]

    init(_ records: RecordTable) {
        self.records = records.withView { view in
            (0..<records.count).map { DrawOrder.record(source: view.source($0), id: view.recordID($0)) }
        }
    }

    init(_ records: [UInt64]) { self.records = records }

    subscript(row: UInt32) -> UInt64 { records[Int(row)] }

    @inline(__always)
    func draw(_ pair: RowPair) -> UInt64 { DrawOrder.pair(records[Int(pair.a)], records[Int(pair.b)]) }
}

/// From where on pairs cannot be among the first of their stratum any more, as far as one thread has seen. What a thread
/// leaves out for it is not in the sample whatever the others see, so the sample does not depend on threads.
struct DrawBounds: Sendable {
    private var bounds = [UInt64](repeating: .max, count: LetGoSample.Stratum.allCases.count)
    private var seen = [[UInt64]](repeating: [], count: LetGoSample.Stratum.allCases.count)

    @inline(__always)
    func isIn(_ stratum: LetGoSample.Stratum, _ draw: UInt64) -> Bool { draw <= bounds[stratum.place] }

    mutating func take(_ stratum: LetGoSample.Stratum, _ draw: UInt64) {
        seen[stratum.place].append(draw)
        guard seen[stratum.place].count >= 2 * LetGoSample.most else { return }
        seen[stratum.place].sort()
        seen[stratum.place].removeLast(seen[stratum.place].count - LetGoSample.most)
        bounds[stratum.place] = seen[stratum.place][LetGoSample.most - 1]
    }
}

/// The pairs of each stratum that came first in the order of the draw, and how many pairs there are in all.
struct LetGoDraws: Sendable {
    typealias Drawn = (draw: UInt64, pair: RowPair)
    private var drawn = [[Drawn]](repeating: [], count: LetGoSample.Stratum.allCases.count)
    private var totals = [Int](repeating: 0, count: LetGoSample.Stratum.allCases.count)

    init() {}

    init(_ parts: [LetGoDraws]) {
        for place in totals.indices {
            totals[place] = parts.reduce(0) { $0 + $1.totals[place] }
            drawn[place] = Self.first(parts.flatMap { $0.drawn[place] })
        }
    }

    /// What other processes found.
    init(_ found: FoundPairs) {
        for stratum in LetGoSample.Stratum.allCases {
            totals[stratum.place] = found.totals[stratum] ?? 0
            drawn[stratum.place] = Self.first(
                found.drawn.filter { $0.stratum == stratum }.map { ($0.draw, RowPair($0.a, $0.b)) })
        }
    }

    /// Pairs of the stratum, and those that were drawn, in no order.
    subscript(stratum: LetGoSample.Stratum) -> (total: Int, drawn: [Drawn]) {
        (totals[stratum.place], drawn[stratum.place])
    }

    private static func first(_ drawn: [Drawn]) -> [Drawn] {
        let sorted = drawn.sorted { ($0.draw, $0.pair.a, $0.pair.b) < ($1.draw, $1.pair.a, $1.pair.b) }
        return Array(sorted.prefix(LetGoSample.most))
    }

    mutating func count(_ stratum: LetGoSample.Stratum, _ pairs: Int) { totals[stratum.place] += pairs }

    mutating func take(
        _ stratum: LetGoSample.Stratum, _ draw: UInt64, _ pair: RowPair, _ bounds: inout DrawBounds
    ) {
        bounds.take(stratum, draw)
        drawn[stratum.place].append((draw, pair))
    }

    /// A pair that was compared in full.
    mutating func add(_ draw: UInt64, _ pair: RowPair, _ posterior: Double, _ bounds: inout DrawBounds) {
        let stratum = LetGoSample.Stratum(posterior)
        count(stratum, 1)
        if bounds.isIn(stratum, draw) { take(stratum, draw, pair, &bounds) }
    }

    mutating func add(_ draw: UInt64, _ pair: RowPair, _ posterior: Double) {
        let stratum = LetGoSample.Stratum(posterior)
        count(stratum, 1)
        drawn[stratum.place].append((draw, pair))
    }

    func pack(into writer: inout PackedWriter) {
        for (total, drawn) in zip(totals, drawn) {
            writer.append(UInt64(total))
            writer.append(UInt64(drawn.count))
            for entry in drawn {
                writer.append(entry.pair.a)
                writer.append(entry.pair.b)
                writer.append(entry.draw)
            }
        }
    }

    /// - Returns: `nil` for bytes that are not those of draws of so many rows.
    init?(from reader: inout PackedReader, rows: Int) {
        for place in totals.indices {
            guard let total = reader.next(UInt64.self), total < 1 << 62, let count = reader.next(UInt64.self),
                count <= reader.count / 16
            else { return nil }
            totals[place] = Int(total)
            drawn[place].reserveCapacity(Int(count))
            for _ in 0..<count {
                guard let pair = RowPair(from: &reader, rows: rows), let draw = reader.next(UInt64.self) else {
                    return nil
                }
                drawn[place].append((draw, pair))
            }
        }
    }

    func sample(comparison: PairComparison, table: ClassTable) -> LetGoSample {
        var scratch = table.scratch
        let pairs = LetGoSample.Stratum.allCases.flatMap { stratum -> [LetGoSample.Pair] in
            let own = Self.first(drawn[stratum.place]).map(\.pair)
            return zip(own, comparison.patterns(of: own)).map { pair, pattern in
                let score = table.posterior(pattern, scratch: &scratch)
                return LetGoSample.Pair(
                    stratum: stratum, a: pair.a, b: pair.b, levels: pattern, probability: score.match,
                    weight: FittedModel.weight(of: score.match), likeliestClass: score.likeliest)
            }
        }
        let counted = LetGoSample.Stratum.allCases.map { ($0, totals[$0.place]) }
        return LetGoSample(pairs, totals: Dictionary(uniqueKeysWithValues: counted))
    }
}

extension LetGoSample.Stratum {
    fileprivate var place: Int {
        switch self {
        case .near: 0
        case .far: 1
        case .hopeless: 2
        }
    }

    /// Of a pair that was compared in full.
    fileprivate init(_ posterior: Double) { self = posterior >= LetGoSample.near ? .near : .far }
}
