/// The files of a Latin list while they are being written.
struct LatinFiles {
    private var people: CSVWriter
    private var truth: CSVWriter
    private let xml: OutputFile?
    /// Digits of a record number.
    private let width: Int

    init(_ options: LatinOptions, _ directory: String, _ truthDirectory: String) throws {
        people = try CSVWriter(
            "\(directory)/people.csv", header: ["rec_id"] + LatinField.allCases.map(\.label), lineEnd: .lf
        )
        truth = try CSVWriter(
            "\(truthDirectory)/truth.csv", header: ["rec_id", "entity_id"], lineEnd: .lf)
        xml = options.writesXML ? try OutputFile("\(directory)/people.xml") : nil
        xml?.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<registry>\n")
        width = String(options.records).utf8.count
    }

    mutating func write(_ number: Int, _ row: LatinRow, person: Int) throws {
        let id = Bytes("R") + Bytes(number: number, width: width)
        people.field(id)
        for field in LatinField.allCases { people.field(row[field]) }
        try people.endRow()
        truth.field(id)
        truth.field(Bytes("E") + Bytes(number: person, width: width))
        try truth.endRow()
        try writeXML(id, row)
    }

    /// Empty fields are left out.
    private func writeXML(_ id: Bytes, _ row: LatinRow) throws {
        guard let xml else { return }
        xml.append("  <person id=\"")
        xml.append(id)
        xml.append("\">")
        for field in LatinField.allCases where !row[field].isEmpty {
            xml.append("<\(field.label)>")
            xml.append(row[field].escapedForXML)
            xml.append("</\(field.label)>")
        }
        xml.append("</person>")
        try xml.endRow([UInt8(ascii: "\n")])
    }

    func finish() throws {
        try people.finish()
        try truth.finish()
        xml?.append("</registry>\n")
        try xml?.finish()
    }
}
