package import Matching

/// `qingku worker keys`: reads `row TAB keys TAB payload`, the keys as bits, and writes a line for each of these keys:
/// `K TAB block TAB cross TAB part TAB row TAB payload`; at the end `E TAB lines read TAB lines written`.
package enum KeysWorker {
    /// Rows whose keys are made together.
    private static let batch = 1 << 15

    package static func run(
        _ work: PairWork, reader: consuming LineReader, writer: consuming LineWriter
    ) throws {
        var decoder = RowDecoder(work)
        var rows = RowBatch(work)
        var payloads: [UInt8] = []
        var ends: [Int] = []
        var wanted: [UInt64] = []
        var columns: [UnsafeBufferPointer<UInt8>] = []
        func write(_ writer: inout LineWriter) throws {
            try work.forEachBlock(of: rows, wanted: wanted) { place, block in
                let payload = payloads[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
                let row = rows.rows[place]
                let parts = work.parts(of: block)
                if parts == 1 {
                    try writer.keyed(BlockText(block), part: 0, row: row, payload)
                    return
                }
                let own = PairWork.part(of: row, in: parts)
                for other in 0..<parts {
                    try writer.keyed(BlockText(block, parts: (own, other)), part: own, row: row, payload)
                }
            }
            rows = RowBatch(work)
            payloads.removeAll(keepingCapacity: true)
            ends.removeAll(keepingCapacity: true)
            wanted.removeAll(keepingCapacity: true)
        }
        while true {
            let number = reader.lines + 1
            let isRead: Bool? = try reader.next { line in
                columns.removeAll(keepingCapacity: true)
                line.split(at: WireText.tab, into: &columns)
                guard columns.count == 3, let row = columns[0].number(UInt32.self),
                    let keys = columns[1].number(UInt64.self, radix: 16)
                else { throw WorkerFailure.wire("it does not begin with a row and its keys", line: number) }
                guard decoder.take(row, columns[2], into: &rows) else {
                    throw WorkerFailure.wire("its payload is none", line: number)
                }
                wanted.append(keys)
                payloads.append(contentsOf: columns[2])
                ends.append(payloads.count)
                return true
            }
            if isRead == nil { break }
            if rows.count == Self.batch { try write(&writer) }
        }
        try write(&writer)
        try writer.end(read: reader.lines)
    }
}

extension LineWriter {
    fileprivate mutating func keyed(
        _ block: BlockText, part: Int, row: UInt32, _ payload: ArraySlice<UInt8>
    ) throws {
        try line { line in
            line.append(UInt8(ascii: "K"))
            line.append(WireText.tab)
            block.append(to: &line)
            line.append(WireText.tab)
            line.append(UInt8(ascii: block.isCross ? "1" : "0"))
            line.append(WireText.tab)
            WireText.append(part, to: &line)
            line.append(WireText.tab)
            WireText.append(row, to: &line)
            line.append(WireText.tab)
            line.append(contentsOf: payload)
        }
    }

    /// The last line: how many were read, and how many written before it. A worker that was cut short lacks it.
    mutating func end(read: Int) throws {
        let written = lines
        try line { line in
            line.append(UInt8(ascii: "E"))
            line.append(WireText.tab)
            WireText.append(read, to: &line)
            line.append(WireText.tab)
            WireText.append(written, to: &line)
        }
        try flush()
    }
}
