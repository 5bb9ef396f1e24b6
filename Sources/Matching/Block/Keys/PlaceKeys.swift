import Records
import Standards

extension KeyTransform {
    /// Division codes and addresses. Retired codes give the key of their successor.
    static let placeTransforms: [KeyTransform] = [
        KeyTransform("county", Text(en: "county", zh: "县"), [.division, .address, .residentID]) { county($0, 1) },
        KeyTransform("prefecture", Text(en: "prefecture", zh: "地市"), [.division, .address, .residentID]) {
            county($0, 100)
        },
        KeyTransform("province", Text(en: "province", zh: "省"), [.division, .address, .residentID]) {
            county($0, 10_000)
        },
        KeyTransform(
            "door",
            Text(en: "road or village with its numbers; of a street in letters its sound", zh: "路或村及其门牌；字母街名取其读音"),
            [.address, .street], quick: StreetDoor.append
        ) { text in
            // What is recognised of an address are Chinese words: ASCII holds none.
            let door = text.utf8.allSatisfy { $0 < 0x80 } ? "" : AddressFeatures(text).door
            return door.isEmpty ? StreetDoor.key(text) : door
        },
        KeyTransform(
            "digits", Text(en: "the digits alone", zh: "仅数字"), [.address, .street, .phone, .identifier, .houseNumber]
        ) { text in
            let digits = text.filter { $0.isASCII && $0.isNumber }
            return digits.isEmpty ? nil : digits
        },
    ]

    private static func county(_ text: String, _ unit: UInt32) -> String? {
        // A postcode may stand before an address; a division code and a resident id have no other characters.
        let isCode = text.utf8.allSatisfy { $0 < 0x80 } && text.utf8.prefix(6).allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        let code =
            isCode
            ? Divisions.number(text.prefix(6)).map { Divisions.shared.current($0) } ?? 0
            : AddressFeatures(String(text.drop { $0.isASCII && ($0.isNumber || $0 == " ") })).division
        return code == 0 ? nil : String(code / unit)
    }
}
