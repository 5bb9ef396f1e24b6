import Records

/// Makes a synthetic list of Latin-script persons with known duplicates: `people.csv`, on request `people.xml`, and the
/// truth, `truth.csv` and `summary.json`. The same options give the same bytes on every machine.
package enum LatinSynthesizer {
    private static let exportNames = ["people.csv", "people.xml"]
    private static let truthNames = ["truth.csv", OutputDirectory.summaryName]

    /// Throws a `Failure` for options out of range, a folder that holds something else, or a full disk. Each file has its
    /// final name only when it is whole.
    package static func write(_ options: LatinOptions, to directory: String) throws -> Summary {
        try options.check()
        let truthDirectory = options.truthDirectory ?? directory
        try OutputDirectory.prepare(
            exports: directory, exportNames, truth: truthDirectory, truthNames,
            overwriting: options.overwriting)

        var generator = SeededGenerator(seed: options.seed, stream: "latin persons")
        let copies = min(
            options.records - 1,
            Int((Double(options.records) * options.duplicateShare).rounded(.toNearestOrEven)))
        let originals = options.records - copies
        let population = LatinPopulation(originals, rows: options.records, &generator)
        let rows = shuffledRows(originals: originals, copies: copies, &generator)

        var people = try LatinFiles(options, directory, truthDirectory)
        var copyist = LatinCopyist(population, seed: options.seed)
        var hand = LatinHand(seed: options.seed)
        for (index, row) in rows.enumerated() {
            let person = population.people[Int(row.person)]
            var cells = row.isCopy ? copyist.copy(person) : copyist.first(person)
            if options.isMessy { hand.write(&cells) }
            try people.write(index, cells, person: Int(row.person))
        }
        try people.finish()

        let json = JSONText.object([
            ("made_by", .string(OutputDirectory.mark)),
            ("layout", .string("latin")),
            ("seed", .integer(options.seed)),
            ("duplicate_share", .number(options.duplicateShare)),
            ("messy", .boolean(options.isMessy)),
            ("records", .integer(options.records)),
            ("entities", .integer(originals)),
            ("duplicates", .integer(copies)),
            ("true_pairs", .integer(truePairs(rows, originals))),
        ]).text
        let summary = try OutputFile("\(truthDirectory)/\(OutputDirectory.summaryName)")
        summary.append(json)
        try summary.finish()
        let names = options.writesXML ? exportNames : Array(exportNames.prefix(1))
        return Summary(
            persons: originals, records: options.records, deviations: 0,
            files: names.map { "\(directory)/\($0)" } + truthNames.map { "\(truthDirectory)/\($0)" },
            json: json)
    }

    private struct Row {
        let person: Int32
        let isCopy: Bool
    }

    /// Everybody once, and some again, one to four times each draw, in random order.
    private static func shuffledRows(
        originals: Int, copies: Int, _ generator: inout SeededGenerator
    ) -> [Row] {
        var rows = (0..<originals).map { Row(person: Int32($0), isCopy: false) }
        var left = copies
        while left > 0 {
            let person = Int32(generator.index(originals))
            let draw = generator.unit()
            let count = min(left, draw < 0.80 ? 1 : draw < 0.94 ? 2 : draw < 0.985 ? 3 : 4)
            rows.append(contentsOf: repeatElement(Row(person: person, isCopy: true), count: count))
            left -= count
        }
        generator.shuffle(&rows)
        return rows
    }

    private static func truePairs(_ rows: [Row], _ originals: Int) -> Int {
        var counts = Array(repeating: 0, count: originals)
        for row in rows { counts[Int(row.person)] += 1 }
        return counts.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    }
}
