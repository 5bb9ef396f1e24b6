/// What is really so: which records are the same person, every deviation, every omission, the look-alikes, and the
/// clean master.
struct TruthFiles {
    private var truth: CSVWriter
    private var errors: CSVWriter
    private var omissions: CSVWriter
    private var hardNegatives: CSVWriter
    private var master: CSVWriter
    private let counties: Counties

    static let names = [
        "truth.csv", "errors.csv", "omissions.csv", "hard_negatives.csv", "master.csv",
    ]

    init(in directory: String, counties: Counties) throws {
        func writer(_ name: String, _ header: [String]) throws -> CSVWriter {
            try CSVWriter("\(directory)/\(name)", header: header, lineEnd: .lf)
        }
        self.counties = counties
        truth = try writer("truth.csv", ["id", "entity_id"])
        errors = try writer("errors.csv", ["id", "source", "field", "kind", "original", "value"])
        omissions = try writer("omissions.csv", ["entity_id", "missing_in", "present_in", "inferable"])
        hardNegatives = try writer("hard_negatives.csv", ["entity_a", "entity_b", "kind"])
        master = try writer(
            "master.csv",
            [
                "entity_id", "name", "sex", "id_number", "birth_date", "ethnic_code", "hukou_code",
                "hukou_addr",
                "res_code", "res_addr", "phone", "registered", "status", "death_date", "has_case",
                "case_type",
                "caseworker", "case_opened", "last_visit",
            ])
    }

    /// Whose record it is.
    mutating func add(_ id: Bytes, of person: Person) throws {
        truth.field(id)
        truth.field(person.entityID)
        try truth.endRow()
    }

    /// Original and value stand in the notation of the office.
    mutating func add(
        _ deviation: OfficeRecord.Deviation, of id: Bytes, in record: OfficeRecord, _ office: Office
    ) throws {
        errors.field(id)
        errors.field(office.name)
        errors.field(deviation.field.label)
        errors.field(deviation.kind.name)
        errors.field(record.clean[deviation.field])
        errors.field(record.cells[deviation.field])
        try errors.endRow()
    }

    /// A missing dossier can be inferred only from the register, which says that a file was opened.
    mutating func add(missing person: Person, in office: Office, present: [Office]) throws {
        omissions.field(person.entityID)
        omissions.field(office.name)
        omissions.field(present.map(\.name).joined(separator: "|"))
        omissions.field(office == .dossier && !present.contains(.registry) ? "0" : "1")
        try omissions.endRow()
    }

    mutating func add(_ pair: HardNegative) throws {
        hardNegatives.field(pair.first.entityID)
        hardNegatives.field(pair.second.entityID)
        hardNegatives.field(pair.kind.rawValue)
        try hardNegatives.endRow()
    }

    mutating func add(_ person: Person) throws {
        master.field(person.entityID)
        master.field(person.name.full)
        master.field(person.isMale ? "1" : "2")
        master.field(person.idNumber)
        master.field(DateNotation.iso.text(person.birth))
        master.field(Bytes(number: person.ethnic, width: 2))
        for dwelling in [person.home, person.residence] {
            master.field(counties.all[dwelling.county].code)
            master.field(dwelling.address)
        }
        master.field(person.phone)
        master.field(DateNotation.iso.text(person.registered))
        master.field(person.status.text)
        master.field(person.death.map(DateNotation.iso.text) ?? [])
        master.field(person.hasCase ? "1" : "0")
        let caseCells = [
            person.caseType, person.caseworker, DateNotation.iso.text(person.caseOpened),
            DateNotation.iso.text(person.lastVisit),
        ]
        for cell in caseCells { master.field(person.hasCase ? cell : []) }
        try master.endRow()
    }

    func finish() throws {
        for writer in [truth, errors, omissions, hardNegatives, master] { try writer.finish() }
    }
}
