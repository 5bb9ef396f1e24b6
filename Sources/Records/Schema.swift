/// What a field holds. The kind brings its normalisation, checks, comparator and role; the rule book may override each.
package enum FieldKind: String, Sendable, CaseIterable {
    case personName = "person_name"
    case givenName = "given_name"
    case surname
    /// GB 11643 resident identity number, 18 or legacy 15 digits.
    case residentID = "resident_id"
    /// Any other number or code that belongs to one person (social security, insurance, passport).
    case identifier
    case date
    /// GB/T 2260 division code.
    case division
    case address
    case street
    case houseNumber = "house_number"
    case city
    case postcode
    case phone
    case email
    /// One of a list of codes, given in the rule book.
    case code
    /// GB/T 3304 ethnic group. Never a match feature unless the rule book says so with a reason.
    case ethnicGroup = "ethnic_group"
    case number
    case text
}

/// One field of the registry, as the rule book describes it.
package struct Field: Sendable, Hashable {
    package let name: String
    package let kind: FieldKind
    package let required: Bool
    /// Written form → canonical code, for `code` fields. Keys are compared after folding width, case and blanks.
    package let codes: [String: String]
    /// How an all-number date like `07/03/1985` is to be read. `nil`: not declared, such a date is a finding.
    package let dateOrder: DateOrder?
    /// The latest year that two digits mean: with 2024, `24` is 2024 and `25` is 1925. `nil`: not declared, such a date is a
    /// finding.
    package let shortYearsUntil: Int?
    /// For `date` fields: how old a person may be on that date, in completed years; for the birth date, at the end of the
    /// data. `nil`: not declared.
    package let ages: ClosedRange<Int>?

    package init(
        name: String, kind: FieldKind, required: Bool = false, codes: [String: String] = [:],
        dateOrder: DateOrder? = nil, shortYearsUntil: Int? = nil, ages: ClosedRange<Int>? = nil
    ) {
        self.name = name
        self.kind = kind
        self.required = required
        self.codes = codes
        self.dateOrder = dateOrder
        self.shortYearsUntil = shortYearsUntil
        self.ages = ages
    }
}

package enum DateOrder: String, Sendable, CaseIterable {
    case dayFirst = "dmy"
    case monthFirst = "mdy"
    case yearFirst = "ymd"
}

/// The fields of a registry, in the order of the rule book, which is the order of every table and output.
package struct Schema: Sendable, Hashable {
    package let fields: [Field]

    package init(_ fields: [Field]) {
        self.fields = fields
    }

    /// Position of the field called `name`.
    package func index(of name: String) -> Int? {
        fields.firstIndex { $0.name == name }
    }
}
