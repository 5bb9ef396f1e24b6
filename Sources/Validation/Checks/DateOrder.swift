import Records
import Standards

extension Check {
    /// Something that happened to a person before birth. Other orders depend on the registry and are `where` conditions of the
    /// rule book.
    static let dateOrder = Check(
        "date-order", .error, .error,
        title: Text(en: "Event before birth", zh: "事件早于出生"), explains: ["event-order"],
        search: .rows { facts in
            guard let birthField = facts.roles.birthDate else { return [] }
            let laterFields = facts.roles.laterDates
            if laterFields.isEmpty { return [] }
            return [
                { row in
                    let birth = facts.day(row, birthField)
                    if birth == 0 { return nil }
                    var earlier: Int?
                    var count = 0
                    for field in laterFields {
                        let day = facts.day(row, field)
                        // A date before 1880 is wrong by itself, a birth in the future too.
                        guard day >= PlausibleDays.first, day < birth else { continue }
                        if earlier == nil { earlier = field }
                        count += 1
                    }
                    guard let earlier, !facts.birthDateIsAbsurd(row) else { return nil }
                    // The slip in the birth date has been reported, with the day it should be.
                    if facts.birthAgreement(row) == .slip { return nil }
                    // The id vouches for the birth date, several events speak against it.
                    let isBirthRight = count == 1 && facts.birthAgreement(row) == .same
                    return Hit(
                        field: isBirthRight ? earlier : birthField,
                        detail: facts.records.schema.fields[earlier].name)
                }
            ]
        },
        message: { finding, records in
            guard let birthField = RecordRoles.of(records.schema).birthDate,
                let event = records.schema.index(of: finding.detail)
            else { return Text(en: "an event lies before birth", zh: "有事件早于出生") }
            let birth = Wording.cell(finding.row, birthField, records)
            let day = Wording.cell(finding.row, event, records)
            let birthName = Wording.name(birthField, records)
            return Text(
                en: "\(finding.detail) is \(day), before \(birthName) \(birth); one of the two is wrong",
                zh: "\(finding.detail) 为\(day)，早于 \(birthName) \(birth)；两者必有一误")
        })
}
