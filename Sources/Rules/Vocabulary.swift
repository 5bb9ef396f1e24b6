import Matching
import Reconciliation
package import Records

/// The names of comparators, key transforms and survivorship rules that a rule book may use, and what they are made for.
package struct Vocabulary: Sendable {
    /// Comparator → kinds of field it understands.
    package let comparators: [String: Set<FieldKind>]
    /// Name after the dot of a blocking key's part → kinds of field it can be taken of.
    package let keyTransforms: [String: Set<FieldKind>]
    package let survivorshipRules: [String]

    package init(
        comparators: [String: Set<FieldKind>], keyTransforms: [String: Set<FieldKind>], survivorshipRules: [String]
    ) {
        self.comparators = comparators
        self.keyTransforms = keyTransforms
        self.survivorshipRules = survivorshipRules
    }

    /// What this version of Qingku can do: the lists beside the implementations.
    package static let standard = Vocabulary(
        comparators: Dictionary(
            Comparator.all.map { ($0.name, kinds[$0.name] ?? everyKind) }, uniquingKeysWith: { first, _ in first }),
        keyTransforms: Dictionary(
            KeyTransform.all.map { ($0.name, $0.kinds) }, uniquingKeysWith: { first, _ in first }),
        survivorshipRules: SurvivorshipRule.all.map(\.name))

    /// Comparators that would find nothing in values of other kinds; one that is not listed takes any.
    private static let kinds: [String: Set<FieldKind>] = [
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
    ]

    private static let everyKind = Set(FieldKind.allCases)
}
