import Standards

/// A street address as indices into the words of a `LatinPopulation`.
struct LatinAddress {
    var number: Int16
    var street: Int16
    var city: Int32
    var postcode: Int32
}

/// Someone of the population, in small numbers: a million of them take some 50 MB.
struct LatinPerson {
    var given: Int32
    var surname: Int32
    /// 19850307
    var birth: Int32
    var address: LatinAddress
    var phone: Int64
    var idNumber: Int32
}

/// Columns of `people.csv` after the record id.
enum LatinField: Int, CaseIterable {
    case given, surname, birth, street, city, postcode, phone, idNumber

    var label: String {
        switch self {
        case .given: "given_name"
        case .surname: "surname"
        case .birth: "dob"
        case .street: "street"
        case .city: "city"
        case .postcode: "postcode"
        case .phone: "phone"
        case .idNumber: "id_number"
        }
    }
}

/// A row of `people.csv` as bytes of UTF-8.
struct LatinRow {
    private var values: [Bytes] = Array(repeating: [], count: LatinField.allCases.count)

    subscript(field: LatinField) -> Bytes {
        get { values[field.rawValue] }
        set { values[field.rawValue] = newValue }
    }
}
