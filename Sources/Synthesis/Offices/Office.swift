/// The three offices whose exports are imitated. Each keeps the same persons in its own layout and notation, and with
/// its own care.
enum Office: Int, CaseIterable {
    /// Household registration.
    case registry
    /// Community service centre.
    case community
    /// Case files of the social service.
    case dossier

    var name: String {
        switch self {
        case .registry: "registry"
        case .community: "community"
        case .dossier: "dossier"
        }
    }

    /// First letter of its record ids.
    var prefix: UInt8 {
        switch self {
        case .registry: UInt8(ascii: "R")
        case .community: UInt8(ascii: "C")
        case .dossier: UInt8(ascii: "D")
        }
    }

    /// Factor on the noise: below 1 in a careful office.
    var carelessness: Double {
        switch self {
        case .registry: 0.6
        case .community: 1.2
        case .dossier: 1.5
        }
    }

    /// Share of the persons it should hold whom it does hold.
    var presence: Double {
        switch self {
        case .registry: 0.96
        case .community: 0.90
        case .dossier: 0.93
        }
    }

    /// Chance that a record is there once more.
    var duplicateShare: Double {
        switch self {
        case .registry: 0.03
        case .community: 0.06
        case .dossier: 0.08
        }
    }

    var dateNotation: DateNotation {
        switch self {
        case .registry: .compact
        case .community: .iso
        case .dossier: .slashes
        }
    }

    /// Whom it should hold: everybody in the register, who lives here in the community, who has a file in the dossiers.
    func expects(_ person: Person) -> Bool {
        switch self {
        case .registry: true
        case .community: person.status == .normal
        case .dossier: person.hasCase
        }
    }

    /// Its columns after the record id, left to right.
    var columns: [(header: String, field: RecordField)] {
        switch self {
        case .registry:
            [
                ("姓名", .name), ("性别", .sex), ("公民身份号码", .idNumber), ("出生日期", .birth), ("民族代码", .ethnic),
                ("户籍地区划代码", .homeCode), ("户籍地址", .homeAddress), ("居住地区划代码", .residenceCode),
                ("居住地址", .residenceAddress), ("联系电话", .phone), ("登记日期", .registered), ("人员状态", .status),
                ("死亡日期", .death), ("是否建档", .hasCase),
            ]
        case .community:
            [
                ("xm", .name), ("xb", .sex), ("sfzh", .idNumber), ("csrq", .birth), ("mz", .ethnic),
                ("hjdz", .homeAddress), ("xzqh", .residenceCode), ("jzdz", .residenceAddress),
                ("lxdh", .phone),
                ("djrq", .registered), ("ryzt", .status), ("wgy", .caseworker),
            ]
        case .dossier:
            [
                ("full_name", .name), ("gender", .sex), ("id_no", .idNumber), ("dob", .birth),
                ("ethnicity", .ethnic),
                ("domicile_code", .homeCode), ("domicile", .homeAddress), ("residence", .residenceAddress),
                ("tel", .phone), ("opened", .registered), ("service", .caseType),
                ("caseworker", .caseworker),
                ("last_visit", .lastVisit), ("state", .status),
            ]
        }
    }
}
