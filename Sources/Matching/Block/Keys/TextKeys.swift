import Records

extension KeyTransform {
    private static let texts: Set<FieldKind> = [
        .givenName, .surname, .personName, .identifier, .residentID, .phone, .postcode, .street, .city, .text, .email,
        .houseNumber,
    ]

    static let textTransforms: [KeyTransform] = [
        KeyTransform("prefix3", Text(en: "first three characters", zh: "前三字"), texts) { prefix($0, 3) },
        KeyTransform("prefix4", Text(en: "first four characters", zh: "前四字"), texts) { prefix($0, 4) },
        KeyTransform("last4", Text(en: "last four characters", zh: "后四字"), texts) { text in
            text.unicodeScalars.count < 4 ? nil : String(text.suffix(4))
        },
    ]

    private static func prefix(_ text: String, _ count: Int) -> String? {
        text.isEmpty ? nil : String(text.prefix(count))
    }
}
