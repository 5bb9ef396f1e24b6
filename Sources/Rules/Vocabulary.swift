package import Records

/// The names of comparators, key transforms and survivorship rules that a rule book may use, and what they are made for.
package struct Vocabulary: Sendable {
    /// Comparator → kinds of field it understands.
    package let comparators: [String: Set<FieldKind>]
    /// Name after the dot of a blocking key's part → kinds of field it can be taken of.
    package let keyTransforms: [String: Set<FieldKind>]
    package let survivorshipRules: [String]
    /// What is wrong with the SQL condition of a check over the fields of a schema; `nil`: nothing.
    package let conditionProblem: @Sendable (_ expression: String, _ schema: Schema) -> Text?

    package init(
        comparators: [String: Set<FieldKind>], keyTransforms: [String: Set<FieldKind>], survivorshipRules: [String],
        conditionProblem: @escaping @Sendable (String, Schema) -> Text? = { _, _ in nil }
    ) {
        self.comparators = comparators
        self.keyTransforms = keyTransforms
        self.survivorshipRules = survivorshipRules
        self.conditionProblem = conditionProblem
    }

    package static let standard = Vocabulary(
        comparators: [
            "person_name": [.personName, .givenName, .surname],
            "given_name": [.givenName, .personName],
            "surname": [.surname, .personName],
            "resident_id": [.residentID],
            "identifier": [.identifier, .residentID, .code, .text, .phone, .email],
            "date": [.date],
            "phone": [.phone],
            "address": [.address, .street],
            "street": [.street, .address],
            "city": [.city, .text],
            "postcode": [.postcode],
            "house_number": [.houseNumber],
            "division": [.division],
            "code": [.code, .ethnicGroup, .division, .postcode],
            "email": [.email],
            "number": [.number],
            "text": everyKind,
            "exact": everyKind,
        ],
        keyTransforms: [
            "pinyin": names,
            "sound": names.union([.city, .street]),
            "surname": [.personName],
            "given": [.personName],
            "initial": names.union([.city, .street, .text]),
            "sorted": names.union([.text]),
            "year": [.date],
            "year_month": [.date],
            "month_day": [.date],
            "month": [.date],
            "day": [.date],
            "county": [.division],
            "prefecture": [.division],
            "province": [.division],
            "house": [.address, .street],
            "road": [.address, .street],
            "digits": [.address, .street, .houseNumber, .phone, .identifier, .residentID, .text],
            "prefix3": everyKind,
            "prefix4": everyKind,
            "last4": everyKind,
        ],
        survivorshipRules: [
            "valid", "majority", "trust", "latest", "longest", "most_complete", "most_precise_date", "reference_first",
        ])

    private static let names: Set<FieldKind> = [.personName, .givenName, .surname]
    private static let everyKind = Set(FieldKind.allCases)
}
