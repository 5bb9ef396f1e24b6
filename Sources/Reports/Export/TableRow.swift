/// The cells of one row of a table on its way through an export: one stretch of UTF-8, and where each cell ends.
package struct TableRow: Sendable {
    private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []

    package init() {}

    package init(_ cells: [String]) {
        for cell in cells { append(cell) }
    }

    package var count: Int { ends.count }

    package subscript(cell: Int) -> String {
        String(decoding: bytes[range(cell)], as: UTF8.self)
    }

    package func withCell<Result>(_ cell: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result
    {
        try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range(cell)])) }
    }

    func range(_ cell: Int) -> Range<Int> { start(cell)..<ends[cell] }

    func isEmpty(_ cell: Int) -> Bool { start(cell) == ends[cell] }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Adds to the cell being read.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: text)
    }

    mutating func endCell() {
        ends.append(bytes.count)
    }

    mutating func append(_ cell: String) {
        bytes.append(contentsOf: cell.utf8)
        ends.append(bytes.count)
    }

    private func start(_ cell: Int) -> Int { cell == 0 ? 0 : ends[cell - 1] }
}
