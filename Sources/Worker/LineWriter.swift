/// Lines of an output, written in large pieces.
package struct LineWriter: ~Copyable {
    /// Writes all of it.
    package typealias Write = (UnsafeRawBufferPointer) throws -> Void

    private let write: Write
    private var buffer: [UInt8] = []
    /// Lines written so far.
    package private(set) var lines = 0

    private static let piece = 1 << 16

    package init(_ write: @escaping Write) {
        self.write = write
        buffer.reserveCapacity(Self.piece * 2)
    }

    /// - Parameter body: appends a line without its newline.
    package mutating func line(_ body: (inout [UInt8]) -> Void) throws {
        body(&buffer)
        buffer.append(WireText.newline)
        lines += 1
        if buffer.count >= Self.piece { try flush() }
    }

    package mutating func flush() throws {
        try buffer.withUnsafeBytes(write)
        buffer.removeAll(keepingCapacity: true)
    }
}
