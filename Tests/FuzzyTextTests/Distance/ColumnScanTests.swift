import FuzzyText
import Testing

/// The vector kernels against the definitions, on every pair of seeded random texts: 100 x 250 of each seed, 100,000
/// pairs in all, for three distances in several forms, with each instruction set of the machine.
struct ColumnScanTests {
    static let seeds = Array(UInt64(1)...4)

    /// Texts of which many are alike, of all lengths about the widths of lanes, some empty, some beyond 64 units.
    private func texts(seed: UInt64) -> [[UInt16]] {
        var random = RandomTexts(seed: seed &+ 1000)
        var texts: [[UInt16]] = [[], [0x61]]
        for length in [4, 15, 16, 17, 31, 32, 33, 63, 64, 65] {
            texts.append(random.text(length: length, alphabet: [0x61, 0x62, 0x63]))
        }
        while texts.count < 250 {
            let (a, b) = random.pair()
            texts += [a, b]
        }
        return texts
    }

    private func places<Value: Sendable>(
        _ count: Int, _ empty: Value, _ fill: (UnsafeMutableBufferPointer<Value>) -> Void
    ) -> [Value] {
        var values = [Value](repeating: empty, count: count)
        values.withUnsafeMutableBufferPointer { fill($0) }
        return values
    }

    @Test("Grids, scans and pairs agree with the definitions and with each other", arguments: seeds)
    func reference(seed: UInt64) {
        let texts = texts(seed: seed)
        let column = PreparedColumn(texts)
        let rows = (0..<100).map { UInt32($0) }
        let all = texts.indices.map { UInt32($0) }
        let pairs = rows.flatMap { row in all.map { (row, $0) } }
        let winkler = pairs.map { Naive.jaroWinkler(texts[Int($0)], texts[Int($1)]) }
        let osa = pairs.map { UInt8(Naive.osa(texts[Int($0)], texts[Int($1)])) }
        let levenshtein = pairs.map { UInt8(Naive.levenshtein(texts[Int($0)], texts[Int($1)])) }
        let steps = JaroWinklerSteps([0.9201, 0.8001])
        let pairByPair = pairs.map { Float(column.jaroWinkler($0, $1)) }
        let pairRungs = pairs.map { steps.rung(of: Float(column.jaroWinkler($0, $1, from: steps))) }

        rows.withUnsafeBufferPointer { rows in
            all.withUnsafeBufferPointer { all in
                for instructions in InstructionSet.available {
                    var scan = ColumnScan(column, instructions)
                    let grid = places(pairs.count, Float.nan) {
                        scan.jaroWinklerGrid(rows: rows, columns: all, into: $0)
                    }
                    #expect(zip(grid, winkler).allSatisfy { abs(Double($0) - $1) < 1e-7 }, "\(instructions)")
                    #expect(grid == pairByPair, "\(instructions)")
                    #expect(
                        places(pairs.count, UInt8.max) { scan.osaGrid(rows: rows, columns: all, into: $0) } == osa)
                    #expect(
                        places(pairs.count, UInt8.max) { scan.levenshteinGrid(rows: rows, columns: all, into: $0) }
                            == levenshtein)

                    for (index, row) in rows.enumerated() {
                        let range = index * all.count..<(index + 1) * all.count
                        let scores = places(all.count, Float.nan) { scan.jaroWinkler(row, against: all, into: $0) }
                        #expect(scores == Array(grid[range]))
                        let reached = places(all.count, Float.nan) {
                            scan.jaroWinkler(row, against: all, from: steps, into: $0)
                        }
                        #expect(reached == scores.map { $0 >= steps.bounds[0] ? $0 : 0 })
                        let rungs = places(all.count, UInt8.max) {
                            scan.jaroWinklerRungs(row, against: all, steps: steps, into: $0)
                        }
                        #expect(rungs == scores.map { steps.rung(of: $0) })
                        #expect(rungs == Array(pairRungs[range]))
                        for limit in [0, 2, 254] {
                            let capped = UInt8(limit + 1)
                            #expect(
                                places(all.count, UInt8.max) {
                                    scan.osa(row, against: all, atMost: limit, into: $0)
                                } == osa[range].map { min($0, capped) })
                            #expect(
                                places(all.count, UInt8.max) {
                                    scan.levenshtein(row, against: all, atMost: limit, into: $0)
                                } == levenshtein[range].map { min($0, capped) })
                        }
                    }
                }
            }
        }
    }

    @Test("More candidates than are sorted at a time are all compared, in any order of codes")
    func manyCandidates() {
        let texts = texts(seed: 77)
        let codes = (0..<10_000).map { UInt32($0 * 7919 % texts.count) }
        var scan = ColumnScan(PreparedColumn(texts))
        codes.withUnsafeBufferPointer { codes in
            let distances = places(codes.count, UInt8.max) { scan.osa(20, against: codes, into: $0) }
            let once = texts.map { UInt8(Naive.osa(texts[20], $0)) }
            #expect(distances == codes.map { once[Int($0)] })
        }
    }

    @Test("UTF-8 texts beyond the basic plane compare by character")
    func beyondTheBasicPlane() {
        var builder = PreparedColumn.Builder()
        for text in ["王𬭎", "王𠮷", "𬭎王", "王𬭎"] { Array(text.utf8).withUnsafeBufferPointer { builder.append(utf8: $0) } }
        var scan = ColumnScan(builder.finish())
        [UInt32](0..<4).withUnsafeBufferPointer { codes in
            #expect(places(4, UInt8.max) { scan.osa(0, against: codes, into: $0) } == [0, 1, 1, 0])
            #expect(places(4, UInt8.max) { scan.levenshtein(0, against: codes, into: $0) } == [0, 1, 2, 0])
        }
    }

    @Test("Distances above 255 are told as too far")
    func far() {
        let long = [[UInt16](repeating: 1, count: 300), [UInt16](repeating: 2, count: 300), []]
        var scan = ColumnScan(PreparedColumn(long))
        [UInt32](0..<3).withUnsafeBufferPointer { codes in
            #expect(places(3, UInt8(7)) { scan.osa(0, against: codes, into: $0) } == [0, 255, 255])
            #expect(
                places(9, UInt8(7)) { scan.levenshteinGrid(rows: codes, columns: codes, into: $0) }
                    == [0, 255, 255, 255, 0, 255, 255, 255, 0])
        }
    }

    @Test("Nothing against nothing, and an empty column, write nothing")
    func empty() {
        var scan = ColumnScan(PreparedColumn([]))
        let none = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
        let nowhere = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
        scan.osaGrid(rows: none, columns: none, into: nowhere)
        #expect(scan.column.count == 0)
    }

    @Test("A bound is reached by the very value", arguments: [(0.85, UInt8(1)), (0.86, 0), (0.84, 1)])
    func ties(bound: Double, rung: UInt8) {
        let steps = JaroWinklerSteps([bound])
        #expect(steps.rung(of: Float(17) / 20) == rung)
    }
}
