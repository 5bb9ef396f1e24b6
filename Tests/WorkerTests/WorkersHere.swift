import Matching
import Records
import Worker

/// What Spark does, without Spark: rows go to several workers for their keys, are sorted by block, and go to several workers
/// for their pairs; all over the wire.
struct WorkersHere: PairScoring {
    var cap = 2_000
    var processes = 3
    /// Changes the lines between the two stages.
    var between: @Sendable ([[UInt8]]) -> [[UInt8]] = { $0 }

    func found(_ job: ScoringJob) throws -> FoundPairs {
        guard let work = PairWork(job.description(cap: cap, hash: "h")) else { throw WorkerFailure.usage("no job") }
        var inputs = [[UInt8]](repeating: [], count: processes)
        for row in 0..<job.count {
            WireRow.append(row, of: job, to: &inputs[row % processes])
            inputs[row % processes].append(WireText.newline)
        }
        var keyed: [[UInt8]] = []
        for input in inputs {
            let lines = try Self.lines(keys(work, input))
            keyed += lines.filter { $0.first == UInt8(ascii: "K") }.map { Array($0.dropFirst(2)) }
        }
        guard keyed.count == job.keyedLines(cap: cap) else { throw WorkerFailure.wire("lines", line: keyed.count) }
        keyed = between(keyed)
        func block(_ line: [UInt8]) -> ArraySlice<UInt8> { line.prefix { $0 != WireText.tab } }
        keyed.sort { block($0).lexicographicallyPrecedes(block($1)) }
        var outputs = [[UInt8]](repeating: [], count: processes)
        for line in keyed {
            let place = block(line).reduce(0) { ($0 * 31 + Int($1)) % 1_000_003 } % processes
            outputs[place] += line + [WireText.newline]
        }
        var found = FoundPairs()
        for output in outputs {
            let part = try pairs(work, output)
            found.add(try FoundPairs.read(LineReader(Self.reading(part))).found)
        }
        return found
    }

    func keys(_ work: PairWork, _ input: [UInt8]) throws -> [UInt8] {
        let output = Output()
        try KeysWorker.run(work, reader: LineReader(Self.reading(input)), writer: LineWriter { output.bytes += $0 })
        return output.bytes
    }

    func pairs(_ work: PairWork, _ input: [UInt8]) throws -> [UInt8] {
        let output = Output()
        try PairsWorker.run(work, reader: LineReader(Self.reading(input)), writer: LineWriter { output.bytes += $0 })
        return output.bytes
    }

    final class Output {
        var bytes: [UInt8] = []
    }

    static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split(separator: WireText.newline, omittingEmptySubsequences: false).dropLast()
    }

    /// In pieces of odd sizes.
    static func reading(_ bytes: [UInt8]) -> LineReader.Read {
        var rest = bytes[...]
        return { space in
            let piece = rest.prefix(min(space.count, 4_097))
            rest = rest.dropFirst(piece.count)
            space.copyBytes(from: piece)
            return piece.count
        }
    }
}
