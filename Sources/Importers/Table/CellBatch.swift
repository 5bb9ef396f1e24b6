/// Cells of some rows, gathered until the rows are handed to the table column by column.
///
/// Holds no text of its own but what had to be made: a cell is a stretch of memory that must stay where it is until
/// `removeAll`.
struct CellBatch {
    private struct Cell {
        /// Where the cell stands in the source, if that is still there.
        let start: UnsafePointer<UInt8>?
        /// Where the text lies in `made`; -1: it lies at `start`.
        let offset: Int
        let count: Int
    }

    /// Row by row, in the order of the columns.
    private var cells: [Cell] = []
    private let columns: Int
    private var made: [UInt8] = []

    init(columns: Int) {
        self.columns = columns
    }

    /// Bytes that had to be made and are kept until `removeAll`.
    var size: Int { made.count }

    /// The row's next cell, whose text stays where it is.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        cells.append(Cell(start: text.baseAddress, offset: -1, count: text.count))
    }

    /// The row's next cell, whose text is gone after the call; `start` is where its source begins, if that stays.
    mutating func add(copying text: UnsafeBufferPointer<UInt8>, start: UnsafePointer<UInt8>? = nil) {
        cells.append(Cell(start: start, offset: made.count, count: text.count))
        made.append(contentsOf: text)
    }

    mutating func addEmpty() {
        cells.append(Cell(start: nil, offset: -1, count: 0))
    }

    func start(_ row: Int, _ column: Int) -> UnsafePointer<UInt8>? { cells[row * columns + column].start }

    /// Gives the texts of a column in the order of the rows.
    func withTexts<Result>(
        of column: Int, _ body: (UnsafeBufferPointer<UnsafeBufferPointer<UInt8>>) -> Result
    ) -> Result {
        made.withUnsafeBufferPointer { made in
            let texts = stride(from: column, to: cells.count, by: columns).map { index in
                let cell = cells[index]
                let start = cell.offset < 0 ? cell.start : made.baseAddress.map { $0 + cell.offset }
                return UnsafeBufferPointer(start: cell.count == 0 ? nil : start, count: cell.count)
            }
            return texts.withUnsafeBufferPointer(body)
        }
    }

    mutating func removeAll() {
        cells.removeAll(keepingCapacity: true)
        made.removeAll(keepingCapacity: true)
    }
}
