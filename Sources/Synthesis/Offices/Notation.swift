/// Writes a person down as one office would, without a mistake.
struct Notation {
    let office: Office
    private let dates: DateNotation
    private let counties: Counties
    private let male: Bytes
    private let female: Bytes
    /// By code of GB/T 3304.
    private let ethnicGroups: [Bytes]
    private let yes = Bytes("是")
    private let no = Bytes("否")

    init(_ office: Office, counties: Counties, ethnicMix: EthnicMix) {
        self.office = office
        self.counties = counties
        dates = office.dateNotation
        switch office {
        case .registry: (male, female) = (Bytes("1"), Bytes("2"))
        case .community: (male, female) = (Bytes("男"), Bytes("女"))
        case .dossier: (male, female) = (Bytes("M"), Bytes("F"))
        }
        ethnicGroups = ethnicMix.names.enumerated().map { code, name in
            switch office {
            case .registry: Bytes(number: code, width: 2)
            case .community: name
            // The case files leave out the last character, which says "group".
            case .dossier: Bytes(name.dropLast(3))
            }
        }
    }

    func sex(male isMale: Bool) -> Bytes { isMale ? male : female }

    func ethnicGroup(_ code: Int) -> Bytes { ethnicGroups[code] }

    func cells(_ person: Person) -> Cells {
        var cells = Cells()
        cells[.name] = person.name.full
        cells[.sex] = sex(male: person.isMale)
        cells[.idNumber] = person.idNumber
        cells[.birth] = dates.text(person.birth)
        cells[.ethnic] = ethnicGroup(person.ethnic)
        cells[.homeCode] = counties.all[person.home.county].code
        cells[.homeAddress] = person.home.address
        cells[.residenceCode] = counties.all[person.residence.county].code
        cells[.residenceAddress] = person.residence.address
        cells[.phone] = person.phone
        cells[.registered] = dates.text(office == .dossier ? person.caseOpened : person.registered)
        cells[.status] = person.status.text
        cells[.death] = person.death.map(dates.text) ?? []
        cells[.hasCase] = person.hasCase ? yes : no
        cells[.caseType] = person.caseType
        cells[.caseworker] = person.caseworker
        cells[.lastVisit] = dates.text(person.lastVisit)
        return cells
    }
}
