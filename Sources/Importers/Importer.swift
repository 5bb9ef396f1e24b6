package import Records

/// Reads an export into a table of codes, as its plan says. Needs little memory beside the table, whatever the file's size.
package enum Importer {
    /// - Parameters:
    ///   - path: The export; the plan's own path is not looked at.
    ///   - schema: The registry's fields; the table has one column for each, `nil` where the source has none.
    /// - Throws: `Failure(.badInput)` when the file as a whole cannot be read: missing, empty, compressed, another format or
    ///   encoding than stated, without the record id or any mapped column, XML with a DOCTYPE or without one whole record.
    ///   What is wrong with single rows is an issue.
    package static func read(_ plan: SourcePlan, path: String, schema: Schema) throws -> ImportedSource {
        try read(plan, ByteSource(path: path), schema: schema)
    }

    /// The same from bytes in memory, in chunks of `chunkSize`; `name` stands for the path in messages.
    package static func read(
        _ plan: SourcePlan, bytes: [UInt8], name: String, schema: Schema, chunkSize: Int = 256 << 10
    ) throws -> ImportedSource {
        try read(plan, ByteSource(bytes, path: name, chunkSize: chunkSize), schema: schema)
    }

    private static func read(_ plan: SourcePlan, _ source: ByteSource, schema: Schema) throws -> ImportedSource {
        try InputFormat.of(plan.format).read(plan, source, schema)
    }
}
