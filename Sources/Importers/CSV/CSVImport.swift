import Records

/// A CSV export read into a table.
enum CSVImport {
    static func read(
        _ plan: SourcePlan, _ source: ByteSource, _ schema: Schema, limits: ImportLimits = .standard, threads: Int = 1
    ) throws -> ImportedSource {
        var log = IssueLog(source: plan.profile.name, file: source.path, limit: limits.issues)
        let opened = try CSVOpening(source, plan: plan, log: &log)
        let dialect = opened.dialect
        let columns = try CSVColumns(plan, dialect, schema, mojibake: opened.mojibake, log: &log)
        guard var decoder = TextDecoder(opened.encoding, skipping: opened.markLength) else {
            throw CSVOpening.noConverter(opened.encoding, source.path)
        }
        var reader = CSVReader(delimiter: dialect.delimiter, quote: dialect.quote, limits: limits)
        var rows = CSVTable(
            columns, dialect, schema, log: log, limits: limits, isGuarded: plan.isGuarded,
            isConcurrent: threads > 1)
        while let chunk = try source.next() {
            decoder.decode(chunk)
            try reader.feed(decoder.output) {
                try rows.take($0, &decoder)
            } flush: {
                rows.flush($0)
            }
        }
        decoder.finish()
        try reader.feed(decoder.output) {
            try rows.take($0, &decoder)
        } flush: {
            rows.flush($0)
        }
        try reader.finish {
            try rows.take($0, &decoder)
        } flush: {
            rows.flush($0)
        }
        rows.close(lineEnding: reader.lineEndings.name)
        let file = SourceFile(
            path: source.path, format: .csv, sha256: source.sha256, size: source.count, encoding: opened.encoding.name,
            dialect: Dialect(
                delimiter: String(Unicode.Scalar(dialect.delimiter)),
                quote: dialect.quote.map { String(Unicode.Scalar($0)) } ?? "", hasHeader: dialect.hasHeader,
                lineEnding: reader.lineEndings.name, hasByteOrderMark: opened.markLength > 0, guessed: opened.guessed,
                headers: dialect.headers))
        return rows.finish(plan.profile, file)
    }
}
