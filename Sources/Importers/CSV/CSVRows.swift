/// The first rows of a CSV text as strings: for samples and tests, not for whole files.
enum CSVRows {
    struct Row {
        let cells: [String]
        let isBlank: Bool
        /// From 1.
        let line: Int
    }

    /// `isWhole`: whether the text ends where the file ends; otherwise its last, incomplete record is left out.
    static func read(
        _ text: [UInt8], delimiter: UInt8, quote: UInt8?, isWhole: Bool, limit: Int = .max,
        limits: ImportLimits = .standard
    ) -> [Row] {
        var reader = CSVReader(delimiter: delimiter, quote: quote, limits: limits)
        var rows: [Row] = []
        var start = 0
        func take(_ record: CSVRecord) {
            guard rows.count < limit else { return }
            rows.append(
                Row(cells: record.fields.indices.map(record.string), isBlank: record.isBlank, line: record.line))
        }
        while start < text.count, rows.count < limit {
            let end = min(start + 16384, text.count)
            reader.feed(Array(text[start..<end]), take)
            start = end
        }
        if isWhole, rows.count < limit { reader.finish(take) }
        return rows
    }
}
