import Records

extension Check {
    /// A value that GB/T 3304 does not have.
    static let badEthnicGroup = Check(
        "bad-ethnic-group", .error, .error,
        title: Text(en: "Unknown ethnic group", zh: "民族代码不存在"),
        search: .values(for: { $0.kind == .ethnicGroup }) { value, _ in
            value.isWellFormed ? nil : Hit()
        },
        message: { finding, records in
            let name = Wording.field(finding, records)
            let cell = Wording.cell(finding, records)
            return Text(
                en: "\(name) is \(cell); expected a code or name of GB/T 3304, such as 01 or 汉族",
                zh: "\(name) 为\(cell)；应为 GB/T 3304 的代码或名称，例如 01 或汉族")
        })
}
