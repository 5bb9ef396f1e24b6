import Records

extension Check {
    /// A name without a Han character among names in Han: romanised, so the characters have to be asked for.
    static let nameInLatin = Check(
        "name-in-latin", .error, .info,
        title: Text(en: "Romanised name among Chinese ones", zh: "姓名为拼音"),
        search: .values(for: { [.personName, .surname, .givenName].contains($0.kind) }) { value, facts in
            guard facts.isMostlyChinese[value.field], value.bytes.contains(where: isLatinLetter),
                !Script.hasHan(value.bytes)
            else { return nil }
            return Hit()
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell), in Latin letters where the other names are Chinese; ask for the characters",
                zh: "\(name) 为\(cell)，用拉丁字母书写，而其余姓名为汉字；请核实汉字姓名")
        })

    @Sendable private static func isLatinLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
