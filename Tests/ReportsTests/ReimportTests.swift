import Foundation
import Importers
import Records
import Testing

@testable import Reports

/// What an export gives away comes back through the importers, cell by cell.
struct ReimportTests {
    private static let header = ["person_id", "name", "id_number", "birth_date"]
    private static let rows = hardCells.enumerated().map { ["P\($0)", $1, $1, $1] }

    private func reimported(_ format: ExportFormat, _ plan: (SourceProfile) -> SourcePlan) throws -> [[[UInt8]]] {
        let (bytes, _, _) = try ExportFormatTests.export(format, header: Self.header, rows: Self.rows)
        let schema = Schema(Self.header.dropFirst().map { Field(name: $0, kind: .text) })
        let source = try Importer.read(
            plan(SourceProfile(name: "back")), bytes: bytes, name: "back", schema: schema)
        #expect(source.issues.filter { $0.severity > .info }.isEmpty)
        let table = source.table
        return (0..<table.count).map { row in
            [Array(table.recordIDPool[table.recordIDs[row]].utf8)]
                + table.columns.map { column in
                    column.map { Array($0.values[$0.codes[row]].utf8) } ?? []
                }
        }
    }

    private func mappings(_ path: (String) -> String) -> [SourcePlan.Mapping] {
        Self.header.dropFirst().enumerated().map { SourcePlan.Mapping(field: $0, path: path($1)) }
    }

    private var expected: [[[UInt8]]] { Self.rows.map { $0.map { Array($0.utf8) } } }

    @Test func `machine CSV comes back identical`() throws {
        let back = try reimported(.machine) {
            SourcePlan(profile: $0, path: nil, format: .csv, recordID: "person_id", mappings: mappings { $0 })
        }
        #expect(back == expected)
    }

    @Test func `spreadsheet CSV comes back identical when its marks are taken off`() throws {
        let back = try reimported(.excel) {
            SourcePlan(
                profile: $0, path: nil, format: .csv, isGuarded: true, recordID: "person_id", mappings: mappings { $0 })
        }
        #expect(back == expected)
    }

    @Test func `spreadsheet CSV keeps its marks when the rule book does not say what they are`() throws {
        let back = try reimported(.excel) {
            SourcePlan(profile: $0, path: nil, format: .csv, recordID: "person_id", mappings: mappings { $0 })
        }
        #expect(back[0][1] == Array("'0012".utf8))
    }

    @Test func `XML comes back identical but for blanks at the ends of a cell`() throws {
        let back = try reimported(.xml) {
            SourcePlan(
                profile: $0, path: nil, format: .xml, recordID: "field[@name='person_id']",
                recordPath: "/export/record", mappings: mappings { "field[@name='\($0)']" })
        }
        func trimmed(_ cells: [[[UInt8]]]) -> [[[UInt8]]] {
            cells.map {
                $0.map {
                    Array(String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines).utf8)
                }
            }
        }
        #expect(trimmed(back) == trimmed(expected))
    }
}
