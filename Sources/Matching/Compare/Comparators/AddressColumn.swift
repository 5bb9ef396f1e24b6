import FuzzyText
import Records
import Standards

/// Distinct addresses with the codes of their parts.
struct AddressColumn: PreparedColumn {
    let isDear = true
    private let units: UnitColumn
    private let parts: [Parts]
    private let rungs: (county: UInt8, township: UInt8, road: UInt8, building: UInt8, nearly: UInt8, door: UInt8)

    /// Interned parts; 0 where the address has none.
    private struct Parts: Sendable {
        let county: UInt32
        let township: UInt32
        let road: UInt32
        let building: UInt32
        let room: UInt32
        let hasDoor: Bool
    }

    init(_ column: RecordTable.Column, _ ladder: Ladder) {
        units = UnitColumn(column.values)
        var interner = TextInterner()
        parts = (0..<column.values.count).map { code in
            let features = AddressFeatures(column.values[UInt32(code)])
            return Parts(
                county: features.county, township: interner.intern(features.township),
                road: interner.intern(features.road), building: interner.intern(features.building),
                room: interner.intern(features.room), hasDoor: features.hasDoor)
        }
        rungs = (
            ladder.index(of: "same county"), ladder.index(of: "same township"),
            ladder.index(of: "same road or village"), ladder.index(of: "same building"),
            ladder.index(of: "nearly equal"), ladder.index(of: "same door")
        )
    }

    func level(_ a: UInt32, _ b: UInt32) -> UInt8 {
        let (x, y) = (parts[Int(a)], parts[Int(b)])
        if x.county != 0, y.county != 0, x.county != y.county { return isNearlyEqual(a, b) ? rungs.nearly : 1 }
        if x.road != 0, x.road == y.road {
            if x.hasDoor, x.building == y.building, x.room == y.room { return rungs.door }
            if isNearlyEqual(a, b) { return rungs.nearly }
            return x.building != 0 && x.building == y.building ? rungs.building : rungs.road
        }
        if isNearlyEqual(a, b) { return rungs.nearly }
        if x.township != 0, x.township == y.township { return rungs.township }
        return x.county != 0 && x.county == y.county ? rungs.county : 1
    }

    /// At most one character wrong, dropped or turned: in a text long enough for that to be no other address.
    private func isNearlyEqual(_ a: UInt32, _ b: UInt32) -> Bool {
        min(units.count(a), units.count(b)) >= 8 && units.distance(a, b, atMost: 1) == 1
    }
}
