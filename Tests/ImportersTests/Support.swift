import Records
import Testing

@testable import Importers

/// A plan that maps the columns (or paths) one to one to fields called `f0`, `f1`, ….
func plan(
    _ columns: [String], format: SourceFile.Format = .csv, encoding: String? = nil, delimiter: String? = nil,
    quote: String? = nil, hasHeader: Bool? = nil, id: String? = nil, record: String? = nil,
    namespaces: [String: String] = [:]
) -> (plan: SourcePlan, schema: Schema) {
    let schema = Schema(columns.indices.map { Field(name: "f\($0)", kind: .text) })
    return (
        SourcePlan(
            profile: SourceProfile(name: "office"), path: nil, format: format, encoding: encoding, delimiter: delimiter,
            quote: quote, hasHeader: hasHeader, recordID: id, recordPath: record, namespaces: namespaces,
            mappings: columns.enumerated().map { SourcePlan.Mapping(field: $0.offset, path: $0.element) }),
        schema
    )
}

func read(
    _ bytes: [UInt8], _ use: (plan: SourcePlan, schema: Schema), chunkSize: Int = 1 << 20,
    limits: ImportLimits = .standard
) throws -> ImportedSource {
    let source = ByteSource(bytes, path: "file", chunkSize: chunkSize)
    switch use.plan.format {
    // Pieces of odd sizes are taken in on two threads, which must not be seen in the table.
    case .csv:
        return try CSVImport.read(use.plan, source, use.schema, limits: limits, threads: 1 + chunkSize % 2)
    case .xml: return try XMLImport.read(use.plan, source, use.schema, limits: limits)
    }
}

func read(
    _ text: String, _ use: (plan: SourcePlan, schema: Schema), chunkSize: Int = 1 << 20,
    limits: ImportLimits = .standard
) throws -> ImportedSource {
    try read(Array(text.utf8), use, chunkSize: chunkSize, limits: limits)
}

/// The code of the failure that reading ends in; `nil` when it does not.
func refusal(_ bytes: [UInt8], _ use: (plan: SourcePlan, schema: Schema)) -> Failure? {
    do {
        _ = try read(bytes, use)
        return nil
    } catch {
        return error as? Failure
    }
}

extension ImportedSource {
    /// Cells by row; `-` where the source has no such column.
    var cells: [[String]] {
        (0..<table.count).map { row in
            table.columns.map { column in column.map { $0.values[$0.codes[row]] } ?? "-" }
        }
    }

    var ids: [String] { table.recordIDs.map { table.recordIDPool[$0] } }

    /// Of the issues, each of which is listed for people with its severity.
    var checks: [String] {
        for issue in issues {
            #expect(ImportCheck.all.first { $0.name == issue.check }?.severity == issue.severity, "\(issue.check)")
        }
        return issues.map(\.check)
    }

    /// Everything that must not depend on how the bytes came.
    var everything: [String] {
        var lines = ["\(table.file)"]
        for row in 0..<table.count {
            lines.append("\(ids[row]) \(table.lines[row]) \(table.offsets[row]) \(cells[row])")
        }
        return lines + issues.map { "\($0)" }
    }
}

/// Bytes of `text` in an encoding iconv knows.
func encoded(_ text: String, _ encoding: String) -> [UInt8] {
    Iconv(from: "UTF-8", to: encoding)?.convert(Array(text.utf8)).text ?? []
}

/// SplitMix64: seeded, the same everywhere.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
