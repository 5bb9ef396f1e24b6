import Matching

/// The name of a block, or of two of its parts, on the wire: `2:1a5f03c2e`, and with U+001D before each part `…␝0␝3`.
struct BlockText: Equatable {
    let block: PairWork.BlockName
    /// `nil`: the whole block. First ≤ second.
    var parts: (first: Int, second: Int)?

    var isCross: Bool { parts.map { $0.first != $0.second } ?? false }

    func append(to line: inout [UInt8]) {
        WireText.append(block.key, to: &line)
        line.append(UInt8(ascii: ":"))
        WireText.append(block.block, radix: 16, to: &line)
        guard let parts else { return }
        line.append(WireText.group)
        WireText.append(parts.first, to: &line)
        line.append(WireText.group)
        WireText.append(parts.second, to: &line)
    }

    init(_ block: PairWork.BlockName, parts: (Int, Int)? = nil) {
        self.block = block
        self.parts = parts.map { (min($0.0, $0.1), max($0.0, $0.1)) }
    }

    /// - Returns: `nil` when the text names no block.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var pieces: [UnsafeBufferPointer<UInt8>] = []
        text.split(at: WireText.group, into: &pieces)
        var name: [UnsafeBufferPointer<UInt8>] = []
        pieces[0].split(at: UInt8(ascii: ":"), into: &name)
        guard name.count == 2, let key = name[0].number(Int.self), let block = name[1].number(UInt64.self, radix: 16)
        else { return nil }
        self.block = PairWork.BlockName(key: key, block: block)
        if pieces.count == 1 { return }
        guard pieces.count == 3, let first = pieces[1].number(Int.self), let second = pieces[2].number(Int.self),
            first <= second
        else { return nil }
        parts = (first, second)
    }

    static func == (left: BlockText, right: BlockText) -> Bool {
        left.block == right.block && left.parts?.first == right.parts?.first
            && left.parts?.second == right.parts?.second
    }
}
