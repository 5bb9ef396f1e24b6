import Records
import Standards

extension Check {
    /// A division code that no edition of GB/T 2260 since 1980 has.
    static let badDivision = Check(
        "bad-division", .error, .error,
        title: Text(en: "Unknown division code", zh: "行政区划代码不存在"),
        search: .values(for: { $0.kind == .division }) { value, _ in
            Divisions.shared.isKnown(value.text) ? nil : Hit()
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell), a code that GB/T 2260 has had in no year since 1980",
                zh: "\(name) 为\(cell)，1980 年以来的 GB/T 2260 中均无此代码")
        })
}
