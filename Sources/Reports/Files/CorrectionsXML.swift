package import Records

/// `corrections/<source>.xml`: the corrections of an office that exports XML, in the structure, namespaces and encoding of
/// its export.
///
/// ```xml
/// <jmxx xmlns:q="urn:qingku:corrections:1" q:source="community">
/// <jm bh="C1"><csrq>1985-03-07</csrq><q:correction action="change" path="csrq" before="1985-03-70"
///   after="1985-03-07" reason="…" evidence="…" finding="F…" line="5"/></jm>
/// <jm bh="C2"><q:correction action="merge" into="C1" …/></jm>
/// <jm><xm>…</xm><q:correction action="add" …/></jm>
/// </jmxx>
/// ```
///
/// A record element for each record concerned, with its id and the corrected values where the export has them; what is not
/// there stays. All that is Qingku's own is in its namespace and stands last in the record: without it the file is an
/// export of the office's own layout. Where the rule book does not say what stands above the record, the root is
/// `q:corrections`. Characters that XML cannot hold stand as U+FFFD, and the correction says `replaced="true"`.
package enum CorrectionsXML {
    package static let namespace = "urn:qingku:corrections:1"

    /// - Parameters:
    ///   - source: index into `records.sources`.
    ///   - corrections: as for `CorrectionsFile.write`; those of one record follow each other.
    package static func write(
        _ records: RecordTable, source: Int, layout: OfficeXML, language: Language, with maker: FileMaker,
        corrections: (_ emit: (Correction) throws -> Void) throws -> Void
    ) throws -> OutputFile {
        let table = records.sources[source]
        let file = "corrections/" + Outbox.fileName(for: table.source) + ".xml"
        func write(_ encoding: String) throws -> OutputFile {
            try maker.file(file) { sink in
                let xml = try XMLText(encoding: encoding, path: file)
                let document = Document(
                    records: records, table: table, layout: layout, language: language, xml: xml)
                try document.write(corrections, to: &sink)
            }
        }
        do {
            return try write(table.file.encoding.uppercased())
        } catch let failure as Failure where failure.code == "E-OUT-013" {
            return try write("UTF-8")
        }
    }
}

private struct Document {
    let records: RecordTable
    let table: SourceTable
    let layout: OfficeXML
    let language: Language
    let xml: XMLText

    func write(
        _ corrections: (_ emit: (Correction) throws -> Void) throws -> Void, to sink: inout FileSink
    ) throws {
        sink.expectRows()
        let above = layout.record.dropLast()
        for (depth, step) in above.enumerated() {
            xml.begin(step.name)
            if depth == 0 { declare() }
            for attribute in step.attributes { xml.attribute(attribute.name, attribute.value) }
        }
        if above.isEmpty {
            xml.begin(prefix + ":corrections")
            declare()
        }
        try records.withView { view in
            var pending: [Correction] = []
            var written = 0
            func flush(_ sink: inout FileSink) throws {
                if pending.isEmpty { return }
                record(pending, view)
                for _ in pending { sink.countRow() }
                pending.removeAll(keepingCapacity: true)
                written += 1
                if written & 255 == 0 { try xml.drain(to: &sink) }
                try sink.checkRow()
            }
            try corrections { correction in
                if let last = pending.last, last.row != correction.row || correction.action == .add {
                    try flush(&sink)
                }
                pending.append(correction)
            }
            try flush(&sink)
        }
        xml.lineBreak()
        for _ in 0..<max(1, above.count) { xml.end() }
        try xml.finish(to: &sink)
    }

    /// `q`, unless the office's own paths use that.
    private var prefix: String {
        ["q", "qk", "qingku"].first { own in !layout.namespaces.contains { $0.name == own } } ?? "q-"
    }

    private func declare() {
        for namespace in layout.namespaces { xml.attribute("xmlns:" + namespace.name, namespace.value) }
        xml.attribute("xmlns:" + prefix, CorrectionsXML.namespace)
        xml.attribute(prefix + ":source", table.source)
    }

    /// One record with all its corrections.
    private func record(_ corrections: [Correction], _ view: RecordView) {
        guard let step = layout.record.last, let first = corrections.first else { return }
        var root = Node(step)
        let isAdded = first.action == .add
        if !isAdded, let place = layout.recordID { root.set(records.recordID(first.row), at: place.steps[...], place) }
        for field in layout.order {
            let value =
                corrections.first { $0.field == field }?.after
                ?? corrections.lazy.flatMap(\.cells).first { $0.field == field }?.text
            if let value, let place = layout.fields[field] { root.set(value, at: place.steps[...], place) }
        }
        xml.lineBreak()
        write(root) { for correction in corrections { account(correction, view) } }
    }

    private func write(_ node: Node, _ last: () -> Void = {}) {
        xml.begin(node.step.name)
        for attribute in node.step.attributes + node.attributes { xml.attribute(attribute.name, attribute.value) }
        if let text = node.text { xml.text(text) }
        for child in node.children { write(child) }
        last()
        xml.end()
    }

    private func account(_ correction: Correction, _ view: RecordView) {
        xml.begin(prefix + ":correction")
        xml.attribute("action", correction.action.rawValue)
        var isReplaced = false
        if let field = correction.field {
            xml.attribute("path", table.columns[field]?.header ?? records.schema.fields[field].name)
            isReplaced = xml.attribute("before", correction.before)
            isReplaced = xml.attribute("after", correction.after) || isReplaced
        } else if correction.action == .merge {
            xml.attribute("into", correction.after)
        }
        xml.attribute("reason", correction.reason(language))
        xml.attribute("evidence", correction.evidence(language))
        let finding = correction.findingID(in: view)
        if !finding.isEmpty { xml.attribute("finding", finding) }
        if correction.action != .add {
            if layout.recordID == nil { xml.attribute("record", records.recordID(correction.row)) }
            xml.attribute("line", String(records.line(correction.row)))
        }
        if isReplaced { xml.attribute("replaced", "true") }
        xml.end()
    }

    /// An element being put together: paths that begin alike share their elements.
    private struct Node {
        let step: OfficeXML.Step
        var attributes: [OfficeXML.Attribute] = []
        var text: String?
        var children: [Node] = []

        init(_ step: OfficeXML.Step) {
            self.step = step
        }

        mutating func set(_ value: String, at steps: ArraySlice<OfficeXML.Step>, _ place: OfficeXML.Place) {
            guard let next = steps.first else {
                if let name = place.attribute {
                    // A name given twice would not be well-formed.
                    if !(step.attributes + attributes).contains(where: { $0.name == name }) {
                        attributes.append(OfficeXML.Attribute(name: name, value: value))
                    }
                } else {
                    text = value
                }
                return
            }
            let index = children.firstIndex { $0.step == next } ?? children.endIndex
            if index == children.endIndex { children.append(Node(next)) }
            children[index].set(value, at: steps.dropFirst(), place)
        }
    }
}
