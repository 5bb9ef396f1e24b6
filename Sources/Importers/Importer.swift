package import Records

/// Reads an export into a table of codes, as its plan says. Needs little memory beside the table, whatever the file's size.
package enum Importer {
    /// - Parameters:
    ///   - path: The export; the plan's own path is not looked at.
    ///   - schema: The registry's fields; the table has one column for each, `nil` where the source has none.
    ///   - threads: More than one: cells of a CSV file are taken in on a second thread. The table is the same.
    /// - Throws: `Failure(.badInput)` when the file as a whole cannot be read: missing, empty, compressed, another format or
    ///   encoding than stated, without the record id or any mapped column, XML with a DOCTYPE or without one whole record.
    ///   What is wrong with single rows is an issue.
    package static func read(
        _ plan: SourcePlan, path: String, schema: Schema, threads: Int = 1
    ) throws -> ImportedSource {
        try read(plan, ByteSource(path: path), schema, threads)
    }

    /// The same from bytes in memory, in chunks of `chunkSize`; `name` stands for the path in messages.
    package static func read(
        _ plan: SourcePlan, bytes: [UInt8], name: String, schema: Schema, chunkSize: Int = 256 << 10, threads: Int = 1
    ) throws -> ImportedSource {
        try read(plan, ByteSource(bytes, path: name, chunkSize: chunkSize), schema, threads)
    }

    private static func read(
        _ plan: SourcePlan, _ source: ByteSource, _ schema: Schema, _ threads: Int
    ) throws -> ImportedSource {
        try InputFormat.of(plan.format).read(plan, source, schema, threads)
    }
}
