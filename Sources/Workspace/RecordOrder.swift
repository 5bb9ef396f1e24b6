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

    /// The entry whose differences begin at a place, which moves on to the next; `nil` when there is none.
    static func entry(after last: Entry, at place: inout Int, in bytes: UnsafeBufferPointer<UInt8>) -> Entry? {
        guard let record = bytes.signed(at: &place), let line = bytes.signed(at: &place),
            let offset = bytes.signed(at: &place)
        else { return nil }
        return Entry(record: last.record &+ record, line: last.line &+ line, offset: last.offset &+ offset)
    }

    /// `nil` when `bytes` were not made by `append`.
    static func decode(_ bytes: [UInt8]) -> [Entry]? {
        bytes.withUnsafeBufferPointer { bytes in
            var entries: [Entry] = []
            var last = Entry()
            var place = 0
            while place < bytes.count {
                guard let next = entry(after: last, at: &place, in: bytes) else { return nil }
                last = next
                entries.append(next)
            }
            return entries
        }
    }
}
