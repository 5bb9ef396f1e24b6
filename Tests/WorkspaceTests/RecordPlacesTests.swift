import Testing

@testable import Workspace

/// Where a few records stand in an export, without going through all of it.
struct RecordPlacesTests {
    private static func order(_ records: [Int64]) -> RecordOrder {
        var order = RecordOrder()
        for (place, record) in records.enumerated() {
            order.append(
                RecordOrder.Entry(record: record, line: Int64(place * 2 + 2), offset: Int64(place * 37)))
        }
        return order
    }

    @Test(
        "records are found where the whole order has them",
        arguments: [
            [], [7], Array(1...64), Array(1...65), Array((1...1_000).reversed()),
            (0..<500).map { Int64($0 * 17 % 503 + 1_000_000) },
        ] as [[Int64]])
    func places(records: [Int64]) throws {
        let order = Self.order(records)
        let places = RecordPlaces(order.bytes)
        let all = try #require(RecordOrder.decode(order.bytes))
        for (place, record) in records.enumerated() {
            let found = places.find([record])
            #expect(found.map(\.index) == [place] && found.map(\.entry) == [all[place]])
        }
        // In the order of the export, and none that is not in it.
        let asked = Set(records.filter { $0.isMultiple(of: 3) } + [-1, 0, 5_000_000])
        #expect(places.find(asked).map(\.entry.record) == records.filter { asked.contains($0) })
    }

    @Test func `bytes that are no order hold no records`() {
        #expect(RecordPlaces([0xFF, 0xFF]).find([1, 2, 3]).isEmpty)
    }
}
