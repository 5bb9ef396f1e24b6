import Standards

/// Writes records of persons for one office, with the mistakes of that office.
struct Clerk {
    let notation: Notation
    let counties: Counties
    let confusions: Confusions
    let ethnicGroups: Int
    let asOf: CivilDate
    let rates: NoiseRates
    var generator: SeededGenerator
    /// Factor on the rates for the record being written: who writes somebody down a second time looks less closely.
    private var haste = 1.0
    private let shown: [Bool]

    init(_ notation: Notation, world: World, confusions: Confusions, rates: NoiseRates, seed: Int) {
        self.notation = notation
        self.confusions = confusions
        self.rates = rates
        counties = world.counties
        ethnicGroups = world.ethnicMix.count
        asOf = world.asOf
        generator = SeededGenerator(seed: seed, stream: "noise of the \(notation.office.name)")
        var shown = Array(repeating: false, count: RecordField.allCases.count)
        for column in notation.office.columns { shown[column.field.rawValue] = true }
        self.shown = shown
    }

    var office: Office { notation.office }

    mutating func record(_ person: Person, haste: Double) -> OfficeRecord {
        self.haste = haste
        var record = OfficeRecord(person, clean: notation.cells(person))
        writeName(&record)
        writeNumber(&record)
        writeSexAndOrigin(&record)
        writeBirth(&record)
        writeCodes(&record)
        writeAddresses(&record)
        writePhone(&record)
        writeFileDates(&record)
        for (field, share) in rates.missing where generator.chance(share * haste) {
            record.put(generator.pick(Self.missingMarks), in: field, as: .missing)
        }
        if !record.deviations.isEmpty { record.settle(shown: shown) }
        return record
    }

    /// Mostly nothing at all.
    private static let missingMarks: [Bytes] =
        Array(repeating: [], count: 8) + NameStock.words("无 不详 NULL - 未填 0")

    /// Whether this kind strikes the record at hand.
    mutating func strikes(_ kind: NoiseKind, times factor: Double = 1) -> Bool {
        generator.chance(rates[kind] * haste * factor)
    }

    /// Whether this kind strikes, whoever writes.
    mutating func strikesAnyway(_ kind: NoiseKind) -> Bool {
        generator.chance(rates[kind])
    }

    /// One of two faults of a field, of which at most one strikes.
    mutating func one(of first: NoiseKind, or second: NoiseKind) -> NoiseKind? {
        let draw = generator.unit()
        if draw < rates[first] * haste { return first }
        return draw > 1 - rates[second] * haste ? second : nil
    }

    /// The text with one character replaced through the table; `nil` when the table has none of its characters. The
    /// first character, the surname, is copied with more care, and the most usual confusions come most.
    mutating func confused(_ text: Bytes, by table: Confusions.Table) -> Bytes? {
        let glyphs = text.glyphs
        let open = glyphs.indices.filter { table[text.scalar(at: glyphs[$0])] != nil }
        guard !open.isEmpty else { return nil }
        var index = generator.pick(open)
        if index == 0, open.count > 1, generator.chance(0.6) {
            index = open[1 + generator.index(open.count - 1)]
        }
        guard let others = table[text.scalar(at: glyphs[index])] else { return nil }
        let rank = min(others.count - 1, Int(Double(others.count) * stablePower(generator.unit(), 1.6)))
        return text.replacing(glyphs[index], with: others[rank])
    }

    /// One of the first `limit` bytes replaced by another digit; the text itself when that byte is none.
    mutating func mistyped(_ text: Bytes, limit: Int? = nil) -> Bytes {
        let index = generator.index(limit ?? text.count)
        let shift = UInt8(1 + generator.index(9))
        guard index < text.count, text[index].isDigit else { return text }
        var copy = text
        copy[index] = UInt8(ascii: "0") + (text[index] - UInt8(ascii: "0") + shift) % 10
        return copy
    }
}
