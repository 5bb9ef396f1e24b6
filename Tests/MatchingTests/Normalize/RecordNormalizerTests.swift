import Records
import Testing

@testable import Matching

@Suite struct RecordNormalizerTests {
    static let schema = Schema([
        Field(name: "name", kind: .personName), Field(name: "birth_date", kind: .date),
        Field(name: "phone", kind: .phone),
    ])

    static func source(_ name: String, _ rows: [[String?]]) -> SourceTable {
        var ids = TextInterner()
        let columns = Self.schema.fields.indices.map { field -> SourceTable.Column? in
            guard rows.contains(where: { $0[field] != nil }) else { return nil }
            var interner = TextInterner()
            let codes = rows.map { interner.intern($0[field] ?? "") }
            return SourceTable.Column(header: "c\(field)", codes: codes, values: interner.pool)
        }
        return SourceTable(
            profile: SourceProfile(name: name),
            file: SourceFile(path: name, format: .csv, sha256: "", size: 0, encoding: "utf-8"),
            recordIDs: rows.indices.map { ids.intern("\($0)") }, recordIDPool: ids.pool,
            lines: rows.indices.map { UInt32($0 + 2) }, offsets: rows.map { _ in 0 }, columns: columns)
    }

    static let sources = [
        source(
            "a", [["张 三", "1985-03-07", "13800138000"], ["李四", "1985-13-07", "无"], ["不详", "", "+86 13800138000"]]),
        source("b", [["李四", "1985年3月7日", nil], ["张三", "x", nil]]),
        source("c", []),
    ]

    @Test("Values that mean the same share a code, whatever source they come from")
    func codes() {
        let table = RecordNormalizer.normalize(schema: Self.schema, sources: Self.sources, threads: 2)
        #expect(table.count == 5 && table.starts == [0, 3, 5, 5])
        #expect(table.columns[0].codes == [1, 2, 0, 2, 1])
        #expect(table.columns[1].codes == [1, 2, 0, 1, 3])
        #expect(table.columns[1].isWellFormed == [false, true, false, false])
        #expect(table.columns[2].codes == [1, 0, 1, 0, 0])
        #expect(table.value(3, 1) == "1985-03-07" && table.raw(3, 1) == "1985年3月7日")
        #expect(table.isMissing(2, 0) && !table.isMapped(4, 2) && table.isWellFormed(0, 0))
    }

    @Test("The number of threads makes no difference", arguments: [0, 1, 2, 3, 16])
    func threads(_ threads: Int) {
        let one = RecordNormalizer.normalize(schema: Self.schema, sources: Self.sources, threads: 1)
        let many = RecordNormalizer.normalize(schema: Self.schema, sources: Self.sources, threads: threads)
        for (left, right) in zip(one.columns, many.columns) {
            #expect(left.codes == right.codes && left.values.bytes == right.values.bytes)
            #expect(left.isWellFormed == right.isWellFormed)
        }
    }

    @Test("No sources give an empty table")
    func empty() {
        let table = RecordNormalizer.normalize(schema: Self.schema, sources: [], threads: 2)
        #expect(table.count == 0 && table.columns.count == 3)
        #expect(RecordNormalizer.normalize(schema: Schema([]), sources: [], threads: 2).columns.isEmpty)
    }
}
