import Foundation

/// Where the records of an export stand in it, for who asks about a few of them again and again: their order stays packed, with
/// a mark at every so many, and what is kept of each record is its ordinal.
final class RecordPlaces: Sendable {
    private static let stride = 64

    /// What the order has gone through up to an entry.
    private struct Mark {
        let before: RecordOrder.Entry
        let place: Int
    }

    private let bytes: [UInt8]
    /// One at every `stride` entries.
    private let marks: [Mark]
    /// The smallest record.
    private let first: Int64
    /// By record, from `first`: its place in the order, from 1; 0 for one that is not in it.
    private let ordinals: [UInt32]

    /// - Parameter bytes: of `RecordOrder`; there is nothing in others.
    init(_ bytes: [UInt8]) {
        let records = RecordOrder.decode(bytes)?.map(\.record) ?? []
        let (low, high) = (records.min() ?? 0, records.max() ?? -1)
        var ordinals = [UInt32](repeating: 0, count: Int(high - low + 1))
        for (place, record) in records.enumerated() where ordinals[Int(record - low)] == 0 {
            ordinals[Int(record - low)] = UInt32(place + 1)
        }
        var marks: [Mark] = []
        if !records.isEmpty {
            bytes.withUnsafeBufferPointer { bytes in
                var (last, place) = (RecordOrder.Entry(), 0)
                for index in records.indices {
                    if index.isMultiple(of: Self.stride) { marks.append(Mark(before: last, place: place)) }
                    guard let next = RecordOrder.entry(after: last, at: &place, in: bytes) else { return }
                    last = next
                }
            }
        }
        (self.bytes, self.marks, self.ordinals, first) = (records.isEmpty ? [] : bytes, marks, ordinals, low)
    }

    /// Those of the records that are in the export, in its order.
    func find(_ wanted: some Sequence<Int64>) -> [(index: Int, entry: RecordOrder.Entry)] {
        let indexes = wanted.compactMap { record -> Int? in
            guard record >= first, record - first < Int64(ordinals.count) else { return nil }
            let ordinal = ordinals[Int(record - first)]
            return ordinal == 0 ? nil : Int(ordinal) - 1
        }
        return indexes.sorted().compactMap { index in entry(index).map { (index, $0) } }
    }

    private func entry(_ index: Int) -> RecordOrder.Entry? {
        let mark = marks[index / Self.stride]
        return bytes.withUnsafeBufferPointer { bytes in
            var (last, place) = (mark.before, mark.place)
            for _ in 0...index % Self.stride {
                guard let next = RecordOrder.entry(after: last, at: &place, in: bytes) else { return nil }
                last = next
            }
            return last
        }
    }
}
