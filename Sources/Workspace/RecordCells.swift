import Crypto
import Records

/// The cells of one record as the office wrote them, end to end, each after its length: one blob a record.
enum RecordCells {
    /// The range of each cell in `bytes`; `nil` when they are not `count` cells.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, count: Int) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        var place = 0
        for _ in 0..<count {
            guard let length = bytes.varint(at: &place), length <= UInt64(bytes.count - place) else { return nil }
            ranges.append(place..<place + Int(length))
            place += Int(length)
        }
        return place == bytes.count ? ranges : nil
    }

    /// By field.
    static func texts(_ cells: [UInt8], _ layout: RecordLayout) -> [String: String] {
        cells.withUnsafeBufferPointer { bytes in
            guard let ranges = decode(bytes, count: layout.columns.count) else { return [:] }
            return Dictionary(
                zip(layout.columns, ranges).map { ($0.field, String(decoding: bytes[$1], as: UTF8.self)) }
            ) { first, _ in first }
        }
    }

    /// Over salt, layout, record id and cells: says that this is what the office delivered under this id. Without the salt
    /// nobody can tell from it what the cells were.
    ///
    /// - Parameter scratch: room to lay them end to end, kept from record to record.
    static func digest(
        salt: UnsafeBufferPointer<UInt8>, layout: [UInt8], recordID: UnsafeBufferPointer<UInt8>,
        cells: UnsafeBufferPointer<UInt8>, scratch: inout [UInt8]
    ) -> SHA256.Digest {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: salt)
        scratch.append(contentsOf: layout)
        scratch.append(varint: UInt64(recordID.count))
        scratch.append(contentsOf: recordID)
        scratch.append(contentsOf: cells)
        var hash = SHA256()
        scratch.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize()
    }
}

/// Makes the versions of record after record, from where the columns of an export hold the cells.
struct VersionWriter {
    private struct Column {
        let codes: UnsafeBufferPointer<UInt32>
        let values: TextView
    }

    private var columns: [Column] = []
    private let ids: Column
    private let layout: [UInt8]
    /// Salt, layout, record id and cells of the last version, as `RecordCells.digest` takes them. Memory that stays in its
    /// place until the next one is made.
    private var bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
    private let digestBytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 32, alignment: 16)
    private var start = 0
    private var end = 0

    /// Calls `body` with the writer for an export, which is valid within that call only.
    static func with<Result>(
        _ source: SourceTable, layout: [UInt8], _ body: (inout VersionWriter) throws -> Result
    ) rethrows -> Result {
        try source.recordIDs.withUnsafeBufferPointer { codes in
            try source.recordIDPool.withView { values in
                var writer = VersionWriter(ids: Column(codes: codes, values: values), layout: layout)
                defer {
                    writer.bytes.deallocate()
                    writer.digestBytes.deallocate()
                }
                return try with(source.columns.compactMap { $0 }[...], &writer, body)
            }
        }
    }

    private static func with<Result>(
        _ rest: ArraySlice<SourceTable.Column>, _ writer: inout VersionWriter,
        _ body: (inout VersionWriter) throws -> Result
    ) rethrows -> Result {
        guard let column = rest.first else { return try body(&writer) }
        return try column.codes.withUnsafeBufferPointer { codes in
            try column.values.withView { values in
                writer.columns.append(Column(codes: codes, values: values))
                return try with(rest.dropFirst(), &writer, body)
            }
        }
    }

    private init(ids: Column, layout: [UInt8]) {
        self.ids = ids
        self.layout = layout
    }

    func recordID(_ record: Int) -> UnsafeBufferPointer<UInt8> { ids.values[ids.codes[record]] }

    /// The cells of the version that was made last; the salt it was sealed with last, and the digest of it all.
    var cells: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[start..<end]) }
    var salt: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[..<Salts.size]) }
    var digest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(digestBytes) }

    /// The next version, which has no digest before it is sealed.
    mutating func write(_ record: Int) {
        let id = recordID(record)
        var room = Salts.size + layout.count + id.count + 10
        for column in columns { room += column.values[column.codes[record]].count + 10 }
        if bytes.count < room {
            bytes.deallocate()
            bytes = .allocate(byteCount: room * 2, alignment: 16)
        }
        end = Salts.size
        layout.withUnsafeBytes { put($0) }
        put(varint: id.count)
        put(UnsafeRawBufferPointer(id))
        start = end
        for column in columns {
            let cell = column.values[column.codes[record]]
            put(varint: cell.count)
            put(UnsafeRawBufferPointer(cell))
        }
    }

    /// - Parameter salt: `Salts.size` bytes.
    mutating func seal(with salt: ArraySlice<UInt8>) {
        salt.withUnsafeBytes { bytes.copyMemory(from: $0) }
        var hash = SHA256()
        hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        hash.finalize().withUnsafeBytes { digestBytes.copyMemory(from: $0) }
    }

    private mutating func put(_ text: UnsafeRawBufferPointer) {
        guard let source = text.baseAddress, let target = bytes.baseAddress else { return }
        (target + end).copyMemory(from: source, byteCount: text.count)
        end += text.count
    }

    private mutating func put(varint value: Int) {
        var rest = UInt(value)
        while rest >= 0x80 {
            bytes[end] = UInt8(truncatingIfNeeded: rest) | 0x80
            rest >>= 7
            end += 1
        }
        bytes[end] = UInt8(truncatingIfNeeded: rest)
        end += 1
    }
}
