package import Matching
import Records

/// `qingku worker pairs`: reads `block TAB cross TAB part TAB row TAB payload`, sorted by block, and writes the pairs over the line
/// (`P`), at the end for each key the pairs it was the first to bring (`N`), pairs let go half compared (`S`), of each stratum of
/// the others how many (`T`) and the first by the draw (`L`), and `E TAB lines read TAB lines written`.
package struct PairsWorker: ~Copyable {
    /// Rows that are made ready together, about.
    private static let batch = 1 << 16

    private let work: PairWork
    private var comparer: BlockComparer
    private var decoder: RowDecoder
    private var rows: RowBatch
    /// Places of the rows of the batch.
    private var places: [UInt32: Int] = [:]
    /// Of each of these, the number of the last block that it was in.
    private var lastBlocks: [Int] = []
    private var blocks: [BlockComparer.Block] = []
    private var found = FoundPairs()
    private var open = OpenBlock()

    /// The block that is being read.
    private struct OpenBlock {
        var text: [UInt8] = []
        var name: BlockText?
        var members: [(row: UInt32, part: UInt32, end: Int, line: Int)] = []
        var payloads: [UInt8] = []
    }

    package static func run(
        _ work: PairWork, reader: consuming LineReader, writer: consuming LineWriter
    ) throws {
        var worker = PairsWorker(work)
        var columns: [UnsafeBufferPointer<UInt8>] = []
        while true {
            let number = reader.lines + 1
            let isRead: Bool? = try reader.next { line in
                columns.removeAll(keepingCapacity: true)
                line.split(at: WireText.tab, into: &columns)
                guard columns.count == 5 else { throw WorkerFailure.wire("it has not 5 columns", line: number) }
                try worker.take(columns, number)
                return true
            }
            if isRead == nil { break }
            try worker.write(&writer)
        }
        try worker.closeBlock()
        try worker.compare()
        try worker.write(&writer)
        try worker.found.writeSums(to: &writer)
        try writer.end(read: reader.lines)
    }

    private init(_ work: PairWork) {
        self.work = work
        comparer = BlockComparer(work)
        decoder = RowDecoder(work)
        rows = RowBatch(work)
    }

    private mutating func take(_ columns: [UnsafeBufferPointer<UInt8>], _ line: Int) throws {
        if open.name == nil || !columns[0].elementsEqual(open.text) {
            try closeBlock()
            // A block in two places would be compared in two halves, and pairs between them lost.
            guard open.text.lexicographicallyPrecedes(columns[0]) else {
                throw WorkerFailure.wire("its block comes after a later one", line: line)
            }
            guard let name = BlockText(columns[0]), name.block.key < work.keys else {
                throw WorkerFailure.wire("it names no block", line: line)
            }
            open.text = Array(columns[0])
            open.name = name
        }
        guard let cross = columns[1].number(UInt8.self), cross == (open.name?.isCross == true ? 1 : 0),
            let part = columns[2].number(UInt32.self), let row = columns[3].number(UInt32.self)
        else { throw WorkerFailure.wire("it names no row of the block", line: line) }
        open.payloads.append(contentsOf: columns[4])
        open.members.append((row, part, open.payloads.count, line))
    }

    /// Takes the rows of the block that was read into the batch, if there is anything to compare in it.
    private mutating func closeBlock() throws {
        defer {
            open.members.removeAll(keepingCapacity: true)
            open.payloads.removeAll(keepingCapacity: true)
            open.name = nil
        }
        guard let name = open.name, open.members.count > 1 else { return }
        var block = BlockComparer.Block(key: name.block.key, isCross: name.isCross)
        var start = 0
        for member in open.members {
            defer { start = member.end }
            let place: Int
            if let known = places[member.row] {
                place = known
            } else {
                place = rows.count
                let isRead = open.payloads.withUnsafeBufferPointer { payloads in
                    decoder.take(
                        member.row, UnsafeBufferPointer(rebasing: payloads[start..<member.end]), into: &rows)
                }
                guard isRead else { throw WorkerFailure.wire("its payload is none", line: member.line) }
                places[member.row] = place
                lastBlocks.append(-1)
            }
            guard lastBlocks[place] != blocks.count else {
                throw WorkerFailure.wire("its block has this row twice", line: member.line)
            }
            lastBlocks[place] = blocks.count
            block.members.append((place, member.part))
        }
        blocks.append(block)
        if rows.count >= Self.batch { try compare() }
    }

    private mutating func compare() throws {
        if blocks.isEmpty { return }
        found.add(comparer.compare(rows, blocks))
        rows = RowBatch(work)
        places.removeAll(keepingCapacity: true)
        lastBlocks.removeAll(keepingCapacity: true)
        blocks.removeAll(keepingCapacity: true)
    }

    private mutating func write(_ writer: inout LineWriter) throws {
        for pair in found.pairs {
            try writer.line { line in
                line.append(contentsOf: "P\t".utf8)
                WireText.append(pair.a, to: &line)
                line.append(WireText.tab)
                WireText.append(pair.b, to: &line)
                line.append(WireText.tab)
                WireText.append(pair.pattern, radix: 16, to: &line)
                line.append(WireText.tab)
                WireText.append(pair.key, to: &line)
            }
        }
        found.pairs.removeAll(keepingCapacity: true)
    }
}
