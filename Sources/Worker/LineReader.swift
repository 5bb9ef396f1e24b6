import Glibc

/// Lines of an input, each ended by a newline; without one the last was cut off.
package struct LineReader: ~Copyable {
    /// Fills some of the space and says how much; 0: the end.
    package typealias Read = (UnsafeMutableRawBufferPointer) throws -> Int

    private let read: Read
    private var buffer: UnsafeMutableRawBufferPointer
    private var start = 0
    private var end = 0
    /// Lines read so far.
    package private(set) var lines = 0

    /// Longer lines are refused: no payload comes near it.
    package static let longest = 1 << 26

    package init(_ read: @escaping Read) {
        self.read = read
        buffer = .allocate(byteCount: 1 << 18, alignment: 16)
    }

    deinit { buffer.deallocate() }

    /// Calls `body` with the next line, without its newline; it is valid within `body`.
    ///
    /// - Returns: `nil` at the end.
    package mutating func next<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) throws -> Result? {
        var looked = 0
        while true {
            let text = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
            if let place = Self.newline(in: text, from: looked) {
                lines += 1
                start += place + 1
                return try body(UnsafeRawBufferPointer(rebasing: text[..<place]).assumingMemoryBound(to: UInt8.self))
            }
            looked = text.count
            if start > 0 {
                buffer.copyMemory(from: text)
                (start, end) = (0, looked)
            }
            if end == buffer.count { try grow() }
            let count = try read(UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
            if count == 0 {
                if looked == 0 { return nil }
                throw WorkerFailure.wire("it is cut off", line: lines + 1)
            }
            end += count
        }
    }

    private static func newline(in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard start < text.count, let base = text.baseAddress,
            let found = memchr(base + start, Int32(WireText.newline), text.count - start)
        else { return nil }
        return base.distance(to: found)
    }

    private mutating func grow() throws {
        guard buffer.count < Self.longest else { throw WorkerFailure.wire("it is too long", line: lines + 1) }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<end]))
        buffer.deallocate()
        buffer = larger
    }
}
