import Crypto
import Records

/// The cells of one record as the office wrote them, end to end, each after its length: one blob a record.
enum RecordCells {
    /// - Parameter columns: the source's columns that are mapped to a field.
    static func encode(_ columns: [SourceTable.Column], record: Int, into bytes: inout [UInt8]) {
        for column in columns {
            column.values.withUTF8(column.codes[record]) { cell in
                bytes.append(varint: UInt64(cell.count))
                bytes.append(contentsOf: cell)
            }
        }
    }

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

    /// Over layout, record id and cells: says that this is what the office delivered under this id.
    static func digest(
        layout: [UInt8], recordID: UnsafeBufferPointer<UInt8>, cells: UnsafeBufferPointer<UInt8>
    ) -> SHA256.Digest {
        var hash = SHA256()
        hash.update(data: layout)
        var length: [UInt8] = []
        length.append(varint: UInt64(recordID.count))
        hash.update(data: length)
        hash.update(bufferPointer: UnsafeRawBufferPointer(recordID))
        hash.update(bufferPointer: UnsafeRawBufferPointer(cells))
        return hash.finalize()
    }
}
