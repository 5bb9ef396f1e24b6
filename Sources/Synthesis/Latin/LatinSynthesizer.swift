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
        func folder(_ base: String, _ week: Int) -> String {
            options.weeks == nil ? base : base + "/" + LatinYear.folder(week)
        }
        let weeks = 1...(options.weeks ?? 1)
        for week in weeks {
            try OutputDirectory.prepare(
                exports: folder(directory, week), exportNames, truth: folder(truthDirectory, week), truthNames,
                overwriting: options.overwriting)
        }

        var generator = SeededGenerator(seed: options.seed, stream: "latin persons")
        let copies = min(
            options.records - 1,
            Int((Double(options.records) * options.duplicateShare).rounded(.toNearestOrEven)))
        let originals = options.records - copies
        let population = LatinPopulation(originals, rows: options.records, &generator)
        let rows = shuffledRows(originals: originals, copies: copies, &generator)

        var copyist = LatinCopyist(seed: options.seed)
        var hand = LatinHand(seed: options.seed)
        var files: [String] = []
        let names = options.writesXML ? exportNames : Array(exportNames.prefix(1))
        func note(_ week: Int, _ json: JSONText) throws {
            let (exports, truth) = (folder(directory, week), folder(truthDirectory, week))
            let summary = try OutputFile("\(truth)/\(OutputDirectory.summaryName)")
            summary.append(json.text)
            try summary.finish()
            files += names.map { "\(exports)/\($0)" } + truthNames.map { "\(truth)/\($0)" }
        }
        guard options.weeks != nil else {
            var people = try LatinFiles(options, directory, truthDirectory)
            for (index, row) in rows.enumerated() {
                let person = population.people[Int(row.person)]
                var cells = row.isCopy ? copyist.copy(person, of: population) : copyist.first(person, of: population)
                if options.isMessy { hand.write(&cells) }
                try people.write(index, cells, person: Int(row.person))
            }
            try people.finish()
            let json = summary(options, rows.map { Int($0.person) }, [])
            try note(1, json)
            return Summary(
                persons: originals, records: options.records, deviations: 0, files: files, json: json.text)
        }
        var year = LatinYear(population, copyist)
        for row in rows { year.add(row.person, isCopy: row.isCopy) }
        var last = summary(options, [], [])
        for week in weeks {
            let news = week == 1 ? [] : year.pass(week, seed: options.seed)
            var people = try LatinFiles(options, folder(directory, week), folder(truthDirectory, week))
            for row in year.rows {
                var cells = row.cells
                // A row is written in one hand for all its weeks.
                var hand = LatinHand(seed: options.seed &+ row.number)
                if options.isMessy { hand.write(&cells) }
                try people.write(row.number, cells, person: Int(row.person))
            }
            try people.finish()
            last = summary(options, year.rows.map { Int($0.person) }, news)
            try note(week, last)
        }
        return Summary(
            persons: Set(year.rows.map(\.person)).count, records: year.rows.count, deviations: 0, files: files,
            json: last.text)
    }

    /// - Parameters:
    ///   - persons: of the rows.
    ///   - news: what became of persons and rows since the week before.
    private static func summary(_ options: LatinOptions, _ persons: [Int], _ news: [(String, Int)]) -> JSONText {
        var counts: [Int: Int] = [:]
        for person in persons { counts[person, default: 0] += 1 }
        return .object(
            [
                ("made_by", .string(OutputDirectory.mark)),
                ("layout", .string("latin")),
                ("seed", .integer(options.seed)),
                ("duplicate_share", .number(options.duplicateShare)),
                ("messy", .boolean(options.isMessy)),
                ("records", .integer(persons.count)),
                ("entities", .integer(counts.count)),
                ("duplicates", .integer(persons.count - counts.count)),
                ("true_pairs", .integer(counts.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 })),
            ] + news.map { ($0.0, .integer($0.1)) })
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
}
