import Importers
import Matching
import Records
import Validation

/// The truth about wrong cells: `errors.csv` with the columns id, source, field, kind, original and value, laid over a run's
/// records.
struct AlteredCells {
    /// One deviation of one cell. A cell may have several, of which each has the same original.
    struct Deviation {
        let row: Int
        let field: Int
        let kind: String
        let nature: Nature
        /// In the normal form of its field.
        let original: String
    }

    enum Nature {
        /// Normalising undoes it, or it only writes the same in another way.
        case form
        case missing
        case wrong
    }

    let deviations: [Deviation]
    /// Entries whose record or field the run does not have.
    let unknown: Int
    private let byCell: [UInt64: [Int]]

    /// Fields are known by their name in the registry. One that the registry does not know by that name is the field whose cells
    /// in that source are what the truth says they are.
    init(path: String, _ records: RecordTable, rows: [RecordKey: Int], threads: Int) throws {
        let table = try FlatTable(
            path: path, columns: ["id", "source", "field", "kind", "original", "value"], mayBeEmpty: true)
        let names = FieldNames(table.rows, records, rows: rows)
        var places: [(row: Int, field: Int, entry: Int)] = []
        for (index, entry) in table.rows.enumerated() {
            guard let row = rows[RecordKey(source: entry[1], recordID: entry[0])],
                let field = names.field(entry[2], in: entry[1])
            else { continue }
            places.append((row, field, index))
        }
        unknown = table.rows.count - places.count
        let normal = NormalForms(table.rows, places, records.schema, threads: threads)
        deviations = places.map { row, field, entry in
            let (original, value) = normal.pair(of: entry)
            let kind = records.schema.fields[field].kind
            let nature: Nature =
                value.isEmpty && !original.isEmpty ? .missing : SameForm.holds(kind, original, value) ? .form : .wrong
            return Deviation(
                row: row, field: field, kind: table.rows[entry][3], nature: nature, original: original)
        }
        byCell = Dictionary(grouping: deviations.indices) { [deviations] in
            Self.cell(deviations[$0].row, deviations[$0].field)
        }
    }

    func at(_ row: Int, _ field: Int) -> [Int] { byCell[Self.cell(row, field)] ?? [] }

    private static func cell(_ row: Int, _ field: Int) -> UInt64 { UInt64(row) << 16 | UInt64(field) }
}

/// What a truth file's names of fields mean in a source.
private struct FieldNames {
    private var fields: [[String]: Int] = [:]
    private let schema: Schema

    init(_ entries: [[String]], _ records: RecordTable, rows: [RecordKey: Int]) {
        schema = records.schema
        let schema = records.schema
        var seen: [[String]: (count: Int, agreeing: [Int])] = [:]
        for entry in entries where schema.index(of: entry[2]) == nil && !entry[5].isEmpty {
            guard let row = rows[RecordKey(source: entry[1], recordID: entry[0])] else { continue }
            var known = seen[[entry[1], entry[2]]] ?? (0, Array(repeating: 0, count: schema.fields.count))
            if known.count >= 500 { continue }
            known.count += 1
            for field in schema.fields.indices where records.raw(row, field) == entry[5] { known.agreeing[field] += 1 }
            seen[[entry[1], entry[2]]] = known
        }
        for (name, known) in seen {
            guard let best = known.agreeing.indices.max(by: { known.agreeing[$0] < known.agreeing[$1] }),
                known.agreeing[best] * 2 > known.count
            else { continue }
            fields[name] = best
        }
    }

    func field(_ name: String, in source: String) -> Int? { schema.index(of: name) ?? fields[[source, name]] }
}

/// Originals and values of the truth in the normal form of their fields.
private struct NormalForms {
    private var pairs: [Int: (String, String)] = [:]

    init(_ entries: [[String]], _ places: [(row: Int, field: Int, entry: Int)], _ schema: Schema, threads: Int) {
        for field in schema.fields.indices {
            let mine = places.filter { $0.field == field }
            if mine.isEmpty { continue }
            var texts = TextInterner(expecting: mine.count * 2)
            let codes = mine.flatMap { place in [4, 5].map { texts.intern(entries[place.entry][$0]) } }
            var ids = TextInterner(expecting: 1)
            let id = ids.intern("1")
            let table = SourceTable(
                profile: SourceProfile(name: "truth"),
                file: SourceFile(path: "", format: .csv, sha256: "", size: 0, encoding: "utf-8"),
                recordIDs: codes.map { _ in id }, recordIDPool: ids.pool, lines: codes.map { _ in 1 },
                offsets: codes.map { _ in 0 },
                columns: schema.fields.indices.map {
                    $0 == field ? SourceTable.Column(header: "", codes: codes, values: texts.pool) : nil
                })
            let records = RecordNormalizer.normalize(schema: schema, sources: [table], threads: threads)
            for (index, place) in mine.enumerated() {
                pairs[place.entry] = (records.value(index * 2, field), records.value(index * 2 + 1, field))
            }
        }
    }

    func pair(of entry: Int) -> (original: String, value: String) { pairs[entry] ?? ("", "") }
}
