import Records

/// `quality.csv`: every rate with what it is a rate of, one row per source, area or all (`scope`) and dimension, and a row
/// `overall` with the worst colour. Withheld numbers are empty, their colour reads `withheld`.
package enum QualityFile {
    package static let name = "quality.csv"

    package static func write(_ facts: RunFacts, to sink: inout FileSink) throws {
        try sink.header([
            "scope", "source", "level", "area", "area_name", "dimension", "numerator", "denominator", "rate", "colour",
        ])
        guard let quality = facts.quality else { return }
        for (source, row) in zip(facts.sources, quality.sources) {
            try write(["source", source.name, "", "", ""], row, quality, to: &sink)
        }
        for area in quality.areas?.rows ?? [] {
            let code = area.isRest && area.code.isEmpty ? "unknown" : area.code
            let name = area.isRest ? "unknown" : area.name
            try write(["area", "", area.level.rawValue, code, name], area.row, quality, to: &sink)
        }
        try write(["all", "", "", "", ""], quality.total, quality, to: &sink)
    }

    private static func write(
        _ scope: [String], _ row: QualityRow, _ quality: QualityFacts, to sink: inout FileSink
    ) throws {
        for dimension in quality.dimensions {
            for cell in scope { sink.cell(cell) }
            sink.cell(dimension.rawValue)
            if let rate = row.rate(dimension), let share = rate.share {
                sink.cell(rate.part)
                sink.cell(rate.whole)
                sink.cell(share, places: 6)
                sink.cell(quality.plan.colour(rate, of: dimension)?.rawValue ?? "")
            } else {
                for _ in 0..<3 { sink.cell("") }
                sink.cell(row.isWithheld(dimension) ? "withheld" : "")
            }
            try sink.endRow()
        }
        for cell in scope { sink.cell(cell) }
        sink.cell("overall")
        for _ in 0..<3 { sink.cell("") }
        let isWithheld = quality.dimensions.contains(where: row.isWithheld)
        sink.cell(row.colour(quality.plan)?.rawValue ?? (isWithheld ? "withheld" : ""))
        try sink.endRow()
    }
}
