import Records

/// How a synthetic list of Latin-script persons is to be.
package struct LatinOptions: Sendable {
    /// Rows of `people.csv`.
    package var records = 1000
    package var seed = 1
    /// Share of the rows that are corrupted copies of another row, 0 to 0.8.
    package var duplicateShare = 0.20
    /// Vary the writing too: case, accents, blanks, titles, notations of dates and phones.
    package var isMessy = false
    /// Write `people.xml` beside `people.csv`.
    package var writesXML = false
    /// Exports of so many weeks, each in a folder of its own, as births, deaths, moves, corrections and new mistakes change
    /// them; `nil`: one export. From 2 to 520.
    package var weeks: Int?
    /// A folder for the truth and the summary apart from the list; `nil`: beside it.
    package var truthDirectory: String?
    /// Replace files of the same names, whatever they are.
    package var overwriting = false

    package init() {}

    func check() throws {
        guard (1...20_000_000).contains(records) else {
            throw Failure(
                .badInput, code: "E-SYN-001",
                Text(en: "the number of records must be 1 to 20000000", zh: "记录数应为 1 至 20000000"))
        }
        guard weeks.map({ (2...520).contains($0) }) ?? true else {
            throw Failure(
                .badInput, code: "E-SYN-001",
                Text(en: "the number of weeks must be 2 to 520", zh: "周数应为 2 至 520"))
        }
        guard (0...0.8).contains(duplicateShare) else {
            throw Failure(
                .badInput, code: "E-SYN-001",
                Text(en: "the share of duplicates must be 0 to 0.8", zh: "重复记录的比例应为 0 至 0.8"))
        }
    }
}
