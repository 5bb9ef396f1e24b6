package import Records

/// A way to compare two values of a field: a ladder of levels, and how a column is made ready for it.
package struct Comparator: Sendable {
    /// As written in rule books.
    package let name: String
    package let summary: Text
    /// Who shares such a value (MODEL §2); the rule book may say otherwise.
    package let role: MatchPlan.Role
    package let ladder: Ladder
    /// In a class of pairs that share a person's key, the value of strangers agrees only by chance. City and postcode
    /// do not have this: people who share a name often share the region.
    let isCappedAmongStrangers: Bool
    /// The chance allowance of the model counts a tenth for numbers given to one person only.
    let isUnique: Bool
    let prepare: @Sendable (RecordTable.Column, Ladder) -> any PreparedColumn

    init(
        _ name: String, _ summary: Text, role: MatchPlan.Role, ladder: Ladder, isCappedAmongStrangers: Bool = true,
        isUnique: Bool = false, prepare: @escaping @Sendable (RecordTable.Column, Ladder) -> any PreparedColumn
    ) {
        self.name = name
        self.summary = summary
        self.role = role
        self.ladder = ladder
        self.isCappedAmongStrangers = isCappedAmongStrangers
        self.isUnique = isUnique
        self.prepare = prepare
    }

    /// Every comparator a rule book can name.
    package static let all: [Comparator] = [
        personName, givenName, surname, residentID, identifier, date, phone, address, street, city, postcode,
        houseNumber, division, code, email, number, text, exact,
    ]

    package static func named(_ name: String) -> Comparator? {
        all.first { $0.name == name }
    }

    /// The comparator a field of this kind is compared with when the rule book names none.
    package static func standard(for kind: FieldKind) -> Comparator {
        switch kind {
        case .personName: personName
        case .givenName: givenName
        case .surname: surname
        case .residentID: residentID
        case .identifier: identifier
        case .date: date
        case .division: division
        case .address: address
        case .street: street
        case .houseNumber: houseNumber
        case .city: city
        case .postcode: postcode
        case .phone: phone
        case .email: email
        case .code, .ethnicGroup: code
        case .number: number
        case .text: text
        }
    }
}
