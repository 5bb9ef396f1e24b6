import Standards

/// Where somebody lives or is registered.
struct Dwelling {
    /// Index in `Counties.all`.
    let county: Int
    let address: Bytes
}

enum Status: Int {
    case normal
    case movedAway
    case dead
    case cancelled

    static let texts = ["正常", "迁出", "死亡", "注销"].map { Bytes($0) }
    var text: Bytes { Self.texts[rawValue] }
}

/// Someone of the imaginary population, as a perfect register would know them. A class, because many records, the list
/// of recent persons and the household speak of the same one while it is being drawn.
final class Person {
    /// 1, 2, …: entity id E00000001.
    let number: Int
    let name: PersonName
    let isMale: Bool
    let birth: CivilDate
    let idNumber: Bytes
    /// Code of GB/T 3304.
    let ethnic: Int
    let home: Dwelling
    var residence: Dwelling
    let formerResidence: Dwelling?
    var phone: Bytes
    let formerPhone: Bytes?
    let registered: CivilDate
    let status: Status
    let death: CivilDate?
    let hasCase: Bool
    let caseType: Bytes
    let caseworker: Bytes
    let caseOpened: CivilDate
    let lastVisit: CivilDate
    /// Identity numbers of the other members of the household.
    var kinNumbers: [Bytes] = []

    init(
        number: Int, name: PersonName, isMale: Bool, birth: CivilDate, idNumber: Bytes, ethnic: Int,
        home: Dwelling,
        residence: Dwelling, formerResidence: Dwelling?, phone: Bytes, formerPhone: Bytes?,
        registered: CivilDate,
        status: Status, death: CivilDate?, hasCase: Bool, caseType: Bytes, caseworker: Bytes,
        caseOpened: CivilDate,
        lastVisit: CivilDate
    ) {
        self.number = number
        self.name = name
        self.isMale = isMale
        self.birth = birth
        self.idNumber = idNumber
        self.ethnic = ethnic
        self.home = home
        self.residence = residence
        self.formerResidence = formerResidence
        self.phone = phone
        self.formerPhone = formerPhone
        self.registered = registered
        self.status = status
        self.death = death
        self.hasCase = hasCase
        self.caseType = caseType
        self.caseworker = caseworker
        self.caseOpened = caseOpened
        self.lastVisit = lastVisit
    }

    /// `E00000001`
    var entityID: Bytes {
        var id = Bytes("E")
        id.append(number: number, width: 8)
        return id
    }
}
