import Records

extension ExportFormat {
    /// ```xml
    /// <export table="master" title="…" purpose="…" recipient="…">
    /// <record><field name="person_id">P00000001</field><field name="name">…</field></record>
    /// </export>
    /// ```
    /// A `record` for each row, a `field` for each cell in the order of the columns, empty ones too; names of columns are
    /// attributes, since not every name can be an element's. No namespace. A cell with characters that XML 1.0 cannot hold
    /// has U+FFFD in their place and the attribute `replaced="true"`, and is listed.
    static let xml = ExportFormat(
        stream: "xml",
        Text(en: "XML: a record element a row, a field element a cell", zh: "XML：每行一个 record 元素，每格一个 field 元素"),
        ending: "xml"
    ) { table, note, sink, touched in
        sink.expectRows()
        let xml = try XMLText(encoding: "UTF-8", path: "export.xml")
        xml.begin("export")
        xml.attribute("table", table.name)
        for (name, value) in [("title", note.title), ("purpose", note.purpose), ("recipient", note.recipient)]
        where !value.isEmpty {
            xml.attribute(name, value)
        }
        var number = 0
        try table.eachRow { row in
            number += 1
            xml.lineBreak()
            xml.begin("record")
            for (index, column) in table.columns.enumerated() {
                let isReplaced = row.withCell(index) { cell in cell.contains { $0 < 0x20 || $0 == 0xEF } }
                xml.begin("field")
                xml.attribute("name", column.name)
                if isReplaced, !row[index].unicodeScalars.allSatisfy(XMLText.isAllowed) {
                    xml.attribute("replaced", "true")
                    try touched.add(.character, table: table.name, row: number, row, column: column)
                }
                row.withCell(index) { _ = xml.text($0) }
                xml.end()
            }
            xml.end()
            if number & 255 == 0 { try xml.drain(to: &sink) }
            sink.countRow()
            try sink.checkRow()
        }
        xml.lineBreak()
        xml.end()
        try xml.finish(to: &sink)
    }
}
