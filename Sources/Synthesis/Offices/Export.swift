/// An office's export in the making: its clerk, its files, and the persons who wait to be written down.
struct Export {
    let office: Office
    private var clerk: Clerk
    private var files: [ExportFile]
    private var waiting: [Entry] = []
    /// Number of the last record.
    private var number = 0

    /// Entries are shuffled by so many, so that their order says nothing about who belongs together.
    private static let shuffleSize = 20_000

    private struct Entry {
        let person: Person
        /// Factor on the noise.
        let haste: Double
        /// The very same row once more, right behind.
        var isDoubled = false
    }

    init(_ clerk: Clerk, files: [ExportFile]) {
        self.clerk = clerk
        self.files = files
        office = clerk.office
    }

    /// Takes a person down, sometimes more than once, and says how often. A second entry is made in a hurry, or is an
    /// exact copy of the first.
    mutating func take(_ person: Person, duplicates factor: Double) -> Int {
        waiting.append(Entry(person: person, haste: 1))
        for count in 1...3 {
            guard clerk.generator.chance(office.duplicateShare * factor) else { return count }
            if clerk.generator.chance(0.12) {
                waiting[waiting.count - 1].isDoubled = true
                return count + 1
            }
            waiting.append(Entry(person: person, haste: 1.6))
        }
        return 4
    }

    var isFull: Bool { waiting.count > Self.shuffleSize }

    /// Writes who waits. `tally` counts the deviations by kind.
    mutating func flush(_ truth: inout TruthFiles, _ tally: inout Tally) throws {
        clerk.generator.shuffle(&waiting)
        for entry in waiting {
            let record = clerk.record(entry.person, haste: entry.haste)
            for _ in 0..<(entry.isDoubled ? 2 : 1) { try write(record, &truth, &tally) }
        }
        waiting.removeAll(keepingCapacity: true)
    }

    private mutating func write(
        _ record: OfficeRecord, _ truth: inout TruthFiles, _ tally: inout Tally
    ) throws {
        number += 1
        var id = [office.prefix]
        id.append(number: number, width: 8)
        for index in files.indices { try files[index].write(id, record.cells) }
        try truth.add(id, of: record.person)
        for deviation in record.deviations {
            try truth.add(deviation, of: id, in: record, office)
            tally.count(deviation.kind)
        }
    }

    func finish() throws {
        for file in files { try file.finish() }
    }
}
