/// One record of an office while a clerk is writing it: how it should read, how it reads so far, and what went wrong.
struct OfficeRecord {
    struct Deviation {
        let field: RecordField
        let kind: NoiseKind
    }

    let person: Person
    let clean: Cells
    private(set) var cells: Cells
    private(set) var deviations: [Deviation] = []
    /// Where the residence on this record is: the former one when the person is said to live there.
    var residence: Dwelling

    init(_ person: Person, clean: Cells) {
        self.person = person
        self.clean = clean
        cells = clean
        residence = person.residence
    }

    mutating func put(_ value: Bytes, in field: RecordField, as kind: NoiseKind) {
        guard value != cells[field] else { return }
        cells[field] = value
        deviations.append(Deviation(field: field, kind: kind))
    }

    /// Forgets what does not show: fields the office does not keep, values that came right again, and what was done to a
    /// value before it got lost.
    mutating func settle(shown: [Bool]) {
        let lost = deviations.filter { $0.kind == .missing }.map(\.field)
        deviations.removeAll { deviation in
            !shown[deviation.field.rawValue] || cells[deviation.field] == clean[deviation.field]
                || (deviation.kind != .missing && lost.contains(deviation.field))
        }
    }
}
