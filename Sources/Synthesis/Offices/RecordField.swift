/// What an office can hold of a person. The names are those of `errors.csv`.
enum RecordField: Int, CaseIterable {
    case name, sex, idNumber, birth, ethnic, homeCode, homeAddress, residenceCode, residenceAddress,
        phone
    /// Entry into the register; in the dossiers, the day the file was opened.
    case registered
    case status, death, hasCase, caseType, caseworker, lastVisit

    var label: String {
        switch self {
        case .name: "name"
        case .sex: "sex"
        case .idNumber: "id_number"
        case .birth: "birth"
        case .ethnic: "ethnic"
        case .homeCode: "hukou_code"
        case .homeAddress: "hukou_addr"
        case .residenceCode: "res_code"
        case .residenceAddress: "res_addr"
        case .phone: "phone"
        case .registered: "reg_date"
        case .status: "status"
        case .death: "death"
        case .hasCase: "case"
        case .caseType: "case_type"
        case .caseworker: "worker"
        case .lastVisit: "visit"
        }
    }
}

/// A value for each field, as bytes of UTF-8.
struct Cells {
    private var values: [Bytes] = Array(repeating: [], count: RecordField.allCases.count)

    subscript(field: RecordField) -> Bytes {
        get { values[field.rawValue] }
        set { values[field.rawValue] = newValue }
    }
}
