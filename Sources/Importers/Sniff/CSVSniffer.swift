import Records

/// The columns of a CSV file from its first rows.
enum CSVSniffer {
    static func sniff(_ source: ByteSource, samples: Int) throws -> SniffedFile {
        var log = IssueLog(source: "", file: source.path)
        let opened = try CSVOpening(source, plan: nil, log: &log)
        let dialect = opened.dialect
        let columns = dialect.headers.enumerated().map { index, header in
            var seen: Set<String> = []
            var values: [String] = []
            var filled = 0
            for row in dialect.rows where index < row.count && !row[index].isEmpty {
                filled += 1
                if seen.insert(row[index]).inserted, values.count < samples { values.append(row[index]) }
            }
            return SniffedFile.Column(path: header, samples: values, filled: filled, distinct: seen.count)
        }
        let lineEnding = !source.head.contains(0x0D) ? "lf" : source.head.contains(0x0A) ? "crlf" : "cr"
        return SniffedFile(
            path: source.path, format: .csv, encoding: opened.encoding.name,
            dialect: Dialect(
                delimiter: String(Unicode.Scalar(dialect.delimiter)),
                quote: dialect.quote.map { String(Unicode.Scalar($0)) } ?? "", hasHeader: dialect.hasHeader,
                lineEnding: lineEnding, hasByteOrderMark: opened.markLength > 0, guessed: opened.guessed,
                headers: dialect.headers),
            recordCandidates: [], columns: columns, namespaces: [:], records: dialect.rows.count, issues: log.closed())
    }
}
