/// Numbers written one after the other, lowest byte first.
package struct PackedWriter: Sendable {
    package private(set) var bytes: [UInt8]

    /// - Parameter count: bytes to make room for.
    package init(expecting count: Int = 0) {
        bytes = []
        bytes.reserveCapacity(count)
    }

    @inline(__always)
    package mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

/// Reads what a `PackedWriter` wrote.
package struct PackedReader: Sendable {
    private let bytes: ArraySlice<UInt8>
    private var place: Int

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        place = bytes.startIndex
    }

    /// Bytes that are left.
    package var count: Int { bytes.endIndex - place }

    /// - Returns: `nil` where fewer bytes are left than the number takes.
    @inline(__always)
    package mutating func next<Number: FixedWidthInteger>(_: Number.Type = Number.self) -> Number? {
        let size = Number.bitWidth / 8
        guard count >= size else { return nil }
        let offset = place - bytes.startIndex
        place += size
        return bytes.withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self))
        }
    }
}
