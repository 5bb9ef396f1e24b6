import FuzzyText

/// The first lines of a file as rows, the next as columns, and room for the values of their pairs.
struct Lists: ~Copyable {
    private var scan: ColumnScan
    private let rows: [UInt32]
    private let columns: [UInt32]
    private let units: [UInt16]
    /// Where the units of each text begin, and at last where they end.
    private let starts: [Int]
    private var similarities: [Float]
    private var edits: [UInt8]
    private var pairSum = 0.0
    private var last = Output.pairs

    private enum Output { case similarities, edits, pairs }

    let steps = JaroWinklerSteps([0.8501])

    typealias Codes = UnsafeBufferPointer<UInt32>

    init(_ lines: [Substring], rows rowCount: Int, columns columnCount: Int, _ instructions: InstructionSet) {
        var mapping = Units()
        let texts = lines.prefix(rowCount + columnCount).map { mapping.units(of: $0) }
        units = texts.flatMap(\.self)
        starts = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        scan = ColumnScan(PreparedColumn(texts), instructions)
        rows = (0..<min(rowCount, texts.count)).map { UInt32($0) }
        columns = (rows.count..<texts.count).map { UInt32($0) }
        similarities = [Float](repeating: 0, count: rows.count * columns.count)
        edits = [UInt8](repeating: 0, count: rows.count * columns.count)
    }

    var pairCount: Int { rows.count * columns.count }

    mutating func scores(
        _ body: (inout ColumnScan, Codes, Codes, UnsafeMutableBufferPointer<Float>) -> Void
    ) {
        last = .similarities
        rows.withUnsafeBufferPointer { rows in
            columns.withUnsafeBufferPointer { columns in
                similarities.withUnsafeMutableBufferPointer { body(&scan, rows, columns, $0) }
            }
        }
    }

    mutating func distances(
        _ body: (inout ColumnScan, Codes, Codes, UnsafeMutableBufferPointer<UInt8>) -> Void
    ) {
        last = .edits
        rows.withUnsafeBufferPointer { rows in
            columns.withUnsafeBufferPointer { columns in
                edits.withUnsafeMutableBufferPointer { body(&scan, rows, columns, $0) }
            }
        }
    }

    /// The same pairs, none sharing anything with the one before.
    mutating func pairs(_ value: (UnsafeBufferPointer<UInt16>, UnsafeBufferPointer<UInt16>) -> Double) {
        last = .pairs
        var sum = 0.0
        units.withUnsafeBufferPointer { units in
            for shift in columns.indices {
                var column = shift
                for row in rows.indices {
                    let other = rows.count + column
                    sum += value(
                        UnsafeBufferPointer(rebasing: units[starts[row]..<starts[row + 1]]),
                        UnsafeBufferPointer(rebasing: units[starts[other]..<starts[other + 1]]))
                    column += 1
                    if column == columns.count { column = 0 }
                }
            }
        }
        pairSum = sum
    }

    /// The sum of the values of the last run.
    var sum: Double {
        switch last {
        case .similarities: similarities.reduce(0) { $0 + Double($1) }
        case .edits: Double(edits.reduce(0) { $0 + Int($1) })
        case .pairs: pairSum
        }
    }
}
