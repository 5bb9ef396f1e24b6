package import Records

/// A kind of file that can be imported.
package struct InputFormat: Sendable {
    package let format: SourceFile.Format
    package let summary: Text
    /// Usual endings of file names, lower case.
    package let extensions: [String]
    /// Whether a file that begins with these bytes is probably of this format. The first of `all` that says so is taken.
    let recognises: @Sendable (_ head: [UInt8]) -> Bool
    let read: @Sendable (SourcePlan, ByteSource, Schema, _ threads: Int) throws -> ImportedSource
    let sniff: @Sendable (ByteSource, _ sampleCount: Int) throws -> SniffedFile

    package static let all: [InputFormat] = [.xml, .csv]

    static let csv = InputFormat(
        format: .csv, summary: Text(en: "Table with delimiters", zh: "带分隔符的表格"), extensions: ["csv", "tsv", "txt"],
        recognises: { _ in true }, read: { try CSVImport.read($0, $1, $2, threads: $3) },
        sniff: { try CSVSniffer.sniff($0, samples: $1) })

    static let xml = InputFormat(
        format: .xml, summary: Text(en: "Elements, one a record", zh: "以元素为记录的 XML"), extensions: ["xml"],
        recognises: { XMLEncoding.looksLikeXML($0) },
        read: { plan, source, schema, _ in try XMLImport.read(plan, source, schema) },
        sniff: { try XMLSniffer.sniff($0, samples: $1) })

    static func of(_ format: SourceFile.Format) -> InputFormat {
        all.first { $0.format == format } ?? .csv
    }
}
