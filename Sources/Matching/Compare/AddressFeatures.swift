import Records
import Standards

/// What of an address is compared: the division it lies in, and the texts of its parts.
///
/// Parts are texts of their own so that equal parts of different addresses are equal: `春熙路|12` whatever stands before.
struct AddressFeatures: Sendable {
    /// County in force, or a higher division where the address names no county; 0 where it names none that is certain.
    let division: UInt32
    let township: String
    /// Road or village with the house number; the estate where there is no road.
    let road: String
    let building: String
    /// Unit, floor and room.
    let room: String

    init(_ text: String) {
        let parts = AddressParts(text)
        func name(_ range: Range<Int>) -> String { AddressParts.text(range, of: text) }
        division = parts.division
        township = name(parts.township)
        var road = name(parts.road) + name(parts.village)
        if road.isEmpty { road = name(parts.estate) }
        let numbers = [parts.group, parts.lane, parts.number].map(\.description)
        if !road.isEmpty { for number in numbers { road += "|" + number } }
        self.road = road
        building = parts.building.description
        let inside = [parts.unit, parts.floor, parts.room].map(\.description)
        room = inside.allSatisfy(\.isEmpty) ? "" : inside.joined(separator: "|")
        hasDoor = !road.isEmpty && !(numbers.allSatisfy(\.isEmpty) && building.isEmpty && room.isEmpty)
    }

    /// A road or village alone is no door.
    let hasDoor: Bool

    /// Road or village with every number: the same for one household, also where the divisions were left out. Empty without any
    /// number.
    var door: String { hasDoor ? "\(road)#\(building)#\(room)" : "" }

    /// The county, or 0 where only a higher division is known.
    var county: UInt32 { division % 100 == 0 ? 0 : division }
}
