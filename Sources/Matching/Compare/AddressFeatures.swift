import Standards

/// What of an address is compared: the county it lies in, and the texts of its parts.
struct AddressFeatures: Sendable {
    /// Current division code, 0 where the address names none.
    let county: UInt32
    let township: String
    /// Road or village with its number, and the estate.
    let road: String
    let building: String
    let room: String

    init(_ text: String) {
        // SCRATCH until AddressParts
        var digits: [String] = []
        var current = ""
        for c in text { if c.isASCII && c.isNumber { current.append(c) } else if !current.isEmpty { digits.append(current); current = "" } }
        if !current.isEmpty { digits.append(current) }
        let chars = Array(text)
        var r = ""
        if let i = chars.lastIndex(where: { "路街巷村".contains($0) }) { r = String(chars[max(0, i - 3)...i]) }
        county = 0
        township = ""
        road = r + (digits.first ?? "")
        building = digits.dropFirst().first ?? ""
        room = digits.dropFirst(2).joined(separator: "-")
    }

    /// Road or village, number, building and room: the same only for one household, wherever the county was left out.
    var door: String { road.isEmpty ? "" : "\(road)|\(building)|\(room)" }
}

enum AddressKey {
    static func county(_ text: String) -> UInt32 { AddressFeatures(text).county }
    static func door(_ text: String) -> String { AddressFeatures(text).door }
}
