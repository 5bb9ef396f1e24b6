import Foundation

/// The records of a batch in the order of its file: for each the record's key, line and byte offset, as differences
/// from the one before, so that a million take a few megabytes.
struct RecordOrder {
    struct Entry: Hashable {
        var record: Int64 = 0
        var line: Int64 = 0
        var offset: Int64 = 0
    }

    private(set) var bytes: [UInt8] = []
    private var last = Entry()

    mutating func append(_ entry: Entry) {
        bytes.append(signed: entry.record &- last.record)
        bytes.append(signed: entry.line &- last.line)
        bytes.append(signed: entry.offset &- last.offset)
        last = entry
    }

    /// Some records with their places in the order, from 0, without making the others; none when `bytes` were not made by
    /// `append`.
    static func find(_ wanted: Set<Int64>, in bytes: Data) -> [(index: Int, entry: Entry)] {
        // Lets one record of many pass that is none of the few.
        let filter = wanted.reduce(UInt64(0)) { $0 | 1 << UInt64($1 & 63) }
        return bytes.withUnsafeBytes { raw in
            let bytes = raw.bindMemory(to: UInt8.self)
            var found: [(index: Int, entry: Entry)] = []
            var (last, place, index) = (Entry(), 0, 0)
            while place < bytes.count {
                guard let record = bytes.signed(at: &place), let line = bytes.signed(at: &place),
                    let offset = bytes.signed(at: &place)
                else { return [] }
                last = Entry(record: last.record &+ record, line: last.line &+ line, offset: last.offset &+ offset)
                if filter >> UInt64(last.record & 63) & 1 == 1, wanted.contains(last.record) {
                    found.append((index, last))
                }
                index += 1
            }
            return found
        }
    }

    /// `nil` when `bytes` were not made by `append`.
    static func decode(_ bytes: [UInt8]) -> [Entry]? {
        bytes.withUnsafeBufferPointer { bytes in
            var entries: [Entry] = []
            var last = Entry()
            var place = 0
            while place < bytes.count {
                guard let record = bytes.signed(at: &place), let line = bytes.signed(at: &place),
                    let offset = bytes.signed(at: &place)
                else { return nil }
                last = Entry(record: last.record &+ record, line: last.line &+ line, offset: last.offset &+ offset)
                entries.append(last)
            }
            return entries
        }
    }
}
