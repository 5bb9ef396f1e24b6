package import Matching
import Records

extension FoundPairs {
    /// Adds what another piece of work found.
    package mutating func add(_ other: FoundPairs) {
        pairs += other.pairs
        newPairs.merge(other.newPairs) { $0 + $1 }
        cutShort += other.cutShort
        totals.merge(other.totals) { $0 + $1 }
        drawn += other.drawn
        // Each process finds thousands; what cannot be in the sample goes before it is much.
        if drawn.count > 100_000 { keepFirstDrawn() }
    }

    /// Everything but the pairs over the line.
    func writeSums(to writer: inout LineWriter) throws {
        for (key, pairs) in newPairs.sorted(by: { $0.key < $1.key }) {
            try writer.line { $0 += "N\t\(key)\t\(pairs)".utf8 }
        }
        try writer.line { $0 += "S\t\(cutShort)".utf8 }
        for stratum in LetGoSample.Stratum.allCases {
            let total = totals[stratum] ?? 0
            try writer.line { $0 += "T\t\(stratum.rawValue)\t\(total)".utf8 }
        }
        var first = self
        first.keepFirstDrawn()
        for entry in first.drawn {
            try writer.line {
                $0 += "L\t\(entry.stratum.rawValue)\t\(String(entry.draw, radix: 16))\t\(entry.a)\t\(entry.b)".utf8
            }
        }
    }

    /// What `qingku worker pairs` wrote, of however many processes.
    ///
    /// - Returns: also the lines that the processes read, by their closing lines.
    /// - Throws: `WorkerFailure.wire` for a line that is none, and when closing lines count others than there are.
    package static func read(_ reader: consuming LineReader) throws -> (found: FoundPairs, read: Int) {
        var found = FoundPairs()
        var (read, written, lines) = (0, 0, 0)
        var columns: [UnsafeBufferPointer<UInt8>] = []
        while true {
            let number = reader.lines + 1
            let isRead: Bool? = try reader.next { line in
                columns.removeAll(keepingCapacity: true)
                line.split(at: WireText.tab, into: &columns)
                if columns[0].elementsEqual("E".utf8) {
                    guard columns.count == 3, let input = columns[1].number(Int32.self),
                        let output = columns[2].number(Int32.self)
                    else { throw WorkerFailure.wire("it is no line of a worker", line: number) }
                    read += Int(input)
                    written += Int(output)
                    return true
                }
                guard found.take(columns) else { throw WorkerFailure.wire("it is no line of a worker", line: number) }
                lines += 1
                return true
            }
            if isRead == nil { break }
        }
        guard written == lines else { throw WorkerFailure.wire("lines are missing before it", line: reader.lines) }
        found.keepFirstDrawn()
        return (found, read)
    }

    private mutating func take(_ columns: [UnsafeBufferPointer<UInt8>]) -> Bool {
        guard columns[0].count == 1 else { return false }
        switch (columns[0][0], columns.count) {
        case (UInt8(ascii: "P"), 5):
            guard let a = columns[1].number(UInt32.self), let b = columns[2].number(UInt32.self),
                let pattern = columns[3].number(UInt64.self, radix: 16), let key = columns[4].number(UInt8.self)
            else { return false }
            pairs.append(Pair(a: a, b: b, pattern: pattern, key: key))
        case (UInt8(ascii: "N"), 3):
            guard let key = columns[1].number(UInt8.self), let count = columns[2].number(Int.self), count < 1 << 62
            else { return false }
            newPairs[Int(key), default: 0] &+= count
        case (UInt8(ascii: "S"), 2):
            guard let count = columns[1].number(Int.self) else { return false }
            cutShort &+= count
        case (UInt8(ascii: "T"), 3):
            guard let stratum = LetGoSample.Stratum(columns[1]), let count = columns[2].number(Int.self) else {
                return false
            }
            totals[stratum, default: 0] &+= count
        case (UInt8(ascii: "L"), 5):
            guard let stratum = LetGoSample.Stratum(columns[1]),
                let draw = columns[2].number(UInt64.self, radix: 16), let a = columns[3].number(UInt32.self),
                let b = columns[4].number(UInt32.self)
            else { return false }
            drawn.append(Drawn(stratum: stratum, draw: draw, a: a, b: b))
            if drawn.count > 100_000 { keepFirstDrawn() }
        default: return false
        }
        return true
    }
}

extension LetGoSample.Stratum {
    fileprivate init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard let found = Self.allCases.first(where: { text.elementsEqual($0.rawValue.utf8) }) else { return nil }
        self = found
    }
}
